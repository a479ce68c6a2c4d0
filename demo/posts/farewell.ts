import type { DemoPost } from '../types.ts';

/** What Bernard must not read: the secret preparation of his farewell. */
export const farewell: DemoPost[] = [
  {
    key: 'depart-on-commence',
    by: 'ines.carvalho',
    community: 'depart-de-bernard',
    daysAgo: 75,
    at: '13:15',
    title: `Règles de la clandestinité`,
    body: `Bienvenue dans la résistance. Bernard s'en va dans dix semaines et il a déclaré à la machine à café qu'il ne voulait « ni discours, ni chaise à bascule, ni montgolfière ». Il nous reste de la place.

Règles :

1. On n'en parle qu'ici. Pas dans les couloirs, Bernard entend les couloirs.
2. Thomas ne sait rien. Ce n'est pas un manque d'amitié, c'est de la médecine : il rougit dès qu'on prononce le mot « surprise ».
3. Si Bernard s'approche, on parle de la viscosité. Lucie, tu fournis les phrases.
4. On cherche *un* cadeau, pas douze.

Idées ?`,
    tags: ['départ Bernard'],
    reactions: {
      agree: ['yanis.belkacem', 'claire.martin', 'nadia.rahmani', 'mathieu.kessler', 'elise.perrin'],
      thanks: ['helene.dargent'],
    },
    comments: [
      {
        by: 'bastien.vasseur',
        daysAgo: 75,
        at: '13:22',
        body: `Une montgolfière.`,
        replies: [
          {
            by: 'ines.carvalho',
            daysAgo: 75,
            at: '13:23',
            body: `Sortez-le.`,
            reactions: { agree: ['mathieu.kessler', 'claire.martin', 'yanis.belkacem'] },
          },
        ],
      },
      {
        by: 'lucie.ferrand',
        daysAgo: 75,
        at: '14:00',
        body: `Phrase de couverture n° 1 : « À 34 °C, ton caillé est rhéofluidifiant, mais jusqu'où ? » Elle peut durer vingt minutes. Attention : elle m'intéresse vraiment.`,
        reactions: { agree: ['ines.carvalho', 'claire.martin', 'amadou.diallo'] },
      },
      {
        by: 'nadia.rahmani',
        daysAgo: 75,
        at: '14:30',
        body: `Cagnotte ouverte, anonyme, sans montant conseillé ni liste de donateurs. Je suis la seule à voir le total et je mens très bien.`,
        reactions: { thanks: ['ines.carvalho', 'helene.dargent'] },
      },
      {
        by: 'yanis.belkacem',
        daysAgo: 74,
        at: '08:30',
        body: `Je suis avec lui quatre jours sur cinq. Il m'a déjà demandé pourquoi je parlais autant de viscosité.`,
        reactions: { agree: ['ines.carvalho', 'lucie.ferrand', 'mathieu.kessler'] },
      },
    ],
  },
  {
    key: 'depart-cadeau',
    by: 'amadou.diallo',
    community: 'depart-de-bernard',
    daysAgo: 51,
    at: '21:05',
    title: `Le cadeau : des lettres`,
    body: `J'ai une idée, elle ne coûte presque rien, dites-moi si elle est trop simple.

Quand je dépanne chez ses clients, on me demande toujours de ses nouvelles. Toujours. Et chacun a une histoire. Celui de la cidrerie, c'est le jour de l'inondation ; celle de l'imprimerie, un réveillon.

Je propose qu'on leur demande d'écrire. Une page, à la main, ce qu'ils veulent. Pas « merci pour ces belles années » : *une histoire*. Nous les relions. Il en lira une par soir, et il en aura pour un bon moment.

Vu de l'atelier, c'est le seul homme que je connaisse à qui on peut offrir ce qu'il a semé.`,
    tags: ['départ Bernard'],
    reactions: {
      agree: [
        'ines.carvalho',
        'claire.martin',
        'yanis.belkacem',
        'nadia.rahmani',
        'bastien.vasseur',
        'lucie.ferrand',
        'mathieu.kessler',
      ],
      insightful: ['helene.dargent', 'elise.perrin'],
    },
    comments: [
      {
        by: 'elise.perrin',
        daysAgo: 51,
        at: '21:30',
        body: `Trop simple ? C'est parfait. Je m'occupe de la reliure, je connais une artisane à Charlieu. Une question de principe : on n'ouvre pas les lettres avant lui.`,
        reactions: { agree: ['amadou.diallo', 'claire.martin', 'yanis.belkacem', 'ines.carvalho'] },
        replies: [
          { by: 'bastien.vasseur', daysAgo: 50, at: '07:40', body: `Et si l'une est vexante ?` },
          {
            by: 'amadou.diallo',
            daysAgo: 50,
            at: '07:55',
            body: `Alors elle sera pour lui aussi.`,
            reactions: { insightful: ['elise.perrin', 'bastien.vasseur', 'claire.martin'] },
          },
        ],
      },
      {
        by: 'yanis.belkacem',
        daysAgo: 50,
        at: '08:20',
        body: `Je peux demander aux 45 clients restés, mais il est assis à côté de moi. (Question 57 : comment téléphone-t-on en secret dans une voiture ?)`,
        replies: [
          {
            by: 'claire.martin',
            daysAgo: 50,
            at: '08:40',
            body: `On se partage la liste. J'en prends dix, en laiterie. Inès dix. Amadou ceux qu'il dépanne.`,
            reactions: { agree: ['yanis.belkacem', 'ines.carvalho', 'amadou.diallo'] },
          },
        ],
      },
    ],
  },
  {
    key: 'depart-lettres',
    by: 'yanis.belkacem',
    community: 'depart-de-bernard',
    daysAgo: 22,
    at: '12:40',
    title: `Trente et une lettres`,
    body: `Le compte à midi : **31 lettres**. Vingt sur les 45 que nous avons demandées, et onze arrivées d'elles-mêmes, de gens à qui nous n'avions rien demandé. On ne sait pas comment ils l'ont su. Inès soupçonne Marcel, de la papeterie.

Une enveloppe vient de Vendée, au nom d'un certain Le Floch. Elle sent la marée. Nadia a cherché : c'est *le client qui a pris la mer*.

Je n'ai rien ouvert. Mais une lettre est écrite au dos d'un plan de fosse, et on voit à travers : il y a un dessin de chat.

Il manque surtout les deux clients de la liste. Ceux qu'il dit avoir mal servis. Est-ce qu'on leur demande, ou est-ce que c'est une mauvaise idée ?`,
    tags: ['départ Bernard'],
    reactions: {
      agree: ['ines.carvalho', 'amadou.diallo', 'nadia.rahmani', 'lucie.ferrand'],
      thanks: ['claire.martin', 'elise.perrin', 'helene.dargent'],
    },
    comments: [
      {
        by: 'claire.martin',
        daysAgo: 22,
        at: '12:55',
        body: `Mauvaise idée. Ce serait leur demander d'être gentils. Tu iras les voir après, pour eux.`,
        reactions: { agree: ['amadou.diallo', 'helene.dargent', 'yanis.belkacem', 'elise.perrin'] },
      },
      {
        by: 'mathieu.kessler',
        daysAgo: 22,
        at: '13:10',
        body: `J'en ai écrit une. Quatre lignes. J'ai débordé.`,
        reactions: {
          agree: ['ines.carvalho', 'claire.martin', 'yanis.belkacem', 'bastien.vasseur', 'nadia.rahmani'],
        },
      },
      {
        by: 'bastien.vasseur',
        daysAgo: 22,
        at: '18:40',
        body: `J'en ai écrit une aussi. Je l'ai recommencée cinq fois, elle commençait toujours par moi.`,
        reactions: { insightful: ['helene.dargent', 'claire.martin', 'amadou.diallo'] },
        replies: [
          {
            by: 'ines.carvalho',
            daysAgo: 22,
            at: '18:52',
            body: `Et la sixième ?`,
            replies: [
              {
                by: 'bastien.vasseur',
                daysAgo: 22,
                at: '18:55',
                body: `Par lui. C'est la plus courte.`,
                reactions: { agree: ['ines.carvalho', 'mathieu.kessler', 'claire.martin'] },
              },
            ],
          },
        ],
      },
    ],
  },
  {
    key: 'depart-logistique',
    by: 'ines.carvalho',
    community: 'depart-de-bernard',
    daysAgo: 10,
    at: '09:05',
    title: `Vendredi, 17 h : qui fait quoi`,
    body: `| Quoi | Qui | État |
| --- | --- | --- |
| Salle des essais, débarrassée | Lucie | la Galion de 1988 reste, on lui met un ruban |
| Livre relié, 38 lettres | Élise | sec |
| Buffet | moi | **ne rien ajouter**, Bastien |
| Faire venir Bernard | Yanis | « un palier à écouter » |
| Occuper Thomas | Nadia | inventaire des tampons |
| Prendre la parole | Hélène | deux minutes, montre en main |
| Miel | Amadou | trois pots |

Le mot d'ordre : pas de discours sur la carrière. On lit une lettre, une seule, tirée au hasard, avec l'accord de celui qui l'a écrite. Puis on mange.`,
    tags: ['départ Bernard'],
    reactions: {
      useful: ['yanis.belkacem', 'claire.martin', 'nadia.rahmani'],
      agree: ['elise.perrin', 'amadou.diallo', 'mathieu.kessler'],
    },
    comments: [
      { by: 'bastien.vasseur', daysAgo: 10, at: '09:10', body: `J'ai déjà commandé quatre douzaines.` },
      {
        by: 'helene.dargent',
        daysAgo: 10,
        at: '12:30',
        body: `J'en étais à onze minutes. J'ai coupé jusqu'à deux. Il reste une question, que je poserai à Bernard, et je m'assoirai.`,
        reactions: { agree: ['claire.martin', 'ines.carvalho'] },
      },
      {
        by: 'yanis.belkacem',
        daysAgo: 7,
        at: '10:20',
        body: `Pour ceux qui n'ont pas pu venir : il est entré, il a vu la pompe avec le ruban, il a dit « mais elle est très bien, cette viscosité ». Il savait pour la viscosité. Il ne savait pas pour le reste. Il a tenu le livre fermé tout le dîner, sur ses genoux, comme un carnet.`,
        reactions: {
          thanks: [
            'ines.carvalho',
            'elise.perrin',
            'amadou.diallo',
            'helene.dargent',
            'claire.martin',
            'nadia.rahmani',
            'lucie.ferrand',
            'mathieu.kessler',
            'bastien.vasseur',
          ],
        },
        replies: [
          {
            by: 'nadia.rahmani',
            daysAgo: 7,
            at: '11:00',
            body: `L'inventaire est terminé. Nous possédons sept tampons. Thomas les a classés par date de dernière vérification.`,
            reactions: { agree: ['ines.carvalho', 'yanis.belkacem', 'claire.martin', 'bastien.vasseur'] },
          },
        ],
      },
    ],
  },
];
