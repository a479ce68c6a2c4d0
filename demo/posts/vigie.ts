import type { DemoPost } from '../types.ts';

/** The listening box, with the outside partner who installs it. */
export const vigie: DemoPost[] = [
  {
    key: 'vigie-depart',
    by: 'lucie.ferrand',
    community: 'vigie',
    daysAgo: 235,
    at: '14:20',
    title: `Vigie : ce que c'est, ce que ce n'est pas, où on essaie`,
    body: `Un boîtier gros comme un savon, collé au palier. Il mesure la vibration et la température toutes les dix minutes. Il ne mesure **ni** qui travaille, **ni** quand, **ni** à quelle vitesse : je l'écris en premier parce qu'on nous posera la question, et que la réponse doit être vraie dans le code et pas seulement sur la plaquette.

Trois sites d'essai :

| Site | Pompes suivies | Ce qu'on cherche |
| --- | ---: | --- |
| Fromagerie Tournebise | 6 | usure de stator, lavages |
| Papeterie des Trois Biefs | 4 | roulements, marche continue |
| Moutarderie Pasquelin | 2 | cavitation |

Bienvenue à @pierre.alonzo, intégrateur à Valence, qui pose les boîtiers et les relie aux automates. Il ne voit que cette communauté ; parlez-y comme devant un collègue, gardez les prix d'achat ailleurs.

Objectif à six mois : savoir si ça prévient *avant*, ou si ça raconte *après*. Je publierai aussi les mauvais résultats.`,
    tags: ['vigie', 'essais'],
    reactions: {
      useful: ['pierre.alonzo', 'claire.martin', 'amadou.diallo'],
      thanks: ['yanis.belkacem'],
      agree: ['elise.perrin'],
    },
    comments: [
      {
        by: 'pierre.alonzo',
        daysAgo: 234,
        at: '07:30',
        body: `Merci de l'accueil. Chez nous, c'est ma fille aînée qui câble et la cadette qui programme ; moi je porte l'escabeau et je signe les bons. Première question d'escabeau : qui prévient-on quand ça sonne la nuit ?`,
        reactions: { agree: ['amadou.diallo', 'lucie.ferrand'] },
        replies: [
          {
            by: 'amadou.diallo',
            daysAgo: 234,
            at: '08:15',
            body: `Pendant l'essai : moi, et personne d'autre. On ne réveille pas un client avec un prototype.`,
            reactions: { agree: ['claire.martin', 'pierre.alonzo'] },
          },
        ],
      },
      {
        by: 'claire.martin',
        daysAgo: 234,
        at: '09:00',
        body: `Une phrase pour le client ? Dix mots.`,
        replies: [
          {
            by: 'elise.perrin',
            daysAgo: 234,
            at: '09:40',
            body: `« Votre pompe se plaint. Vigie vous le dit à temps. » Dix mots, si l'on compte comme un imprimeur.`,
            reactions: { agree: ['claire.martin', 'yanis.belkacem'] },
          },
          {
            by: 'lucie.ferrand',
            daysAgo: 234,
            at: '09:44',
            body: `« À temps » n'est pas démontré. Je propose de garder la première phrase en attendant les données.`,
            reactions: { agree: ['amadou.diallo', 'pierre.alonzo'] },
          },
        ],
      },
    ],
  },
  {
    key: 'vigie-notes-de-pose',
    by: 'pierre.alonzo',
    community: 'vigie',
    daysAgo: 197,
    at: '18:10',
    title: `Douze boîtiers posés : ce que le manuel ne dit pas`,
    body: `Bonjour à tous. Les douze sont en place. Je note ce qui nous aurait fait gagner du temps.

1. **La colle.** Le manuel dit « surface propre ». Chez un fromager, propre veut dire mouillé. Il faut un dégraissant, un chiffon sec et la patience d'attendre vingt minutes. Ma cadette chronomètre, sinon je triche.
2. **Le métal.** Sous un capot inox, la radio passe mal. Un passage de câble de 12 mm suffit. Demander *avant* de percer ; c'est leur machine.
3. **Le nom.** Appelez les pompes comme les gens les appellent. À la papeterie, la P-104 s'appelle « Josette » depuis vingt ans. Si l'alarme dit P-104, personne ne court. Si elle dit Josette, tout le monde court.
4. **Le délégué.** Aux Trois Biefs, un représentant du personnel est venu regarder la pose. J'ai ouvert le boîtier devant lui. Il a demandé s'il y avait un micro. Non. Il a pris une photo de la carte, et nous avons bu un café. Une demi-heure bien employée.`,
    tags: ['vigie', 'installation', 'recette'],
    reactions: {
      useful: ['lucie.ferrand', 'amadou.diallo', 'yanis.belkacem', 'claire.martin'],
      insightful: ['elise.perrin'],
    },
    comments: [
      {
        by: 'lucie.ferrand',
        daysAgo: 197,
        at: '18:40',
        body: `Le point 3 entre dans le logiciel cette semaine : un champ « nom d'usage », affiché en gros, repère technique en petit. Et le point 4 entre dans la procédure de pose : on ouvre le boîtier devant qui le demande.`,
        reactions: { thanks: ['pierre.alonzo'], agree: ['amadou.diallo', 'claire.martin'] },
      },
      {
        by: 'yanis.belkacem',
        daysAgo: 194,
        at: '08:12',
        body: `J'y étais vendredi avec Bernard. Josette va bien. Une dame de l'équipe du matin la salue en arrivant, je pensais que c'était une blague.`,
        replies: [
          {
            by: 'pierre.alonzo',
            daysAgo: 194,
            at: '12:20',
            body: `Ce n'en est pas une. J'ai salué aussi, par prudence.`,
            reactions: { agree: ['yanis.belkacem', 'lucie.ferrand', 'amadou.diallo'] },
          },
        ],
      },
    ],
  },
  {
    key: 'vigie-fausse-alarme',
    by: 'amadou.diallo',
    community: 'vigie',
    daysAgo: 156,
    at: '06:45',
    title: `3 h 12, Tournebise : l'alarme qui n'en était pas une`,
    body: `3 h 12, mon téléphone : « Tournebise, pompe caillé 4, vibration × 2,3 ». Je m'habille. 3 h 50, sur place. La pompe tourne comme une montre.

J'ai cherché une heure. C'était le lavage : à 3 h, ils passent la soude à plein débit, la pompe monte à 200 tours au lieu de 90, et bien sûr elle vibre. Le boîtier ne sait pas qu'on lave. Il croit qu'on souffre.

Vu de l'atelier, deux choses :

- une alarme fausse à 3 h du matin, on la pardonne une fois. À la deuxième, quelqu'un met un gant dessus ;
- le chef d'atelier, celui qui ne dit jamais de bien de personne, m'a vu débarquer. Il a dit : « Au moins, vous venez. » Je crois que c'était un compliment.

@lucie.ferrand, peut-on lui apprendre à reconnaître un lavage ?`,
    tags: ['vigie', 'panne', 'essais'],
    reactions: { insightful: ['claire.martin', 'pierre.alonzo', 'elise.perrin'], thanks: ['lucie.ferrand'] },
    comments: [
      {
        by: 'lucie.ferrand',
        daysAgo: 156,
        at: '08:30',
        body: `Oui, et j'aurais dû y penser : j'ai moi-même mesuré cette pompe à 200 tr/min l'an dernier. Deux solutions : lire la vitesse dans le variateur, ou reconnaître la température de soude. @pierre.alonzo, l'automate de Tournebise expose-t-il la consigne de vitesse ?`,
        replies: [
          {
            by: 'pierre.alonzo',
            daysAgo: 156,
            at: '09:15',
            body: `Il l'expose, sur un mot que personne ne lit. Ma cadette l'a déjà trouvé, elle me dit : « trois lignes ». Quand elle dit trois lignes, comptez une demi-journée.`,
            reactions: { thanks: ['lucie.ferrand', 'amadou.diallo'] },
          },
          {
            by: 'pierre.alonzo',
            daysAgo: 155,
            at: '11:50',
            body: `C'est fait. Quatre lignes. Elle tient à le préciser.`,
            reactions: { agree: ['lucie.ferrand', 'amadou.diallo', 'yanis.belkacem'] },
          },
        ],
      },
      {
        by: 'claire.martin',
        daysAgo: 156,
        at: '09:05',
        body: `Est-ce qu'on le raconte au client ?`,
        replies: [
          {
            by: 'amadou.diallo',
            daysAgo: 156,
            at: '09:20',
            body: `Il était là, Claire. En bonnet.`,
            reactions: { agree: ['claire.martin', 'elise.perrin', 'yanis.belkacem'] },
          },
          {
            by: 'elise.perrin',
            daysAgo: 156,
            at: '10:00',
            body: `Je voudrais le raconter à tous les autres. Une plaquette qui dit « voici notre fausse alarme et ce qu'on en a fait », je n'en ai jamais lu, et je la croirais.`,
            reactions: { insightful: ['claire.martin', 'lucie.ferrand', 'pierre.alonzo'] },
          },
        ],
      },
    ],
  },
];
