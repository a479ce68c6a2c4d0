import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { leaveCommunity } from '#server/communities/join.ts';
import { inTransaction } from '#server/platform/db.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { createPost } from './create.ts';
import { draftsOf } from './drafts.ts';
import { editPost } from './edit.ts';
import type { NewPost } from './input.ts';
import { instantOf, localTime } from './publish-at.ts';
import { readPost } from './read.ts';
import { deletePost } from './remove.ts';
import { publishScheduled } from './schedule.ts';

const { db } = await testDatabase();
const helene = await actorOf(db, 'helene.dargent');
const nadia = await actorOf(db, 'nadia.rahmani');

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const scheduled = async (input: Partial<NewPost> = {}) => {
  const post = { body: 'À demain.', publishAt: inAnHour(), ...input };
  return (await inTransaction(db, (tx) => createPost(tx, helene, post))).id;
};
const hourPasses = (id: string) =>
  sql`update entries set publish_at = publish_at - interval '2 hours' where id = ${id}`.execute(db);
const publicationsOf = async (id: string) => {
  const { rows } =
    await sql`select 1 from events where subject_id = ${id} and name = 'post.published'`.execute(db);
  return rows.length;
};

test('a draft comes out at its time, once, and not before', async () => {
  const id = await scheduled();
  expect(await publishScheduled(db)).toBe(0);
  await expect(readPost(db, nadia, id)).rejects.toMatchObject({ code: 'not_found' });
  await hourPasses(id);
  const counts = await Promise.all([publishScheduled(db), publishScheduled(db), publishScheduled(db)]);
  expect(counts.toSorted()).toEqual([0, 0, 1]);
  expect(await readPost(db, nadia, id)).toMatchObject({ status: 'published', publishAt: null });
  expect(await publicationsOf(id)).toBe(1);
});

test('it can be taken back, moved, published at once or deleted before', async () => {
  const [taken, moved, hurried, deleted] = await Promise.all([
    scheduled(),
    scheduled(),
    scheduled(),
    scheduled(),
  ]);
  const change = (id: string, input: Partial<NewPost>) =>
    inTransaction(db, (tx) => editPost(tx, helene, id, input));
  await change(taken, { publishAt: null });
  await change(moved, { body: 'Mieux dit.', status: 'draft' });
  await change(hurried, { status: 'published' });
  await inTransaction(db, (tx) => deletePost(tx, helene, deleted));
  await Promise.all([taken, moved, hurried, deleted].map(hourPasses));
  expect(await publishScheduled(db)).toBe(1);
  expect(await readPost(db, nadia, moved)).toMatchObject({ body: 'Mieux dit.' });
  expect(await publicationsOf(hurried)).toBe(1);
  expect(await publicationsOf(taken)).toBe(0);
});

test('who has left the community meanwhile keeps the draft, and is told why', async () => {
  const claire = await actorOf(db, 'claire.martin');
  const { rows } = await sql<{ slug: string }>`select slug from communities c
    where access = 'open' and archived_at is null and exists (select 1 from memberships
      where community_id = c.id and person_id = ${claire.id} and role = 'member') limit 1`.execute(db);
  const slug = rows[0]!.slug;
  const input = { body: 'Ici.', community: slug, publishAt: inAnHour() };
  const { id: stays } = await inTransaction(db, (tx) => createPost(tx, claire, input));
  await inTransaction(db, (tx) => leaveCommunity(tx, claire, slug));
  await sql`update communities set access = 'secret' where slug = ${slug}`.execute(db);
  await hourPasses(stays);
  expect(await publishScheduled(db)).toBe(0);
  const draft = (await draftsOf(db, claire)).items.find(({ id }) => id === stays);
  expect(draft).toMatchObject({ publishAt: null, heldBack: 'place' });
  const { rows: told } = await sql`select data from events
    where subject_id = ${stays} and name = 'post.held_back'`.execute(db);
  expect(told).toEqual([{ data: { reason: 'place' } }]);
  await inTransaction(db, (tx) => editPost(tx, claire, stays, { community: null, publishAt: inAnHour() }));
  await hourPasses(stays);
  expect(await publishScheduled(db)).toBe(1);
});

test('an empty draft and one whose author is gone stay drafts; the others come out', async () => {
  const [empty, good] = [await scheduled({ body: '' }), await scheduled()];
  await Promise.all([empty, good].map(hourPasses));
  expect(await publishScheduled(db)).toBe(1);
  expect(await readPost(db, helene, empty)).toMatchObject({ status: 'draft', heldBack: 'empty' });
  const amadou = await actorOf(db, 'amadou.diallo');
  const input = { body: 'Adieu.', publishAt: inAnHour() };
  const { id } = await inTransaction(db, (tx) => createPost(tx, amadou, input));
  await hourPasses(id);
  await sql`update people set status = 'deactivated' where id = ${amadou.id}`.execute(db);
  expect(await publishScheduled(db)).toBe(0);
  expect(await readPost(db, amadou, id)).toMatchObject({ status: 'draft', heldBack: 'account' });
});

test('a moment that makes no sense is refused, with the field', async () => {
  const refused = (publishAt: string, status?: 'published') =>
    expect(scheduled({ publishAt, status })).rejects.toMatchObject({ code: 'invalid' });
  await refused('demain');
  await refused(new Date(Date.now() - 60_000).toISOString());
  await refused('2999-01-01T00:00:00Z');
  await refused(inAnHour(), 'published');
});

test('whoever saves over a version that he has not read is told, and nothing is lost', async () => {
  const { id } = await inTransaction(db, (tx) => createPost(tx, helene, { body: 'Un.' }));
  const save = (version: number, body: string) =>
    inTransaction(db, (tx) => editPost(tx, helene, id, { version, body, status: 'draft' }));
  expect(await save(1, 'Un. Deux.')).toEqual({ version: 2 });
  await expect(save(1, 'Un. Trois.')).rejects.toMatchObject({ reason: 'changed_elsewhere' });
  expect(await save(1, 'Un. Deux.')).toEqual({ version: 3 });
  expect(await readPost(db, helene, id)).toMatchObject({ body: 'Un. Deux.', version: 3 });
  await inTransaction(db, (tx) => editPost(tx, helene, id, { status: 'published' }));
  await expect(save(4, 'Par mégarde.')).rejects.toMatchObject({ reason: 'published_stays' });
});

describe('a clock', () => {
  test.each([
    ['2026-07-14T08:30', 'Europe/Paris', '2026-07-14T06:30:00.000Z'],
    ['2026-12-01T00:00', 'America/Martinique', '2026-12-01T04:00:00.000Z'],
    ['2026-03-29T02:30', 'Europe/Paris', '2026-03-29T01:30:00.000Z'],
    ['2026-10-25T02:30', 'Europe/Paris', '2026-10-25T00:30:00.000Z'],
    ['2026-01-01T12:00', 'Asia/Kathmandu', '2026-01-01T06:15:00.000Z'],
  ])('%s in %s is %s', (local, timeZone, instant) => {
    expect(instantOf(local, timeZone)).toBe(instant);
  });

  test('an hour that exists comes back as it was given', () => {
    const zones = ['Europe/Paris', 'Pacific/Auckland', 'America/St_Johns', 'UTC'];
    for (const zone of zones)
      for (let day = 0; day < 400; day += 1) {
        const local = new Date(Date.UTC(2026, 0, 1 + day, 5, 45)).toISOString().slice(0, 16);
        expect(localTime(instantOf(local, zone), zone)).toBe(local);
      }
  });
});
