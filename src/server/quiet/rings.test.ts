import { expect, test } from 'vitest';
import { testDatabase, inRollback } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { ringsAt } from './rings.ts';

const { db } = await testDatabase();
const helene = await actorOf(db, 'helene.dargent');
const nadia = await actorOf(db, 'nadia.rahmani');
const thomas = await actorOf(db, 'thomas.gauthier');

const friday = new Date('2026-11-20T19:00:00Z');
const monday = '2026-11-23T07:30:00.000Z';

test('out of hours nobody is rung before they begin again; within them at once', async () => {
  const people = [helene.id, nadia.id, '01900000-0000-7000-8000-000000000000'];
  const rings = await ringsAt(db, people, friday);
  expect([...rings.keys()].sort()).toEqual([helene.id, nadia.id].sort());
  expect([...rings.values()].map((at) => at.toISOString())).toEqual([monday, monday]);
  const noon = new Date('2026-11-20T11:00:00Z');
  expect((await ringsAt(db, [helene.id], noon)).get(helene.id)).toEqual(noon);
  expect(await ringsAt(db, [], noon)).toEqual(new Map());
});

test('each on his own clock, or all on that of the organisation', async () => {
  await inRollback(db, async (tx) => {
    await tx
      .updateTable('people')
      .set({ time_zone: 'America/Montreal' })
      .where('id', '=', nadia.id)
      .execute();
    const at = new Date('2026-11-20T10:00:00Z');
    const own = await ringsAt(tx, [helene.id, nadia.id], at);
    expect(own.get(helene.id)).toEqual(at);
    expect(own.get(nadia.id)?.toISOString()).toBe('2026-11-20T13:30:00.000Z');
    await tx.updateTable('quiet_calendar').set({ own_clock: false }).execute();
    expect((await ringsAt(tx, [nadia.id], at)).get(nadia.id)).toEqual(at);
  });
});

test('own hours stand in the place of the organisation’s, leave and holidays close whatever they say', async () => {
  await inRollback(db, async (tx) => {
    const own = { person_id: nadia.id, days: [6], opens_at: 600, closes_at: 720 };
    await tx.insertInto('quiet_hours').values(own).execute();
    await tx
      .insertInto('quiet_leave')
      .values({ person_id: thomas.id, from_day: '2026-11-23', to_day: '2026-12-31' })
      .execute();
    const rings = await ringsAt(tx, [helene.id, nadia.id, thomas.id], friday);
    expect(rings.get(helene.id)?.toISOString()).toBe(monday);
    expect(rings.get(nadia.id)?.toISOString()).toBe('2026-11-21T09:00:00.000Z');
    // The first of January is a holiday and the next days a week-end.
    expect(rings.get(thomas.id)?.toISOString()).toBe('2027-01-04T07:30:00.000Z');
  });
});

test('while the organisation keeps no hours, only what people set for themselves is kept', async () => {
  await inRollback(db, async (tx) => {
    await tx.updateTable('quiet_calendar').set({ active: false }).execute();
    await tx
      .insertInto('quiet_leave')
      .values({ person_id: thomas.id, from_day: '2026-11-20', to_day: '2026-11-21' })
      .execute();
    const rings = await ringsAt(tx, [helene.id, thomas.id], friday);
    expect(rings.get(helene.id)).toEqual(friday);
    expect(rings.get(thomas.id)?.toISOString()).toBe('2026-11-21T23:00:00.000Z');
  });
});
