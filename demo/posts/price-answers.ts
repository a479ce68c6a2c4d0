import type { DemoPost } from '../types.ts';

/** How the price war was answered, affair by affair. */
export const priceAnswers: DemoPost[] = [
  {
    key: 'norvalt-plein-prix',
    by: 'ines.carvalho',
    community: 'face-a-norvalt',
    daysAgo: 180,
    at: '10:40',
    title: `Huit Tavaillon, plein tarif, et un client content. Si, si`,
    body: `Conserverie Lestrade, huit centrifuges sur les tours de refroidissement. Norvalt : 22 % de moins, évidemment. L'acheteur m'accueille avec la tête d'un homme qui a déjà signé ailleurs et qui veut en finir avant le déjeuner.

Je ne sors pas d'offre. Je lui demande sa facture d'électricité.

> — Pourquoi ?
>
> — Parce que c'est là qu'est ma remise.

Le calcul, fait avec Lucie, sur son tableau à lui, au feutre :

- puissance utile : 4,8 kW par pompe ;
- rendement Norvalt 64 %, le nôtre 71 % (mesurés, courbes à l'appui, *pas* ceux de la brochure) ;
- écart : 0,74 kW × 6 000 h × 0,14 € = **620 € par an et par pompe** ;
- huit pompes, cinq ans : un peu moins de 25 000 €.

L'écart de prix, lui, était de 11 400 €.

Il a regardé le tableau longtemps. Puis il a appelé le responsable énergie, que personne n'invite jamais, et qui a eu l'air d'un enfant à qui on offre un train. Signé au bout de onze jours. Plein tarif. J'ai ajouté une caisse de mirabelles, de ma poche, ce qui fait 0,1 % de remise.

Je garde mes croissants.`,
    tags: ['coût complet', 'prix', 'gagné', 'norvalt'],
    reactions: {
      useful: ['claire.martin', 'bastien.vasseur', 'mathieu.kessler'],
      insightful: ['helene.dargent', 'elise.perrin'],
    },
    comments: [
      {
        by: 'bastien.vasseur',
        daysAgo: 180,
        at: '11:02',
        body: `6 000 heures par an, d'accord. Mes clients tournent 1 500 heures. Ton calcul donne 155 €. Ça ne paie pas les mirabelles.`,
        reactions: { insightful: ['ines.carvalho'] },
        replies: [
          {
            by: 'ines.carvalho',
            daysAgo: 180,
            at: '11:20',
            body: `Exact, et c'est pour ça que c'est un tri et pas une religion. En dessous de 3 000 heures je ne le sors pas.`,
            reactions: { useful: ['bastien.vasseur', 'claire.martin', 'mathieu.kessler'] },
          },
        ],
      },
      {
        by: 'claire.martin',
        daysAgo: 180,
        at: '12:15',
        body: `L'idée qui vaut de l'or : le responsable énergie. En clair : quand l'acheteur ne peut pas dire oui, chercher qui paie l'autre facture.`,
        reactions: { agree: ['ines.carvalho', 'helene.dargent'] },
      },
    ],
  },
  {
    key: 'norvalt-ferme-tours',
    by: 'elise.perrin',
    community: 'face-a-norvalt',
    daysAgo: 102,
    at: '12:25',
    title: `Norvalt ferme son dépôt de l'Ouest`,
    body: `Annonce légale parue hier : le dépôt de l'Ouest ferme à la fin du trimestre, quatorze personnes concernées. Ce sont des gens, commençons par là : si l'un d'eux vous appelle, prenez le temps.

**Ce qu'on sait.** L'Ouest sera livré depuis le dépôt du Nord. Quatre d'entre vous m'ont noté des délais cités par des clients : 8, 9, 12, puis 13 semaines. La remise de 22 % a disparu de deux offres sur trois.

**Ce qu'on croit.** Le stock est vide.

**Ce que je ne sais pas.** S'ils remonteront leurs prix d'un coup ou doucement.

Source : journal d'annonces légales, page 14, que je suis sans doute la seule abonnée de la région à lire avec un café.`,
    tags: ['norvalt', 'veille', 'délais'],
    reactions: {
      thanks: ['claire.martin', 'bastien.vasseur'],
      useful: ['helene.dargent', 'ines.carvalho', 'mathieu.kessler'],
    },
    comments: [
      {
        by: 'bastien.vasseur',
        daysAgo: 102,
        at: '12:40',
        body: `On fonce ! Courrier à tous leurs clients de l'Ouest dès demain : « votre fournisseur ferme, nous sommes là ».`,
        replies: [
          {
            by: 'claire.martin',
            daysAgo: 102,
            at: '12:58',
            body: `Non. Quatorze personnes perdent leur place, et leurs clients les aiment bien. On n'écrit pas sur une tombe. On répond au téléphone plus vite que d'habitude, c'est tout.`,
            reactions: { agree: ['elise.perrin', 'helene.dargent', 'ines.carvalho', 'mathieu.kessler'] },
            replies: [
              {
                by: 'bastien.vasseur',
                daysAgo: 102,
                at: '13:30',
                body: `…Oui. J'ai effacé le brouillon. Il y avait une promotion dessus, en plus.`,
                reactions: { thanks: ['claire.martin'] },
              },
            ],
          },
        ],
      },
      {
        by: 'helene.dargent',
        daysAgo: 101,
        at: '09:00',
        body: `J'ai signalé aux ressources humaines que nous cherchons deux techniciens à Rennes. Si vous connaissez quelqu'un de ce dépôt, dites-lui que la porte est ouverte, sans en faire un argument commercial.`,
        reactions: { agree: ['claire.martin', 'elise.perrin'], thanks: ['ines.carvalho'] },
      },
    ],
  },
  {
    key: 'norvalt-trois-fois',
    by: 'bastien.vasseur',
    community: 'face-a-norvalt',
    daysAgo: 40,
    at: '19:15',
    title: `Les trois fois où j'ai baissé, les deux où j'ai tenu`,
    body: `Six mois de tri. J'avais demandé qu'on nous laisse faire, alors je rends mes comptes.

**Baissé, et bien fait** : Chimie Valsonne, moins 7 %, contre un accord de trois ans. Ils ont déjà recommandé deux fois.

**Baissé, et mal fait** : une blanchisserie d'Arras, moins 8 %, contre « on verra ». On n'a rien vu.

**Baissé pour rien** : Sucrerie de Bréhancourt, moins 5 %. L'acheteur m'a avoué après qu'il avait déjà choisi, parce que nous livrions avant la campagne. J'ai offert 9 000 € à un homme qui ne me les demandait pas.

**Tenu, perdu** : une brasserie belge. Ils sont revenus pour des pièces, ils sont aimables, ça viendra.

**Tenu, gagné** : Cartonnerie Wambrecourt, avec le calcul d'Inès. Ils tournent 8 000 heures. J'avais RI de ce calcul ici même.

Ce que j'en tire, en une phrase que je n'aurais pas écrite l'an dernier : *je baissais surtout pour me rassurer, moi.*`,
    tags: ['prix', 'débriefing', 'norvalt', 'sucrerie'],
    reactions: {
      insightful: ['helene.dargent', 'claire.martin', 'elise.perrin', 'ines.carvalho'],
      agree: ['mathieu.kessler'],
    },
    comments: [
      {
        by: 'ines.carvalho',
        daysAgo: 40,
        at: '19:40',
        body: `Bon. Je voulais te charrier, et puis j'ai lu la dernière phrase. Je te dois un vrai merci à la place, parce que c'est aussi la mienne.`,
        reactions: { thanks: ['bastien.vasseur'], agree: ['claire.martin'] },
      },
      {
        by: 'claire.martin',
        daysAgo: 39,
        at: '07:35',
        body: `Est-ce que tu demandes « en échange de quoi » avant ou après avoir dit le chiffre ?`,
        replies: [
          {
            by: 'bastien.vasseur',
            daysAgo: 39,
            at: '07:50',
            body: `Valsonne : avant. La blanchisserie : après. Je viens de comprendre.`,
            reactions: { insightful: ['claire.martin', 'helene.dargent'] },
          },
        ],
      },
      {
        by: 'mathieu.kessler',
        daysAgo: 39,
        at: '12:01',
        body: `Bon texte. Un peu long.`,
        reactions: { agree: ['ines.carvalho'] },
      },
    ],
  },
];
