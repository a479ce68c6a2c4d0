import type { DemoPost } from '../types.ts';

/** Norvalt's prices, seen from inside a secret community. */
export const priceWar: DemoPost[] = [
  {
    key: 'norvalt-moins-22',
    by: 'bastien.vasseur',
    community: 'face-a-norvalt',
    daysAgo: 270,
    at: '08:20',
    title: `Moins 22 %`,
    body: `Trois offres en neuf jours. Trois fois Norvalt. Trois fois **22 % sous nous**, à l'euro près. Ce n'est plus un commercial qui s'énerve, c'est une consigne.

Chimie Valsonne, Sucrerie de Bréhancourt, Moutarderie Pasquelin. Toujours sur la Tavaillon, jamais sur la Galion.

J'ouvre cette communauté parce que je ne veux pas parler de ça au comptoir. Deux règles : ce qu'on écrit, un client nous l'a dit librement. Et on met les affaires PERDUES aussi, moi le premier : Pasquelin est perdue.

Question : on suit, ou on regarde passer ?`,
    tags: ['norvalt', 'prix', 'tavaillon'],
    reactions: { useful: ['elise.perrin', 'helene.dargent'], agree: ['ines.carvalho'] },
    comments: [
      {
        by: 'ines.carvalho',
        daysAgo: 270,
        at: '09:05',
        body: `Chez moi aussi. J'ai cru que mon client avait mal lu. Il m'a tourné l'écran : il avait très bien lu.`,
        replies: [
          {
            by: 'elise.perrin',
            daysAgo: 270,
            at: '09:40',
            body: `Est-ce qu'il te l'a tourné de lui-même ? Je pose la question pour chaque ligne de ce que j'écrirai. Une offre concurrente est un document confidentiel : entendre, oui ; demander une copie, non.`,
            reactions: { agree: ['helene.dargent', 'claire.martin'] },
          },
        ],
      },
      {
        by: 'mathieu.kessler',
        daysAgo: 270,
        at: '12:00',
        body: `Rien chez moi. En Allemagne ils n'ont pas d'agrément.`,
        reactions: { useful: ['bastien.vasseur'] },
      },
      {
        by: 'claire.martin',
        daysAgo: 269,
        at: '07:45',
        body: `À l'euro près, c'est notre tarif public moins une remise fixe. Ils partent de notre catalogue. En clair : si nous baissons de 10, ils baisseront de 10.`,
        reactions: { insightful: ['helene.dargent', 'elise.perrin', 'bastien.vasseur', 'ines.carvalho'] },
      },
    ],
  },
  {
    key: 'norvalt-ce-qu-on-sait',
    by: 'elise.perrin',
    community: 'face-a-norvalt',
    daysAgo: 262,
    at: '17:10',
    title: `Norvalt : ce qu'on sait, ce qu'on croit, ce qu'on invente`,
    body: `J'ai repris les comptes publiés, deux articles de presse et vos neuf remontées. Je range par solidité.

**Ce qu'on sait** (document public ou client qui le dit de lui-même)

| Fait | Source |
| --- | --- |
| Un nouvel actionnaire est entré il y a huit mois | comptes publiés |
| Stock en hausse de 40 % à la clôture | comptes publiés |
| Remise de 22 % sur les seules centrifuges | cinq clients, spontanément |
| Délai promis : huit semaines | Kermorvan, rapport d'analyse |

**Ce qu'on croit.** Ils vident un stock pour remplir un carnet avant la clôture. Si c'est cela, la remise s'arrêtera avec le stock.

**Ce qu'on invente.** Qu'ils « vendent à perte ». Personne ici n'en a la preuve, et je vous demande de ne jamais le dire à un client. C'est faux ou c'est invérifiable, et dans les deux cas c'est nous qui avons l'air petits.`,
    tags: ['norvalt', 'veille', 'prix'],
    reactions: {
      insightful: ['claire.martin', 'helene.dargent', 'bastien.vasseur'],
      useful: ['ines.carvalho', 'mathieu.kessler'],
    },
    comments: [
      {
        by: 'bastien.vasseur',
        daysAgo: 262,
        at: '17:35',
        body: `J'ai dit « vendent à perte » à un client hier. Devant témoin.`,
        replies: [
          {
            by: 'elise.perrin',
            daysAgo: 262,
            at: '17:41',
            body: `Et qu'a-t-il répondu ?`,
            replies: [
              {
                by: 'bastien.vasseur',
                daysAgo: 262,
                at: '17:43',
                body: `« Tant mieux pour moi. »`,
                reactions: {
                  insightful: ['elise.perrin', 'claire.martin'],
                  agree: ['mathieu.kessler', 'ines.carvalho'],
                },
              },
            ],
          },
        ],
      },
      {
        by: 'helene.dargent',
        daysAgo: 261,
        at: '08:10',
        body: `Merci Élise, je n'avais jamais lu une veille qui dit ce qu'elle invente. Si l'hypothèse du stock est bonne, à quoi le verrait-on en premier ?`,
        replies: [
          {
            by: 'elise.perrin',
            daysAgo: 261,
            at: '09:30',
            body: `Au délai. Le jour où leurs huit semaines deviennent douze, le stock est vide. Notez-moi chaque délai qu'on vous cite, même au vol.`,
            reactions: { useful: ['helene.dargent', 'claire.martin', 'bastien.vasseur'] },
          },
        ],
      },
    ],
  },
  {
    key: 'norvalt-brehancourt',
    by: 'mathieu.kessler',
    community: 'face-a-norvalt',
    daysAgo: 240,
    at: '18:55',
    body: `Premier Norvalt à Mulhouse, chez un fabricant de colle. J'ai perdu. J'ai demandé au client ce qui l'aurait fait hésiter. Réponse : « Que vous posiez cette question avant. »`,
    tags: ['norvalt', 'débriefing'],
    reactions: {
      insightful: ['claire.martin', 'helene.dargent', 'elise.perrin', 'ines.carvalho'],
      thanks: ['bastien.vasseur'],
    },
    comments: [
      {
        by: 'helene.dargent',
        daysAgo: 239,
        at: '08:30',
        body: `Merci d'avoir tenu parole sur les trois lignes. Est-ce qu'on pourrait tous poser cette question en première visite, juste pour voir ?`,
      },
    ],
  },
  {
    key: 'norvalt-faut-il-suivre',
    by: 'helene.dargent',
    community: 'face-a-norvalt',
    daysAgo: 221,
    at: '09:00',
    title: `Faut-il suivre ? Je n'ai pas décidé`,
    body: `Cinq affaires perdues en sept semaines sur la Tavaillon, 190 000 € environ. Le comité me demande un plan. J'ai trois papiers sur mon bureau et aucune conviction.

1. **Suivre** : moins 15 % sur toute la gamme. La Tavaillon ne gagne alors presque plus rien.
2. **Tenir** : ne rien changer, défendre le coût complet, en perdre encore.
3. **Trier** : baisser là où la pompe est une simple pompe, tenir là où elle est une partie du procédé.

Vous êtes devant les clients, moi devant un tableur. Dites-moi surtout ce qui me ferait changer d'avis. Je tranche dans dix jours et je dirai pourquoi.`,
    tags: ['prix', 'norvalt', 'tavaillon'],
    reactions: { agree: ['mathieu.kessler'], thanks: ['ines.carvalho', 'elise.perrin'] },
    comments: [
      {
        by: 'bastien.vasseur',
        daysAgo: 221,
        at: '09:20',
        body: `1. SUIVRE. Une place perdue chez un client, c'est six ans avant de la reprendre. Le marge se refait, la place non.`,
        replies: [
          {
            by: 'claire.martin',
            daysAgo: 221,
            at: '09:48',
            body: `« La » marge. Et non, elle ne se refait pas : un client à qui on a rendu 15 % sans rien demander sait qu'on les lui prenait avant.`,
            reactions: { agree: ['ines.carvalho', 'helene.dargent'], insightful: ['elise.perrin'] },
            replies: [
              {
                by: 'bastien.vasseur',
                daysAgo: 221,
                at: '09:55',
                body: `C'est facile à dire depuis la Bretagne, où on te demande du caillé au grain près. Chez moi ils pompent de l'eau, Claire. De l'EAU.`,
                reactions: { agree: ['mathieu.kessler'] },
                replies: [
                  {
                    by: 'claire.martin',
                    daysAgo: 221,
                    at: '10:20',
                    body: `C'est un bon argument. Donc c'est 3, pas 1 : tu baisses sur l'eau, et pas moi sur le caillé.`,
                    reactions: { agree: ['elise.perrin', 'ines.carvalho', 'helene.dargent'] },
                    replies: [
                      {
                        by: 'bastien.vasseur',
                        daysAgo: 221,
                        at: '10:24',
                        body: `Va pour 3 si c'est NOUS qui trions, sur le terrain, et pas une grille.`,
                        reactions: { agree: ['claire.martin', 'mathieu.kessler'] },
                      },
                    ],
                  },
                ],
              },
            ],
          },
        ],
      },
      {
        by: 'ines.carvalho',
        daysAgo: 220,
        at: '08:00',
        body: `2, avec de meilleurs arguments. Laissez-moi un trimestre pour essayer le coût complet sur un vrai client, avec Lucie. Si je me plante, je le raconte et je paie les croissants de tout le monde, y compris à Bastien, c'est dire.`,
        replies: [
          {
            by: 'helene.dargent',
            daysAgo: 220,
            at: '08:25',
            body: `Un trimestre, entendu. De quoi as-tu besoin ?`,
            replies: [
              {
                by: 'ines.carvalho',
                daysAgo: 220,
                at: '08:27',
                body: `Du silence de la comptabilité.`,
                reactions: { agree: ['bastien.vasseur', 'mathieu.kessler'] },
              },
            ],
          },
        ],
      },
      {
        by: 'helene.dargent',
        daysAgo: 211,
        at: '17:30',
        body: `J'ai tranché, et voici pourquoi. **Trier**, et c'est vous qui triez. Jusqu'à 8 % sans demander à personne sur la Tavaillon eau claire, à condition d'obtenir quelque chose en échange : une durée, un volume, une visite. Ce qui m'a fait changer d'avis : Claire sur la confiance, Bastien sur l'eau. J'étais partie pour le 1.`,
        reactions: {
          agree: ['claire.martin', 'mathieu.kessler', 'ines.carvalho'],
          thanks: ['bastien.vasseur', 'elise.perrin'],
        },
      },
    ],
  },
];
