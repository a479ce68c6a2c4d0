import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { inTransaction } from '#server/platform/db.ts';
import { createPost } from '#server/posts/create.ts';
import { publishScheduled } from '#server/posts/schedule.ts';
import { testDatabase } from '../database.ts';
import { actorOf } from '../world.ts';

const { db, url } = await testDatabase();
const DRAFTS = 400;

test('killed in the middle of publishing, each post comes out exactly once', async () => {
  const helene = await actorOf(db, 'helene.dargent');
  const publishAt = new Date(Date.now() + 86_400_000).toISOString();
  await inTransaction(db, async (tx) => {
    for (let n = 0; n < DRAFTS; n += 1) await createPost(tx, helene, { body: `Numéro ${n}.`, publishAt });
  });
  // However late the blow falls, some are left.
  for (const enough of [1, 60, 150]) {
    await comeDue(130);
    await publishUntilKilled(enough);
  }
  await comeDue(DRAFTS);
  await publishScheduled(db);

  const { rows } = await sql<{ times: number; posts: number }>`select times, count(*)::int as posts
    from (select count(*)::int as times from events where name = 'post.published' and subject_id in
      (select id from entries where body like 'Numéro %') group by subject_id) each group by times`.execute(
    db,
  );
  expect(rows).toEqual([{ times: 1, posts: DRAFTS }]);
  expect(await published()).toBe(DRAFTS);
});

async function comeDue(many: number): Promise<void> {
  await sql`update entries set publish_at = now() - interval '1 second'
    where id in (select id from entries where publish_at > now() order by id limit ${many})`.execute(db);
}

async function published(): Promise<number> {
  const { rows } = await sql<{ many: number }>`select count(*)::int as many from entries
    where body like 'Numéro %' and status = 'published'`.execute(db);
  return rows[0]!.many;
}

/** Starts a publisher and kills it once `enough` posts are out. */
async function publishUntilKilled(enough: number): Promise<void> {
  const publisher = spawn(process.execPath, ['tests/durability/publisher.ts'], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: 'ignore',
  });
  const gone = once(publisher, 'exit');
  const running = () => publisher.exitCode === null && publisher.signalCode === null;
  while (running() && (await published()) < enough);
  publisher.kill('SIGKILL');
  await gone;
}
