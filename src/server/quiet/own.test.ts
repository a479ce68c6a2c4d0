import { describe, expect, test } from 'vitest';
import { inTransaction, type Tx } from '../platform/db.ts';
import { inRollback, testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { comingHolidays, editCalendar, keepHolidays, readOrganisation } from './calendar.ts';
import { dropOwnHours, giveUpLeave, keepOwnHours, ownHours, takeLeave } from './own.ts';
import { ringsAt } from './rings.ts';

const { db } = await testDatabase();
const helene = await actorOf(db, 'helene.dargent');
const nadia = await actorOf(db, 'nadia.rahmani');
const yanis = await actorOf(db, 'yanis.belkacem');
const pierre = await actorOf(db, 'pierre.alonzo');

const write = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, work);
const mornings = { days: [1, 2, 4], opensAt: '07:00', closesAt: '12:00' };
const year = (plus: number) => new Date().getUTCFullYear() + plus;

describe('own hours', () => {
  test('may be shorter and elsewhere in the day, and are given up again', async () => {
    await write((tx) => keepOwnHours(tx, pierre, mornings));
    await write((tx) => keepOwnHours(tx, pierre, { ...mornings, opensAt: '14:00', closesAt: '00:00' }));
    const now = new Date('2026-11-23T21:30:00Z');
    expect(await ownHours(db, pierre, now)).toMatchObject({
      hours: { days: [1, 2, 4], opensAt: '14:00', closesAt: '00:00' },
      open: true,
      opensAt: now.toISOString(),
    });
    await write((tx) => dropOwnHours(tx, pierre));
    expect(await ownHours(db, pierre, now)).toMatchObject({
      hours: null,
      open: false,
      opensAt: '2026-11-24T07:30:00.000Z',
    });
  });

  test('may go on after midnight, as long as the organisation’s at most; the organisation’s may not', async () => {
    await inRollback(db, async (tx) => {
      const night = { days: [1, 2, 4], opensAt: '20:00', closesAt: '04:00' };
      await keepOwnHours(tx, pierre, night);
      expect(await ownHours(tx, pierre, new Date('2026-11-24T02:00:00Z'))).toMatchObject({
        hours: night,
        open: true,
      });
      expect(await ownHours(tx, pierre, new Date('2026-11-25T03:00:00Z'))).toMatchObject({
        open: false,
        opensAt: '2026-11-26T19:00:00.000Z',
      });
      await expect(keepOwnHours(tx, pierre, { ...night, closesAt: '06:01' })).rejects.toMatchObject({
        fields: { closesAt: 'hours_longer' },
      });
      await keepOwnHours(tx, pierre, { ...night, closesAt: '06:00' });
      await expect(editCalendar(tx, nadia, night)).rejects.toMatchObject({
        fields: { closesAt: 'hours_end_first' },
      });
    });
  });

  test('after midnight a holiday or leave of the day before still counts, wherever the server’s day is', async () => {
    await inRollback(db, async (tx) => {
      await tx
        .updateTable('people')
        .set({ time_zone: 'Pacific/Honolulu' })
        .where('id', '=', pierre.id)
        .execute();
      await keepOwnHours(tx, pierre, { days: [1, 2, 3, 4, 5], opensAt: '20:00', closesAt: '04:00' });
      // Tuesday 3:00 in Honolulu; on Monday he was away.
      const at = new Date('2026-11-24T13:00:00Z');
      expect((await ownHours(tx, pierre, at)).open).toBe(true);
      await tx
        .insertInto('quiet_leave')
        .values({ person_id: pierre.id, from_day: '2026-11-23', to_day: '2026-11-23' })
        .execute();
      expect((await ownHours(tx, pierre, at)).open).toBe(false);
    });
  });

  test.each([
    ['longer than the organisation’s', { opensAt: '08:00', closesAt: '18:01' }, 'closesAt', 'hours_longer'],
    ['on more days', { days: [1, 2, 3, 4, 5, 6] }, 'days', 'hours_more_days'],
    ['on no day', { days: [] }, 'days', 'hours_no_day'],
    ['on a day that is none', { days: [0] }, 'days', 'hours_bad_day'],
    ['that end when they begin', { opensAt: '12:00', closesAt: '12:00' }, 'closesAt', 'hours_same'],
    ['that no clock shows', { opensAt: '25:00' }, 'opensAt', 'hours_bad_time'],
    ['that are words', { closesAt: 'midi' }, 'closesAt', 'hours_bad_time'],
  ])('are not %s', async (_, typed, field, reason) => {
    await inRollback(db, async (tx) => {
      await expect(keepOwnHours(tx, yanis, { ...mornings, ...typed })).rejects.toMatchObject({
        fields: { [field]: reason },
      });
      await keepOwnHours(tx, yanis, mornings);
    });
  });
});

describe('leave', () => {
  const from = `${year(1)}-08-03`;

  test('closes its days, both included, and can be given up', async () => {
    const { id } = await write((tx) => takeLeave(tx, yanis, { from, to: `${year(1)}-08-14` }));
    const now = new Date(`${year(1)}-08-14T21:00:00Z`);
    const before = await ringsAt(db, [yanis.id], new Date(`${from}T00:00:00Z`));
    expect(before.get(yanis.id)!.getTime()).toBeGreaterThan(now.getTime());
    await expect(write((tx) => giveUpLeave(tx, nadia, id))).rejects.toMatchObject({ code: 'not_found' });
    await write((tx) => giveUpLeave(tx, yanis, id));
    expect((await ownHours(db, yanis)).leave).toEqual([]);
  });

  test.each([
    ['ends before it begins', { from, to: `${year(1)}-08-02` }, 'to', 'leave_end_first'],
    ['is over', { from: '2020-01-01', to: '2020-02-01' }, 'to', 'leave_over'],
    ['lasts for years', { from, to: `${year(5)}-08-03` }, 'to', 'leave_too_long'],
    ['begins on a day that is none', { from: '2027-02-30', to: '' }, 'from', 'bad_day'],
  ])('that %s is refused', async (_, typed, field, reason) => {
    await inRollback(db, async (tx) => {
      await expect(takeLeave(tx, yanis, typed)).rejects.toMatchObject({ fields: { [field]: reason } });
      await takeLeave(tx, yanis, { from, to: '' });
    });
  });
});

describe('the organisation’s calendar', () => {
  test('is changed by those who run the network only', async () => {
    await inRollback(db, async (tx) => {
      const change = { opensAt: '09:00', closesAt: '17:00', days: [1, 2, 3, 4], timeZone: 'Europe/Brussels' };
      await expect(editCalendar(tx, yanis, change)).rejects.toMatchObject({ reason: 'admins_only' });
      await editCalendar(tx, nadia, change);
      expect(await readOrganisation(tx)).toMatchObject({ ...change, active: true, ownClock: true });
    });
  });

  test('keeps the holidays of France, and a day that is worked stays worked in the years that are added', async () => {
    await inRollback(db, async (tx) => {
      const names = (await comingHolidays(tx, helene)).map(({ name }) => name);
      expect(names).toHaveLength(11);
      expect(names).toContain('Lundi de Pentecôte');
      await editCalendar(tx, nadia, { worked: ['easter 50'] });
      await tx
        .deleteFrom('quiet_holidays')
        .where('day', '>', `${year(1)}-12-31`)
        .execute();
      await keepHolidays(tx);
      await keepHolidays(tx);
      const later = await comingHolidays(tx, helene, new Date(`${year(2)}-01-01T00:00:00Z`));
      expect(later).toHaveLength(11);
      expect(later.filter(({ worked }) => worked).map(({ name }) => name)).toEqual(['Lundi de Pentecôte']);
    });
  });

  test('may be that of another country, then of one of its regions', async () => {
    await inRollback(db, async (tx) => {
      const on = async (now: string) =>
        (await comingHolidays(tx, helene, new Date(now))).map(({ day }) => day.slice(5));
      await editCalendar(tx, nadia, { holidays: { country: 'FR', region: '57' } });
      expect(await on(`${year(1)}-01-01`)).toContain('12-26');
      await editCalendar(tx, nadia, { holidays: { country: 'BE', region: '57' } });
      expect(await on(`${year(1)}-01-01`)).toContain('07-21');
      expect((await readOrganisation(tx)).holidays).toEqual({ country: 'BE', region: null });
      await editCalendar(tx, nadia, { holidays: null });
      expect(await on(`${year(1)}-01-01`)).toEqual([]);
      await expect(editCalendar(tx, nadia, { holidays: { country: 'XX' } })).rejects.toMatchObject({
        reason: 'bad_holiday_place',
      });
    });
  });
});
