import { expect, test } from 'vitest';
import type { Db } from '../platform/db.ts';
import { renderText } from '../conversation/text.ts';
import { inRollback, testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { weeksOutside } from './weeks.ts';

const { db } = await testDatabase();
const nadia = await actorOf(db, 'nadia.rahmani');
const yanis = await actorOf(db, 'yanis.belkacem');
// Weeks ahead of everything that the world holds. The clocks change on the last Sunday of October.
const now = new Date('2031-11-05T12:00:00Z');
const WEEK = '2031-10-20';

const people = await db
  .selectFrom('people')
  .select(['id', 'handle'])
  .where('status', '=', 'active')
  .where('role', '<>', 'guest')
  .where('handle', '<>', 'yanis.belkacem')
  .orderBy('handle')
  .limit(10)
  .execute();

async function writeAt(
  tx: Db,
  authorId: string,
  at: string,
  communityId: string | null = null,
): Promise<string> {
  const { body, html } = await renderText(tx, nadia, 'Bonjour.');
  const { id } = await tx
    .insertInto('entries')
    .values({
      author_id: authorId,
      community_id: communityId,
      everyone: communityId === null,
      body,
      html,
      status: 'published',
      published_at: new Date(at),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
const weekOf = async (tx: Db, week = WEEK) =>
  (await weeksOutside(tx, nadia, now)).items.find((item) => item.week === week)?.totals;

test('a week has totals from ten people on, and none below', async () => {
  await inRollback(db, async (tx) => {
    for (const { id } of people.slice(0, 9)) await writeAt(tx, id, '2031-10-21T09:00:00Z');
    await writeAt(tx, people[0]!.id, '2031-10-21T20:00:00Z');
    expect(await weekOf(tx)).toBeNull();
    await writeAt(tx, people[9]!.id, '2031-10-21T09:00:00Z');
    expect(await weekOf(tx)).toEqual({ written: 11, outside: 1, insistences: 0 });
    await expect(weeksOutside(tx, yanis, now)).rejects.toMatchObject({ reason: 'admins_only' });
  });
});

test('each thing is told by its author’s own hours and clock, on both sides of a clock change', async () => {
  await inRollback(db, async (tx) => {
    const [paris, montreal, early] = people.map(({ id }) => id) as [string, string, string];
    await tx
      .updateTable('people')
      .set({ time_zone: 'America/Montreal' })
      .where('id', '=', montreal)
      .execute();
    await tx
      .insertInto('quiet_hours')
      .values({ person_id: early, days: [6], opens_at: 300, closes_at: 420 })
      .execute();
    for (const { id } of people.slice(3)) await writeAt(tx, id, '2031-10-27T09:00:00Z');
    // 8:29 then 8:30 in Paris, in winter.
    await writeAt(tx, paris, '2031-10-27T07:29:00Z');
    await writeAt(tx, paris, '2031-10-27T07:30:00Z');
    // 8:30, while Montreal still has summer, then 8:29.
    await writeAt(tx, montreal, '2031-10-27T12:30:00Z');
    await writeAt(tx, montreal, '2031-10-27T12:29:00Z');
    await writeAt(tx, early, '2031-10-27T09:00:00Z');
    expect(await weekOf(tx, '2031-10-27')).toEqual({ written: 12, outside: 3, insistences: 0 });
    // Friday of leave, and All Saints' Day is a Saturday.
    const away = { person_id: paris, from_day: '2031-10-27', to_day: '2031-10-31' };
    await tx.insertInto('quiet_leave').values(away).execute();
    expect((await weekOf(tx, '2031-10-27'))?.outside).toBe(4);
  });
});

test('what is written at night is within the hours of whoever works then, until the morning after', async () => {
  await inRollback(db, async (tx) => {
    const [night] = people.map(({ id }) => id) as [string];
    const hours = { days: [1, 2], opens_at: 1200, closes_at: 240 };
    await tx
      .insertInto('quiet_hours')
      .values({ person_id: night, ...hours })
      .execute();
    for (const { id } of people.slice(1)) await writeAt(tx, id, '2031-10-21T09:00:00Z');
    // In Paris, in summer: Monday 20:00, Tuesday 3:59, Wednesday 3:59; then Monday 3:59, Tuesday 4:00, Wednesday 20:00.
    for (const at of ['20T18:00', '21T01:59', '22T01:59']) await writeAt(tx, night, `2031-10-${at}:00Z`);
    expect((await weekOf(tx))?.outside).toBe(0);
    for (const at of ['20T01:59', '21T02:00', '22T18:00']) await writeAt(tx, night, `2031-10-${at}:00Z`);
    expect((await weekOf(tx))?.outside).toBe(3);
    // Leave on Tuesday takes both nights that it touches.
    const away = { person_id: night, from_day: '2031-10-21', to_day: '2031-10-21' };
    await tx.insertInto('quiet_leave').values(away).execute();
    expect((await weekOf(tx))?.outside).toBe(5);
  });
});

test('what is not for everybody moves no number, and neither does what was insisted on there', async () => {
  await inRollback(db, async (tx) => {
    for (const { id } of people) await writeAt(tx, id, '2031-10-21T09:00:00Z');
    const closed = await tx
      .selectFrom('communities')
      .select('id')
      .where('slug', '=', 'appels-offres')
      .executeTakeFirstOrThrow();
    const before = await weekOf(tx);
    const inside = await writeAt(tx, yanis.id, '2031-10-21T22:00:00Z', closed.id);
    const insisted = {
      author_id: yanis.id,
      person_id: nadia.id,
      reason: 'Vite.',
      created_at: new Date('2031-10-21T22:00:00Z'),
    };
    await tx
      .insertInto('quiet_insistences')
      .values({ ...insisted, entry_id: inside })
      .execute();
    expect(await weekOf(tx)).toEqual(before);
    const open = await writeAt(tx, yanis.id, '2031-10-21T22:00:00Z');
    await tx
      .insertInto('quiet_insistences')
      .values({ ...insisted, entry_id: open })
      .execute();
    expect(await weekOf(tx)).toEqual({ written: 11, outside: 1, insistences: 1 });
  });
});
