import type { DemoPost } from '../types.ts';

/** Bernard hands over thirty-one years of customers. */
export const handover: DemoPost[] = [
  {
    key: 'passation-comment-ne-pas',
    by: 'bernard.lecoq',
    community: 'le-metier',
    daysAgo: 149,
    at: '19:50',
    title: `Je pars dans cinq mois ; voici comment on ne transmet pas un portefeuille`,
    body: `Je préfère que vous l'appreniez de moi : je prendrai ma retraite dans cinq mois, et @yanis.belkacem reprendra l'essentiel de mon secteur, s'il en est toujours d'accord au bout de la tournée que je lui prépare.

J'ai vu en trente ans beaucoup de passations, et presque toutes ratées de la même façon. On imprime une liste. On fait une visite à deux, où l'ancien parle et le nouveau sourit. On dit « vous verrez, rien ne change », ce que personne ne croit, à commencer par celui qui le dit. Six mois après, le client a changé de fournisseur en s'excusant.

Je voudrais essayer autrement, et je vous demande conseil, car on ne part qu'une fois et je n'ai pas pu m'entraîner :

- **ne pas présenter Yanis, mais lui laisser quelque chose à faire.** Pour chaque client je garde une promesse non tenue, petite, et c'est lui qui la tiendra ;
- **parler le moins possible à la dernière visite.** (Cela me coûtera ; on me connaît.)
- **dire la vérité sur ce qui ne va pas.** J'ai quatre clients que j'ai mal servis. Ils sont sur la liste avec le motif, et le motif, c'est moi ;
- **laisser partir ceux qui le veulent.** Certains achetaient à Bernard et n'achèteront pas à Aubrelle ; mon père disait qu'on ne lègue pas les hirondelles.

Qu'ai-je oublié ?`,
    tags: ['transmission'],
    reactions: {
      insightful: ['claire.martin', 'helene.dargent', 'elise.perrin', 'mathieu.kessler', 'amadou.diallo'],
      thanks: ['yanis.belkacem', 'nadia.rahmani', 'ines.carvalho'],
    },
    comments: [
      {
        by: 'yanis.belkacem',
        daysAgo: 149,
        at: '20:10',
        body: `Il en est toujours d'accord.`,
        reactions: {
          agree: ['bernard.lecoq', 'claire.martin', 'amadou.diallo', 'ines.carvalho'],
          thanks: ['helene.dargent'],
        },
      },
      {
        by: 'bastien.vasseur',
        daysAgo: 148,
        at: '08:05',
        body: `Ce que tu oublies : le prix. Un nouveau visage, l'acheteur teste dans le mois. Donne à Yanis l'historique de toutes les remises, et le POURQUOI de chacune.`,
        reactions: { useful: ['yanis.belkacem', 'claire.martin'] },
        replies: [
          {
            by: 'bernard.lecoq',
            daysAgo: 148,
            at: '18:30',
            body: `C'est juste, et je n'y avais pas pensé parce que le pourquoi est parfois peu glorieux ; il y en a un qui a 4 % de mieux depuis 2009 parce que je lui avais embouti sa clôture.`,
            reactions: { agree: ['bastien.vasseur', 'ines.carvalho', 'yanis.belkacem', 'nadia.rahmani'] },
          },
        ],
      },
      {
        by: 'amadou.diallo',
        daysAgo: 148,
        at: '12:45',
        body: `Les gens de l'atelier, chez tes clients. Ils ne sont dans aucun fichier, ils te disent bonjour à toi. Fais faire à Yanis un tour des ateliers sans passer par les bureaux.`,
        reactions: { useful: ['bernard.lecoq', 'yanis.belkacem'], agree: ['claire.martin'] },
      },
      {
        by: 'helene.dargent',
        daysAgo: 145,
        at: '09:00',
        body: `Et toi, de quoi as-tu besoin pour partir bien ? On ne te l'a pas demandé, moi la première.`,
        replies: [
          {
            by: 'bernard.lecoq',
            daysAgo: 145,
            at: '21:15',
            body: `D'une seule chose, et elle n'est pas grand-chose : pouvoir encore répondre au téléphone quand Yanis n'appellera pas.`,
            reactions: { insightful: ['claire.martin', 'yanis.belkacem', 'elise.perrin', 'ines.carvalho'] },
          },
        ],
      },
    ],
  },
  {
    key: 'passation-tournee',
    by: 'yanis.belkacem',
    daysAgo: 109,
    at: '21:30',
    title: `La tournée de passation, jour 4 : la papeterie`,
    body: `Papeterie des Trois Biefs, 8 h. Bernard m'avait prévenu : « Je ne dirai rien. » J'ai cru à une façon de parler.

Il n'a *rien* dit. Il s'est assis un peu en arrière, il a posé son carnet fermé sur ses genoux, et il a regardé Josette tourner par la vitre. J'ai parlé au directeur technique. J'ai bafouillé sur le débit. Bernard n'a pas bougé. À un moment j'ai cherché son regard, il regardait mes chaussures, d'un air satisfait.

La promesse non tenue, pour ce client, c'était un plan. Bernard leur devait depuis deux ans le plan de la fosse, corrigé à la main par un ancien. Je l'avais apporté, refait au propre, avec le nom de l'ancien dans le cartouche. Le directeur technique l'a déplié sur toute la table et il a dit : « C'est Marcel qui va être content. » Puis il m'a demandé si j'avais cinq minutes pour voir la pompe 3.

La pompe 3 a pris deux heures.

Dans la voiture, Bernard a enfin parlé :

> Tu as dit « je ne sais pas » deux fois. La première, c'était vrai. La seconde, tu savais. Pourquoi ?

J'ai réfléchi jusqu'au péage. Je crois que je voulais que la réponse soit la sienne. Il a hoché la tête. « Elle ne l'est plus », il a dit, et il m'a offert un sandwich.`,
    tags: ['transmission', 'visite', 'débuts'],
    reactions: {
      insightful: ['claire.martin', 'helene.dargent', 'elise.perrin', 'amadou.diallo'],
      thanks: ['bernard.lecoq'],
      agree: ['ines.carvalho', 'mathieu.kessler', 'lucie.ferrand'],
    },
    comments: [
      {
        by: 'bernard.lecoq',
        daysAgo: 109,
        at: '22:05',
        body: `Je précise pour l'histoire que se taire deux heures trois quarts m'a coûté davantage que n'importe quelle négociation, et que j'ai dû, le soir, raconter toute la visite à mon chat.`,
        reactions: { agree: ['yanis.belkacem', 'ines.carvalho', 'claire.martin'] },
      },
      {
        by: 'ines.carvalho',
        daysAgo: 108,
        at: '08:00',
        body: `Quelqu'un a vu ce qu'il a fait ? Il a fait « le monsieur et ses trois minutes ». Dans l'autre sens.`,
        reactions: { insightful: ['yanis.belkacem', 'claire.martin', 'elise.perrin', 'helene.dargent'] },
      },
    ],
  },
  {
    key: 'passation-methode',
    by: 'claire.martin',
    community: 'le-metier',
    daysAgo: 61,
    at: '08:30',
    title: `Transmettre un secteur : la méthode, tirée de Bernard et Yanis`,
    body: `J'ai suivi leur passation d'un œil. Je l'ai mise en liste, avec leur accord et leurs corrections. Les idées sont à eux, à Bastien et à Amadou. Je n'ai fait que l'ordre.

**Cinq mois avant**
- [x] L'ancien l'annonce lui-même.
- [x] Une page par client : qui décide, qui sait, qui n'a rien dit.
- [x] Les remises, *et leur raison*, même peu glorieuse.
- [x] Les clients mal servis, avec le motif.

**Trois mois avant**
- [x] Tour des ateliers, sans passer par les bureaux.
- [x] Une promesse non tenue par client, laissée au nouveau.
- [x] Visite où l'ancien se tait.

**Un mois avant**
- [ ] Le nouveau appelle seul. L'ancien ne répond plus le premier.
- [ ] On demande à chaque client : « Que voulez-vous garder ? Que voulez-vous changer ? »

**Après**
- [ ] L'ancien garde un numéro. Le nouveau décide de l'appeler.

Ce que je n'aurais pas cru : sur 48 clients, trois sont partis. Un en s'excusant, deux en appelant Yanis pour lui expliquer pourquoi. En clair : quand on laisse partir, on garde le téléphone.`,
    tags: ['transmission', 'recette'],
    reactions: {
      useful: ['helene.dargent', 'mathieu.kessler', 'nadia.rahmani', 'elise.perrin', 'bastien.vasseur'],
      thanks: ['bernard.lecoq', 'yanis.belkacem', 'amadou.diallo'],
    },
    comments: [
      {
        by: 'mathieu.kessler',
        daysAgo: 61,
        at: '08:45',
        body: `Il manque : le nouveau a le droit de refuser un client.`,
        reactions: { insightful: ['claire.martin', 'yanis.belkacem', 'helene.dargent'] },
        replies: [
          {
            by: 'claire.martin',
            daysAgo: 61,
            at: '09:00',
            body: `Ajouté, à ton nom.`,
            reactions: { thanks: ['mathieu.kessler'] },
          },
          {
            by: 'bernard.lecoq',
            daysAgo: 61,
            at: '12:20',
            body: `Il en a refusé un, et il a eu raison ; je ne le gardais que par orgueil.`,
            reactions: { insightful: ['claire.martin', 'mathieu.kessler'], thanks: ['yanis.belkacem'] },
          },
        ],
      },
      {
        by: 'nadia.rahmani',
        daysAgo: 61,
        at: '10:10',
        body: `Pour mémoire : trois départs sur 48, soit 6 %. Les quatre passations précédentes que j'ai en archives : 31, 22, 40 et 27 %.`,
        reactions: { insightful: ['helene.dargent', 'claire.martin', 'elise.perrin', 'amadou.diallo'] },
      },
    ],
  },
  {
    key: 'passation-tiroir',
    by: 'bernard.lecoq',
    daysAgo: 2,
    at: '17:00',
    title: `Ce que je laisse dans le tiroir`,
    body: `J'ai vidé mon bureau ce matin, ce qui m'a pris vingt minutes pour les objets et le reste de la journée pour les regarder. J'emporte la photographie et le coupe-papier. Je laisse ceci, dans le tiroir de gauche, à qui voudra :

- **soixante-deux carnets**, que Yanis a rangés avec des étiquettes de laboratoire ; on peut les lire, ils sont à vous, il n'y a rien dedans que je ne dirais à voix haute. J'ai arraché quatre pages, qui touchaient à la vie des gens ;
- **un pot de miel**, pour la nouvelle personne des achats chez Garnier ; elle ne sait pas encore que c'est important ;
- **une clef de 13**, sans explication ;
- **la liste des quatre que j'ai mal servis.** Deux sont revenus. Il en reste deux, Yanis, et je crois que l'un d'eux n'attend qu'un coup de fil ;
- **le dessin d'un stator**, que je n'ai compris qu'en l'empruntant au petit, à soixante-deux ans.

Vous m'avez fait, l'autre vendredi, une fête dont je n'avais rien deviné, et je m'étonne encore que dix personnes aient pu se taire dix semaines dans une maison de vendeurs. J'ai lu les lettres. Je les ai lues dans l'ordre, une par soir, comme on me l'avait conseillé ; il m'en reste trente-deux. Un client y écrit que je lui avais *vendu le moins possible, et toujours à temps*. Je n'aurai pas de meilleure épitaphe et je compte m'en servir le plus tard possible.

On m'a demandé une leçon. Je n'en ai pas. J'ai remarqué seulement, en trente et un ans, que les gens achètent rarement la pompe. Ils achètent de ne plus y penser. Tâchez d'être ce à quoi ils n'ont plus à penser, puis passez quand même leur dire bonjour.

Mon numéro ne change pas. Appelez-moi surtout quand vous n'avez besoin de rien.`,
    tags: ['transmission', 'vie de la maison'],
    reactions: {
      thanks: [
        'yanis.belkacem',
        'claire.martin',
        'nadia.rahmani',
        'amadou.diallo',
        'thomas.gauthier',
        'helene.dargent',
      ],
      insightful: ['elise.perrin', 'bastien.vasseur', 'lucie.ferrand'],
      agree: ['ines.carvalho', 'mathieu.kessler'],
    },
    comments: [
      {
        by: 'yanis.belkacem',
        daysAgo: 2,
        at: '17:12',
        body: `J'ai appelé le premier des deux. Il a dit : « J'attendais que quelqu'un ose. » Rendez-vous jeudi. (Pas de question.)`,
        reactions: {
          thanks: ['bernard.lecoq'],
          agree: ['claire.martin', 'helene.dargent', 'amadou.diallo', 'ines.carvalho'],
        },
        replies: [
          {
            by: 'bernard.lecoq',
            daysAgo: 2,
            at: '19:40',
            body: `Douze minutes après la publication. Je n'ai plus rien à t'apprendre, sauf l'usage de la clef de 13.`,
            reactions: { agree: ['yanis.belkacem'] },
          },
        ],
      },
      {
        by: 'thomas.gauthier',
        daysAgo: 2,
        at: '17:30',
        body: `J'ai découvert la fête en entrant dans la salle, en même temps que lui. J'ai appris ensuite qu'on m'avait jugé incapable de garder un secret. C'est exact, et j'en suis blessé dans une mesure raisonnable. Le bureau est très silencieux, Bernard.`,
        reactions: { thanks: ['bernard.lecoq'], agree: ['ines.carvalho', 'nadia.rahmani', 'claire.martin'] },
      },
      {
        by: 'bastien.vasseur',
        daysAgo: 2,
        at: '18:05',
        body: `> vendu le moins possible, et toujours à temps

J'ai mis quinze ans à vendre le plus possible. Je voudrais relire les carnets 20 à 30, s'ils sont libres. Sans pari.`,
        reactions: { insightful: ['helene.dargent', 'claire.martin'], thanks: ['bernard.lecoq'] },
      },
      {
        by: 'claire.martin',
        daysAgo: 1,
        at: '07:40',
        body: `En clair : merci.`,
        reactions: {
          thanks: ['bernard.lecoq'],
          agree: [
            'ines.carvalho',
            'yanis.belkacem',
            'mathieu.kessler',
            'amadou.diallo',
            'elise.perrin',
            'lucie.ferrand',
          ],
        },
      },
    ],
  },
];
