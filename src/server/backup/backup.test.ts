/** What was backed up comes back as it was, whatever was written meanwhile; or nothing does. */
import { createReadStream, createWriteStream } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawAll } from '../../../tests/drawn.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { addComment } from '../conversation/comment.ts';
import { receiveFile } from '../files/upload.ts';
import { listNotifications } from '../notifications/list.ts';
import { inTransaction, type Db } from '../platform/db.ts';
import { diskStorage } from '../platform/files/disk.ts';
import { fileStorage } from '../platform/files/storage.ts';
import { migrate } from '../platform/migrate.ts';
import { setPicture, squaresOf } from '../portraits/picture.ts';
import { createPost } from '../posts/create.ts';
import { restoreBackup } from './restore.ts';
import { takeBackup } from './take.ts';

const { db, url } = await testDatabase('world');
const there = await testDatabase('empty');
const folder = await mkdtemp(join(tmpdir(), 'essaim-backup-'));
const file = join(folder, 'network.essaim');
afterAll(() => rm(folder, { recursive: true }));

const [claire, yanis] = [await actorOf(db, 'claire.martin'), await actorOf(db, 'yanis.belkacem')];
const storage = diskStorage(folder);
const said = 'Tabulation\t, barre \\, fin\nde ligne, \\N, é, 🐝 et سارة';

async function* stream(bytes: Uint8Array) {
  yield await Promise.resolve(Buffer.from(bytes));
}

/** Every row of every table, by table, as one sum. */
async function sums(of: Db): Promise<Record<string, string>> {
  const { rows } = await sql<{ name: string }>`select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not in ('migrations', 'uploads')
    order by 1`.execute(of);
  const found: Record<string, string> = {};
  for (const { name } of rows) {
    const row = await sql<{ sum: string; count: number }>`select count(*)::int as count,
      md5(string_agg(t::text, chr(10) order by t::text)) as sum from ${sql.table(name)} t`.execute(of);
    found[name] = `${row.rows[0]?.count} ${row.rows[0]?.sum}`;
  }
  return found;
}

/** `meanwhile` comes once the backup has begun, and before it goes on. */
async function backUp(to: string, meanwhile?: () => Promise<unknown>) {
  let waits = meanwhile;
  const gate = new Transform({
    transform(chunk, _, pass) {
      const first = waits?.();
      waits = undefined;
      Promise.resolve(first).then(() => pass(null, chunk), pass);
    },
  });
  const written = pipeline(gate, createWriteStream(to));
  const taken = await takeBackup(url, fileStorage(), gate);
  gate.end();
  await written;
  return taken;
}
const restore = (from = file, target = there.url) =>
  restoreBackup(target, storage, createReadStream(from) as AsyncIterable<Buffer>);

let before: Record<string, string>;
let picture: { id: string };
let post: { id: string };
beforeAll(async () => {
  const png = await sharp({ create: { width: 700, height: 500, channels: 3, background: '#a4560a' } })
    .png()
    .toBuffer();
  picture = await receiveFile(db, claire, { name: 'Été.png', content: stream(png) });
  const squares = await squaresOf(stream(png));
  await inTransaction(db, (tx) => setPicture(tx, claire, squares));
  post = await inTransaction(db, (tx) =>
    createPost(tx, claire, {
      title: 'Gardé',
      body: `${said}\n\n![](/files/${picture.id})`,
      status: 'published',
    }),
  );
  await drawAll(db);
  // Of this one nothing has followed yet.
  await inTransaction(db, (tx) => addComment(tx, yanis, { entryId: post.id, body: 'Resté en route.' }));
  before = await sums(db);
  const taken = await backUp(file, () =>
    inTransaction(db, (tx) => createPost(tx, yanis, { body: 'Trop tard.', status: 'published' })),
  );
  expect(taken).toMatchObject({ files: 1, missing: [] });
  expect(await sums(db)).not.toEqual(before);
});

test('everything is there again, as it was when it began', async () => {
  expect(await restore()).toMatchObject({ files: 1 });
  expect(await sums(there.db)).toEqual(before);
  const { sha256 } = await there.db
    .selectFrom('files')
    .select('sha256')
    .where('id', '=', picture.id)
    .executeTakeFirstOrThrow();
  const [kept, back] = await Promise.all(
    [fileStorage(), storage].map(async (place) =>
      new Response((await place.read(`${sha256.slice(0, 2)}/${sha256}`))!).bytes(),
    ),
  );
  expect(back).toEqual(kept);
});

test('the network goes on there: what waited follows, keys are new, rules hold', async () => {
  const { items } = await listNotifications(there.db, claire);
  expect(items.filter(({ url }) => url.includes(post.id))).toEqual([]);
  await drawAll(there.db);
  expect((await listNotifications(there.db, claire)).items[0]).toMatchObject({
    kind: 'comment',
    title: 'Gardé',
  });
  await inTransaction(there.db, (tx) => addComment(tx, yanis, { entryId: post.id, body: 'Encore.' }));
  await drawAll(there.db);
  expect((await listNotifications(there.db, claire)).items[0]).toMatchObject({ count: 2 });
  await expect(
    there.db
      .insertInto('follows')
      .values({ person_id: post.id, kind: 'person', target_id: claire.id })
      .execute(),
  ).rejects.toMatchObject({ code: '23503' });
  const triggers = await sql`select 1 from pg_trigger where tgenabled = 'D'`.execute(there.db);
  expect(triggers.rows).toEqual([]);
});

test('a network that lives is left alone', async () => {
  const now = await sums(there.db);
  await expect(restore()).rejects.toThrow(/vides|empty/);
  expect(await sums(there.db)).toEqual(now);
});

describe('what is no whole backup leaves nothing', { timeout: 60_000 }, async () => {
  const place = await testDatabase('empty');
  test.each<[string, (bytes: Buffer) => Buffer]>([
    ['cut off in its middle', (bytes) => bytes.subarray(0, bytes.length / 2)],
    ['without its end', (bytes) => bytes.subarray(0, bytes.length - 2_048)],
    [
      'with some bytes turned',
      (bytes) => Buffer.from(bytes).fill(0x41, bytes.length / 2, bytes.length / 2 + 900),
    ],
    ['something else', () => Buffer.from('%PDF-1.7 '.repeat(200))],
    ['empty', () => Buffer.alloc(0)],
    [
      'of a version to come',
      (bytes) => Buffer.from(bytes.toString('latin1').replace('"format": 1', '"format": 2'), 'latin1'),
    ],
  ])('%s', async (_, spoil) => {
    const spoilt = join(folder, 'spoilt');
    await writeFile(spoilt, spoil(await readFile(file)));
    await expect(restore(spoilt, place.url)).rejects.toThrow(/Rien|Nothing|version/);
  });

  test('and the place is as good as before', async () => {
    expect(await restore(file, place.url)).toMatchObject({ files: 1 });
    expect(await sums(place.db)).toEqual(before);
  });
});

test('one of an older version is brought to this one', { timeout: 60_000 }, async () => {
  const [old, now] = [await testDatabase('empty'), await testDatabase('empty')];
  const names = (await readdir('migrations')).sort();
  const then = join(folder, 'then');
  for (const name of names.filter((each) => each < '0018'))
    await cp(join('migrations', name), join(then, name));
  await sql`drop schema public cascade`.execute(old.db);
  await sql`create schema public`.execute(old.db);
  await migrate(old.url, then);
  await sql`insert into people (handle, name) values ('agathe', 'Agathe')`.execute(old.db);
  const out = createWriteStream(join(folder, 'old'));
  await takeBackup(old.url, fileStorage(), out);
  await new Promise((done) => out.end(done));

  await restore(join(folder, 'old'), now.url);
  const agathe = now.db.selectFrom('people').select(['name', 'picture']);
  expect(await agathe.execute()).toEqual([{ name: 'Agathe', picture: null }]);
  const had = await sql<{ name: string }>`select name from migrations order by name`.execute(now.db);
  expect(had.rows.map(({ name }) => name)).toEqual(names);
});

test('moved to a server that has counted less, what happens next still has its consequences', async () => {
  const moved = await testDatabase('empty');
  const far = '4000000000000';
  await sql`update events set transaction = (transaction::text::bigint + ${far}::bigint)::text::xid8`.execute(
    db,
  );
  await sql`update event_cursors set transaction = (transaction::text::bigint + ${far}::bigint)::text::xid8`.execute(
    db,
  );
  await backUp(join(folder, 'far'));
  await restore(join(folder, 'far'), moved.url);
  const count = async () =>
    (await moved.db.selectFrom('notifications').select('id').where('person_id', '=', claire.id).execute())
      .length;
  const had = await count();
  await drawAll(moved.db);
  expect(await count()).toBe(had + 1);
  await inTransaction(moved.db, (tx) => addComment(tx, yanis, { entryId: post.id, body: 'Et encore.' }));
  await drawAll(moved.db);
  expect(await count()).toBe(had + 2);
});
