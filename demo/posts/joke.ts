import type { DemoPost } from '../types.ts';

/** A joke that went wrong, and how it was mended. */
export const joke: DemoPost[] = [
  {
    key: 'blague-bulletin',
    by: 'bastien.vasseur',
    community: 'le-comptoir',
    daysAgo: 170,
    at: '18:45',
    title: `Bulletin du trimestre (humour)`,
    body: `Le conseil de classe s'est réuni dans ma voiture.

- **Bretagne** : élève brillante, parle peu, écrit « en clair » même quand c'est obscur. Félicitations.
- **Sud-Ouest** : bavarde avec son voisin, même quand elle est seule. Encouragements.
- **Est** : copie rendue blanche. Le correcteur s'est incliné. 20/20.
- **Nord** : génie incompris. Demande une réévaluation de la note.
- **Administration des ventes** : record du trimestre, neuf jours pour un tampon. Doit apprendre à ouvrir ses courriers. *Redoublement envisagé.*`,
    tags: ['humour'],
    comments: [
      {
        by: 'ines.carvalho',
        daysAgo: 170,
        at: '18:58',
        body: `Je bavarde avec ma glacière, nuance. Mais la dernière ligne, Bastien, je ne sais pas.`,
      },
      {
        by: 'amadou.diallo',
        daysAgo: 170,
        at: '19:20',
        body: `Vu de l'atelier : ce trimestre, à l'administration des ventes, ils étaient deux sur quatre. Tu ne pouvais pas le savoir, mais moi oui, et je préfère te le dire ici que derrière ton dos.`,
        reactions: {
          agree: ['claire.martin', 'thomas.gauthier', 'lucie.ferrand'],
          insightful: ['helene.dargent'],
        },
        replies: [
          {
            by: 'bastien.vasseur',
            daysAgo: 170,
            at: '19:31',
            body: `C'est de l'humour, Amadou. Je me moque de moi aussi, quatrième ligne.`,
          },
          {
            by: 'claire.martin',
            daysAgo: 170,
            at: '19:40',
            body: `De toi, tu dis « génie ». D'eux, tu dis « redoublement ». Relis.`,
            reactions: { agree: ['ines.carvalho', 'amadou.diallo', 'elise.perrin', 'yanis.belkacem'] },
          },
        ],
      },
      {
        by: 'thomas.gauthier',
        daysAgo: 170,
        at: '20:02',
        body: `Je suis censé modérer ce lieu, alors je dis ce que je fais : rien. Je ne retire pas le billet, je laisse son auteur y penser. Une nuit suffit en général.`,
        reactions: { agree: ['helene.dargent', 'amadou.diallo'] },
      },
    ],
  },
  {
    key: 'blague-nadia',
    by: 'nadia.rahmani',
    daysAgo: 169,
    at: '07:58',
    title: `À propos d'hier`,
    body: `On m'a demandé ce matin si j'étais fâchée. Je compte, c'est mon métier, alors voici.

Neuf jours, c'est exact. Le tampon attendait un certificat d'épreuve. Le certificat attendait une relecture. Celle qui relit était à l'hôpital avec son fils, qui va bien. Celui qui la remplace remplaçait déjà quelqu'un. Pendant ces neuf jours, les deux personnes présentes ont fait partir 212 commandes, dont 61 du Nord, dont une un samedi, pour rendre service.

Je ne demande pas d'excuses et je ne veux pas qu'on retire quoi que ce soit. J'aime qu'on rie ici, et je ris la première. Je demande seulement qu'on rie de gens qui peuvent répondre. Deux de mes collègues n'écrivent jamais dans Essaim. Ils lisent.`,
    tags: ['vie de la maison'],
    reactions: {
      thanks: ['claire.martin', 'amadou.diallo', 'yanis.belkacem', 'lucie.ferrand'],
      insightful: ['helene.dargent', 'elise.perrin', 'thomas.gauthier', 'bernard.lecoq', 'bastien.vasseur'],
      agree: ['ines.carvalho', 'mathieu.kessler'],
    },
    comments: [
      {
        by: 'mathieu.kessler',
        daysAgo: 169,
        at: '08:10',
        body: `J'avais cliqué « d'accord ». J'ai eu tort. Pardon à tes deux collègues.`,
        reactions: { thanks: ['nadia.rahmani'] },
      },
      {
        by: 'bernard.lecoq',
        daysAgo: 169,
        at: '08:35',
        body: `Mon père disait qu'une plaisanterie se juge à la tête de celui qui ne rit pas ; je vous prie de transmettre aux deux lecteurs silencieux qu'ils m'ont sauvé la mise quatre fois cette année, et que j'ai les dates.`,
        reactions: { thanks: ['nadia.rahmani'], agree: ['claire.martin', 'yanis.belkacem'] },
      },
      {
        by: 'bastien.vasseur',
        daysAgo: 169,
        at: '08:50',
        body: `J'ai commencé trois réponses. Elles commençaient toutes par « mais ». Nadia, est-ce que je peux venir passer une journée chez vous, à côté de quelqu'un, sans parler ?`,
        reactions: { insightful: ['helene.dargent', 'claire.martin'], thanks: ['amadou.diallo'] },
        replies: [
          {
            by: 'nadia.rahmani',
            daysAgo: 169,
            at: '08:58',
            body: `Mardi, 8 h. « Sans parler » sera noté et mesuré.`,
            reactions: { agree: ['ines.carvalho', 'mathieu.kessler', 'thomas.gauthier', 'claire.martin'] },
          },
        ],
      },
    ],
  },
  {
    key: 'blague-je-vous-dois',
    by: 'bastien.vasseur',
    community: 'le-comptoir',
    daysAgo: 162,
    at: '17:20',
    title: `Je vous dois un texte`,
    body: `Mardi, j'ai passé la journée à l'administration des ventes. 8 h – 18 h. J'ai tenu deux heures sans parler, un record personnel.

Ce que j'ai vu :

**Mes commandes sont les pires.** Je ne le savais pas. Sur les cinq de la journée, trois arrivaient sans numéro de série, une avec deux adresses, et la cinquième disait, je cite : « comme la dernière fois ». Quelqu'un a cherché quelle dernière fois. Quarante minutes. Pour MOI.

**Le tampon n'est pas un tampon.** C'est la signature de quelqu'un qui engage son nom sur une pression d'épreuve. Si elle se trompe, c'est elle qu'on appelle.

**Ils nous protègent.** J'ai entendu une personne dire à un client, de ma part, avec mon accent : « Il m'a bien recommandé votre dossier. » Je ne l'avais pas recommandé. Je l'avais oublié.

Alors voilà. J'ai écrit quelque chose de drôle sur des gens qui ne pouvaient pas répondre, la semaine où ils tenaient la maison à deux. Je le regrette. J'ai laissé le billet d'origine, ce serait trop facile de l'effacer, et j'ai ajouté ceci en vrai : les croissants de mardi, c'était avant. Ceux d'après, je ne les compte pas.

Ce qui change chez moi : plus jamais « comme la dernière fois ».`,
    tags: ['vie de la maison', 'débriefing'],
    reactions: {
      thanks: ['nadia.rahmani', 'amadou.diallo', 'thomas.gauthier'],
      insightful: ['helene.dargent', 'elise.perrin', 'claire.martin', 'bernard.lecoq'],
      agree: ['ines.carvalho', 'mathieu.kessler', 'yanis.belkacem', 'lucie.ferrand'],
    },
    comments: [
      {
        by: 'nadia.rahmani',
        daysAgo: 162,
        at: '17:34',
        body: `Deux heures et six minutes. L'équipe vous a trouvé moins bruyant que prévu, et votre écriture sur les bons bien plus belle qu'à l'écran. L'un des deux lecteurs silencieux me demande d'écrire : « Reviens quand tu veux. »`,
        reactions: {
          thanks: ['bastien.vasseur'],
          agree: ['claire.martin', 'ines.carvalho', 'amadou.diallo'],
        },
      },
      {
        by: 'claire.martin',
        daysAgo: 162,
        at: '18:00',
        body: `J'y vais le mois prochain. J'ai vérifié mes bons : j'écris « voir mail ».`,
        reactions: { agree: ['mathieu.kessler', 'ines.carvalho'] },
        replies: [
          {
            by: 'nadia.rahmani',
            daysAgo: 162,
            at: '18:02',
            body: `Nous le savons, Claire. Nous avons un tiroir « voir mail ».`,
            reactions: { agree: ['bastien.vasseur', 'ines.carvalho', 'thomas.gauthier'] },
          },
        ],
      },
      {
        by: 'yanis.belkacem',
        daysAgo: 159,
        at: '10:15',
        body: `Est-ce qu'une journée chez eux pourrait faire partie du premier mois de tous les nouveaux ? (Question 38. Celle-ci n'est pas bête, je crois.)`,
        reactions: {
          agree: ['helene.dargent', 'nadia.rahmani', 'bastien.vasseur', 'amadou.diallo', 'bernard.lecoq'],
        },
      },
    ],
  },
];
