import type { DemoPost } from '../types.ts';

/** Articles from outside, quoted with their authors, and what they changed. */
export const readings: DemoPost[] = [
  {
    key: 'lecture-acheteuse',
    by: 'elise.perrin',
    daysAgo: 228,
    at: '12:50',
    title: `Lu pour vous : « Ce qu'une acheteuse n'écrit jamais dans ses refus »`,
    body: `Un article de *La Revue des ateliers*, par Solène Arribat, que je vous recommande en entier. Elle a passé un an à demander à des acheteurs industriels pourquoi ils disaient non, puis à comparer avec le courrier envoyé.

> Sur quarante lettres de refus, trente-trois invoquent le prix. En entretien, elles ne sont plus que neuf. « Le prix, m'explique l'une d'elles, c'est la seule raison qui ne fâche personne. Je ne vais pas écrire à quelqu'un que je n'ai pas confiance dans sa date. »

Ce que j'en retiens pour nous, et qui n'engage que moi :

- demander la raison *après* la lettre, de vive voix, sans chercher à rouvrir l'affaire. C'est ce qu'a fait Claire pour Kermorvan ;
- compter à part, dans nos propres bilans, le prix *écrit* et le prix *dit* ;
- se méfier de nos tableaux : si nos clients mentent gentiment, nos statistiques mentent avec précision.

Réserve honnête : quarante lettres, un seul secteur (l'emballage), et des acheteurs qui ont accepté de parler. Cela ne prouve pas, cela réveille.`,
    tags: ['lecture', 'prix', 'débriefing'],
    source: {
      url: 'https://revue-des-ateliers.example/articles/ce-qu-une-acheteuse-n-ecrit-jamais',
      title: `Ce qu'une acheteuse n'écrit jamais dans ses refus`,
      author: `Solène Arribat`,
    },
    reactions: {
      insightful: ['claire.martin', 'helene.dargent', 'ines.carvalho', 'bernard.lecoq'],
      useful: ['yanis.belkacem', 'thomas.gauthier', 'mathieu.kessler'],
    },
    comments: [
      {
        by: 'bastien.vasseur',
        daysAgo: 228,
        at: '13:15',
        body: `Ou alors en entretien ils font les malins, et c'est la lettre qui dit vrai.`,
        reactions: { insightful: ['elise.perrin', 'lucie.ferrand'] },
        replies: [
          {
            by: 'elise.perrin',
            daysAgo: 228,
            at: '13:40',
            body: `Objection sérieuse, et l'autrice se la fait page 4. Elle a comparé avec ce qu'ils ont acheté ensuite : vingt fois sur trente-trois, plus cher.`,
            reactions: { insightful: ['bastien.vasseur', 'helene.dargent', 'claire.martin'] },
            replies: [
              {
                by: 'bastien.vasseur',
                daysAgo: 228,
                at: '13:44',
                body: `Plus CHER ? Bon. Je vais lire l'article.`,
                reactions: { agree: ['elise.perrin', 'ines.carvalho'] },
              },
            ],
          },
        ],
      },
      {
        by: 'nadia.rahmani',
        daysAgo: 227,
        at: '09:10',
        body: `Pour mémoire, dans le CRM : motif « prix » dans 71 % des affaires perdues. C'était le premier choix de la liste déroulante. Je mets la liste dans un ordre aléatoire à partir de ce soir.`,
        reactions: {
          insightful: ['elise.perrin', 'helene.dargent', 'lucie.ferrand', 'thomas.gauthier', 'claire.martin'],
        },
        replies: [
          {
            by: 'nadia.rahmani',
            daysAgo: 166,
            at: '09:00',
            body: `Deux mois plus tard : 44 %. Personne n'a changé d'avis, j'ai changé une liste.`,
            reactions: {
              insightful: [
                'elise.perrin',
                'helene.dargent',
                'bastien.vasseur',
                'lucie.ferrand',
                'claire.martin',
              ],
            },
          },
        ],
      },
    ],
  },
  {
    key: 'previsionnel-trompee',
    by: 'helene.dargent',
    daysAgo: 81,
    at: '18:15',
    title: `Je me suis trompée de 400 000 €`,
    body: `J'avais annoncé un trimestre à 2,9 millions. Il est à 2,5. Avant de chercher qui, j'ai cherché comment.

J'ai repris vos estimations d'il y a trois mois, telles que vous les aviez données. Elles étaient justes, à 3 % près. C'est moi qui ai ajouté 10 % en les portant au comité, parce que « les vendeurs sont prudents ». Personne ne m'avait dit que vous étiez prudents. Je l'avais lu quelque part et cela m'arrangeait.

J'ai retrouvé où. Un bel article d'Étienne Vaugrenard, dans *Prévoir*, qui dit d'ailleurs l'inverse de mon souvenir :

> Celui qui corrige la prévision des autres ne corrige pas une erreur, il en ajoute une, et celle-là n'a pas d'auteur.

Désormais je porte vos chiffres comme vous les donnez, et mon avis à côté, signé. Si je suis plus optimiste que vous, cela se verra, et l'on pourra me le reprocher à moi.

Une question : est-ce que, sans le dire, vous aviez commencé à retrancher 10 % parce que vous saviez que je les ajoutais ?`,
    tags: ['prévisions', 'débriefing'],
    source: {
      url: 'https://prevoir.example/numeros/12/l-erreur-sans-auteur',
      title: `L'erreur sans auteur`,
      author: `Étienne Vaugrenard`,
    },
    reactions: {
      insightful: ['claire.martin', 'elise.perrin', 'thomas.gauthier', 'lucie.ferrand'],
      thanks: ['nadia.rahmani', 'amadou.diallo', 'yanis.belkacem', 'ines.carvalho'],
    },
    comments: [
      {
        by: 'mathieu.kessler',
        daysAgo: 81,
        at: '18:22',
        body: `Oui.`,
        reactions: { agree: ['claire.martin', 'ines.carvalho', 'bastien.vasseur', 'bernard.lecoq'] },
      },
      {
        by: 'bastien.vasseur',
        daysAgo: 81,
        at: '19:05',
        body: `Moi j'ajoutais. On se compensait, Mathieu et moi, c'est beau une équipe.`,
        reactions: { agree: ['mathieu.kessler', 'ines.carvalho', 'thomas.gauthier'] },
      },
      {
        by: 'lucie.ferrand',
        daysAgo: 80,
        at: '08:50',
        body: `Une prévision sans intervalle n'est pas une prévision. Demandez-nous une fourchette, pas un nombre : « entre 140 et 190, je dirais 160 ». Au bout d'un an, on saura qui a des fourchettes honnêtes, et chacun pourra le regarder pour soi.`,
        reactions: {
          insightful: ['helene.dargent', 'elise.perrin'],
          useful: ['claire.martin', 'yanis.belkacem'],
        },
        replies: [
          {
            by: 'helene.dargent',
            daysAgo: 80,
            at: '09:15',
            body: `« Pour soi » : c'est le mot important. On essaie au prochain trimestre, pour ceux qui veulent.`,
            reactions: { agree: ['lucie.ferrand', 'nadia.rahmani', 'amadou.diallo'] },
          },
        ],
      },
    ],
  },
];
