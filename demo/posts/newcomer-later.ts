import type { DemoPost } from '../types.ts';

/** Yanis, from his first order to his eleventh month. */
export const newcomerLater: DemoPost[] = [
  {
    key: 'yanis-premiere-vente',
    by: 'yanis.belkacem',
    daysAgo: 187,
    at: '12:45',
    title: `1 840 €`,
    body: `C'est le montant de ma première commande. Une Sirène, Cidrerie du Hérou, pour doser ce qui grinçait en quatrième sur la liste.

J'ai mis dix-neuf semaines. J'ai regardé le bon de commande plusieurs fois. Nadia m'a appelé pour me dire que j'avais oublié la tension d'alimentation et elle a ajouté : « Félicitations quand même. » J'ai gardé le « quand même ».

La sœur du patron m'a demandé si j'étais content. J'ai répondu oui avant de me souvenir qu'il fallait avoir l'air habitué.`,
    tags: ['débuts', 'gagné'],
    reactions: {
      agree: [
        'bernard.lecoq',
        'claire.martin',
        'amadou.diallo',
        'ines.carvalho',
        'mathieu.kessler',
        'bastien.vasseur',
      ],
      thanks: ['nadia.rahmani', 'helene.dargent'],
    },
    comments: [
      {
        by: 'nadia.rahmani',
        daysAgo: 187,
        at: '13:05',
        body: `230 volts, monophasé. Je l'ai notée pour vous. Pour mémoire, personne n'a jamais pensé à la tension sur sa première commande. J'ai vérifié jusqu'à celle de Bernard.`,
        reactions: { thanks: ['yanis.belkacem'] },
        replies: [
          {
            by: 'bernard.lecoq',
            daysAgo: 187,
            at: '13:50',
            body: `Nous étions convenus de ne pas rouvrir ce dossier.`,
            reactions: { agree: ['nadia.rahmani', 'yanis.belkacem'] },
          },
        ],
      },
      {
        by: 'bastien.vasseur',
        daysAgo: 187,
        at: '13:30',
        body: `Ma première : 920 francs, un joint et une vis. Tu pars avec une longueur d'avance. Les croissants sont pour moi, c'est la tradition (elle date d'aujourd'hui).`,
        reactions: { thanks: ['yanis.belkacem'], agree: ['ines.carvalho'] },
      },
      {
        by: 'helene.dargent',
        daysAgo: 187,
        at: '18:00',
        body: `N'ayez jamais l'air habitué.`,
        reactions: { agree: ['bernard.lecoq', 'claire.martin', 'yanis.belkacem'] },
      },
    ],
  },
  {
    key: 'yanis-autre-cote',
    by: 'yanis.belkacem',
    community: 'le-metier',
    daysAgo: 120,
    at: '07:40',
    title: `Ce que je voyais de l'autre côté du comptoir`,
    body: `Pendant cinq ans, j'ai reçu des commerciaux. Pas beaucoup : on les envoyait au labo quand personne d'autre n'était libre. Je n'achetais rien. C'est peut-être pour ça que je les voyais bien.

Claire m'a demandé de raconter. Je précise que personne d'Aubrelle n'est visé, et que de toute façon je ne donnerai pas de noms.

## Ce qu'on voit et que vous ne savez pas

**On voit vos chaussures.** Pas pour les juger. Mais celui qui met ses chaussures de sécurité dans le coffre et les enfile sur le parking, on sait qu'il va demander à voir l'atelier. Celui qui attend qu'on lui prête des sabots, on sait qu'il restera en salle de réunion.

**On voit à qui vous dites bonjour.** L'accueil, le cariste, la dame du nettoyage. On en parlait à midi. « Le petit de chez Untel, il a tenu la porte à Odile. » Odile faisait les lavages de nuit. Le jour où la direction a hésité entre deux machines, c'est à elle qu'on a demandé laquelle se nettoyait le mieux.

**On entend quand vous récitez.** Il y a une petite musique. Elle monte juste avant le prix.

## Ce qui m'agaçait

1. Qu'on me demande « quels sont vos points de douleur ». J'avais mal au dos, merci.
2. Qu'on me parle de mon patron comme si je n'étais qu'un couloir vers lui.
3. Qu'on photographie sans demander.
4. Qu'on revienne *après* l'installation uniquement pour vendre la suite.

## Ce qui me faisait parler

Une fois, un monsieur d'une soixantaine d'années est venu pour une garniture. Il a posé son sac. Il m'a regardé compter mes boîtes de Petri, sans rien dire, peut-être trois minutes. Puis : « Vous en refaites combien, en moyenne, parce que le premier résultat vous paraît faux ? »

Personne ne m'avait jamais demandé ça. J'en refaisais une sur douze, et je ne l'avais dit à personne, parce que ça venait d'une prise d'échantillon mal placée et que la déplacer coûtait un arrêt de ligne. Je lui ai tout raconté. Il n'a rien vendu ce jour-là. Un mois plus tard, il est revenu avec un dessin : on pouvait déplacer la prise pendant le changement de garniture. Sans arrêt. Quatre-vingts euros de tuyau.

Deux ans après, quand j'ai eu envie de faire autre chose, c'est à ce métier-là que j'ai pensé. Pas au commerce. À ce monsieur et à ses trois minutes.

J'ai su en arrivant ici qu'il s'appelait Bernard. Lui ne se souvenait pas de moi. Il se souvenait très bien de la prise d'échantillon.`,
    tags: ['visite', 'débuts', 'transmission', 'agro'],
    reactions: {
      insightful: ['claire.martin', 'helene.dargent', 'elise.perrin', 'thomas.gauthier', 'lucie.ferrand'],
      thanks: ['bernard.lecoq', 'amadou.diallo', 'nadia.rahmani'],
      agree: ['ines.carvalho', 'mathieu.kessler', 'bastien.vasseur'],
    },
    comments: [
      {
        by: 'bernard.lecoq',
        daysAgo: 120,
        at: '08:30',
        body: `Je suis allé vérifier : carnet cinquante-six, page de droite, « labo, jeune homme sérieux, une sur douze ». Il y a donc la moitié d'une page sur toi depuis trois ans, et je suis content, maintenant, d'avoir noté « sérieux ».`,
        reactions: {
          thanks: ['yanis.belkacem', 'claire.martin', 'helene.dargent', 'ines.carvalho'],
          agree: ['amadou.diallo'],
        },
        replies: [
          { by: 'yanis.belkacem', daysAgo: 120, at: '08:33', body: `Je n'ai pas de question.` },
          {
            by: 'ines.carvalho',
            daysAgo: 120,
            at: '08:50',
            body: `Moi j'ai quelque chose dans l'œil, et je suis sur une aire d'autoroute, c'est malin.`,
            reactions: { agree: ['nadia.rahmani', 'claire.martin'] },
          },
        ],
      },
      {
        by: 'bastien.vasseur',
        daysAgo: 120,
        at: '09:14',
        body: `« Points de douleur », je le dis encore. Je vais arrêter. Qu'est-ce qu'on dit à la place ?`,
        replies: [
          {
            by: 'yanis.belkacem',
            daysAgo: 120,
            at: '09:40',
            body: `« Qu'est-ce que vous refaites deux fois ? » Ça marche à tous les étages.`,
            reactions: { useful: ['bastien.vasseur', 'claire.martin', 'ines.carvalho', 'mathieu.kessler'] },
          },
          {
            by: 'mathieu.kessler',
            daysAgo: 120,
            at: '10:00',
            body: `Volé.`,
            reactions: { agree: ['ines.carvalho'] },
          },
        ],
      },
      {
        by: 'amadou.diallo',
        daysAgo: 119,
        at: '22:40',
        body: `> Le jour où la direction a hésité entre deux machines, c'est à elle qu'on a demandé laquelle se nettoyait le mieux.

Vu de l'atelier : c'est toujours elle qui choisit. On met seulement plus ou moins de temps à s'en apercevoir.`,
        reactions: { agree: ['yanis.belkacem', 'claire.martin', 'lucie.ferrand'] },
      },
    ],
  },
  {
    key: 'yanis-bientot-un-an',
    by: 'yanis.belkacem',
    daysAgo: 29,
    at: '18:20',
    title: `Bientôt un an. Bilan sans graphique`,
    body: `J'ai relu ma semaine un. Je confonds toujours des choses, mais de plus grosses.

Ce qui a changé : je sais me taire (mieux), je mets les tensions d'alimentation (toujours), je mets mes chaussures sur le parking (évidemment). J'ai 61 clients, dont 44 que Bernard m'a présentés en disant « je vous laisse en bonne compagnie », et 17 que j'ai trouvés seul.

Ce qui n'a pas changé : j'ai peur dans la voiture, juste avant. Je coupe la radio, je compte jusqu'à douze. Une sur douze.

J'ai perdu sept affaires. J'en ai raconté trois ici. Les quatre autres ne sont pas mûres. Je les raconterai.

Et on vient de me donner un nouveau à accompagner le mois prochain. Il arrive d'une station d'épuration. J'ai déjà commencé sa fiche : cinq gammes, cinq silhouettes. La sienne commencera par « Regarde la plaque ».`,
    tags: ['débuts', 'transmission'],
    reactions: {
      agree: ['claire.martin', 'mathieu.kessler', 'amadou.diallo'],
      thanks: ['bernard.lecoq', 'lucie.ferrand'],
      insightful: ['helene.dargent'],
    },
    comments: [
      {
        by: 'claire.martin',
        daysAgo: 29,
        at: '18:45',
        body: `17 trouvés seul, c'est plus que moi la première année. Je m'étais promis de ne jamais te le dire.`,
        reactions: { thanks: ['yanis.belkacem'] },
        replies: [
          {
            by: 'bastien.vasseur',
            daysAgo: 29,
            at: '19:00',
            body: `Combien, toi ?`,
            replies: [
              {
                by: 'claire.martin',
                daysAgo: 29,
                at: '19:01',
                body: `Bonne soirée, Bastien.`,
                reactions: { agree: ['ines.carvalho', 'yanis.belkacem', 'mathieu.kessler'] },
              },
            ],
          },
        ],
      },
      {
        by: 'bernard.lecoq',
        daysAgo: 27,
        at: '09:10',
        body: `> 44 que Bernard m'a présentés

Tu n'as pas quarante-quatre clients que je t'ai présentés, tu en as quarante-quatre qui m'ont demandé, après, si tu revenais bientôt ; ce n'est pas du tout la même chose.`,
        reactions: { thanks: ['yanis.belkacem'], insightful: ['claire.martin', 'helene.dargent'] },
      },
    ],
  },
];
