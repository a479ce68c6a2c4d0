import type { DemoPost } from '../types.ts';

/** A sale, a refusal and a treasury of croissants. */
export const notebooks: DemoPost[] = [
  {
    key: 'conserverie-canard',
    by: 'ines.carvalho',
    daysAgo: 47,
    at: '21:20',
    title: `Comment j'ai vendu trois Galion à une dame qui n'en voulait pas`,
    body: `Conserverie Dutilh-Larroque, dans le Gers. Du canard, du canard, et le vendredi un peu de canard. La patronne, Mme Larroque, 70 ans, m'ouvre elle-même.

> — Vous venez vendre ?
>
> — Oui.
>
> — Je n'achète pas.
>
> — D'accord.
>
> — Entrez, alors.

On visite. Elle me montre la ligne de graisse, une merveille des années 80, entretenue au chiffon. Tout fonctionne. Je le lui dis. Je cherche vraiment quelque chose à reprocher, par conscience professionnelle : rien. Les pompes ont trente-huit ans et elles ronronnent.

À midi elle me garde à déjeuner. (On m'accuse d'exagérer : il y avait *quatre* plats.) Au fromage, je pose la question de Yanis : « Qu'est-ce que vous refaites deux fois ? »

Elle pose son couteau. Le samedi, elle remonte le tuyau de vidange à la main, avec son petit-fils, parce que la fosse est trop basse. Quarante seaux. Depuis 1994. Elle n'en avait jamais parlé à un fournisseur, parce que ce n'était pas *la ligne*.

Une petite Galion pour la fosse. Puis une deuxième, quand elle a vu. Puis la troisième, « pour le jour où les vieilles s'arrêteront ; je ne le verrai peut-être pas, mais le petit n'aura pas à chercher votre numéro ».

26 400 €. Le petit-fils a quatorze ans et m'a demandé si c'était dur, comme métier. J'ai regardé mon assiette et j'ai menti.`,
    tags: ['gagné', 'visite', 'conserverie'],
    reactions: {
      agree: ['bernard.lecoq', 'mathieu.kessler', 'claire.martin', 'amadou.diallo', 'nadia.rahmani'],
      thanks: ['yanis.belkacem'],
      insightful: ['helene.dargent', 'elise.perrin', 'bastien.vasseur'],
    },
    comments: [
      {
        by: 'yanis.belkacem',
        daysAgo: 47,
        at: '21:45',
        body: `Ma question a déjeuné mieux que moi.`,
        reactions: { agree: ['ines.carvalho', 'claire.martin', 'mathieu.kessler', 'lucie.ferrand'] },
      },
      {
        by: 'lucie.ferrand',
        daysAgo: 46,
        at: '08:20',
        body: `Graisse de canard, donc figée l'hiver en fosse. Quel couple au démarrage ? As-tu pris la motorisation au-dessus ?`,
        replies: [
          {
            by: 'ines.carvalho',
            daysAgo: 46,
            at: '08:35',
            body: `Oui, et un traçage électrique. Je t'écoute plus que je n'en ai l'air, Lucie.`,
            reactions: { thanks: ['lucie.ferrand'] },
            replies: [
              {
                by: 'lucie.ferrand',
                daysAgo: 46,
                at: '08:36',
                body: `Je suis émue. Quelle puissance, le traçage ?`,
                reactions: { agree: ['ines.carvalho', 'yanis.belkacem', 'mathieu.kessler', 'claire.martin'] },
              },
            ],
          },
        ],
      },
    ],
  },
  {
    key: 'bastien-le-non',
    by: 'bastien.vasseur',
    daysAgo: 36,
    at: '08:45',
    title: `J'ai refusé une affaire`,
    body: `140 000 €. Je répète : CENT QUARANTE. Une chimie près d'Anvers, un solvant chlorigène (nom maison, je ne cite pas), trente Tavaillon. Bon de commande prêt.

Lucie m'a dit que les joints tiendraient « entre huit et quatorze mois ». Eux voulaient cinq ans. J'ai cherché pendant deux jours comment écrire « cinq » en pensant « huit mois ». Thomas m'a relu. Il n'a pas fait de commentaire, il a juste surligné le mot.

J'ai rappelé l'acheteur. Je lui ai dit que notre pompe n'était pas la bonne, et que Weissbruck en faisait une qui l'était. Il y a eu un silence. (Je l'ai LAISSÉ. Bernard, tu aurais été fier, j'ai tenu onze secondes.)

Il m'a répondu : « Et pour l'eau de refroidissement, vous êtes bons ? »

C'est 52 000 €. Signé hier. Ce n'est pas 140. Je dors.`,
    tags: ['débriefing', 'chimie', 'gagné'],
    reactions: {
      insightful: ['helene.dargent', 'claire.martin', 'elise.perrin'],
      thanks: ['lucie.ferrand', 'thomas.gauthier', 'amadou.diallo'],
      agree: ['bernard.lecoq', 'mathieu.kessler', 'ines.carvalho', 'yanis.belkacem', 'nadia.rahmani'],
    },
    comments: [
      {
        by: 'bernard.lecoq',
        daysAgo: 36,
        at: '09:30',
        body: `Onze secondes. Je te réserve le carnet vingt, où je note mes propres records ; tu verras que j'ai mis douze ans à atteindre sept.`,
        reactions: { thanks: ['bastien.vasseur'], agree: ['yanis.belkacem', 'claire.martin'] },
      },
      {
        by: 'amadou.diallo',
        daysAgo: 36,
        at: '12:00',
        body: `Vu de l'atelier : trente pompes, un joint tous les dix mois, en zone chimique, la nuit. Merci. Vraiment.`,
        reactions: { agree: ['lucie.ferrand', 'nadia.rahmani'], insightful: ['bastien.vasseur'] },
      },
      {
        by: 'lucie.ferrand',
        daysAgo: 36,
        at: '12:40',
        body: `Deux remarques. « Chlorigène » n'existe pas, et j'aime beaucoup ce mot. Tu as donné l'intervalle exact. Je n'ai pas de seconde remarque, je voulais seulement en annoncer deux.`,
        reactions: {
          agree: ['ines.carvalho', 'bastien.vasseur', 'mathieu.kessler', 'thomas.gauthier', 'elise.perrin'],
        },
      },
      {
        by: 'mathieu.kessler',
        daysAgo: 33,
        at: '08:00',
        body: `Weissbruck m'a appelé pour demander qui tu étais. J'ai dit : quelqu'un de bien.`,
        reactions: {
          thanks: ['bastien.vasseur'],
          agree: ['claire.martin', 'ines.carvalho', 'helene.dargent'],
        },
      },
    ],
  },
  {
    key: 'solde-des-croissants',
    by: 'nadia.rahmani',
    community: 'le-comptoir',
    daysAgo: 1,
    at: '08:30',
    title: `Solde officiel des croissants, arrêté à ce jour`,
    body: `On m'a demandé d'arbitrer. J'ai repris un an de paris, pièces à l'appui.

| Créancier | Débiteur | Motif | Solde |
| --- | --- | --- | ---: |
| Claire | Bastien | une addition mal faite | 1, réglé |
| Claire | Bastien | Weissbruck, au douzième jour | 12, réglés, au beurre |
| Élise | Bastien | salon, match nul | 6, réclamés |
| Bastien | Élise | salon, match nul | 6, réclamés aussi |
| Yanis | Bastien | tradition inventée | 12, réglés |
| Premier étage | Bastien | « ceux d'après, je ne les compte pas » | je les ai comptés : **74** |

Constat : M. Vasseur est débiteur partout, payeur exemplaire, et n'a jamais gagné un pari. L'administration des ventes lui décerne un tampon. Certificat d'épreuve joint, délai d'obtention : quatre minutes.`,
    tags: ['humour', 'vie de la maison'],
    reactions: {
      agree: [
        'ines.carvalho',
        'claire.martin',
        'mathieu.kessler',
        'elise.perrin',
        'thomas.gauthier',
        'amadou.diallo',
      ],
      thanks: ['bastien.vasseur'],
    },
    comments: [
      {
        by: 'bastien.vasseur',
        daysAgo: 1,
        at: '08:41',
        body: `QUATRE MINUTES. Je l'encadre. À côté de la liste de Thomas.`,
        reactions: { agree: ['nadia.rahmani', 'ines.carvalho'], thanks: ['thomas.gauthier'] },
        replies: [
          {
            by: 'nadia.rahmani',
            daysAgo: 1,
            at: '08:45',
            body: `Vous l'auriez eu en trois, mais il manquait un numéro de série.`,
            reactions: { agree: ['claire.martin', 'bastien.vasseur', 'yanis.belkacem', 'mathieu.kessler'] },
          },
        ],
      },
      {
        by: 'ines.carvalho',
        daysAgo: 1,
        at: '09:02',
        body: `Et Bernard, il doit quelque chose ?`,
        replies: [
          {
            by: 'nadia.rahmani',
            daysAgo: 1,
            at: '09:05',
            body: `Rien. J'ai vérifié sur neuf ans.`,
            reactions: { thanks: ['bernard.lecoq'], agree: ['yanis.belkacem', 'claire.martin'] },
          },
          {
            by: 'bernard.lecoq',
            daysAgo: 1,
            at: '09:50',
            body: `Je conteste : je dois à Thomas huit ans de fenêtre ouverte en février, et je passerai régler la semaine prochaine, avec des croissants, en visiteur.`,
            reactions: {
              thanks: ['thomas.gauthier'],
              agree: ['nadia.rahmani', 'ines.carvalho', 'yanis.belkacem', 'claire.martin', 'amadou.diallo'],
            },
          },
        ],
      },
    ],
  },
];
