import type { DemoPost } from '../types.ts';

/** Three days at the trade fair, before, during, after. */
export const fair: DemoPost[] = [
  {
    key: 'salon-preparer',
    by: 'elise.perrin',
    community: 'le-comptoir',
    daysAgo: 151,
    at: '09:30',
    title: `Procédium dans deux semaines : un stand où l'on s'assoit`,
    body: `Trente-six mètres carrés, trois jours. L'an dernier : 400 visiteurs scannés, onze rappelés, une commande, trois ampoules par personne. Je propose de faire l'inverse.

**Moins de scans.** On ne scanne que quelqu'un à qui l'on a promis quelque chose. La promesse s'écrit sur la carte, à la main, devant lui.

**Plus de chaises.** Huit, et une vraie table. Les gens ont mal aux pieds : c'est notre seul avantage sur le stand d'à côté.

**Une pompe ouverte.** Une Galion en coupe, qu'on peut toucher. @lucie.ferrand, as-tu une vieille carcasse ?

**Un tour de garde.** Deux heures chacun, pas plus. Après, on dit n'importe quoi.

Qui vient ? Ce n'est pas une convocation. J'ai besoin de six personnes, et d'au moins une qui n'aime pas les salons : elle verra ce que nous ne voyons plus.`,
    tags: ['salon'],
    reactions: {
      agree: ['claire.martin', 'ines.carvalho', 'amadou.diallo', 'helene.dargent'],
      useful: ['yanis.belkacem'],
    },
    comments: [
      {
        by: 'mathieu.kessler',
        daysAgo: 151,
        at: '09:41',
        body: `Je n'aime pas les salons. Je viens.`,
        reactions: { thanks: ['elise.perrin'], agree: ['ines.carvalho'] },
      },
      {
        by: 'bastien.vasseur',
        daysAgo: 151,
        at: '10:00',
        body: `Moins de scans ? Je conteste. En salon, c'est le volume. Je parie une douzaine que mes 150 scans battent vos huit chaises.`,
        replies: [
          {
            by: 'elise.perrin',
            daysAgo: 151,
            at: '10:12',
            body: `Faisons mieux qu'un pari : un essai. Le premier jour à ta façon, les deux autres à la mienne, et on compte dans trois mois.`,
            reactions: { agree: ['claire.martin', 'helene.dargent', 'lucie.ferrand'] },
            replies: [
              { by: 'bastien.vasseur', daysAgo: 151, at: '10:15', body: `TENU. Mais je garde la douzaine.` },
            ],
          },
        ],
      },
      {
        by: 'lucie.ferrand',
        daysAgo: 151,
        at: '11:25',
        body: `J'ai une Galion de 1988 retirée de la sucrerie. Je la fais couper. On verra l'usure, la vraie, pas une coupe de musée. Cela vous fait peur ?`,
      },
    ],
  },
  {
    key: 'salon-journal',
    by: 'ines.carvalho',
    daysAgo: 137,
    at: '22:50',
    title: `Procédium, deuxième soir : notes d'une femme assise`,
    body: `**10 h.** La Galion coupée en deux est à l'entrée. Un monsieur s'arrête, passe le doigt dans la rainure d'usure et dit, ému : « Elle a fait quoi, celle-là ? » Trente-quatre ans de jus de betterave. Il appelle son collègue. On aurait dit une visite au Louvre, en mieux expliqué.

**11 h 15.** Une dame s'assoit. Elle ne veut rien. Elle a mal aux pieds. On parle de ses pieds. À 11 h 40, elle dirige les achats d'un groupe de cinq conserveries. Je n'avais même pas ma carte, je l'ai écrite sur un sous-bock.

**13 h.** Mathieu, qui n'aime pas les salons, n'a pas bougé de sa chaise depuis ce matin. Il a une file d'attente. Je me suis approchée pour comprendre sa technique : il écoute, il attend, il dit « oui », et les gens racontent. À un moment il a dit deux phrases de suite, quelqu'un a applaudi.

**15 h 30.** Bastien passe avec sa scanneuse, éteinte, puisque c'est le jour des chaises. Il dit : « Hier, 163. » Je lui demande de m'en citer un. Il cite le 163e.

**17 h.** Un homme de Norvalt vient voir la coupe. On le fait asseoir, lui aussi. Il a des ampoules, lui aussi. Il regarde longtemps l'usure et il dit : « C'est honnête de montrer ça. » On lui a donné une chouquette.

**19 h.** Bilan : vingt-deux cartes, vingt-deux promesses, une chaise cassée (moi).`,
    tags: ['salon', 'humeur'],
    reactions: {
      agree: ['elise.perrin', 'claire.martin', 'amadou.diallo', 'yanis.belkacem', 'bernard.lecoq'],
      insightful: ['helene.dargent'],
      thanks: ['mathieu.kessler', 'lucie.ferrand'],
    },
    comments: [
      {
        by: 'mathieu.kessler',
        daysAgo: 137,
        at: '23:01',
        body: `C'étaient trois phrases.`,
        reactions: { agree: ['ines.carvalho', 'elise.perrin', 'bastien.vasseur'] },
      },
      {
        by: 'bastien.vasseur',
        daysAgo: 137,
        at: '23:15',
        body: `J'étais essoufflé, c'est tout. Je peux en citer au moins quatre.`,
        replies: [
          {
            by: 'ines.carvalho',
            daysAgo: 136,
            at: '07:50',
            body: `Vas-y.`,
            replies: [
              {
                by: 'bastien.vasseur',
                daysAgo: 136,
                at: '08:30',
                body: `Le grand. Le Belge. La dame à l'écharpe. Le 163e.`,
                reactions: { agree: ['ines.carvalho', 'mathieu.kessler', 'claire.martin', 'elise.perrin'] },
              },
            ],
          },
        ],
      },
    ],
  },
  {
    key: 'salon-bilan',
    by: 'elise.perrin',
    community: 'le-metier',
    daysAgo: 44,
    at: '10:00',
    title: `Procédium, trois mois après : les chaises contre la scanneuse`,
    body: `Promis, compté. Jour 1 selon la méthode de Bastien, jours 2 et 3 assis.

| | Jour 1 (scans) | Jours 2 et 3 (chaises) |
| --- | ---: | ---: |
| Contacts | 163 | 51 |
| avec une promesse écrite | 9 | 51 |
| rappelés dans la semaine | 40 | 49 |
| visites | 6 | 21 |
| commandes | 2 | 5 |
| montant | 88 000 € | 97 000 € |

**Ce qu'on sait.** Rapporté au contact, les chaises l'emportent de très loin.

**Ce qui m'embête, et que je dois écrire.** Rapporté au *jour*, le jour 1 fait mieux : 88 000 € contre 48 500. L'essentiel vient d'une seule affaire, une raffinerie d'huile de Gand, et Bastien l'a scannée en marchant.

**Ce que j'en conclus.** Rien de définitif : trois jours, sept commandes, c'est trop peu. Mais je propose pour l'an prochain : des chaises, *et* Bastien debout dans l'allée.`,
    tags: ['salon', 'débriefing'],
    reactions: {
      insightful: ['helene.dargent', 'lucie.ferrand', 'claire.martin', 'thomas.gauthier'],
      thanks: ['bastien.vasseur'],
      agree: ['ines.carvalho', 'mathieu.kessler'],
    },
    comments: [
      {
        by: 'bastien.vasseur',
        daysAgo: 44,
        at: '10:08',
        body: `C'ÉTAIT LE BELGE. Je l'avais cité !`,
        reactions: { agree: ['ines.carvalho', 'mathieu.kessler', 'yanis.belkacem', 'elise.perrin'] },
      },
      {
        by: 'lucie.ferrand',
        daysAgo: 44,
        at: '10:40',
        body: `Merci d'avoir divisé par les jours. Sans cette affaire de Gand (61 000 €), le jour 1 fait 27 000. Avec un seul grand nombre, on ne conclut pas, on raconte. C'est bien raconté.`,
        reactions: { agree: ['elise.perrin', 'helene.dargent'] },
      },
      {
        by: 'claire.martin',
        daysAgo: 44,
        at: '11:15',
        body: `Qui gagne la douzaine ?`,
        replies: [{ by: 'elise.perrin', daysAgo: 44, at: '11:20', body: `Match nul. Six chacun.` }],
      },
      {
        by: 'yanis.belkacem',
        daysAgo: 43,
        at: '08:45',
        body: `Une chose vue de la chaise : les 51 promesses écrites à la main, on les a tenues parce qu'on les avait écrites *devant* la personne. J'ai commencé à le faire en visite aussi.`,
        reactions: { useful: ['claire.martin', 'bernard.lecoq', 'elise.perrin', 'ines.carvalho'] },
      },
    ],
  },
];
