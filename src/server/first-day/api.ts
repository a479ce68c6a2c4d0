/** /api/v1/me/first-day and /me/companionship: one's own beginning, and being at somebody's side in his. */
import { newApi, z } from '../platform/api/frame.ts';
import {
  changeCompanion,
  meetNewcomer,
  newcomersOf,
  ownCompanionship,
  stopVolunteering,
  volunteer,
} from './companion.ts';
import { dismissFirstDay, STEPS } from './progress.ts';
import { welcome } from './welcome.ts';

export const firstDayApi = newApi('First day');

const person = { handle: z.string(), name: z.string(), headline: z.string(), picture: z.uuid().nullable() };
const post = z
  .object({
    id: z.uuid(),
    title: z.string(),
    excerpt: z.string(),
    readingMinutes: z.number(),
    author: z.object({ handle: z.string(), name: z.string() }),
  })
  .meta({ id: 'WorthyPost' });
const reason = z
  .union([
    z.object({
      kind: z.enum(['invited', 'subject', 'companion']),
      word: z.string().describe('Who invited or accompanies you, or the theme you share'),
    }),
    z.object({ kind: z.literal('people'), people: z.number().describe('How many share your subjects') }),
    z.object({ kind: z.literal('alive') }),
  ])
  .meta({ id: 'SuggestionReason' });

firstDayApi.get(
  '/me/first-day',
  {
    summary: 'Your first day: told to you only',
    answers: z
      .object({
        steps: z.array(z.object({ step: z.enum(STEPS), done: z.boolean() })),
        done: z.boolean(),
        dismissed: z.boolean(),
        companion: z.object({ ...person, contact: z.string() }).nullable(),
        communities: z.array(
          z.object({
            slug: z.string(),
            name: z.string(),
            emoji: z.string(),
            excerpt: z.string(),
            access: z.enum(['open', 'closed', 'secret']),
            reason,
          }),
        ),
        reading: post.nullable(),
        thanking: post.nullable(),
      })
      .meta({ id: 'FirstDay' }),
  },
  ({ db, actor }) => welcome(db, actor),
);

firstDayApi.put('/me/first-day/dismissal', { summary: 'Put the reminder aside' }, ({ tx, actor }) =>
  dismissFirstDay(tx, actor),
);

firstDayApi.delete('/me/first-day/dismissal', { summary: 'Bring the reminder back' }, ({ tx, actor }) =>
  dismissFirstDay(tx, actor, false),
);

firstDayApi.delete('/me/first-day/companion', { summary: 'Somebody else at your side' }, ({ tx, actor }) =>
  changeCompanion(tx, actor),
);

firstDayApi.get(
  '/me/companionship',
  {
    summary: 'Whether you are at the side of newcomers, and of whom',
    answers: z
      .object({
        contact: z.string().nullable().describe('How you are reached; null while you do not volunteer'),
        newcomers: z.array(z.object(person)),
      })
      .meta({ id: 'Companionship' }),
  },
  async ({ db, actor }) => {
    const [own, newcomers] = await Promise.all([ownCompanionship(db, actor), newcomersOf(db, actor)]);
    return { contact: own?.contact ?? null, newcomers };
  },
);

firstDayApi.put(
  '/me/companionship',
  {
    summary: 'Volunteer to be at the side of newcomers',
    body: z.object({ contact: z.string().describe('How you are reached') }),
  },
  ({ tx, actor, body }) => volunteer(tx, actor, body),
);

firstDayApi.delete('/me/companionship', { summary: 'Volunteer no longer' }, ({ tx, actor }) =>
  stopVolunteering(tx, actor),
);

firstDayApi.put(
  '/me/companionship/{handle}',
  { summary: 'You have spoken with a newcomer' },
  ({ tx, actor, params }) => meetNewcomer(tx, actor, params.handle),
);
