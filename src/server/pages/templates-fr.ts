import type { TemplateText } from './templates.ts';

/** What the templates say in French. */
export const TEMPLATES_FR: Record<string, TemplateText> = {
  competitor: {
    name: 'Fiche concurrent',
    about: 'Ce que nous savons d’un concurrent, et ce que nous répondons.',
    title: 'Concurrent : ',
    body: `## En deux phrases

Qui ils sont, ce qu’ils vendent, à qui.

## Repères

| Repère | Ce que nous savons |
| --- | --- |
| Siège | |
| Taille | |
| Clients connus | |
| Prix constatés | *montant, date, source* |

## Ce qu’ils font mieux que nous

-

## Ce que nous faisons mieux

-

## Ce qu’ils disent de nous, et ce que nous répondons

> « … »

Notre réponse :

## Affaires où nous les avons croisés

- *client, date, issue : lier le débrief* [[ ]]

## À vérifier

- [ ] *un fait à confirmer, et auprès de qui*
`,
  },
  account: {
    name: 'Plan de compte',
    about: 'Un client ou un prospect : qui décide, ce qu’il veut, ce que nous faisons.',
    title: 'Compte : ',
    body: `## Le client en bref

Son métier, ses chiffres, ce qui change chez lui cette année.

## Qui décide

| Personne | Rôle | Ce qui compte pour elle | Qui la connaît chez nous |
| --- | --- | --- | --- |
| | | | |

## Ce qu’il cherche à faire

1.

## Ce que nous lui apportons déjà

-

## Ce que nous visons

| Objectif | Pour quand | Qui |
| --- | --- | --- |
| | | |

## Obstacles et concurrents

-

## Prochains pas

- [ ] *qui fait quoi, pour quand*
`,
  },
  debrief: {
    name: 'Débrief gagné ou perdu',
    about: 'Ce qu’une affaire nous apprend, tant que c’est frais.',
    title: 'Débrief : ',
    body: `**Issue :** gagné / perdu, le *date*. **Montant :** . **Face à :** [[ ]]

## Ce que le client demandait

## Comment il a choisi

Ses critères, dans son ordre, avec ses mots.

## Ce qui a joué pour nous

-

## Ce qui a joué contre nous

-

## Ce que nous referions, ce que nous ne referions pas

-

## À dire à toute l’équipe

> En une phrase.
`,
  },
  welcome: {
    name: 'Guide du nouveau',
    about: 'Ce qu’un nouveau collègue doit trouver sans demander.',
    title: 'Bien commencer : ',
    body: `## Le premier jour

- [ ] Les personnes à voir :
- [ ] Les outils à ouvrir :
- [ ] À lire d’abord : [[ ]]

## La première semaine

- [ ] Accompagner un rendez-vous de
- [ ] Écouter un appel de

## Ce que nous vendons, en dix lignes

## Nos clients, par l’exemple

-

## Les mots de la maison

| Mot | Ce qu’il veut dire |
| --- | --- |
| | |

## À qui demander

| Sujet | Personne |
| --- | --- |
| | |

## Ce que j’aurais aimé qu’on me dise

*Chaque nouveau ajoute une ligne.*

-
`,
  },
};
