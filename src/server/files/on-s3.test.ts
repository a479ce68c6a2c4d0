/** The whole way of a file where the operator chose a bucket: nothing but what is on its way in stands on the disk. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import S3rver from 's3rver';
import sharp from 'sharp';
import { afterAll, expect, test, vi } from 'vitest';
import { fileStorage } from '#server/platform/files/storage.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { blobKey } from './keys.ts';
import type { FileView } from './present.ts';
import { fileForReading } from './read.ts';
import { answerFile } from './serve.ts';
import { sweepFiles } from './sweep.ts';
import { answerUpload } from './tus.ts';
import { receiveFile } from './upload.ts';

const folder = await mkdtemp(join(tmpdir(), 'essaim-s3-'));
const s3 = new S3rver({
  ...{ address: '127.0.0.1', port: 0, silent: true, directory: join(folder, 's3') },
  configureBuckets: [{ name: 'essaim', configs: [] }],
});
const { port } = await s3.run();
vi.stubEnv('FILES_S3_URL', `http://S3RVER:S3RVER@127.0.0.1:${port}/essaim?region=us-east-1`);
vi.stubEnv('DATA_DIR', folder);
afterAll(async () => {
  vi.unstubAllEnvs();
  await s3.close();
  await rm(folder, { recursive: true, force: true });
});

const { db } = await testDatabase();
const yanis = await actorOf(db, 'yanis.belkacem');
const open = (id: string, variant?: string, range?: string) =>
  answerFile(db, yanis, { id, variant }, new Headers(range ? { range } : {}));

test('a picture is kept, narrowed and read in parts', async () => {
  const photo = await sharp({ create: { width: 700, height: 300, channels: 3, background: '#a4560a' } })
    .png()
    .toBuffer();
  const file = await receiveFile(db, yanis, {
    name: 'a.png',
    content: (async function* () {
      yield await Promise.resolve(photo);
    })(),
  });
  const narrow = Buffer.from(await (await open(file.id, '480')).arrayBuffer());
  expect(await sharp(narrow).metadata()).toMatchObject({ width: 480, format: 'webp' });
  const part = await open(file.id, undefined, 'bytes=1-3');
  expect([part.status, await part.text()]).toEqual([206, 'PNG']);
  expect(existsSync(join(folder, 'files'))).toBe(false);

  const { sha256 } = await fileForReading(db, yanis, file.id);
  await sql`update files set released_at = now() - interval '2 days'`.execute(db);
  await sql`update blobs set brought_at = now() - interval '2 days'`.execute(db);
  await sweepFiles(db);
  expect(await fileStorage().has(blobKey(sha256))).toBe(false);
});

test('pieces come together', async () => {
  const content = randomBytes(300_000);
  const ask = (method: string, headers: Record<string, string>, id?: string, body?: Uint8Array) =>
    answerUpload(
      db,
      yanis,
      new Request(`http://essaim.test/files/upload${id ? `/${id}` : ''}`, {
        method,
        headers: { 'tus-resumable': '1.0.0', ...headers },
        body: body ? new Uint8Array(body) : null,
      }),
      id,
    );
  const begun = await ask('POST', { 'upload-length': '300000', 'upload-metadata': 'filename YS5iaW4=' });
  const id = begun.headers.get('location')!.split('/').at(-1)!;
  for (const from of [0, 100_000, 200_000]) {
    const headers = { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(from) };
    expect((await ask('PATCH', headers, id, content.subarray(from, from + 100_000))).status).toBe(204);
  }
  const file = (await (await ask('GET', {}, id)).json()) as FileView;
  expect(Buffer.from(await (await open(file.id)).arrayBuffer()).equals(content)).toBe(true);
});
