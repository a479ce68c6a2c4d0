/** The same promises, whichever storage the operator chose. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import S3rver from 's3rver';
import { afterAll, describe, expect, test } from 'vitest';
import { diskStorage } from './disk.ts';
import { s3Storage } from './s3.ts';
import type { FileStorage } from './storage.ts';

const folder = await mkdtemp(join(tmpdir(), 'essaim-storage-'));
const s3 = new S3rver({
  address: '127.0.0.1',
  port: 0,
  silent: true,
  directory: join(folder, 's3'),
  configureBuckets: [{ name: 'essaim', configs: [] }],
});
const { port } = await s3.run();
afterAll(async () => {
  await s3.close();
  await rm(folder, { recursive: true, force: true });
});

const storages: [string, FileStorage][] = [
  ['a folder of this machine', diskStorage(folder)],
  ['an S3 bucket', s3Storage(`http://S3RVER:S3RVER@127.0.0.1:${port}/essaim?region=us-east-1`)],
];

describe.each(storages)('%s', (_, storage) => {
  const bytes = randomBytes(3_000_000);

  async function keep(key: string, content: Uint8Array): Promise<string> {
    const path = join(folder, 'incoming');
    await writeFile(path, content);
    await storage.put(key, path);
    return path;
  }

  async function readBack(key: string, range?: { from: number; to: number }): Promise<Buffer | null> {
    const stream = await storage.read(key, range);
    return stream && Buffer.from(await new Response(stream).arrayBuffer());
  }

  test('gives back what it was given, whole or in part', async () => {
    await keep('ab/cdef.960.webp', bytes);
    expect(await storage.has('ab/cdef.960.webp')).toBe(true);
    expect((await readBack('ab/cdef.960.webp'))?.equals(bytes)).toBe(true);
    const part = await readBack('ab/cdef.960.webp', { from: 10, to: 1_009 });
    expect(part?.equals(bytes.subarray(10, 1_010))).toBe(true);
  });

  test('takes the file that it was given', async () => {
    const path = await keep('ab/taken', bytes);
    await expect(writeFile(path, 'a new one', { flag: 'wx' })).resolves.toBeUndefined();
    await rm(path);
  });

  test('what was put twice is there once, and whole', async () => {
    await Promise.all(
      ['one', 'two', 'three'].map(async (name) => {
        const path = join(folder, name);
        await writeFile(path, bytes);
        await storage.put('cd/twice', path);
      }),
    );
    expect((await readBack('cd/twice'))?.equals(bytes)).toBe(true);
  });

  test('what is not there is null, and removing it is no mistake', async () => {
    await keep('ef/soon-gone', Buffer.from('x'));
    await storage.remove('ef/soon-gone');
    await storage.remove('ef/soon-gone');
    expect(await storage.has('ef/soon-gone')).toBe(false);
    expect(await readBack('ef/soon-gone')).toBeNull();
    expect(await readBack('ef/soon-gone', { from: 0, to: 1 })).toBeNull();
  });
});

test('a key names a place below the folder, and nothing else', async () => {
  const disk = diskStorage(folder);
  for (const key of ['../x', 'a/../../x', '/etc/passwd', 'a//b', '.x', 'A', ''])
    await expect(disk.has(key), key).rejects.toThrow('no key');
});
