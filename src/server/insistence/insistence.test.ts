import { describe, expect, test } from 'vitest';
import { drawAll } from '../../../tests/drawn.ts';
import { addComment } from '../conversation/comment.ts';
import { deliverDue } from '../notifications/deliver.ts';
import { inTransaction, type Tx } from '../platform/db.ts';
import { createPost } from '../posts/create.ts';
import { insistedOn } from '../quiet/insisted.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { insist, insistencesTo, ownInsistences } from './insist.ts';
import { waitingUnder } from './waiting.ts';

const { db } = await testDatabase();
const helene = await actorOf(db, 'helene.dargent');
const nadia = await actorOf(db, 'nadia.rahmani');
const thomas = await actorOf(db, 'thomas.gauthier');
const yanis = await actorOf(db, 'yanis.belkacem');
const pierre = await actorOf(db, 'pierre.alonzo');

const write = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, work);
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
// Whatever the hour of the test: nobody keeps hours but Nadia and Yanis, who are away.
await db.updateTable('quiet_calendar').set({ active: false }).execute();
for (const away of [nadia, yanis]) {
  await db
    .insertInto('quiet_leave')
    .values({ person_id: away.id, from_day: day(-1), to_day: day(2) })
    .execute();
}

const publish = (body: string, community?: string) =>
  write((tx) => createPost(tx, helene, { body, status: 'published', community }));
const say = (entryId: string, body: string) => write((tx) => addComment(tx, helene, { entryId, body }));
const due = async (personId: string, entryId: string) => {
  const found = await db
    .selectFrom('deliveries')
    .select(['due_at', insistedOn().as('insisted')])
    .where('person_id', '=', personId)
    .where('thing_id', '=', entryId)
    .executeTakeFirst();
  return found;
};

/** Whom the worker rings now, about what. */
async function sentNow() {
  const sent: [string, string | null][] = [];
  await deliverDue(db, 'mail', async (_, deliveries, tell) => {
    for (const delivery of deliveries) {
      sent.push([delivery.personId, delivery.thingId]);
      await tell(delivery, { sent: null });
    }
  });
  return sent;
}

test('the one who writes is told when those he names are reached, and nothing of those who are reached at once', async () => {
  const { id } = await publish('Qui peut ? @nadia.rahmani @thomas.gauthier');
  const said = await say(id, 'Et vous, @yanis.belkacem ?');
  const waiting = await waitingUnder(db, helene, id);
  expect(waiting).toEqual([
    { on: 'post', id, people: [{ handle: 'nadia.rahmani', name: nadia.name }], at: expect.any(String) },
    {
      on: 'comment',
      id: said.id,
      people: [{ handle: 'yanis.belkacem', name: yanis.name }],
      at: expect.any(String),
    },
  ]);
  expect(waiting[0]!.at.slice(0, 10) >= day(2)).toBe(true);
  expect(await waitingUnder(db, thomas, id)).toEqual([]);
});

test('whoever may not read it is not spoken of: it never reaches him', async () => {
  const { id } = await publish('Entre nous, @yanis.belkacem, @nadia.rahmani', 'appels-offres');
  const named = (await waitingUnder(db, helene, id)).flatMap(({ people }) =>
    people.map(({ handle }) => handle),
  );
  expect(named).toEqual(['nadia.rahmani']);
});

describe('insisting', () => {
  test('rings at once, shows the reason to the one rung, and is counted for the one who did', async () => {
    const { id } = await publish('Vite, @nadia.rahmani et @yanis.belkacem');
    await drawAll(db);
    await db
      .updateTable('deliveries')
      .set({ due_at: new Date(Date.now() + 86_400_000) })
      .execute();
    const before = await ownInsistences(db, helene);
    await write((tx) =>
      insist(tx, helene, { entryId: id, people: ['nadia.rahmani'], reason: ' Le client\nattend. ' }),
    );
    await drawAll(db);
    const rung = await due(nadia.id, id);
    expect(rung!.due_at.getTime()).toBeLessThanOrEqual(Date.now());
    expect(rung!.insisted).toBe(true);
    const sent = await sentNow();
    expect(sent).toContainEqual([nadia.id, id]);
    expect(sent).not.toContainEqual([yanis.id, id]);
    const spared = await due(yanis.id, id);
    expect(spared!.due_at.getTime()).toBeGreaterThan(Date.now());
    expect(spared!.insisted).toBe(false);
    expect(await insistencesTo(db, nadia, id)).toMatchObject([
      { commentId: null, author: { handle: 'helene.dargent' }, reason: 'Le client attend.' },
    ]);
    expect(await insistencesTo(db, yanis, id)).toEqual([]);
    expect(await ownInsistences(db, helene)).toBe(before + 1);
    expect((await waitingUnder(db, helene, id)).flatMap(({ people }) => people)).toMatchObject([
      { handle: 'yanis.belkacem' },
    ]);
  });

  test('is for one’s own words, once, and with a reason', async () => {
    const { id } = await publish('Encore, @nadia.rahmani');
    const said = await say(id, 'Hein, @yanis.belkacem ?');
    const on = (actor: typeof helene, more: object) =>
      write((tx) => insist(tx, actor, { entryId: id, reason: 'Urgent.', ...more }));
    await expect(on(thomas, {})).rejects.toMatchObject({ code: 'not_found' });
    await expect(on(helene, { commentId: id })).rejects.toMatchObject({ code: 'not_found' });
    await expect(on(helene, { reason: ' \n ' })).rejects.toMatchObject({ reason: 'insist_no_reason' });
    await expect(on(helene, { reason: 'x'.repeat(281) })).rejects.toMatchObject({
      reason: 'insist_reason_too_long',
    });
    await expect(on(helene, { people: ['thomas.gauthier'] })).rejects.toMatchObject({
      reason: 'insist_nobody',
    });
    const both = await Promise.allSettled([
      on(helene, { commentId: said.id }),
      on(helene, { commentId: said.id }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await insistencesTo(db, yanis, id)).toHaveLength(1);
    await on(helene, {});
  });

  test('is no longer told where the words are out of sight', async () => {
    const { id } = await publish('Bientôt close, @nadia.rahmani', 'appels-offres');
    await write((tx) => insist(tx, helene, { entryId: id, reason: 'Vite.' }));
    expect(await insistencesTo(db, nadia, id)).toHaveLength(1);
    await db.deleteFrom('memberships').where('person_id', '=', nadia.id).execute();
    expect(await insistencesTo(db, nadia, id)).toEqual([]);
    expect(await insistencesTo(db, pierre, id)).toEqual([]);
  });
});
