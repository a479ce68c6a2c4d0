import type { TemplateText } from './templates.ts';

/** What the templates say in English. */
export const TEMPLATES_EN: Record<string, TemplateText> = {
  competitor: {
    name: 'Competitor card',
    about: 'What we know of a competitor, and what we answer.',
    title: 'Competitor: ',
    body: `## In two sentences

Who they are, what they sell, to whom.

## Landmarks

| Fact | What we know |
| --- | --- |
| Head office | |
| Size | |
| Known customers | |
| Prices seen | *amount, date, source* |

## What they do better than we do

-

## What we do better

-

## What they say of us, and what we answer

> “…”

Our answer:

## Deals where we met them

- *customer, date, outcome: link the debrief* [[ ]]

## To be checked

- [ ] *a fact to confirm, and with whom*
`,
  },
  account: {
    name: 'Account plan',
    about: 'A customer or a prospect: who decides, what they want, what we do.',
    title: 'Account: ',
    body: `## The customer in brief

Their trade, their figures, what changes for them this year.

## Who decides

| Person | Role | What matters to them | Who knows them here |
| --- | --- | --- | --- |
| | | | |

## What they are trying to do

1.

## What we already bring them

-

## What we are aiming at

| Goal | By when | Who |
| --- | --- | --- |
| | | |

## Obstacles and competitors

-

## Next steps

- [ ] *who does what, by when*
`,
  },
  debrief: {
    name: 'Win or loss debrief',
    about: 'What a deal teaches us, while it is fresh.',
    title: 'Debrief: ',
    body: `**Outcome:** won / lost, on *date*. **Amount:** . **Against:** [[ ]]

## What the customer asked for

## How they chose

Their criteria, in their order, in their words.

## What worked for us

-

## What worked against us

-

## What we would do again, and what we would not

-

## To tell the whole team

> In one sentence.
`,
  },
  welcome: {
    name: 'New-hire guide',
    about: 'What a new colleague should find without asking.',
    title: 'Starting well: ',
    body: `## The first day

- [ ] People to meet:
- [ ] Tools to open:
- [ ] To read first: [[ ]]

## The first week

- [ ] Go along to a meeting with
- [ ] Listen in on a call with

## What we sell, in ten lines

## Our customers, by example

-

## The words of the house

| Word | What it means |
| --- | --- |
| | |

## Whom to ask

| Subject | Person |
| --- | --- |
| | |

## What I wish I had been told

*Each newcomer adds a line.*

-
`,
  },
};
