import type { DemoPost } from '../types.ts';

/** What the lost tender changed, and what came back a year later. */
export const kermorvanAfter: DemoPost[] = [
  {
    key: 'kermorvan-merci',
    by: 'helene.dargent',
    daysAgo: 299,
    at: '18:35',
    title: `Ce que le débriefing de Claire m'a appris sur moi`,
    body: `J'ai relu le texte de Claire ce week-end. Elle y compte ses fautes. Je me suis demandé où étaient les miennes.

J'en trouve deux. La première : en réunion, depuis un an, je demande « combien ? » avant « qui ? ». Si j'avais demandé *qui on n'avait pas vu*, le chef de nuit serait sorti tout de suite. La seconde : j'ai laissé courir l'idée que Norvalt nous bat par le prix, parce que c'est une explication confortable. Elle n'est de la faute de personne.

Je ne vais pas créer une procédure. J'ai seulement envie qu'on essaie ceci : pour chaque affaire perdue au-dessus de 50 000 €, celui ou celle qui l'a portée écrit ce qu'il veut, quand il veut, ici. Et je m'engage à ne jamais m'en servir dans un entretien. Si je le fais, montrez-moi ce billet.

Est-ce que cela vous paraît tenable ? Je préfère un non argumenté à un oui poli.`,
    tags: ['débriefing', 'kermorvan'],
    reactions: {
      thanks: ['claire.martin', 'yanis.belkacem', 'amadou.diallo'],
      agree: ['ines.carvalho', 'thomas.gauthier'],
      insightful: ['elise.perrin'],
    },
    comments: [
      {
        by: 'mathieu.kessler',
        daysAgo: 299,
        at: '19:02',
        body: `Non argumenté : écrire prend du temps. Je ferai trois lignes.`,
      },
      {
        by: 'bastien.vasseur',
        daysAgo: 298,
        at: '08:15',
        body: `Et les affaires GAGNÉES ? On ne sait jamais pourquoi on gagne. Moi le premier.`,
        reactions: { insightful: ['helene.dargent', 'claire.martin', 'bernard.lecoq'] },
        replies: [
          {
            by: 'claire.martin',
            daysAgo: 298,
            at: '08:40',
            body: `C'est la meilleure idée que tu aies eue ici. Je le dis sans croissant.`,
            reactions: { thanks: ['bastien.vasseur'] },
          },
        ],
      },
      {
        by: 'thomas.gauthier',
        daysAgo: 298,
        at: '09:20',
        body: `Tenable à une condition : a) écrit par la personne, b) jamais relu par un chef avant publication, c) on peut dire non. Je lis ton billet comme satisfaisant a, b et c.`,
        reactions: { agree: ['helene.dargent', 'nadia.rahmani'] },
      },
    ],
  },
  {
    key: 'kermorvan-rappelle',
    by: 'amadou.diallo',
    daysAgo: 96,
    at: '08:05',
    title: `Kermorvan a appelé. Pas pour acheter`,
    body: `Cette nuit, 1 h 40. Le chef de maintenance de Kermorvan, celui des croissants. Une de leurs vieilles Galion au sérum, les six que nous avons gardées, avait pris l'air. J'étais à Rennes pour la semaine, j'y suis allé avec Claire, qui dort manifestement tout habillée.

Quarante minutes, un joint à 12 €. Puis il nous a fait un café, et il nous a montré l'atelier caillé. Les stators de Norvalt tiennent cinq semaines. Le caoutchouc n'aime pas leur soude à 80 °C, il gonfle. Ils en ont un carton plein, ils les appellent « les beignets ».

Il n'a rien demandé. Nous n'avons rien proposé. J'ai seulement dit quel élastomère je mettrais si c'était chez moi, et je le lui ai écrit sur le carton.

Claire n'a pas sorti une seule brochure. Je tenais à le dire, parce que je sais ce que ça lui a coûté.`,
    tags: ['kermorvan', 'visite', 'élastomères', 'agro'],
    reactions: {
      insightful: ['bernard.lecoq', 'helene.dargent', 'yanis.belkacem'],
      agree: ['lucie.ferrand'],
      thanks: ['claire.martin', 'ines.carvalho'],
    },
    comments: [
      {
        by: 'bastien.vasseur',
        daysAgo: 96,
        at: '08:40',
        body: `ATTENDEZ. Le client est à genoux devant un carton de beignets, et vous repartez sans devis ??`,
        replies: [
          {
            by: 'claire.martin',
            daysAgo: 96,
            at: '09:15',
            body: `Il n'est pas à genoux. Il est fatigué et il a sauvé la face devant nous. On ne vend pas à quelqu'un à 2 h du matin, on l'aide.`,
            reactions: { agree: ['amadou.diallo', 'bernard.lecoq', 'helene.dargent', 'yanis.belkacem'] },
            replies: [
              {
                by: 'bastien.vasseur',
                daysAgo: 96,
                at: '09:21',
                body: `Je parie une douzaine que Weissbruck y est dans dix jours avec une brochure.`,
                replies: [{ by: 'claire.martin', daysAgo: 96, at: '09:22', body: `Tenu.` }],
              },
            ],
          },
        ],
      },
      {
        by: 'lucie.ferrand',
        daysAgo: 96,
        at: '10:30',
        body: `Il faut de l'EPDM réticulé au peroxyde, pas au soufre, pour de la soude à cette température. Quelle est la référence écrite sur leur carton ? Et combien de cycles de lavage par jour ? « Cinq semaines » n'est pas une donnée, « 210 cycles » en serait une.`,
        reactions: { useful: ['amadou.diallo'] },
        replies: [
          {
            by: 'amadou.diallo',
            daysAgo: 96,
            at: '11:02',
            body: `Six lavages par jour, donc 210 tout juste. Tu avais un micro dans ma poche ?`,
            reactions: { agree: ['claire.martin'] },
          },
        ],
      },
    ],
  },
  {
    key: 'kermorvan-retour',
    by: 'claire.martin',
    community: 'le-metier',
    daysAgo: 24,
    at: '11:30',
    title: `Kermorvan, un an après`,
    body: `Ils ont signé ce matin. Six Galion en taille au-dessus, celles de la variante de Lucie, et le contrat Quatre-Saisons pour tout l'atelier, machines de Norvalt comprises. 148 000 €.

Ce n'est pas une revanche. Norvalt garde huit pompes et il faudra les entretenir comme les nôtres. Le chef de nuit me l'a demandé en ces termes : « Vous saurez être gentils avec leurs machines ? » Amadou a répondu qu'une pompe ne choisit pas son étiquette.

Ce que je retiens, pour faire court :

- L'affaire ne s'est pas faite à 2 h du matin. Elle s'est faite parce que nous étions déjà venus à 2 h du matin quand il n'y avait rien à vendre.
- Le délai annoncé : dix semaines. Demandé à l'atelier, écrit par l'atelier.
- Le tableau du caillé a servi tel quel. Un an plus tard, ils l'avaient punaisé.

Weissbruck n'est venu que le douzième jour. @bastien.vasseur, je les prends au beurre.

En clair : on peut perdre un appel d'offres et garder un client. L'inverse arrive aussi.`,
    tags: ['kermorvan', 'gagné', 'agro', 'débriefing', 'Quatre-Saisons'],
    reactions: {
      agree: ['bernard.lecoq', 'amadou.diallo', 'mathieu.kessler'],
      thanks: ['lucie.ferrand', 'helene.dargent'],
      insightful: ['yanis.belkacem', 'ines.carvalho', 'thomas.gauthier', 'bastien.vasseur'],
    },
    comments: [
      {
        by: 'bastien.vasseur',
        daysAgo: 24,
        at: '11:41',
        body: `Douze croissants partent de Lille. Sérieusement : BRAVO. Il y a un an j'ai écrit ici que le prix fait tout. Je ne retire pas tout, mais je retire le « tout ».`,
        reactions: { thanks: ['claire.martin'], insightful: ['helene.dargent', 'elise.perrin'] },
        replies: [
          {
            by: 'ines.carvalho',
            daysAgo: 24,
            at: '11:50',
            body: `Encadrez cette phrase. Même format que le tableau du caillé.`,
            reactions: { agree: ['mathieu.kessler', 'lucie.ferrand'] },
          },
          {
            by: 'claire.martin',
            daysAgo: 24,
            at: '12:05',
            body: `Et toi, tu avais raison sur un point : c'est l'acheteuse qui s'est battue pour nous à la fin. Avec l'argument du sérum, retraduit en euros de *son* budget. Ta remarque du premier jour.`,
            reactions: { thanks: ['bastien.vasseur'] },
          },
        ],
      },
      {
        by: 'yanis.belkacem',
        daysAgo: 23,
        at: '08:35',
        body: `Je suis arrivé trois jours après la remise de l'offre. Ce débriefing est le premier texte que j'ai lu ici, et je m'étais dit : c'est une maison où on a le droit de perdre. Je ne savais pas encore que ça servait à gagner.`,
        reactions: { agree: ['bernard.lecoq', 'claire.martin', 'helene.dargent', 'amadou.diallo'] },
      },
    ],
  },
];
