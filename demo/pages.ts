import type { DemoPage } from './types.ts';

/** What the community keeps written, and has rewritten. */
export const pages: DemoPage[] = [
  {
    key: 'bien-commencer',
    by: 'bernard.lecoq',
    community: 'le-metier',
    daysAgo: 40,
    at: '19:20',
    title: `Bien commencer ici`,
    body: `Trente et un ans de métier tiennent sur une page quand on enlève les adjectifs.

## La première semaine

1. Passez une journée à l'administration des ventes. Vous saurez ce que coûte une virgule.
2. Montez dans la camionnette d'un technicien. Portez ses outils, taisez-vous.
3. Lisez la plaque. Toujours la plaque.

## La première visite seul

Préparez trois questions et n'en posez qu'une. Le reste du temps, regardez les pompes : elles disent ce que le client n'ose pas dire. Voir [[Préparer une première visite]].

## À qui demander

| Pour | Demandez à |
| --- | --- |
| Une clause qui fait peur | Thomas |
| Une courbe | Lucie |
| Un délai ferme | Nadia, avant midi |
| Ce que fait la concurrence | Élise, ou la page [[Concurrent : Weissbruck]] |`,
    tags: ['débuts', 'transmission'],
    edits: [
      {
        by: 'yanis.belkacem',
        daysAgo: 21,
        at: '18:15',
        was: `3. Lisez la plaque. Toujours la plaque.`,
        is: `3. Lisez la plaque. Toujours la plaque. (J'ai confondu deux pompes devant un client, il y a des témoins.)
4. Notez vos questions bêtes. Onze des miennes ont fait économiser quelque chose à quelqu'un.`,
      },
    ],
    beside: [
      {
        by: 'elise.perrin',
        daysAgo: 12,
        at: '11:05',
        quote: `n'en posez qu'une`,
        body: `Laquelle ? La mienne : « Qu'est-ce qui vous a réveillé la nuit dernière ? »`,
      },
    ],
  },
  {
    key: 'premiere-visite',
    by: 'claire.martin',
    community: 'le-metier',
    under: 'bien-commencer',
    daysAgo: 33,
    at: '07:50',
    title: `Préparer une première visite`,
    body: `La veille, dans l'ordre :

- relire les trois dernières interventions du service ;
- regarder qui, chez nous, connaît quelqu'un là-bas ;
- écrire sur une carte ce que l'on veut savoir en repartant.

Le matin : des chaussures de sécurité dans le coffre, et rien d'autre dans la tête.`,
    tags: ['première visite'],
  },
  {
    key: 'concurrent-weissbruck',
    by: 'elise.perrin',
    community: 'le-metier',
    daysAgo: 19,
    at: '14:30',
    title: `Concurrent : Weissbruck`,
    body: `## En deux phrases

Doseuses de Fribourg-en-Brisgau, solides et chères à entretenir. Ils descendent vers nous par les syndicats des eaux.

## Repères

| | |
| --- | --- |
| Siège | Fribourg-en-Brisgau |
| En France | rien encore |
| Clients connus | deux syndicats, une brasserie |
| Délai constaté | cinq jours pour une pièce |

## Ce qu'ils font mieux que nous

- Leurs notices ont des photos.
- La garantie de cinq ans, même avec sa condition.

## Ce que nous faisons mieux

- Nous parlons du coût sur cinq ans, membranes comprises.
- Quelqu'un décroche.

## Affaires où nous les avons croisés

- Val d'Ombre : gagnée, sur le réactif et non sur le prix.`,
    tags: ['concurrence', 'weissbruck'],
    edits: [
      {
        by: 'mathieu.kessler',
        daysAgo: 11,
        at: '08:30',
        was: `- La garantie de cinq ans, même avec sa condition.`,
        is: `- La garantie de cinq ans, à condition de prendre leurs membranes. Comptez-les : 1 100 € sur la durée.`,
      },
      {
        by: 'yanis.belkacem',
        daysAgo: 2,
        at: '12:35',
        was: `| En France | rien encore |`,
        is: `| En France | un atelier à Voreppe, douze personnes |`,
      },
    ],
    beside: [
      {
        by: 'helene.dargent',
        daysAgo: 10,
        at: '08:10',
        quote: `1 100 € sur la durée`,
        body: `Qui peut me refaire ce calcul sur une feuille que je montrerais à un acheteur ?`,
      },
    ],
  },
  {
    key: 'debrief-val-d-ombre',
    by: 'thomas.gauthier',
    community: 'appels-offres',
    daysAgo: 14,
    at: '16:00',
    title: `Débrief : Val d'Ombre`,
    body: `## Ce qui a compté

a) La mesure réelle de réactif, faite par Lucie sur deux stations. Vingt-trois points sur vingt-cinq.
b) La doseuse de secours posée sur place, plutôt qu'une promesse de quatre heures.

## Ce que nous referions autrement

Demander la liste des neuf doseuses inconnues dès l'ouverture.`,
    tags: ["Val d'Ombre", 'débriefing'],
  },
];
