/** A year of three people in three time zones: nothing rings out of hours, and nothing is lost. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { deliverDue } from '../notifications/deliver.ts';
import { inTransaction } from '../platform/db.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { keepOwnHours } from './own.ts';

const { db } = await testDatabase();
const MINUTE = 60_000;

/** When each works, said once more in words of its own: what `2027-03-29 08:30 Mon` looks like to him. */
const team = [
  {
    handle: 'helene.dargent',
    zone: 'Europe/Paris',
    days: /Mon|Tue|Wed|Thu|Fri/,
    from: '08:30',
    to: '18:30',
    away: /^2027-08-(0[2-9]|1\d|20)/,
  },
  {
    handle: 'nadia.rahmani',
    zone: 'America/Montreal',
    days: /Mon|Tue|Wed|Thu|Fri/,
    from: '08:30',
    to: '18:30',
    away: /^2027-12-(2\d|3[01])/,
  },
  {
    handle: 'thomas.gauthier',
    zone: 'Pacific/Auckland',
    days: /Tue|Wed|Sat/,
    from: '19:00',
    to: '23:30',
    away: /^never/,
  },
];
const HOLIDAYS = /^2027-(01-01|03-29|05-01|05-06|05-08|05-17|07-14|08-15|11-01|11-11|12-25)/;

const printers = new Map(
  team.map(({ zone: timeZone }) => {
    const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
    return [timeZone, { clock, weekday: new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'short' }) }];
  }),
);
const shown = (zone: string, at: Date) => {
  const { clock, weekday } = printers.get(zone)!;
  const [day = '', time = ''] = clock.format(at).split(' ');
  return { day, time, weekday: weekday.format(at) };
};
const mayRing = ({ zone, days, from, to, away }: (typeof team)[number], at: Date) => {
  const { day, time, weekday } = shown(zone, at);
  return days.test(weekday) && time >= from && time < to && !HOLIDAYS.test(day) && !away.test(day);
};

test('a year for three people in three zones', { timeout: 120_000 }, async () => {
  const [helene, nadia, thomas] = await Promise.all(team.map(({ handle }) => actorOf(db, handle)));
  for (const { handle, zone } of team) {
    await db.updateTable('people').set({ time_zone: zone }).where('handle', '=', handle).execute();
  }
  await db
    .insertInto('quiet_leave')
    .values([
      { person_id: helene!.id, from_day: '2027-08-02', to_day: '2027-08-20' },
      { person_id: nadia!.id, from_day: '2027-12-20', to_day: '2027-12-31' },
    ])
    .execute();
  await inTransaction(db, (tx) =>
    keepOwnHours(tx, thomas!, { days: [2, 3, 6], opensAt: '19:00', closesAt: '23:30' }),
  );
  const ids = [helene!.id, nadia!.id, thomas!.id];
  await db.deleteFrom('deliveries').execute();
  const rung = new Map<string, number>();
  /** Delivers what is due, by the product's own worker, and notes when each thing rang. */
  const deliver = (now: number) =>
    deliverDue(
      db,
      'push',
      async (_, deliveries, tell) => {
        for (const delivery of deliveries) {
          const name = `${delivery.personId} ${delivery.thingId}`;
          expect(rung.has(name), name).toBe(false);
          rung.set(name, now);
          await tell(delivery, { sent: null });
        }
      },
      new Date(now),
    );
  const nextDue = async () => {
    const query = db.selectFrom('deliveries').where('sent_at', 'is', null);
    const { due } = await query.select((at) => at.fn.min('due_at').as('due')).executeTakeFirstOrThrow();
    return due ? new Date(due).getTime() : Infinity;
  };

  const said = new Map<string, number>();
  // Every 49 hours and 43 minutes: over a year, at every hour of every day of the week.
  const end = Date.UTC(2028, 0, 1);
  for (let at = Date.UTC(2027, 0, 1); at < end; at += 2983 * MINUTE) {
    for (let due = await nextDue(); due <= at; due = await nextDue()) await deliver(due);
    const thing_id = randomUUID();
    const one = { channel: 'push', what: 'notice', thing_id, created_at: new Date(at), due_at: new Date(at) };
    await db
      .insertInto('deliveries')
      .values(ids.map((person_id) => ({ ...one, person_id })))
      .execute();
    said.set(thing_id, at);
    await deliver(at);
  }
  for (let due = await nextDue(); due < Infinity; due = await nextDue()) await deliver(due);

  expect(said.size).toBeGreaterThan(170);
  for (const [thing, at] of said) {
    team.forEach((person, index) => {
      const ring = rung.get(`${ids[index]} ${thing}`) ?? NaN;
      const where = `${person.handle}, said ${new Date(at).toISOString()}, rung ${ring}`;
      expect(mayRing(person, new Date(ring)), where).toBe(true);
      // As soon as it might: not when it was said, nor a minute before it rang.
      if (ring === at) return;
      expect(ring, where).toBeGreaterThan(at);
      expect(mayRing(person, new Date(at)), where).toBe(false);
      expect(mayRing(person, new Date(ring - MINUTE)), where).toBe(false);
    });
  }
});
