import type { DemoPost } from '../types.ts';

/** A tender lost and told honestly. */
export const kermorvan: DemoPost[] = [
  {
    key: 'kermorvan-reglement',
    by: 'thomas.gauthier',
    community: 'appels-offres',
    daysAgo: 362,
    at: '09:12',
    title: `Laiterie de Kermorvan : le règlement est tombé`,
    body: `Quatorze pompes pour l'atelier caillé, trois ans de maintenance, remise des offres dans trente-neuf jours. Quatre-vingt-une pages, dont douze utiles. Les voici :

a) **Art. 4.1** : délai de livraison ferme, noté sur 20 points. C'est beaucoup pour une laiterie, ce n'est pas là par hasard.
b) **Art. 7.2** : pénalité de 0,8 % par jour, *non plafonnée*. Je propose de demander un plafond à 10 % par la voie des questions.
c) **Annexe 3** : « le titulaire justifie de la tenue du grain de caillé ». Personne ne dit comment. @lucie.ferrand, c'est un point pour toi.
d) **Critère prix** : 40 points sur 100. Donc soixante points se gagnent en écrivant bien.

@claire.martin connaît la maison mieux que le règlement. Je cherche trois références avec caillé, mêmes débits, moins de cinq ans.`,
    tags: ['kermorvan', "appel d'offres", 'agro'],
    reactions: { useful: ['claire.martin', 'lucie.ferrand', 'helene.dargent'], thanks: ['bernard.lecoq'] },
    comments: [
      {
        by: 'claire.martin',
        daysAgo: 362,
        at: '10:05',
        body: `Je connais les achats et la production. La maintenance vient de changer de chef, je ne l'ai vu qu'une fois, dans un couloir. En clair : on a un trou.`,
        reactions: { insightful: ['thomas.gauthier'] },
        replies: [
          {
            by: 'amadou.diallo',
            daysAgo: 362,
            at: '12:31',
            body: `Vu de l'atelier : celui qui note l'annexe 3, ce sera lui. Veux-tu que je l'appelle pour le contrat en cours ? J'ai un motif honnête, sa garniture de rechange est arrivée.`,
            replies: [
              { by: 'claire.martin', daysAgo: 362, at: '12:40', body: `Oui. Merci. Je le verrai ensuite.` },
            ],
          },
        ],
      },
      {
        by: 'bernard.lecoq',
        daysAgo: 361,
        at: '18:20',
        body: `Pour les références, la Fromagerie Tournebise fait tourner six Galion sur du caillé depuis quatre ans, et leur chef d'atelier, qui ne dit jamais de bien de personne (j'y vois une qualité), accepte qu'on l'appelle ; je vous envoie son numéro par téléphone, on n'écrit pas ces choses-là.`,
        reactions: { thanks: ['thomas.gauthier', 'claire.martin'] },
      },
    ],
  },
  {
    key: 'kermorvan-grain',
    by: 'lucie.ferrand',
    community: 'appels-offres',
    daysAgo: 338,
    at: '16:48',
    title: `Annexe 3 : comment prouver qu'on n'abîme pas le grain`,
    body: `J'ai passé deux jours chez Tournebise avec un tamis, un chronomètre et des bottes trop grandes. Protocole : dix prélèvements avant pompe, dix après, tamis de 5 mm, pesée du passant (les « fines »).

| Vitesse de rotation | Fines avant | Fines après | Écart |
| --- | ---: | ---: | ---: |
| 90 tr/min | 3,1 % | 3,4 % | + 0,3 pt |
| 140 tr/min | 3,1 % | 4,0 % | + 0,9 pt |
| 200 tr/min | 3,2 % | 6,7 % | + 3,5 pt |

Deux remarques.

1. À 90 tr/min il faut la taille au-dessus, donc environ 11 % plus cher à l'achat. À 200 tr/min, on vend moins cher et on jette du fromage dans le sérum.
2. Ces chiffres valent pour *ce* caillé, à 34 °C. Je refuse qu'on les écrive sans cette phrase.

Ma proposition : la taille au-dessus, et le tableau dans le mémoire.`,
    tags: ['kermorvan', 'agro', 'essais'],
    reactions: {
      insightful: ['claire.martin', 'thomas.gauthier', 'amadou.diallo', 'bernard.lecoq'],
      useful: ['bastien.vasseur'],
    },
    comments: [
      {
        by: 'bastien.vasseur',
        daysAgo: 338,
        at: '17:15',
        body: `+ 11 % sur un lot où le prix fait 40 points, avec Norvalt en face ? Lucie, c'est beau, mais c'est du suicide en tableau.`,
        replies: [
          {
            by: 'lucie.ferrand',
            daysAgo: 338,
            at: '17:22',
            body: `3,5 points de fines sur 60 tonnes par jour, c'est deux tonnes de caillé dans le sérum. Par jour. Je veux bien qu'on m'explique où est le suicide.`,
            reactions: { agree: ['claire.martin', 'amadou.diallo'] },
            replies: [
              {
                by: 'bastien.vasseur',
                daysAgo: 338,
                at: '17:30',
                body: `Dans la tête de l'acheteur, qui ne paie pas le sérum sur son budget. Je ne dis pas que tu as tort. Je dis que ce n'est pas lui que tu convaincs.`,
                reactions: { insightful: ['helene.dargent'] },
              },
            ],
          },
          {
            by: 'thomas.gauthier',
            daysAgo: 337,
            at: '08:10',
            body: `Art. 5.3 : une variante est admise. On peut présenter les deux tailles. Je signale que c'est du travail en plus, et que je le ferai.`,
            reactions: { thanks: ['claire.martin', 'lucie.ferrand'] },
          },
        ],
      },
      {
        by: 'claire.martin',
        daysAgo: 337,
        at: '08:55',
        body: `Base en taille normale, variante en taille au-dessus, tableau dans les deux. En clair : on laisse le client choisir en sachant.`,
        reactions: { agree: ['thomas.gauthier', 'bastien.vasseur'] },
      },
    ],
  },
  {
    key: 'kermorvan-perdu',
    by: 'claire.martin',
    community: 'le-metier',
    daysAgo: 302,
    at: '07:52',
    title: `Kermorvan : perdu. Voici comment`,
    body: `Nous avons perdu Kermorvan. 412 000 € sur trois ans. Norvalt l'emporte, 83 points contre 77.

J'ai lu le rapport trois fois, puis j'ai demandé une heure au client. Il me l'a donnée. Je raconte dans l'ordre, parce que dans le désordre on se trouve toujours des excuses.

## Les points

| Critère | Sur | Norvalt | Nous |
| --- | ---: | ---: | ---: |
| Prix | 40 | 38 | 34 |
| Délai | 20 | 20 | 11 |
| Technique | 25 | 14 | 23 |
| Service | 15 | 11 | 9 |

Première surprise : le prix nous coûte quatre points. Le délai, neuf. Depuis un mois, j'entends dans les couloirs que « Norvalt a cassé les prix ». C'est vrai et ce n'est pas la cause.

## Ce que nous avons fait de bien

Le tableau de Lucie. L'acheteuse me l'a cité de mémoire. 23 sur 25 en technique, personne n'avait eu ça chez eux.

## Ce que j'ai mal fait

**Un.** J'ai annoncé quatorze semaines parce que c'est le délai du catalogue. Norvalt a annoncé huit. Je n'ai pas demandé à l'atelier si quatorze pouvait devenir dix. Je croyais connaître la réponse. J'ai demandé avant-hier, pour savoir : la réponse était « onze, si tu préviens ».

**Deux.** Le service : 9 sur 15, alors que c'est notre fierté. Le nouveau chef de maintenance travaille de nuit trois semaines sur quatre. Je suis passée deux fois, à 10 h et à 14 h. Il m'a dit, sans méchanceté : « Chez Norvalt, ils sont venus à 2 h du matin avec des croissants. » Je ne connais pas de meilleur résumé de notre défaite.

**Trois.** J'ai su qu'il y avait un trou. Je l'ai écrit le premier jour. Amadou m'a proposé de l'appeler, il l'a fait, il m'a ouvert la porte. J'ai remis ma visite deux fois, pour des clients que je connaissais mieux. On va là où on est attendu. C'est humain et c'est une faute.

**Quatre.** La variante. Nous avons présenté deux offres, et le jury a lu la moins bonne en premier. Quand on croit à une solution, on la met en base.

## Comment j'ai demandé l'heure

On m'a posé la question, alors je note. J'ai appelé l'acheteuse le lendemain, pas le jour même : le jour même, on est en colère et cela s'entend. J'ai dit exactement ceci :

> Je ne viens pas rediscuter. Vous avez bien choisi, je n'écrirai à personne. J'ai besoin d'une heure pour comprendre ce que je n'ai pas vu. Je prends ce que vous pouvez me dire, je n'insisterai sur rien.

Elle a dit oui tout de suite. Elle m'a avoué qu'on ne lui demande jamais, ou alors sur le ton de l'avocat.

Sur place, j'ai posé trois questions. *Qu'avez-vous pensé en ouvrant notre offre ? Qui, chez vous, aurait voulu nous choisir, et que lui a-t-il manqué ? Si c'était à refaire, que nous conseilleriez-vous ?* Puis j'ai écrit. Je n'ai rien corrigé, même quand c'était inexact, parce que ce qu'un client croit de nous est une information, y compris quand c'est faux.

C'est la deuxième question qui m'a menée au chef de nuit. Il aurait voulu nous choisir, à cause du tableau. Il lui a manqué de nous connaître.

## Ce qui n'est pas de notre fait

Huit semaines, je n'y crois pas. Le client non plus, tout à fait. Mais il y a une pénalité, il dort tranquille.

## Ce que je change

1. Je demande le délai à l'atelier à chaque offre au-dessus de 50 000 €. Pas le catalogue, l'atelier.
2. Je vais voir ceux que je ne connais pas *avant* ceux que je connais.
3. Au moins une visite de nuit par usine en trois-huit.
4. Je reste chez Kermorvan. Ils ont six vieilles Galion au sérum et je ne laisse pas tomber des gens parce qu'ils ont choisi quelqu'un d'autre.

En clair : nous n'avons pas perdu sur le prix. J'aurais préféré.`,
    tags: ['kermorvan', 'débriefing', 'agro', 'norvalt', 'délais'],
    reactions: {
      thanks: ['lucie.ferrand', 'thomas.gauthier', 'yanis.belkacem', 'amadou.diallo', 'nadia.rahmani'],
      insightful: ['helene.dargent', 'bernard.lecoq', 'elise.perrin', 'bastien.vasseur', 'ines.carvalho'],
      useful: ['mathieu.kessler'],
    },
    comments: [
      {
        by: 'bastien.vasseur',
        daysAgo: 302,
        at: '08:30',
        body: `Chapeau pour l'honnêteté, mais je ne suis pas d'accord. Quatre points de prix ET neuf de délai : si tu baisses de 9 %, tu reprends tes quatre points, et l'acheteur se bat pour toi sur le reste. Le prix, c'est ce qui fait qu'on t'aide. POINT.`,
        replies: [
          {
            by: 'claire.martin',
            daysAgo: 302,
            at: '08:44',
            body: `81 contre 83. On perdait quand même, et avec 37 000 € de moins. Refais l'addition.`,
            reactions: { agree: ['lucie.ferrand', 'mathieu.kessler', 'thomas.gauthier'] },
            replies: [
              {
                by: 'bastien.vasseur',
                daysAgo: 302,
                at: '08:51',
                body: `…Je l'ai refaite. Je te dois un croissant, pas douze, parce que sur le fond je n'ai pas fini.`,
                reactions: { thanks: ['claire.martin'] },
              },
            ],
          },
          {
            by: 'ines.carvalho',
            daysAgo: 302,
            at: '09:02',
            body: `Je note l'heure. 8 h 51, Bastien a refait une addition.`,
            reactions: { agree: ['mathieu.kessler', 'elise.perrin', 'claire.martin'] },
          },
        ],
      },
      {
        by: 'amadou.diallo',
        daysAgo: 302,
        at: '12:10',
        body: `Vu de l'atelier : j'aurais dû te rappeler au lieu d'attendre que tu me rappelles. On est deux dans le « trois ». Et les visites de nuit, je les fais toutes les semaines. Viens avec moi, il y a toujours une place dans le camion.`,
        reactions: { thanks: ['claire.martin', 'helene.dargent'] },
        replies: [
          {
            by: 'yanis.belkacem',
            daysAgo: 302,
            at: '13:25',
            body: `Est-ce que la place est pour Claire seulement, ou est-ce qu'un nouveau peut la prendre ? (Question 1.)`,
            replies: [
              {
                by: 'amadou.diallo',
                daysAgo: 302,
                at: '13:40',
                body: `Demain, 21 h 30, parking de l'atelier. Prends un pull.`,
              },
            ],
          },
        ],
      },
      {
        by: 'bernard.lecoq',
        daysAgo: 301,
        at: '20:15',
        body: `J'ai perdu la Papeterie des Trois Biefs il y a dix-neuf ans, de deux points aussi, et je m'étais bien gardé de l'écrire ; résultat, nous l'avons perdue une seconde fois de la même manière trois ans plus tard. Mon père disait qu'on ne met pas de l'engrais sur un champ qu'on n'ose pas regarder.`,
        reactions: { insightful: ['claire.martin', 'yanis.belkacem', 'helene.dargent', 'elise.perrin'] },
      },
      {
        by: 'nadia.rahmani',
        daysAgo: 299,
        at: '09:00',
        body: `> J'ai annoncé quatorze semaines parce que c'est le délai du catalogue.

Pour mémoire : le délai catalogue a été calculé une fois, il y a six ans, par une personne qui a depuis ouvert une librairie. Je peux publier le délai réel de l'atelier chaque semaine. Personne ne me l'a jamais demandé.`,
        reactions: { useful: ['claire.martin', 'bastien.vasseur', 'thomas.gauthier', 'helene.dargent'] },
        replies: [
          {
            by: 'claire.martin',
            daysAgo: 299,
            at: '09:06',
            body: `Je te le demande.`,
            reactions: { agree: ['ines.carvalho', 'bastien.vasseur', 'mathieu.kessler'] },
            replies: [
              {
                by: 'nadia.rahmani',
                daysAgo: 299,
                at: '09:07',
                body: `Accordé. Ce sera en ligne chaque semaine avant 9 h, une ligne par gamme.`,
                reactions: { thanks: ['claire.martin', 'thomas.gauthier'] },
              },
            ],
          },
        ],
      },
    ],
  },
];
