import type { DemoPost } from '../types.ts';

/** Grumbles about the customer file, and what became of them. */
export const crm: DemoPost[] = [
  {
    key: 'crm-champ-obligatoire',
    by: 'ines.carvalho',
    community: 'le-comptoir',
    daysAgo: 330,
    at: '19:42',
    title: `Champ obligatoire`,
    body: `Parking d'un routier, 19 h 30. Je veux noter une chose, une seule : *« M. Ferrat part à la retraite, voir sa remplaçante avant. »*

Le CRM veut bien. Mais avant, il voudrait savoir.

Secteur d'activité (obligatoire). Sous-secteur (obligatoire, quarante choix, dont « Autre » et « Autres »). Canal d'acquisition : M. Ferrat est client depuis avant ma naissance, je choisis « Web ». Probabilité de signature, de 0 à 100 : de quoi ? Il part à la retraite. Je mets 100, c'est sûr, il part. Date de clôture prévisionnelle : je mets la date de son pot.

Enregistrer. *« Le champ Effectif du site doit être un nombre. »* J'avais écrit « une trentaine ».

Voilà comment une retraite est entrée dans notre prévisionnel du trimestre, à 100 %, canal Web, sous-secteur Autres. @helene.dargent, si tu cherches d'où vient cette affaire magnifique : elle jardine.`,
    tags: ['crm', 'humeur'],
    reactions: {
      agree: ['bastien.vasseur', 'claire.martin', 'mathieu.kessler', 'bernard.lecoq', 'elise.perrin'],
      insightful: ['nadia.rahmani'],
      thanks: ['helene.dargent'],
    },
    comments: [
      {
        by: 'helene.dargent',
        daysAgo: 327,
        at: '07:50',
        body: `Je l'avais vue. Je l'avais même citée en comité. Avec fierté.`,
        reactions: { agree: ['ines.carvalho', 'thomas.gauthier', 'amadou.diallo', 'claire.martin'] },
      },
      {
        by: 'nadia.rahmani',
        daysAgo: 327,
        at: '08:02',
        body: `Pour mémoire : chaque champ obligatoire a été demandé un jour par quelqu'un d'ici, pour une réunion. J'ai la liste, avec les dates. Donnez-moi quelques jours.`,
        reactions: { thanks: ['ines.carvalho'] },
        replies: [
          {
            by: 'bastien.vasseur',
            daysAgo: 327,
            at: '08:10',
            body: `J'ai un mauvais pressentiment sur « Potentiel croissance 3 ans ».`,
            replies: [
              {
                by: 'nadia.rahmani',
                daysAgo: 327,
                at: '08:11',
                body: `Fondé.`,
                reactions: { agree: ['ines.carvalho', 'mathieu.kessler', 'claire.martin'] },
              },
            ],
          },
        ],
      },
    ],
  },
  {
    key: 'crm-onze-champs',
    by: 'nadia.rahmani',
    community: 'le-comptoir',
    daysAgo: 326,
    at: '16:30',
    title: `J'ai supprimé onze champs`,
    body: `Il y en avait dix-neuf d'obligatoires. J'ai regardé, pour chacun, qui l'avait lu pendant les douze derniers mois. Pas rempli : *lu*.

**Supprimés**, car lus par personne : sous-secteur, canal d'acquisition, effectif du site, potentiel à trois ans, date d'anniversaire du compte, code campagne, langue (tout le monde avait mis « français », y compris pour Anvers), fax, second fax, niveau de satisfaction estimé, et « Autres ».

**Rendus facultatifs** : probabilité, secteur, concurrent, date de clôture, adresse de livraison.

**Restent obligatoires** : le nom du client, une phrase, et une date si vous en avez une.

Les onze colonnes sont archivées, rien n'est perdu. Si l'un de vous a besoin du second fax, il me trouvera au premier étage.`,
    tags: ['crm'],
    reactions: {
      thanks: [
        'ines.carvalho',
        'bastien.vasseur',
        'claire.martin',
        'mathieu.kessler',
        'amadou.diallo',
        'bernard.lecoq',
      ],
      agree: ['helene.dargent', 'thomas.gauthier'],
    },
    comments: [
      {
        by: 'mathieu.kessler',
        daysAgo: 326,
        at: '16:41',
        body: `Le second fax va me manquer.`,
        reactions: { agree: ['ines.carvalho', 'elise.perrin'] },
      },
      {
        by: 'thomas.gauthier',
        daysAgo: 326,
        at: '17:15',
        body: `Réserve : « concurrent » me sert pour chaque appel d'offres. Facultatif me va, mais si vous l'avez sous la main, une seconde de votre temps m'en économise trois mille six cents.`,
        reactions: { agree: ['claire.martin', 'elise.perrin'] },
      },
      {
        by: 'ines.carvalho',
        daysAgo: 326,
        at: '18:10',
        body: `Essai ce soir, même parking : nom, phrase, date, onze secondes. J'ai eu le temps de prendre un dessert. Nadia, je retire tout ce que j'ai dit et je garde le texte.`,
        reactions: { thanks: ['nadia.rahmani'] },
      },
    ],
  },
  {
    key: 'crm-carnet-bernard',
    by: 'bernard.lecoq',
    community: 'le-metier',
    daysAgo: 200,
    at: '20:30',
    title: `Mon carnet et le CRM : récit d'une conversion contestable`,
    body: `On me croit l'ennemi de l'informatique, parce que j'ai des carnets. C'est un malentendu que je n'ai jamais pris la peine de dissiper, car il m'a valu d'être dispensé de trois formations.

La vérité est que je saisis tout, chaque soir, depuis neuf ans. Nadia le sait et m'a gardé le secret. Je saisis de la façon suivante : je relis la page du jour, je barre ce qui n'intéressera plus personne dans un mois, et je recopie le reste. Il reste en général deux lignes. C'est le tri qui compte, et le tri se fait mieux à la main, comme pour les lentilles.

Voici ce que je garde, après trente ans d'essais :

- **ce que la personne a dit, avec ses mots.** « On verra » et « on va voir » ne sont pas la même réponse ;
- **ce que j'ai promis**, et pour quand. C'est la seule chose que le client, lui, a notée ;
- **ce que j'ai vu sans qu'on me le montre** : un bac sous une bride, une machine bâchée, une affiche de recrutement ;
- **qui était là et n'a rien dit.**

Et voici ce que je barre : mon impression. Elle change avec le déjeuner.

Je voudrais dire un mot à ceux qui maudissent l'outil (j'en suis, le vendredi). Nous croyons remplir des fiches pour la direction. C'est une erreur d'adresse. La fiche est une lettre à celui qui viendra après nous ; je le sais depuis que j'ai repris, en arrivant, le secteur d'un homme mort subitement, qui n'avait rien laissé qu'un agenda avec des initiales. J'ai mis deux ans à comprendre que « R.V. G. — porter le miel » voulait dire que M. Garnier ne signait jamais sans qu'on lui ait d'abord parlé de ses ruches.

J'ai porté le miel. Il a signé pendant vingt-six ans.`,
    tags: ['crm', 'transmission', 'visite'],
    reactions: {
      insightful: ['claire.martin', 'helene.dargent', 'elise.perrin', 'yanis.belkacem', 'ines.carvalho'],
      thanks: ['nadia.rahmani', 'amadou.diallo'],
      useful: ['bastien.vasseur', 'mathieu.kessler'],
    },
    comments: [
      {
        by: 'nadia.rahmani',
        daysAgo: 200,
        at: '20:44',
        body: `Neuf ans de silence, Bernard. Pour mémoire : 11 204 notes, deux lignes chacune, zéro faute d'orthographe. Le premier contributeur de la maison, très loin devant ceux qui ont fait les trois formations.`,
        reactions: {
          agree: ['ines.carvalho', 'thomas.gauthier', 'claire.martin', 'yanis.belkacem', 'mathieu.kessler'],
        },
        replies: [
          {
            by: 'bastien.vasseur',
            daysAgo: 199,
            at: '07:55',
            body: `Je m'attaquais à Bernard sur le CRM depuis CINQ ANS. Il me laissait faire. Il hochait la tête.`,
            reactions: { agree: ['ines.carvalho', 'amadou.diallo'] },
          },
          {
            by: 'bernard.lecoq',
            daysAgo: 199,
            at: '08:20',
            body: `Tu y mettais tant de cœur.`,
            reactions: { agree: ['claire.martin', 'nadia.rahmani', 'helene.dargent', 'yanis.belkacem'] },
          },
        ],
      },
      {
        by: 'claire.martin',
        daysAgo: 199,
        at: '08:00',
        body: `> La fiche est une lettre à celui qui viendra après nous.

Je l'ai recopiée au-dessus de mon écran. En clair : c'est la première bonne raison qu'on me donne.`,
        reactions: { agree: ['yanis.belkacem', 'elise.perrin'], thanks: ['bernard.lecoq'] },
      },
      {
        by: 'yanis.belkacem',
        daysAgo: 199,
        at: '12:30',
        body: `> ce que j'ai vu sans qu'on me le montre

Est-ce qu'on l'écrit même si ça n'a rien à voir avec une pompe ? (Question 31.)`,
        replies: [
          {
            by: 'bernard.lecoq',
            daysAgo: 199,
            at: '18:50',
            body: `Surtout. Mais jamais ce qui touche à la santé ou à la famille des gens, sauf s'ils nous demandent de nous en souvenir ; le miel, oui, l'opération, non.`,
            reactions: { insightful: ['yanis.belkacem', 'nadia.rahmani', 'helene.dargent'] },
          },
        ],
      },
    ],
  },
  {
    key: 'crm-relances-oubliees',
    by: 'nadia.rahmani',
    community: 'le-metier',
    daysAgo: 65,
    at: '10:20',
    title: `Recette : retrouver les offres que tout le monde a oubliées`,
    body: `On me demande souvent « ma liste ». La voici, à coller dans la recherche avancée, elle ne montre que vos propres offres :

~~~
étape = "offre remise"
ET dernière_note < aujourd'hui - 21 jours
ET montant > 3000
ET NON étiquette("le client a demandé d'attendre")
~~~

Trois conseils d'usage :

1. Une fois par quinzaine suffit. Plus souvent, on relance par ennui.
2. La quatrième ligne est la plus importante. Un client qui a demandé d'attendre doit pouvoir nous croire.
3. La liste est à vous. Je ne la regarde pas, personne ne la regarde. Je le précise parce qu'on me l'a demandé deux fois.

Essai du mois dernier, avec l'accord de Claire : 14 offres endormies, 14 appels, 9 « non, merci d'avoir demandé », 3 « rappelez-moi en fin de trimestre », 2 commandes. 31 000 €.`,
    tags: ['crm', 'recette', 'relance'],
    reactions: {
      useful: ['claire.martin', 'ines.carvalho', 'yanis.belkacem', 'mathieu.kessler', 'bastien.vasseur'],
      thanks: ['bernard.lecoq'],
    },
    comments: [
      {
        by: 'bastien.vasseur',
        daysAgo: 65,
        at: '10:50',
        body: `J'ai lancé la liste. 38 lignes. Je vais m'asseoir.`,
        replies: [
          {
            by: 'claire.martin',
            daysAgo: 65,
            at: '11:02',
            body: `Commence par les « non ». Ils libèrent la tête, et un « non » au téléphone donne souvent un nom.`,
            reactions: { useful: ['bastien.vasseur', 'yanis.belkacem'] },
            replies: [
              {
                by: 'bastien.vasseur',
                daysAgo: 58,
                at: '18:00',
                body: `38 appels. 29 non, 4 plus tard, 3 numéros morts, 2 commandes. Dont une chez des gens qui croyaient avoir DÉJÀ commandé.`,
                reactions: { agree: ['nadia.rahmani', 'ines.carvalho', 'claire.martin'] },
              },
            ],
          },
        ],
      },
      {
        by: 'mathieu.kessler',
        daysAgo: 64,
        at: '08:00',
        body: `Deux lignes chez moi. Bien rangé.`,
        replies: [
          {
            by: 'ines.carvalho',
            daysAgo: 64,
            at: '08:20',
            body: `Ou alors tu ne remets jamais d'offre.`,
            reactions: { agree: ['bastien.vasseur'] },
            replies: [
              {
                by: 'mathieu.kessler',
                daysAgo: 64,
                at: '08:21',
                body: `Aussi.`,
                reactions: { agree: ['ines.carvalho', 'nadia.rahmani', 'yanis.belkacem'] },
              },
            ],
          },
        ],
      },
    ],
  },
];
