import type { DemoPost } from '../types.ts';

/** A recipe, from the one who sizes the pumps. */
export const recipe: DemoPost[] = [
  {
    key: 'recette-npsh',
    by: 'lucie.ferrand',
    community: 'le-metier',
    daysAgo: 282,
    at: '16:05',
    title: `Recette : le NPSH en cinq minutes, au dos d'une enveloppe`,
    body: `Une pompe ne tire pas. C'est l'atmosphère qui pousse. Si l'on retient cette phrase, on a fait la moitié du chemin et on évite neuf appels de nuit sur dix.

Le NPSH disponible répond à une question : *à l'entrée de la pompe, que reste-t-il de pression avant que le liquide se mette à bouillir ?* S'il en reste moins que ce que la pompe demande, il bout, à froid, en petites bulles qui éclatent et qui mangent la roue. Cela s'appelle la cavitation et cela fait un bruit de gravier.

## Les ingrédients

Il en faut quatre, et trois se mesurent avec un mètre et un thermomètre.

1. **La pression sur le liquide.** Cuve ouverte : celle de l'atmosphère, 101,3 kPa au bord de la mer. On perd environ 1,1 mètre par 1 000 mètres d'altitude. Oui, cela compte : nous avons un client à 1 240 m.
2. **La pression de vapeur du liquide**, qui ne dépend que de sa température. C'est elle, le piège.
3. **La hauteur** entre la surface et l'axe de la pompe. Positive si la cuve est au-dessus, négative si l'on aspire.
4. **Les pertes** dans le tuyau d'aspiration. Crépine, coudes, vanne, longueur. C'est le seul point à calculer, et le seul que l'on oublie.

## Le calcul

~~~
NPSH disponible = (P_atm - P_vapeur) / (densité x 9,81)  +  hauteur  -  pertes
                  en mètres, avec les pressions en pascals
~~~

Exemple : de l'eau, cuve ouverte, la pompe 3 m au-dessus de la surface, 1,5 m de pertes. On ne change *que la température*.

| Température | Pression de vapeur | Terme de pression | NPSH disponible |
| ---: | ---: | ---: | ---: |
| 20 °C | 2,3 kPa | 10,1 m | **5,6 m** |
| 60 °C | 19,9 kPa | 8,4 m | **3,9 m** |
| 80 °C | 47,4 kPa | 5,7 m | **1,2 m** |

La Tavaillon 65 demande 2,8 m à son point nominal. À 20 °C, tout va bien. À 60, tout va bien. À 80, elle meurt, et le client dit : « Mais elle marchait très bien hier. » Hier, il rinçait à 60.

Gardez un mètre de marge. Un demi-mètre si vous avez mesuré vous-même. Jamais zéro.

## Les trois questions à poser sur place

- **« Quelle est la température la plus haute, y compris pendant le lavage ? »** On vous répond toujours celle de la production.
- **« Où est le niveau quand la cuve est presque vide ? »** On vous montre toujours la cuve pleine.
- **« Est-ce que je peux voir le tuyau d'aspiration en entier ? »** Il y a un coude derrière le mur. Il y a *toujours* un coude derrière le mur.

## Les remèdes, du moins cher au plus cher

1. Nettoyer la crépine. (Gratuit. Un cas sur trois.)
2. Remplacer le coude par une courbe, ou grossir le tuyau d'une taille.
3. Baisser la pompe ou monter la cuve. Cinquante centimètres suffisent souvent.
4. Ralentir. Le NPSH demandé baisse vite avec la vitesse.
5. Changer de pompe. C'est ce que nous vendons, et c'est le cinquième remède. Si vous proposez le cinquième avant d'avoir essayé le premier, le client s'en apercevra, et il aura raison.

Deux remarques. Les valeurs du tableau sont arrondies à 0,1 m. Et si le liquide n'est pas de l'eau, appelez-moi : avec du lait chaud, du jus ou un solvant, la ligne « pression de vapeur » change et je préfère perdre dix minutes que vous voir perdre une roue.`,
    tags: ['recette', 'npsh', 'tavaillon'],
    reactions: {
      useful: [
        'yanis.belkacem',
        'ines.carvalho',
        'claire.martin',
        'bastien.vasseur',
        'mathieu.kessler',
        'elise.perrin',
      ],
      thanks: ['amadou.diallo', 'thomas.gauthier'],
      insightful: ['bernard.lecoq'],
    },
    comments: [
      {
        by: 'bernard.lecoq',
        daysAgo: 282,
        at: '19:20',
        body: `Trente ans que je dis « elle avale mal » en posant la main sur le corps de pompe, et que cela suffit ; je découvre que ma main calculait (P moins P) sur densité, et je la regarde avec un respect nouveau.`,
        reactions: { agree: ['lucie.ferrand', 'amadou.diallo', 'ines.carvalho', 'yanis.belkacem'] },
        replies: [
          {
            by: 'lucie.ferrand',
            daysAgo: 281,
            at: '08:30',
            body: `J'aimerais étalonner cette main. Sincèrement.`,
            reactions: { agree: ['bernard.lecoq', 'claire.martin'] },
          },
        ],
      },
      {
        by: 'ines.carvalho',
        daysAgo: 278,
        at: '13:35',
        body: `Fait chez un client de la tomate, au dos d'une vraie enveloppe. 88 °C. Résultat : moins zéro virgule six. J'ai demandé au chef d'atelier si ça faisait un bruit de gravier. Il m'a regardée comme si je lisais dans les lignes de la main. On a nettoyé la crépine : il y avait un gant dedans.`,
        reactions: {
          thanks: ['lucie.ferrand'],
          agree: ['yanis.belkacem', 'amadou.diallo', 'claire.martin', 'bernard.lecoq'],
        },
      },
      {
        by: 'yanis.belkacem',
        daysAgo: 278,
        at: '18:15',
        body: `Question 19 : pourquoi la Tavaillon demande 2,8 m au point nominal et 4,1 m en bout de courbe ?`,
        replies: [
          {
            by: 'lucie.ferrand',
            daysAgo: 277,
            at: '08:20',
            body: `Parce que plus elle débite, plus le liquide accélère en entrant dans la roue, et plus la pression chute juste là. Bonne question : c'est pour ça qu'une pompe surdimensionnée, vanne grande ouverte, cavite alors qu'elle est « plus puissante ».`,
            reactions: { insightful: ['yanis.belkacem', 'bastien.vasseur', 'claire.martin'] },
          },
        ],
      },
    ],
  },
];
