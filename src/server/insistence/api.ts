/** /api/v1: what of one's own waits for somebody's hours, insisting, and the weekly totals of both. */
import type { Actor } from '../actor.ts';
import { listedEntries } from '../conversation/sight.ts';
import { notFound } from '../errors.ts';
import { newApi, pageOf, z } from '../platform/api/frame.ts';
import type { Db } from '../platform/db.ts';
import { insist, insistencesTo } from './insist.ts';
import { waitingUnder } from './waiting.ts';
import { weeksOutside } from './weeks.ts';

export const insistenceApi = newApi('Quiet hours');

async function requireListed(db: Db, actor: Actor, id: string): Promise<void> {
  const found = db.selectFrom('entries').select('id').where('id', '=', id).where(listedEntries(actor));
  if (!(await found.executeTakeFirst())) throw notFound();
}

const someone = z.object({ handle: z.string(), name: z.string() });

insistenceApi.get(
  '/posts/{id}/waiting',
  {
    summary: 'What you said here that names people who are out of hours, and when it reaches them',
    answers: z.object({
      items: z.array(
        z
          .object({
            on: z.enum(['post', 'comment']),
            id: z.uuid(),
            people: z.array(someone),
            at: z.iso.datetime(),
          })
          .meta({ id: 'Waiting' }),
      ),
      next: z.null(),
    }),
  },
  async ({ db, actor, params }) => {
    await requireListed(db, actor, params.id);
    return { items: await waitingUnder(db, actor, params.id), next: null };
  },
);

insistenceApi.get(
  '/posts/{id}/insistences',
  {
    summary: 'Why you were rung out of hours about something here',
    answers: pageOf(
      z
        .object({
          commentId: z.uuid().nullable(),
          author: someone,
          reason: z.string(),
          at: z.iso.datetime(),
        })
        .meta({ id: 'Insistence' }),
    ),
  },
  async ({ db, actor, params }) => {
    await requireListed(db, actor, params.id);
    return { items: await insistencesTo(db, actor, params.id), next: null };
  },
);

insistenceApi.post(
  '/posts/{id}/insistences',
  {
    summary:
      'Ring those whom your post or comment names, out of their hours, with a reason that they are shown',
    body: z
      .object({
        reason: z.string(),
        commentId: z.string().nullish().describe('Your comment; the post itself where there is none'),
        people: z.array(z.string()).optional().describe('Handles; all who wait where there are none'),
      })
      .meta({ id: 'NewInsistence' }),
  },
  ({ tx, actor, params, body }) => insist(tx, actor, { entryId: params.id, ...body }),
);

insistenceApi.get(
  '/calendar/weeks',
  {
    summary: 'How much is written out of hours, by week, for those who run the network',
    description: 'Totals of what everybody may read. A week in which fewer than ten people wrote has none.',
    answers: pageOf(
      z
        .object({
          week: z.iso.date().describe('Its Monday'),
          totals: z.object({ written: z.number(), outside: z.number(), insistences: z.number() }).nullable(),
        })
        .meta({ id: 'WeekOutside' }),
    ),
  },
  ({ db, actor }) => weeksOutside(db, actor),
);
