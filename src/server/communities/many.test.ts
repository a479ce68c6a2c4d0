import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Actor } from '../actor.ts';
import type { Tx } from '../platform/db.ts';
import { inRollback, testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { archiveCommunity } from './edit.ts';
import { communityChoices } from './choices.ts';
import { foundCommunity } from './found.ts';
import { myCommunities } from './list.ts';
import { readProfile } from './profile.ts';
import { readCommunity } from './read.ts';

const { db } = await testDatabase();
const [claire, bernard, thomas] = (await Promise.all(
  ['claire.martin', 'bernard.lecoq', 'thomas.gauthier'].map((handle) => actorOf(db, handle)),
)) as [Actor, Actor, Actor];

/** Claire in `many` more communities, the first of them the longest looked at. */
const joins = (tx: Tx, many: number, access = 'open') =>
  sql`with places as (insert into communities (slug, name, access)
      select 'ruche-' || n, 'Ruche ' || to_char(n, 'fm0000'), ${access} from generate_series(1, ${many}::int) n
      returning id, slug)
    insert into memberships (community_id, person_id, seen_at)
    select id, ${claire.id}, now() - make_interval(days => 1000 - split_part(slug, '-', 2)::int) from places`.execute(
    tx,
  );

const crowd = (tx: Tx, many: number) =>
  sql<{ id: string }>`insert into people (handle, name, email, role)
    select 'abeille-' || n, 'Abeille ' || n, 'abeille-' || n || '@example.com', 'member'
    from generate_series(1, ${many}::int) n returning id`
    .execute(tx)
    .then(({ rows }) => rows.map(({ id }) => id));

test('one’s own communities come by pages, archived ones last, without gap or double', () =>
  inRollback(db, async (tx) => {
    const { slug: old } = await foundCommunity(tx, claire, { name: 'Ancienne', access: 'open' });
    await archiveCommunity(tx, claire, old);
    const all = (await myCommunities(tx, claire, { limit: 100 })).items;
    const walked: typeof all = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof myCommunities>> = await myCommunities(tx, claire, {
        limit: 2,
        cursor,
      });
      walked.push(...page.items);
      cursor = page.next;
    } while (cursor);
    expect(walked).toEqual(all);
    expect(all.at(-1)).toMatchObject({ slug: old, archived: true });
    await expect(myCommunities(tx, claire, { cursor: 'x' })).rejects.toMatchObject({ code: 'invalid' });
  }));

test('of too many to choose among, those looked at last are left, and the one that is asked for', () =>
  inRollback(db, async (tx) => {
    const slugs = async (where: Parameters<typeof communityChoices>[2]) =>
      (await communityChoices(tx, claire, where)).items.map(({ slug }) => slug);
    await tx.deleteFrom('memberships').where('person_id', '=', claire.id).execute();
    await joins(tx, 5);
    expect(await communityChoices(tx, claire, { most: 5 })).toMatchObject({ more: false });
    expect(await communityChoices(tx, claire, { most: 4 })).toMatchObject({ more: true });
    expect(await slugs({ most: 2 })).toEqual(['ruche-4', 'ruche-5']);
    expect(await slugs({ most: 2, also: ['ruche-1', 'le-comptoir', '\u0000'] })).toEqual([
      'ruche-1',
      'ruche-5',
    ]);
    await tx
      .updateTable('communities')
      .set({ archived_at: new Date() })
      .where('slug', '=', 'ruche-3')
      .execute();
    expect(await slugs({})).toEqual(['ruche-1', 'ruche-2', 'ruche-4', 'ruche-5']);
    expect(await slugs({ archived: true })).toEqual(['ruche-1', 'ruche-2', 'ruche-4', 'ruche-5', 'ruche-3']);
  }));

test('a profile names sixty communities, those that one shares first, and tells nothing of hidden ones', () =>
  inRollback(db, async (tx) => {
    const before = await readProfile(tx, bernard, 'claire.martin');
    expect(before.moreCommunities).toBe(false);
    await joins(tx, 60, 'closed');
    expect(await readProfile(tx, bernard, 'claire.martin')).toEqual(before);
    await tx.updateTable('communities').set({ access: 'open' }).where('slug', 'like', 'ruche-%').execute();
    const { communities, moreCommunities } = await readProfile(tx, bernard, 'claire.martin');
    expect(communities).toHaveLength(60);
    expect(communities.slice(0, before.communities.length)).toEqual(before.communities);
    expect(moreCommunities).toBe(true);
  }));

test('twenty animators are named; that somebody can act is asked of all', () =>
  inRollback(db, async (tx) => {
    const { slug } = await foundCommunity(tx, claire, { name: 'Ruche', access: 'open' });
    const { id } = await readCommunity(tx, claire, slug);
    const people = await crowd(tx, 20);
    await tx
      .updateTable('memberships')
      .set({ joined_at: '2026-01-01' })
      .where('community_id', '=', id)
      .execute();
    await tx
      .insertInto('memberships')
      .values(
        [bernard.id, ...people].map((person_id) => ({
          community_id: id,
          person_id,
          role: 'member' as const,
        })),
      )
      .execute();
    await tx.updateTable('memberships').set({ role: 'animator' }).where('person_id', 'in', people).execute();
    const seen = await readCommunity(tx, bernard, slug);
    expect(seen.animators).toHaveLength(20);
    expect(seen.animators[0]).toMatchObject({ handle: 'claire.martin' });
    expect(seen.moreAnimators).toBe(true);
    await tx
      .updateTable('people')
      .set({ status: 'deactivated' })
      .where('id', 'in', [claire.id, ...people.slice(1)])
      .execute();
    expect((await readCommunity(tx, bernard, slug)).may.stepForward).toBe(false);
    await tx.updateTable('people').set({ status: 'deactivated' }).where('id', 'in', people).execute();
    expect((await readCommunity(tx, bernard, slug)).may.stepForward).toBe(true);
  }));

test('those who wait at the door are counted to a hundred, for animators alone', () =>
  inRollback(db, async (tx) => {
    const { slug } = await foundCommunity(tx, claire, { name: 'Ruche close', access: 'closed' });
    const { id } = await readCommunity(tx, claire, slug);
    const people = await crowd(tx, 101);
    const wait = (some: string[]) =>
      tx
        .insertInto('join_requests')
        .values(some.map((person_id) => ({ community_id: id, person_id })))
        .execute();
    await wait(people.slice(0, 99));
    expect((await readCommunity(tx, claire, slug)).requests).toBe(99);
    // An account that is closed does not count.
    const closed = (status: 'active' | 'deactivated') =>
      tx.updateTable('people').set({ status }).where('id', '=', people[0]!).execute();
    await closed('deactivated');
    expect((await readCommunity(tx, claire, slug)).requests).toBe(98);
    await closed('active');
    await wait(people.slice(99));
    expect((await readCommunity(tx, claire, slug)).requests).toBe(100);
    expect((await readCommunity(tx, thomas, slug)).requests).toBe(0);
  }));
