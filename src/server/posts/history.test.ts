import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { inTransaction } from '#server/platform/db.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { createPost } from './create.ts';
import { postHistory, postVersion } from './history.ts';
import { deletePost } from './remove.ts';

const { db } = await testDatabase();
const helene = await actorOf(db, 'helene.dargent');
const nadia = await actorOf(db, 'nadia.rahmani');

test('a history of any length is read page by page, and one version by its number', async () => {
  const { id } = await inTransaction(db, (tx) =>
    createPost(tx, helene, { title: 'Un', body: 'n 0', status: 'published' }),
  );
  await sql`insert into revisions (entry_id, editor_id, title, body, replaced_at)
    select ${id}, ${helene.id}, 'Un', 'n ' || n, date_trunc('second', now()) from generate_series(1, 1100) n`.execute(
    db,
  );
  const bodies: string[] = [];
  let cursor: string | null = null;
  do {
    const read: Awaited<ReturnType<typeof postHistory>> = await postHistory(db, nadia, id, {
      cursor,
      limit: 500,
    });
    expect(read.items.length).toBeLessThanOrEqual(100);
    bodies.push(...read.items.map(({ body }) => body));
    cursor = read.next;
  } while (cursor);
  expect([bodies[0], bodies.length, new Set(bodies).size]).toEqual(['n 0', 1101, 1101]);
  const latest = await postVersion(db, nadia, id, null);
  expect([latest.body, latest.number, latest.all.length]).toEqual(['n 0', 1101, 1000]);
  expect((await postVersion(db, nadia, id, 1000)).body).toBe(bodies[101]);
  for (const wrong of [0, 1102, -1, 1.5, NaN, 1e20])
    await expect(postVersion(db, nadia, id, wrong)).rejects.toMatchObject({ code: 'not_found' });
  await inTransaction(db, (tx) => deletePost(tx, helene, id));
  await expect(postHistory(db, nadia, id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(postVersion(db, nadia, id, 1)).rejects.toMatchObject({ code: 'not_found' });
});
