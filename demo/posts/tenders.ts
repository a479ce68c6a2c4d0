import type { DemoPost } from '../types.ts';

/** How answers to tenders are written, and one that was won. */
export const tenders: DemoPost[] = [
  {
    key: 'memoire-quatre-pages',
    by: 'thomas.gauthier',
    daysAgo: 86,
    at: '10:45',
    title: `Pourquoi mon mémoire technique fait quatre pages`,
    body: `J'ai été, pendant neuf ans, celui qui lisait les offres. Une commission reçoit sept mémoires de soixante pages un lundi, elle délibère le jeudi. Calculez.

Je raconte ce qui se passe vraiment. On lit tout du premier. On lit la moitié du deuxième. À partir du troisième, on cherche les réponses, et on en veut à celui qui les a cachées. Le septième a toutes les qualités s'il est court.

Ma règle tient en quatre pages :

a) **une page par critère noté**, dans l'ordre du règlement, avec son numéro d'article en marge ;
b) en haut de chaque page, **une phrase que le rapporteur pourra recopier** dans son tableau. Il la cherche. Donnez-la-lui ;
c) **une preuve par phrase** : un chiffre, une photo, un nom qu'on peut appeler ;
d) **ce que nous ne savons pas faire**, en une ligne. Une offre sans défaut n'a pas été relue.

Tout le reste va en annexe, où il est heureux.

On m'objecte que « plus c'est épais, plus c'est sérieux ». J'ai connu un mémoire de deux cents pages, relié, avec un signet de soie. Nous l'avons beaucoup admiré. Il est arrivé sixième.`,
    tags: ['mémoire technique', "appel d'offres", 'recette'],
    reactions: {
      useful: ['claire.martin', 'lucie.ferrand', 'bastien.vasseur', 'yanis.belkacem'],
      insightful: ['helene.dargent', 'elise.perrin'],
      agree: ['bernard.lecoq', 'mathieu.kessler'],
    },
    comments: [
      {
        by: 'mathieu.kessler',
        daysAgo: 86,
        at: '11:00',
        body: `Quatre pages ?`,
        replies: [
          {
            by: 'thomas.gauthier',
            daysAgo: 86,
            at: '11:03',
            body: `Je vous ai senti venir. Oui, quatre. Il y a quatre critères.`,
            reactions: { agree: ['ines.carvalho', 'claire.martin'] },
          },
        ],
      },
      {
        by: 'lucie.ferrand',
        daysAgo: 86,
        at: '11:40',
        body: `Je soutiens le d). Mais mes tableaux en annexe, « où ils sont heureux », personne ne les lit.`,
        replies: [
          {
            by: 'thomas.gauthier',
            daysAgo: 86,
            at: '11:55',
            body: `Celui du caillé était en page 2. Un tableau qui prouve va devant, un tableau qui rassure va derrière.`,
            reactions: { useful: ['lucie.ferrand', 'claire.martin', 'yanis.belkacem'] },
          },
        ],
      },
      {
        by: 'bastien.vasseur',
        daysAgo: 85,
        at: '08:15',
        body: `Essayé hier sur une consultation privée à Courtrai : trois pages. L'acheteur m'a appelé pour demander la suite. Je lui ai dit qu'il n'y en avait pas. Il était CONTENT.`,
        reactions: { agree: ['thomas.gauthier', 'claire.martin'] },
      },
    ],
  },
  {
    key: 'val-d-ombre-ouverture',
    by: 'thomas.gauthier',
    community: 'appels-offres',
    daysAgo: 72,
    at: '08:55',
    title: `Syndicat des eaux du Val d'Ombre : on y va ?`,
    body: `Onze stations, vingt-six pompes doseuses, quatre ans. Estimation : 360 000 €. Remise dans quarante jours.

a) **Art. 6.2, critère environnemental, 25 points.** Consommation d'énergie *et* de réactif, sur mesure réelle, pas sur notice.
b) **Art. 9** : intervention sous quatre heures, toutes stations, dont deux accessibles par un chemin que la carte qualifie de « carrossable ». J'ai appelé la mairie. Le mot a fait rire.
c) **Annexe 5** : reprise du parc existant, dont neuf doseuses de marque inconnue, « probablement » italiennes.
d) **Concurrents probables** : Norvalt, Weissbruck, et un local.

Avant de dire oui, je voudrais trois réponses honnêtes : @amadou.diallo sur l'art. 9, @lucie.ferrand sur le 6.2, @bernard.lecoq sur les gens. Un « n'y allons pas » motivé m'épargne quarante jours, je ne le prendrai pas mal.`,
    tags: ["Val d'Ombre", "appel d'offres", 'eau'],
    reactions: { useful: ['helene.dargent', 'lucie.ferrand', 'bernard.lecoq'], agree: ['nadia.rahmani'] },
    comments: [
      {
        by: 'amadou.diallo',
        daysAgo: 72,
        at: '12:15',
        body: `Quatre heures sur neuf stations, oui. Sur les deux du chemin, non, pas l'hiver. Je préfère écrire « six heures, ou une doseuse de secours déjà sur place ». Je la fournis, ça coûte moins cher qu'un mensonge.`,
        reactions: {
          insightful: ['thomas.gauthier', 'claire.martin', 'lucie.ferrand'],
          agree: ['bernard.lecoq'],
        },
        replies: [
          {
            by: 'thomas.gauthier',
            daysAgo: 72,
            at: '12:40',
            body: `> je préfère écrire « six heures, ou une doseuse de secours déjà sur place »

« Équivalent fonctionnel », art. 9.4. C'est recevable, et c'est mieux que ce qu'ils demandent. Je prends, avec votre nom.`,
            reactions: { thanks: ['amadou.diallo'] },
          },
        ],
      },
      {
        by: 'bernard.lecoq',
        daysAgo: 72,
        at: '20:00',
        body: `Le fontainier du haut s'appelle M. Astier, il connaît chaque vanne par son prénom et on ne l'a jamais consulté sur rien depuis la fusion des syndicats ; j'irai marcher avec lui, si le règlement permet qu'on visite, et je me tairai.`,
        replies: [
          {
            by: 'thomas.gauthier',
            daysAgo: 71,
            at: '08:20',
            body: `Visite obligatoire, art. 3.1, ouverte à tous les candidats. Se taire est autorisé.`,
            reactions: { agree: ['bernard.lecoq', 'claire.martin'] },
            replies: [
              {
                by: 'bernard.lecoq',
                daysAgo: 64,
                at: '19:10',
                body: `Retour de marche. Les neuf doseuses « probablement italiennes » sont de Mâcon. M. Astier a les notices dans son garage ; il les a remises à tous les candidats présents, c'est-à-dire à nous.`,
                reactions: {
                  thanks: ['thomas.gauthier', 'lucie.ferrand'],
                  agree: ['amadou.diallo', 'helene.dargent'],
                },
              },
            ],
          },
        ],
      },
      {
        by: 'lucie.ferrand',
        daysAgo: 71,
        at: '10:30',
        body: `Sur mesure réelle, nous pouvons gagner ces 25 points : la Sirène 3 consomme 38 W en dosage moyen (± 3 W, mesuré sur six machines). Il me faut quinze jours sur une station. Sans mesure, je ne signe pas.`,
        reactions: { agree: ['thomas.gauthier'] },
      },
      {
        by: 'bastien.vasseur',
        daysAgo: 71,
        at: '11:00',
        body: `Le prix ? Personne ne parle du prix ?`,
        replies: [
          {
            by: 'claire.martin',
            daysAgo: 71,
            at: '11:10',
            body: `30 points sur 100. Tu vois, tu deviens minoritaire.`,
            replies: [
              {
                by: 'bastien.vasseur',
                daysAgo: 71,
                at: '11:14',
                body: `Trente points, c'est quand même le plus gros critère. Je demande juste qu'on ne l'oublie pas. Je peux faire le mauvais rôle à la relecture.`,
                reactions: { agree: ['thomas.gauthier', 'helene.dargent'], useful: ['claire.martin'] },
              },
            ],
          },
        ],
      },
    ],
  },
  {
    key: 'val-d-ombre-gagne',
    by: 'thomas.gauthier',
    community: 'appels-offres',
    daysAgo: 4,
    at: '11:40',
    title: `Val d'Ombre : attribué. À nous`,
    body: `Notification reçue à 11 h 12. Le délai de recours court encore, donc on ne sable rien, on repose la bouteille, on dit « attributaire pressenti ».

| Critère | Sur | Nous | Deuxième |
| --- | ---: | ---: | ---: |
| Prix | 30 | 25 | 30 |
| Technique | 25 | 22 | 19 |
| Environnement | 25 | 24 | 15 |
| Service | 20 | 19 | 13 |

90 contre 77. La phrase du rapporteur, recopiée mot pour mot de notre page 3 : « *Le candidat indique ne pouvoir garantir quatre heures sur deux stations et propose une doseuse de secours à demeure.* » Notre aveu nous vaut 19 sur 20.

Ce que j'attribue à chacun, parce que cela doit être écrit quelque part :

a) à Amadou, la phrase ;
b) à Lucie, quinze jours dans une station à 4 °C et dix points d'avance, ou peu s'en faut ;
c) à Bernard, M. Astier, qui a demandé à la notification si « le monsieur qui marche » viendrait encore ;
d) à Bastien, deux coupes au prix, faites à la relecture, sans lesquelles nous n'aurions pas eu 25 ;
e) à Nadia, un délai vrai, de l'atelier, au jour près.

C'est le dernier dossier de Bernard. Je le note au procès-verbal.`,
    tags: ["Val d'Ombre", 'gagné', "appel d'offres", 'eau'],
    reactions: {
      thanks: ['amadou.diallo', 'lucie.ferrand', 'bernard.lecoq', 'bastien.vasseur', 'nadia.rahmani'],
      agree: ['helene.dargent', 'claire.martin'],
    },
    comments: [
      {
        by: 'bernard.lecoq',
        daysAgo: 4,
        at: '12:30',
        body: `Je ne marcherai plus pour la maison, mais je marcherai encore avec M. Astier, qui n'a rien à vendre non plus ; j'emmènerai Yanis la première fois, il faut bien que quelqu'un apprenne le prénom des vannes.`,
        reactions: {
          thanks: ['thomas.gauthier', 'helene.dargent'],
          agree: ['amadou.diallo', 'claire.martin'],
        },
      },
      {
        by: 'lucie.ferrand',
        daysAgo: 4,
        at: '13:00',
        body: `Neuf points d'avance, pas dix. (24 − 15.)`,
        replies: [
          {
            by: 'thomas.gauthier',
            daysAgo: 4,
            at: '13:02',
            body: `« Ou peu s'en faut. » Je savais que vous le relèveriez, je l'ai laissé pour vous.`,
            reactions: { agree: ['lucie.ferrand', 'claire.martin', 'bastien.vasseur', 'nadia.rahmani'] },
          },
        ],
      },
      {
        by: 'bastien.vasseur',
        daysAgo: 4,
        at: '13:20',
        body: `Cité par Thomas, dans une liste, avec une lettre. J'imprime. Et je note que sur le PRIX on prend 25 sur 30 : on peut gagner sans être premier. Je l'écris avant que Claire ne l'écrive.`,
        reactions: { agree: ['helene.dargent', 'thomas.gauthier'] },
        replies: [
          {
            by: 'claire.martin',
            daysAgo: 4,
            at: '13:25',
            body: `Je n'aurais pas mieux dit. En clair : je n'ai plus rien à dire.`,
            reactions: { agree: ['bastien.vasseur', 'nadia.rahmani'] },
          },
        ],
      },
      {
        by: 'helene.dargent',
        daysAgo: 4,
        at: '18:15',
        body: `Je relis le débriefing de Kermorvan à côté de ce tableau. Délai, service, franchise : c'est la même liste, retournée. Merci à celle qui a perdu la première.`,
        reactions: {
          agree: ['thomas.gauthier', 'lucie.ferrand', 'amadou.diallo', 'bastien.vasseur'],
          thanks: ['claire.martin'],
        },
      },
    ],
  },
];
