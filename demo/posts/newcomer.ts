import type { DemoPost } from '../types.ts';

/** Yanis's first months. */
export const newcomer: DemoPost[] = [
  {
    key: 'yanis-semaine-un',
    by: 'yanis.belkacem',
    daysAgo: 316,
    at: '17:50',
    title: `Semaine un : j'ai confondu deux pompes devant un client`,
    body: `Je me présente : Yanis, cinq jours d'ancienneté, Sud-Est, binôme de Bernard. Avant, j'étais au laboratoire d'une laiterie, en blouse. Maintenant je suis en veste, et j'ai froid.

Mercredi, Bernard m'emmène chez une moutarderie. Le chef d'atelier me montre une machine et me demande ce que j'en pense. Je réponds que la Galion est un bon choix pour la moutarde. Silence. C'était une Sirène. Une pompe doseuse, trois fois plus petite, pas la même forme, pas la même couleur.

Bernard a laissé passer deux secondes et il a dit : « Il a raison, pour la moutarde je mettrais une Galion. Montrez-nous l'autre bout de la ligne. » Il y avait une Galion à l'autre bout de la ligne.

Dans la voiture, je me suis excusé. Il m'a dit qu'il avait, lui, appelé un client « papa » en 1996.

Ce que j'ai appris cette semaine :

1. Regarder la plaque avant de parler.
2. Ne jamais remplir un silence qui n'est pas à moi.
3. On peut se tromper ici. J'essaie de ne pas en abuser.`,
    tags: ['débuts', 'visite'],
    reactions: {
      agree: ['ines.carvalho', 'claire.martin', 'amadou.diallo'],
      thanks: ['bernard.lecoq'],
      insightful: ['helene.dargent'],
    },
    comments: [
      {
        by: 'bernard.lecoq',
        daysAgo: 316,
        at: '20:05',
        body: `C'était en 1997, et il ne m'en a jamais reparlé, ce qui est la marque des grands clients ; pour le reste le récit est exact, sauf que tu as oublié de dire que tu avais senti, toi et personne d'autre, que leur vinaigre tournait.`,
        reactions: { thanks: ['yanis.belkacem'], agree: ['claire.martin'] },
        replies: [
          {
            by: 'yanis.belkacem',
            daysAgo: 315,
            at: '10:30',
            body: `Réflexe de labo. Je ne savais pas si c'était poli.`,
          },
        ],
      },
      {
        by: 'ines.carvalho',
        daysAgo: 313,
        at: '08:10',
        body: `Bienvenue ! Ma première semaine, j'ai vanté pendant dix minutes le silence d'une pompe qui était à l'arrêt.`,
        reactions: { agree: ['amadou.diallo', 'mathieu.kessler', 'yanis.belkacem'] },
      },
      {
        by: 'lucie.ferrand',
        daysAgo: 313,
        at: '09:02',
        body: `Je t'ai fait une fiche d'une page : cinq gammes, cinq silhouettes, cinq indices infaillibles. La plaque reste l'indice numéro un, et c'est une très bonne règle.`,
        reactions: { thanks: ['yanis.belkacem'] },
      },
    ],
  },
  {
    key: 'yanis-premiere-visite',
    by: 'yanis.belkacem',
    community: 'le-metier',
    daysAgo: 290,
    at: '08:25',
    title: `Première visite seul jeudi en huit : que feriez-vous la veille ?`,
    body: `Une cidrerie, la Cidrerie du Hérou. Quarante personnes, une ligne de soutirage, client dormant depuis trois ans. J'y vais seul. Bernard a dit : « Je serai joignable », puis il a dit : « Non, en fait, je ne le serai pas. »

1. Est-ce qu'on arrive avec une idée, ou est-ce qu'on arrive vide ?
2. Combien de temps avant de parler de nous ?
3. Est-ce qu'on prend des notes devant eux ?
4. Et si je ne sais pas répondre ?`,
    tags: ['débuts', 'visite', 'première visite'],
    reactions: { agree: ['ines.carvalho'], useful: ['elise.perrin'] },
    comments: [
      {
        by: 'claire.martin',
        daysAgo: 290,
        at: '08:40',
        body: `1. Une idée, qu'on garde dans la poche. 2. Quand ils posent la question. 3. Oui, sur papier, en demandant. 4. « Je ne sais pas, je vous réponds demain avant midi. » Et tu réponds à 11 h.`,
        reactions: {
          useful: ['yanis.belkacem', 'elise.perrin'],
          agree: ['bernard.lecoq', 'mathieu.kessler'],
        },
      },
      {
        by: 'bastien.vasseur',
        daysAgo: 290,
        at: '09:12',
        body: `Pas d'accord sur le 1. Tu arrives avec une PROPOSITION. Un client dormant, c'est quelqu'un que personne n'a fait bouger. Si tu arrives vide, il se rendort.`,
        replies: [
          {
            by: 'bernard.lecoq',
            daysAgo: 290,
            at: '19:45',
            body: `Un client ne dort pas, Bastien ; il vit sa vie sans nous, et il n'est pas bien sûr que ce soit lui qu'il faille réveiller.`,
            reactions: { insightful: ['claire.martin', 'helene.dargent', 'yanis.belkacem', 'elise.perrin'] },
            replies: [
              {
                by: 'bastien.vasseur',
                daysAgo: 289,
                at: '08:02',
                body: `C'est très beau, et en attendant ils achètent chez Pompadis.`,
                reactions: { agree: ['mathieu.kessler'] },
              },
            ],
          },
          {
            by: 'yanis.belkacem',
            daysAgo: 289,
            at: '08:20',
            body: `(Question 5 : est-ce que je peux prendre les deux réponses ?)`,
          },
        ],
      },
      {
        by: 'amadou.diallo',
        daysAgo: 289,
        at: '12:20',
        body: `Je regarde toujours les dernières interventions. Cidrerie du Hérou : nous y sommes allés il y a trois ans et deux mois pour une fuite. Le rapport dit « client mécontent de l'attente ». Commence peut-être par là.`,
        reactions: { useful: ['yanis.belkacem', 'claire.martin'], insightful: ['bastien.vasseur'] },
        replies: [
          {
            by: 'yanis.belkacem',
            daysAgo: 281,
            at: '18:40',
            body: `Retour de visite. J'ai commencé par là. J'ai dit : « Vous avez attendu onze jours, il y a trois ans, je suis venu m'excuser. » Le patron a appelé sa sœur pour qu'elle entende. Deux heures sur place, aucune vente, une liste de six choses qui grincent. Merci @amadou.diallo.`,
            reactions: {
              thanks: ['amadou.diallo'],
              agree: ['bernard.lecoq', 'claire.martin', 'ines.carvalho'],
              insightful: ['bastien.vasseur'],
            },
          },
          {
            by: 'bastien.vasseur',
            daysAgo: 281,
            at: '18:52',
            body: `OK. Ça, c'était une proposition. La meilleure.`,
            reactions: { thanks: ['yanis.belkacem'] },
          },
        ],
      },
    ],
  },
  {
    key: 'yanis-onze-questions',
    by: 'yanis.belkacem',
    daysAgo: 247,
    at: '21:10',
    title: `Mes onze questions bêtes, et ceux qui ont su répondre`,
    body: `J'ai tenu un compte. En dix semaines, onze questions que je n'osais pas poser. Je les ai posées. Voici le résultat.

1. Pourquoi « Tavaillon » ? *(Personne ne sait. Trois versions, dont une avec un chien.)*
2. Qui fixe la remise ? *(Moi, jusqu'à un point. J'ai dû demander où était le point.)*
3. Un acheteur dit « je reviens vers vous ». Il revient ? *(« Non », Mathieu.)*
4. C'est quoi, exactement, un stator ? *(Lucie, quarante minutes, un dessin, je l'ai encadré.)*
5. A-t-on le droit de dire qu'une pompe concurrente est bonne ? *(« C'est même le moment où l'on vous croit », Bernard.)*
6. Pourquoi mes commandes partent-elles à 16 h 30 et pas à 17 h ? *(Le camion. Il n'y a pas d'autre raison. Nadia.)*
7. Comment sait-on qu'on a perdu ? *(« Quand ils deviennent très polis », Claire.)*
8. Combien de cafés par jour ? *(Inès refuse de répondre sans avocat.)*
9. Est-ce qu'on tutoie ? *(Eux d'abord.)*
10. Pourquoi personne ne m'a parlé de l'objectif ? *(Hélène : « Parce que ce n'est pas encore le vôtre. »)*
11. Quand est-ce qu'on cesse d'avoir peur avant d'entrer ? *(Sept personnes interrogées. Sept fois la même réponse. Je vous laisse deviner.)*`,
    tags: ['débuts'],
    reactions: {
      agree: ['claire.martin', 'ines.carvalho', 'mathieu.kessler', 'bernard.lecoq'],
      insightful: ['elise.perrin', 'helene.dargent'],
      thanks: ['nadia.rahmani', 'lucie.ferrand'],
    },
    comments: [
      {
        by: 'mathieu.kessler',
        daysAgo: 247,
        at: '21:30',
        body: `11 : jamais. 3 : je confirme.`,
        reactions: { agree: ['yanis.belkacem', 'ines.carvalho'] },
      },
      {
        by: 'bernard.lecoq',
        daysAgo: 246,
        at: '07:15',
        body: `Pour la première, je peux aider : les tavaillons sont les petites planches de bois dont on couvre les toits du Jura, et le fondateur y avait une grand-tante ; il voulait un nom « qui tienne sous la pluie ». Le chien, c'est une autre histoire, et elle est vraie aussi.`,
        reactions: { useful: ['yanis.belkacem', 'elise.perrin'], thanks: ['lucie.ferrand'] },
        replies: [
          {
            by: 'elise.perrin',
            daysAgo: 246,
            at: '09:00',
            body: `Bernard, six ans que je cherche l'origine de ce nom pour la plaquette. SIX ANS. Tu es à deux bureaux.`,
            replies: [
              {
                by: 'bernard.lecoq',
                daysAgo: 246,
                at: '09:25',
                body: `Tu ne me l'avais pas demandé.`,
                reactions: { agree: ['mathieu.kessler', 'yanis.belkacem'] },
              },
            ],
          },
        ],
      },
    ],
  },
];
