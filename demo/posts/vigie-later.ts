import type { DemoPost } from '../types.ts';

/** The listening box, from its figures to its first sale. */
export const vigieLater: DemoPost[] = [
  {
    key: 'vigie-seuils',
    by: 'lucie.ferrand',
    community: 'vigie',
    daysAgo: 114,
    at: '15:35',
    title: `Quatre mois de données : les seuils, et mes erreurs`,
    body: `Cent vingt et un jours, douze pompes, 209 000 mesures. Le compte des alertes :

| | Avant correction | Après |
| --- | ---: | ---: |
| Alertes envoyées | 41 | 9 |
| dont utiles | 6 | 6 |
| Pannes non vues | 1 | 1 |

La norme propose un seuil absolu (4,5 mm/s pour ces machines). Il ne vaut rien ici : Josette vit à 3,9 depuis des années et s'en porte bien, alors que la caillé 4 était malade à 2,1. Ce qui compte est l'écart *à soi-même*, et la durée.

~~~python
def previent(vibration, habitude, minutes, lavage):
    if lavage:
        return False
    return vibration > 1.8 * habitude and minutes >= 20
~~~

L'habitude se calcule sur quatorze jours, à vitesse comparable. Trois erreurs à mon actif : le lavage (corrigé), les arrêts de fin de semaine qui faussaient l'habitude (corrigé), et la panne non vue : une garniture à la moutarderie, qui fuit sans vibrer. Pour celle-là, Vigie est sourde, et il faut le dire avant de vendre.`,
    tags: ['vigie', 'essais', 'recette'],
    reactions: {
      insightful: ['amadou.diallo', 'elise.perrin', 'claire.martin'],
      useful: ['pierre.alonzo', 'yanis.belkacem'],
    },
    comments: [
      {
        by: 'amadou.diallo',
        daysAgo: 114,
        at: '16:10',
        body: `Six sur neuf, je me lève. Six sur quarante et un, je mets le gant. Où en est-on de la garniture ?`,
        replies: [
          {
            by: 'lucie.ferrand',
            daysAgo: 114,
            at: '16:25',
            body: `Un capteur d'humidité sous la lanterne : 9 €. Essai dans un mois. Je ne promets rien.`,
            reactions: { agree: ['amadou.diallo'] },
          },
        ],
      },
      {
        by: 'pierre.alonzo',
        daysAgo: 113,
        at: '07:20',
        body: `> Ce qui compte est l'écart *à soi-même*, et la durée.

Ma cadette a imprimé la phrase, elle dit que ça marche aussi pour les sœurs.`,
        reactions: {
          agree: ['lucie.ferrand', 'claire.martin', 'elise.perrin', 'yanis.belkacem', 'amadou.diallo'],
        },
      },
      {
        by: 'yanis.belkacem',
        daysAgo: 113,
        at: '09:00',
        body: `Question 44 : pourquoi 1,8 et pas 2 ?`,
        replies: [
          {
            by: 'lucie.ferrand',
            daysAgo: 113,
            at: '09:30',
            body: `À 2,0 on perd une alerte utile sur six, à 1,6 on gagne onze fausses. 1,8 est un choix, pas une vérité. Je le reverrai à trente pompes.`,
            reactions: { useful: ['yanis.belkacem', 'pierre.alonzo'] },
          },
        ],
      },
    ],
  },
  {
    key: 'vigie-maintenance-parle',
    by: 'pierre.alonzo',
    community: 'vigie',
    daysAgo: 58,
    at: '19:05',
    title: `Ce que m'a dit le responsable d'entretien de la papeterie`,
    body: `J'étais aux Trois Biefs pour changer une pile. Le responsable d'entretien m'a retenu une heure. Il m'a autorisé à vous le répéter.

> Au début, j'ai cru que votre boîtier venait me remplacer. Puis j'ai cru qu'il venait me surveiller. Maintenant je crois qu'il vient témoigner. Quand je dis qu'un roulement est fatigué, on me demande d'attendre l'arrêt annuel. Quand j'arrive avec la courbe, on me demande quand je veux l'arrêter.

Il a ajouté qu'il avait trouvé le roulement de Josette à l'oreille, quatre jours avant Vigie. Il en était très fier, et je crois qu'il faut le dire partout : le boîtier confirme les bons, il ne les remplace pas.

C'est peut-être un argument. C'est surtout un homme heureux.`,
    tags: ['vigie', 'visite'],
    reactions: {
      insightful: ['lucie.ferrand', 'claire.martin', 'elise.perrin', 'amadou.diallo', 'yanis.belkacem'],
    },
    comments: [
      {
        by: 'amadou.diallo',
        daysAgo: 58,
        at: '20:15',
        body: `« Il vient témoigner. » Voilà, on a la phrase. Elle n'est pas de nous, et c'est pour ça qu'elle est bonne. Avec son nom dessous, s'il veut bien.`,
        reactions: { agree: ['claire.martin', 'lucie.ferrand', 'pierre.alonzo'] },
        replies: [
          {
            by: 'elise.perrin',
            daysAgo: 57,
            at: '08:40',
            body: `Je l'appelle pour lui demander son accord écrit et lui montrer la page avant impression. S'il préfère rester anonyme, on ne cite pas, même à moitié.`,
            reactions: { agree: ['amadou.diallo', 'pierre.alonzo'] },
          },
          {
            by: 'elise.perrin',
            daysAgo: 54,
            at: '16:00',
            body: `Accord donné. Il veut son nom, celui de Josette, et deux exemplaires pour sa mère.`,
            reactions: {
              thanks: ['pierre.alonzo'],
              agree: ['amadou.diallo', 'yanis.belkacem', 'claire.martin', 'lucie.ferrand'],
            },
          },
        ],
      },
      {
        by: 'lucie.ferrand',
        daysAgo: 57,
        at: '09:10',
        body: `Quatre jours avant moi. À l'oreille. Je voudrais savoir *ce* qu'il entend, vraiment : est-ce qu'il accepterait qu'on enregistre Josette ensemble ?`,
        replies: [
          {
            by: 'pierre.alonzo',
            daysAgo: 57,
            at: '12:00',
            body: `Il accepte. Il demande si vous avez vos propres bottes.`,
            reactions: { agree: ['amadou.diallo', 'claire.martin'] },
          },
        ],
      },
    ],
  },
  {
    key: 'vigie-premiere-vente',
    by: 'yanis.belkacem',
    community: 'vigie',
    daysAgo: 12,
    at: '17:15',
    title: `Première vente : douze boîtiers à la papeterie`,
    body: `Les Trois Biefs gardent les quatre de l'essai et en prennent huit de plus. Abonnement de trois ans, dans le contrat Quatre-Saisons.

Je n'ai presque rien fait. Le responsable d'entretien a présenté lui-même l'affaire à sa direction, avec la courbe de Josette. Je suis resté assis. J'ai répondu à deux questions :

1. « Est-ce que ça surveille les équipes ? » Non, et j'ai proposé d'ouvrir le boîtier sur la table. Le délégué a dit : « Déjà fait. »
2. « Que ne voit-il pas ? » Les garnitures qui fuient sans vibrer. Le directeur a noté, puis il a dit : « Vous êtes le premier à répondre à cette question. »

Il reste un point que je ne sais pas régler : ils demandent le même prix pour la deuxième usine. Est-ce qu'on a une règle ?`,
    tags: ['vigie', 'gagné', 'Quatre-Saisons', 'prix'],
    reactions: {
      thanks: ['pierre.alonzo', 'lucie.ferrand'],
      agree: ['claire.martin', 'amadou.diallo', 'elise.perrin'],
    },
    comments: [
      {
        by: 'claire.martin',
        daysAgo: 12,
        at: '17:40',
        body: `Bravo. Pas de règle, donc un conseil : même prix, contre la durée. Trois ans ici, quatre là-bas. En clair : on ne baisse pas, on allonge.`,
        reactions: { useful: ['yanis.belkacem'] },
        replies: [
          {
            by: 'yanis.belkacem',
            daysAgo: 11,
            at: '12:30',
            body: `Accepté en vingt minutes. J'avais préparé trois pages.`,
            reactions: { agree: ['claire.martin', 'amadou.diallo', 'lucie.ferrand'] },
          },
        ],
      },
      {
        by: 'pierre.alonzo',
        daysAgo: 11,
        at: '07:45',
        body: `Félicitations, Yanis. Nous pouvons poser en trois semaines. L'aînée demande si les huit nouvelles pompes ont des noms.`,
        replies: [
          {
            by: 'yanis.belkacem',
            daysAgo: 11,
            at: '08:05',
            body: `Sept ont des noms. La huitième, ils nous attendent pour le choisir.`,
            reactions: {
              thanks: ['pierre.alonzo'],
              agree: ['lucie.ferrand', 'elise.perrin', 'amadou.diallo'],
            },
          },
          {
            by: 'lucie.ferrand',
            daysAgo: 11,
            at: '08:20',
            body: `Je vote pour « Bernarde ».`,
            reactions: { agree: ['claire.martin', 'yanis.belkacem', 'amadou.diallo', 'elise.perrin'] },
          },
        ],
      },
    ],
  },
];
