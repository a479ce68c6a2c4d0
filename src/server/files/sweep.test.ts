import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { inTransaction } from '#server/platform/db.ts';
import { fileStorage } from '#server/platform/files/storage.ts';
import { createPost } from '#server/posts/create.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { blobKey } from './keys.ts';
import { fileForReading } from './read.ts';
import { removeFile } from './remove.ts';
import { sweepFiles } from './sweep.ts';
import { keepContent, receiveFile } from './upload.ts';

const { db } = await testDatabase();
const helene = await actorOf(db, 'helene.dargent');
const yanis = await actorOf(db, 'yanis.belkacem');

const once = (content: Uint8Array) =>
  (async function* () {
    yield await Promise.resolve(content);
  })();
const bring = (content: Uint8Array, who = helene) =>
  receiveFile(db, who, { name: 'x.bin', content: once(content) });
const kept = (sha256: string) => fileStorage().has(blobKey(sha256));
const shaOf = async (id: string) => (await fileForReading(db, helene, id)).sha256;

async function aDayLater(): Promise<void> {
  await sql`update files set released_at = released_at - interval '25 hours'`.execute(db);
  await sql`update blobs set brought_at = brought_at - interval '25 hours'`.execute(db);
}

test('what no text uses goes after a day, and its bytes with it; what one uses stays', async () => {
  const [used, unused] = [await bring(randomBytes(100)), await bring(randomBytes(100))];
  const [shaUsed, shaUnused] = [await shaOf(used.id), await shaOf(unused.id)];
  await inTransaction(db, (tx) => createPost(tx, helene, { body: used.markdown, status: 'draft' }));
  await sweepFiles(db);
  expect([await kept(shaUsed), await kept(shaUnused)]).toEqual([true, true]);
  await aDayLater();
  await sweepFiles(db);
  expect([await kept(shaUsed), await kept(shaUnused)]).toEqual([true, false]);
  await expect(shaOf(unused.id)).rejects.toMatchObject({ code: 'not_found' });
  expect(await shaOf(used.id)).toBe(shaUsed);
});

test('bytes that somebody else has too stay for him', async () => {
  const content = randomBytes(100);
  const [mine, his] = [await bring(content), await bring(content, yanis)];
  const sha = await shaOf(mine.id);
  await inTransaction(db, (tx) => createPost(tx, yanis, { body: his.markdown, status: 'published' }));
  await inTransaction(db, (tx) => removeFile(tx, helene, mine.id));
  await aDayLater();
  await sweepFiles(db);
  expect(await kept(sha)).toBe(true);
});

test('bytes that came and were given to nobody go; those brought anew meanwhile stay', async () => {
  const [lost, again] = [randomBytes(100), randomBytes(100)];
  const first = await keepContent(db, { name: 'a', content: once(lost) });
  const second = await keepContent(db, { name: 'b', content: once(again) });
  await aDayLater();
  await keepContent(db, { name: 'b', content: once(again) });
  await sweepFiles(db);
  expect([await kept(first.sha256), await kept(second.sha256)]).toEqual([false, true]);
});

test('one takes back what is one’s own and stands nowhere', async () => {
  const [file, used] = [await bring(randomBytes(10)), await bring(randomBytes(10))];
  await inTransaction(db, (tx) => createPost(tx, helene, { body: used.markdown, status: 'published' }));
  const remove = (who: typeof yanis, id: string) => inTransaction(db, (tx) => removeFile(tx, who, id));
  await expect(remove(yanis, file.id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(remove(yanis, used.id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(remove(helene, used.id)).rejects.toMatchObject({ reason: 'file_in_use' });
  await remove(helene, file.id);
  await expect(remove(helene, file.id)).rejects.toMatchObject({ code: 'not_found' });
});
