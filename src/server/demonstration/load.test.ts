import { sql } from 'kysely';
import { verifyPassword } from 'better-auth/crypto';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { alreadyThere } from '../twins/existing.ts';
import { loadDemonstration } from './load.ts';
import { momentBefore } from './moment.ts';

const { db } = await testDatabase('empty');
const now = new Date('2026-03-30T10:00:00Z');

describe('loading the demonstration company', () => {
  test('takes less than three seconds and says who may sign in', async () => {
    const before = process.cpuUsage();
    const { people, password } = await loadDemonstration(db, { now });
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(3);
    expect(people.map(({ role }) => role)).toEqual(
      expect.arrayContaining(['owner', 'admin', 'moderator', 'guest']),
    );

    const { hash } = await db
      .selectFrom('auth_account')
      .innerJoin('auth_user', 'auth_user.id', 'auth_account.userId')
      .select('auth_account.password as hash')
      .where('email', '=', people[0]?.email ?? '')
      .executeTakeFirstOrThrow();
    expect(await verifyPassword({ hash: hash ?? '', password })).toBe(true);
  });

  test('what is there already is found at once', async () => {
    const helene = await actorOf(db, 'helene.dargent');
    const { title } = await db
      .selectFrom('entries')
      .select('title')
      .where('kind', '=', 'page')
      .where('everyone', '=', true)
      .executeTakeFirstOrThrow();
    expect((await alreadyThere(db, helene, { title })).length).toBeGreaterThan(0);
  });

  test('is refused a second time, and changes nothing', async () => {
    const before = await db.selectFrom('people').select('id').orderBy('id').execute();
    await expect(loadDemonstration(db, { now })).rejects.toMatchObject({ code: 'conflict' });
    expect(await db.selectFrom('people').select('id').orderBy('id').execute()).toEqual(before);
  });

  test('keeps every counter true', async () => {
    const { rows } =
      await sql`select title from entries join entry_activity on entry_activity.entry_id = entries.id
      cross join lateral (select count(*) filter (where kind = 'thanks') as thanks,
        count(*) filter (where kind = 'useful') as useful, count(*) filter (where kind = 'agree') as agree,
        count(*) filter (where kind = 'insightful') as insightful
        from reactions where reactions.entry_id = entries.id) given
      where (entries.thanks, entries.useful, entries.agree, entries.insightful)
          <> (given.thanks, given.useful, given.agree, given.insightful)
        or comment_count <> (select count(*) from comments where comments.entry_id = entries.id)`.execute(db);
    expect(rows).toEqual([]);
  });

  test('puts nothing in the future, no answer before what it answers, nobody where he may not speak', async () => {
    const { rows } =
      await sql`select entries.title, comments.body from entries join entry_activity on entry_activity.entry_id = entries.id
      left join comments on comments.entry_id = entries.id
      left join comments parents on parents.id = comments.parent_id
      where last_at > ${now} or comments.created_at < coalesce(parents.created_at, entries.created_at)
        or not entries.everyone and not exists (select 1 from memberships where community_id = entries.community_id
          and person_id = coalesce(comments.author_id, entries.author_id))`.execute(db);
    expect(rows).toEqual([]);
  });
});

test('a moment stands on the clocks of Paris, across the change of hour', () => {
  expect(momentBefore(now, { daysAgo: 1, at: '08:00' }).toISOString()).toBe('2026-03-29T06:00:00.000Z');
  expect(momentBefore(now, { daysAgo: 2, at: '08:00' }).toISOString()).toBe('2026-03-28T07:00:00.000Z');
});
