import type { DemoPost } from '../types.ts';

/** Know-how: a breakdown, a visit, a silence. */
export const craft: DemoPost[] = [
  {
    key: 'panne-samedi',
    by: 'amadou.diallo',
    daysAgo: 208,
    at: '07:20',
    title: `Samedi, 16 h, la brasserie`,
    body: `Brasserie de l'Ardoisière, samedi. La pompe de transfert lâche avec quatre-vingts hectolitres dans la mauvaise cuve. Le patron appelle l'astreinte, et l'astreinte, c'est moi, au match de ma fille, à la 70e minute.

J'ai deux heures de route. Je lui dis la vérité : je serai là à 18 h 15, je n'ai pas la garniture dans le camion, je connais quelqu'un qui l'a. J'appelle Mathieu. Il n'est pas d'astreinte, il ne me doit rien. Il dit « j'y vais », il raccroche. Il est allé chercher la pièce chez un autre de ses clients, qui en avait une d'avance, et il l'a portée à la brasserie avant moi. Quand je suis arrivé, il tenait la lampe.

À 20 h 40, la bière était dans la bonne cuve.

Trois choses que je garde :

- le client n'a pas demandé combien. Il a demandé *à quelle heure*. Et je n'ai pas dit « au plus vite » ;
- le client qui a prêté la pièce a reçu la sienne, neuve, le lundi à 8 h, avec un mot. Elle ne lui a pas été facturée. Merci @nadia.rahmani ;
- ma fille a gagné 2 à 1. J'ai eu la fin par téléphone, commentée par sa mère, sous une cuve.`,
    tags: ['panne', 'brasserie', 'Quatre-Saisons'],
    reactions: {
      thanks: ['mathieu.kessler', 'nadia.rahmani', 'helene.dargent'],
      agree: ['claire.martin', 'bernard.lecoq', 'ines.carvalho', 'yanis.belkacem'],
      insightful: ['elise.perrin'],
    },
    comments: [
      {
        by: 'mathieu.kessler',
        daysAgo: 208,
        at: '07:45',
        body: `C'était une bonne lampe.`,
        reactions: { agree: ['amadou.diallo', 'ines.carvalho', 'yanis.belkacem', 'bastien.vasseur'] },
      },
      {
        by: 'bastien.vasseur',
        daysAgo: 208,
        at: '08:30',
        body: `Attends, on n'a PAS facturé l'intervention du samedi ?`,
        replies: [
          {
            by: 'amadou.diallo',
            daysAgo: 208,
            at: '08:40',
            body: `L'intervention, si, au tarif du contrat. La pièce du voisin, non. On ne facture pas un service qu'on nous a rendu.`,
            reactions: {
              agree: ['claire.martin', 'nadia.rahmani', 'bastien.vasseur'],
              insightful: ['yanis.belkacem'],
            },
          },
        ],
      },
      {
        by: 'helene.dargent',
        daysAgo: 208,
        at: '09:30',
        body: `Et toi, qui te remplace quand ta fille joue ? Deux personnes pour l'astreinte, ce n'est pas assez. Je voudrais qu'on en parle, quand tu veux, chez toi ou chez moi.`,
        reactions: {
          agree: ['claire.martin', 'lucie.ferrand', 'mathieu.kessler'],
          thanks: ['amadou.diallo'],
        },
        replies: [
          {
            by: 'amadou.diallo',
            daysAgo: 190,
            at: '18:30',
            body: `Pour la suite : nous serons quatre à partir du mois prochain, et chacun a déclaré ses matchs, ses chorales et ses jardins. Ça tient sur une page.`,
            reactions: {
              thanks: ['helene.dargent'],
              agree: ['nadia.rahmani', 'claire.martin', 'lucie.ferrand'],
            },
          },
        ],
      },
    ],
  },
  {
    key: 'visite-ardoisiere',
    by: 'mathieu.kessler',
    daysAgo: 159,
    at: '18:30',
    title: `Brasserie de l'Ardoisière`,
    body: `Visite ce matin. Le patron m'a montré la plaque qu'il a fait graver sur la pompe de transfert : « Réparée un samedi. » Il commande les deux suivantes.`,
    tags: ['brasserie', 'visite', 'gagné'],
    reactions: {
      agree: ['amadou.diallo', 'ines.carvalho', 'bernard.lecoq', 'claire.martin'],
      insightful: ['helene.dargent', 'elise.perrin'],
    },
    comments: [
      {
        by: 'ines.carvalho',
        daysAgo: 158,
        at: '08:00',
        body: `Mathieu, trois phrases et un titre ! Vous vous sentez bien ?`,
        replies: [
          {
            by: 'mathieu.kessler',
            daysAgo: 158,
            at: '08:30',
            body: `Le titre compte ?`,
            reactions: { agree: ['ines.carvalho', 'yanis.belkacem', 'bastien.vasseur'] },
          },
        ],
      },
      {
        by: 'bastien.vasseur',
        daysAgo: 158,
        at: '09:00',
        body: `Deux pompes sans offre concurrente, sans remise, sans PowerPoint. Comment tu fais ?`,
        replies: [
          {
            by: 'mathieu.kessler',
            daysAgo: 158,
            at: '09:01',
            body: `La lampe.`,
            reactions: {
              insightful: ['bastien.vasseur', 'claire.martin', 'elise.perrin'],
              agree: ['amadou.diallo', 'bernard.lecoq'],
            },
          },
        ],
      },
    ],
  },
  {
    key: 'client-qui-ne-dit-rien',
    by: 'bernard.lecoq',
    daysAgo: 131,
    at: '20:45',
    title: `Le client qui ne disait rien`,
    body: `J'ai connu un directeur d'usine, dans la Drôme, qui ne disait rien. Je ne parle pas d'un taiseux ordinaire, de ceux qui répondent « mouais » et avec qui l'on s'entend très bien ; je parle d'un homme qui vous regardait poser votre offre sur la table, qui la lisait, qui la reposait, et qui attendait.

La première fois, j'ai baissé mon prix de trois pour cent. Il n'avait rien demandé.

La deuxième fois, j'ai ajouté la mise en service. Il n'avait rien demandé non plus, et je suis rentré chez moi en ayant négocié tout seul, contre moi-même, avec beaucoup de talent.

J'en ai parlé à mon père, qui vendait des graines à des gens du même bois. Il m'a demandé ce que le monsieur regardait pendant qu'il se taisait. Je n'en savais rien : je regardais mon offre. « Eh bien regarde-le, lui. »

La troisième fois, donc, j'ai posé l'offre et j'ai regardé. J'ai vu un homme qui relisait deux fois chaque ligne, en suivant du doigt sous la table. J'ai compris qu'il ne me testait pas, qu'il ne calculait rien contre moi. Il lisait lentement, il ne voulait pas que cela se voie, et il avait pris l'habitude de se taire jusqu'à ce que l'autre parle, parce que les autres, en parlant, finissaient toujours par lui dire ce qui était écrit.

Je n'ai rien laissé paraître. Seulement, à partir de ce jour, j'ai fait mes offres en une page, en gros, avec un dessin ; et je les lui lisais à haute voix, « parce que moi-même, monsieur, je m'y perds ». Il a signé quatorze fois. Jamais plus il n'a eu trois pour cent.

Je le raconte parce qu'il est mort l'an dernier, que son fils m'a autorisé à le faire, et que nous avons tous, je crois, pris un jour la pudeur de quelqu'un pour de la ruse.`,
    tags: ['visite', 'prix', 'transmission'],
    reactions: {
      insightful: [
        'claire.martin',
        'helene.dargent',
        'elise.perrin',
        'thomas.gauthier',
        'lucie.ferrand',
        'bastien.vasseur',
      ],
      thanks: ['yanis.belkacem', 'amadou.diallo', 'nadia.rahmani'],
      agree: ['ines.carvalho', 'mathieu.kessler'],
    },
    comments: [
      {
        by: 'bastien.vasseur',
        daysAgo: 131,
        at: '21:30',
        body: `> j'avais négocié tout seul, contre moi-même, avec beaucoup de talent

Je suis en train de refaire mentalement mes dix dernières affaires. Je n'aime pas ce que je trouve.`,
        reactions: { agree: ['ines.carvalho', 'claire.martin'], insightful: ['helene.dargent'] },
      },
      {
        by: 'thomas.gauthier',
        daysAgo: 130,
        at: '08:30',
        body: `Une page, en gros, avec un dessin. C'est ma règle pour les commissions, et je croyais l'avoir inventée par souci d'efficacité. Je vais la garder, pour une meilleure raison.`,
        reactions: { agree: ['bernard.lecoq', 'elise.perrin'] },
      },
      {
        by: 'yanis.belkacem',
        daysAgo: 130,
        at: '12:10',
        body: `Question 41, et elle est sérieuse : comment sait-on la différence entre quelqu'un qui réfléchit, quelqu'un qui joue, et quelqu'un qui a besoin d'aide ?`,
        replies: [
          {
            by: 'bernard.lecoq',
            daysAgo: 130,
            at: '19:00',
            body: `On ne la sait pas ; mais dans les trois cas il faut la même chose, qui est de ne rien ajouter et de rester aimable.`,
            reactions: {
              insightful: [
                'yanis.belkacem',
                'claire.martin',
                'mathieu.kessler',
                'elise.perrin',
                'helene.dargent',
              ],
            },
          },
        ],
      },
    ],
  },
];
