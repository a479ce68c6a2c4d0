import type { DemoPost } from '../types.ts';

/** The row over the company cars. */
export const cars: DemoPost[] = [
  {
    key: 'voitures-annonce',
    by: 'nadia.rahmani',
    community: 'le-comptoir',
    daysAgo: 256,
    at: '14:00',
    title: `Renouvellement des voitures : toutes électriques, sur trois ans`,
    body: `Le comité a validé ce matin. Je transmets, je n'ai rien choisi, je gère seulement le contrat.

- Toute voiture renouvelée à partir du trimestre prochain est électrique.
- Autonomie annoncée du modèle retenu : 410 km.
- Carte de recharge pour tous, borne à domicile prise en charge à 70 %.
- Quatre renouvellements cette année : @bastien.vasseur, @ines.carvalho, @mathieu.kessler et @amadou.diallo (fourgon).

Les questions sont les bienvenues. Les cris aussi, mais une seule fois chacun.`,
    tags: ['voitures'],
    reactions: { useful: ['thomas.gauthier'], agree: ['elise.perrin'] },
    comments: [
      {
        by: 'bastien.vasseur',
        daysAgo: 256,
        at: '14:03',
        body: `410 km ? En Belgique, à 130, par moins deux, avec deux pompes de démonstration dans le coffre ? Mon cri est poussé.`,
        replies: [
          {
            by: 'nadia.rahmani',
            daysAgo: 256,
            at: '14:04',
            body: `Enregistré sous le numéro 1.`,
            reactions: { agree: ['mathieu.kessler', 'thomas.gauthier'] },
          },
        ],
      },
      {
        by: 'mathieu.kessler',
        daysAgo: 256,
        at: '14:20',
        body: `Borne à domicile. J'habite au quatrième.`,
        reactions: { insightful: ['nadia.rahmani', 'ines.carvalho'] },
      },
    ],
  },
  {
    key: 'voitures-280',
    by: 'bastien.vasseur',
    community: 'le-comptoir',
    daysAgo: 253,
    at: '17:30',
    title: `Ma vie avec 280 km d'autonomie`,
    body: `On m'a prêté le modèle pour la semaine. Journal de bord.

**Jour 1.** Lille, Anvers, Liège. Affichage au départ : 410. À Gand : 290. À Gand j'avais fait 75 km. Je ne suis pas ingénieur, mais.

**Jour 2.** Recharge à Liège, quarante-cinq minutes, à côté d'une friterie. Constat honnête : la friterie est bonne.

**Jour 3.** Rendez-vous à 8 h à Charleroi. La borne est occupée par une voiture sans conducteur. Je laisse un mot. Un monsieur vient, s'excuse, et me demande ce que je vends. IL A UNE SCIERIE. Il pompe de la colle.

**Jour 4.** Chauffage coupé pour arriver. J'ai négocié une remise de 3 % avec des gants.

**Jour 5.** Moyenne réelle de la semaine : **280 km**.

Je ne suis pas contre l'électrique. Je suis contre un chiffre de brochure décidé par des gens qui dorment chez eux. Nous, si un fournisseur nous annonçait 410 pour livrer 280, on lui renverrait la pompe.`,
    tags: ['voitures', 'humeur'],
    reactions: {
      agree: ['ines.carvalho', 'mathieu.kessler', 'amadou.diallo', 'claire.martin'],
      insightful: ['helene.dargent', 'lucie.ferrand'],
    },
    comments: [
      {
        by: 'thomas.gauthier',
        daysAgo: 253,
        at: '17:48',
        body: `« Décidé par des gens qui dorment chez eux » : le comité a voyagé toute la semaine précédente. Le reste est recevable, et la dernière phrase est excellente.`,
        replies: [
          {
            by: 'bastien.vasseur',
            daysAgo: 253,
            at: '17:55',
            body: `Retirée dans l'esprit, laissée dans le texte pour l'histoire. Pardon au comité.`,
            reactions: { thanks: ['thomas.gauthier', 'helene.dargent'] },
          },
        ],
      },
      {
        by: 'lucie.ferrand',
        daysAgo: 250,
        at: '09:30',
        body: `280/410 = 68 %. À 130 km/h par −2 °C, c'est à peu près le rendement attendu (et je n'écris pas « à peu près » à la légère : entre 62 et 72 %). Le chiffre de la brochure n'est pas faux, il est mesuré à 47 km/h de moyenne.`,
        reactions: { useful: ['bastien.vasseur', 'nadia.rahmani', 'amadou.diallo'] },
        replies: [
          {
            by: 'ines.carvalho',
            daysAgo: 250,
            at: '09:40',
            body: `Lucie a écrit « à peu près ». Conservez ce commentaire.`,
            reactions: { agree: ['mathieu.kessler', 'thomas.gauthier', 'amadou.diallo', 'bastien.vasseur'] },
          },
        ],
      },
      {
        by: 'mathieu.kessler',
        daysAgo: 250,
        at: '12:15',
        body: `Et la scierie ?`,
        replies: [
          {
            by: 'bastien.vasseur',
            daysAgo: 250,
            at: '12:20',
            body: `Rendez-vous dans quinze jours. Je refuse de commenter.`,
            reactions: { agree: ['ines.carvalho', 'claire.martin'] },
          },
        ],
      },
    ],
  },
  {
    key: 'voitures-vrais-kilometres',
    by: 'amadou.diallo',
    community: 'le-comptoir',
    daysAgo: 248,
    at: '07:10',
    title: `Les vrais kilomètres, demandés gentiment`,
    body: `Plutôt que de crier, j'ai demandé à ceux qui voulaient bien de me donner leur plus longue journée du mois et leur journée ordinaire. Six réponses. Personne n'était obligé, et je n'ai gardé que des chiffres ronds.

| Qui | Journée ordinaire | La plus longue |
| --- | ---: | ---: |
| Bastien | 210 km | 460 km |
| Inès | 190 km | 520 km |
| Mathieu | 160 km | 380 km |
| Claire | 170 km | 340 km |
| Bernard | 90 km | 150 km |
| Mon fourgon d'astreinte | 60 km | 610 km, de nuit |

Vu de l'atelier : quatre jours sur cinq, l'électrique va très bien à tout le monde. Le cinquième, elle ne va à personne. La question n'est donc pas « pour ou contre », c'est « que fait-on le cinquième jour ? ».

Pour l'astreinte, je le dis tout net : je n'envoie pas un technicien à 3 h du matin avec un doute sur le retour.`,
    tags: ['voitures'],
    reactions: {
      insightful: ['helene.dargent', 'nadia.rahmani', 'lucie.ferrand', 'thomas.gauthier'],
      thanks: ['bastien.vasseur', 'ines.carvalho', 'claire.martin'],
    },
    comments: [
      {
        by: 'ines.carvalho',
        daysAgo: 248,
        at: '08:00',
        body: `Le cinquième jour : deux hybrides à Roanne et une à Toulouse, qu'on réserve. On partage bien une remorque depuis dix ans sans s'étrangler. Enfin, sans s'étrangler longtemps.`,
        reactions: { agree: ['bastien.vasseur', 'amadou.diallo', 'claire.martin'] },
      },
      {
        by: 'bernard.lecoq',
        daysAgo: 248,
        at: '19:00',
        body: `Cent cinquante kilomètres, c'est la plus longue, oui ; passé un certain âge on a surtout appris à grouper ses clients par vallée. Prenez la mienne d'abord, elle ira très bien au petit.`,
        reactions: { insightful: ['helene.dargent'], thanks: ['yanis.belkacem'] },
      },
    ],
  },
  {
    key: 'voitures-decision',
    by: 'helene.dargent',
    community: 'le-comptoir',
    daysAgo: 214,
    at: '11:15',
    title: `Voitures : ce qui change, grâce à vous`,
    body: `Nous étions allés trop vite. J'ai porté au comité le tableau d'Amadou, le journal de Bastien et l'idée d'Inès. Voici ce qui est retenu :

- l'électrique reste la règle, parce que quatre jours sur cinq c'est la bonne réponse ;
- trois hybrides partagées, deux à Roanne, une à Toulouse, réservées chez Nadia, sans justification à donner ;
- l'astreinte garde ses fourgons diesel jusqu'à ce qu'Amadou dise qu'on peut changer. Lui, pas nous ;
- chambre d'hôtel prise en charge au-delà de 400 km dans la journée, dans tous les cas : on aurait dû le faire depuis longtemps ;
- pour ceux qui n'ont pas où brancher, une carte de recharge majorée.

Ce que nous n'avons pas pu faire : laisser le choix à chacun. Le contrat ne le permet pas, et je préfère vous le dire que l'habiller.

Une question pour finir : comment aurions-nous pu le savoir *avant* d'annoncer ?`,
    tags: ['voitures', 'vie de la maison'],
    reactions: {
      thanks: ['amadou.diallo', 'bastien.vasseur', 'ines.carvalho', 'mathieu.kessler'],
      agree: ['nadia.rahmani', 'claire.martin', 'lucie.ferrand'],
    },
    comments: [
      {
        by: 'amadou.diallo',
        daysAgo: 214,
        at: '12:30',
        body: `En demandant la plus longue journée du mois. Une question, six réponses, un soir. Je l'aurais fait avec plaisir.`,
        reactions: { insightful: ['helene.dargent', 'elise.perrin', 'nadia.rahmani'] },
      },
    ],
  },
  {
    key: 'voitures-mathieu',
    by: 'mathieu.kessler',
    community: 'le-comptoir',
    daysAgo: 68,
    at: '08:01',
    body: `J'ai la voiture depuis trois mois. Elle est bien. Ne le répétez pas à Bastien.`,
    tags: ['voitures'],
    reactions: { agree: ['elise.perrin', 'ines.carvalho', 'amadou.diallo'], thanks: ['nadia.rahmani'] },
    comments: [
      {
        by: 'bastien.vasseur',
        daysAgo: 68,
        at: '08:09',
        body: `Je l'ai aussi. Elle est bien. La scierie a signé, au fait : 23 000 €. Je remercie officiellement la borne de Charleroi.`,
        reactions: { agree: ['mathieu.kessler', 'helene.dargent', 'claire.martin'] },
        replies: [
          {
            by: 'nadia.rahmani',
            daysAgo: 68,
            at: '08:15',
            body: `Je clos donc le cri numéro 1. Durée de traitement : 188 jours.`,
            reactions: { thanks: ['bastien.vasseur'], agree: ['thomas.gauthier', 'ines.carvalho'] },
          },
        ],
      },
    ],
  },
];
