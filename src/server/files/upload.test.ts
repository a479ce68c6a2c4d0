import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { env } from '#env';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { blobKey } from './keys.ts';
import { fileForReading } from './read.ts';
import { answerFile } from './serve.ts';
import { cleanName, receiveFile } from './upload.ts';

const { db } = await testDatabase();
const yanis = await actorOf(db, 'yanis.belkacem');
const helene = await actorOf(db, 'helene.dargent');

async function* pieces(content: Uint8Array, size = 64_000) {
  for (let at = 0; at < content.length; at += size)
    yield await Promise.resolve(content.subarray(at, at + size));
}
const bring = (name: string, content: Uint8Array, who = yanis) =>
  receiveFile(db, who, { name, content: pieces(content) });
const open = (id: string, variant?: string, headers: Record<string, string> = {}, who = yanis) =>
  answerFile(db, who, { id, variant }, new Headers(headers));
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#a4560a' } });

describe('a picture', () => {
  test('stands upright, and tells neither where nor when it was taken', async () => {
    const photo = await picture(300, 200)
      .jpeg()
      .withExif({
        IFD0: { Make: 'Zorglonde' },
        IFD3: { GPSLatitude: '48/1 51/1 0/1', GPSLatitudeRef: 'N' },
      })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    expect(photo.includes('Zorglonde')).toBe(true);
    const file = await bring('IMG_0001.jpg', photo);
    expect(file).toMatchObject({ type: 'image/jpeg', kind: 'image', width: 200, height: 300 });
    for (const variant of [undefined, '480', '960', '1600']) {
      const bytes = await bytesOf(await open(file.id, variant));
      const { exif: notes, width, height } = await sharp(bytes).metadata();
      expect({ notes, width, height }).toEqual({ notes: undefined, width: 200, height: 300 });
      expect(bytes.includes('Zorglonde')).toBe(false);
    }
  });

  test('comes as narrow as the screen, in the format that the browser knows', async () => {
    const file = await bring('large.png', await picture(2_000, 1_000).png().toBuffer());
    const avif = await open(file.id, '960', { accept: 'image/avif,image/webp,*/*' });
    expect(avif.headers.get('content-type')).toBe('image/avif');
    expect(await sharp(await bytesOf(avif)).metadata()).toMatchObject({ width: 960, height: 480 });
    const webp = await open(file.id, '480', { accept: 'image/webp,*/*' });
    expect(await sharp(await bytesOf(webp)).metadata()).toMatchObject({ format: 'webp', width: 480 });
    expect(webp.headers.get('vary')).toContain('accept');
    const again = { accept: 'image/webp', 'if-none-match': webp.headers.get('etag') ?? '' };
    expect((await open(file.id, '480', again)).status).toBe(304);
    for (const variant of ['481', '0', 'preview', '../x', ''])
      await expect(open(file.id, variant), variant).rejects.toMatchObject({ code: 'not_found' });
  });

  test('that moves keeps moving', async () => {
    const frames = await sharp(
      [await picture(40, 30).png().toBuffer(), await picture(40, 30).negate().png().toBuffer()],
      { join: { animated: true } },
    )
      .gif({ delay: [100, 100] })
      .toBuffer();
    const file = await bring('danse.gif', frames);
    expect(file).toMatchObject({ type: 'image/webp', width: 40, height: 30 });
    const shown = await bytesOf(await open(file.id, '480', { accept: 'image/avif,image/webp' }));
    expect((await sharp(shown).metadata()).pages).toBe(2);
  });
});

test('the same bytes twice are kept once, for two people, under two names', async () => {
  const content = randomBytes(300_000);
  const mine = await bring('un.bin', content);
  const hers = await bring('deux.bin', content, helene);
  expect(mine.id).not.toBe(hers.id);
  const { sha256 } = await fileForReading(db, yanis, mine.id);
  expect((await fileForReading(db, helene, hers.id)).sha256).toBe(sha256);
  const kept = await db.selectFrom('blobs').select('bytes').where('sha256', '=', sha256).execute();
  expect(kept).toEqual([{ bytes: 300_000 }]);
  expect(existsSync(join(env.DATA_DIR, 'files', blobKey(sha256)))).toBe(true);
  expect((await bytesOf(await open(mine.id))).equals(content)).toBe(true);
  expect((await open(hers.id, undefined, {}, helene)).headers.get('content-disposition')).toContain(
    'deux.bin',
  );
  await expect(open(hers.id)).rejects.toMatchObject({ code: 'not_found' });
});

describe('in parts', () => {
  test.each([
    ['bytes=0-99', 206, 'bytes 0-99/1000', 0, 100],
    ['bytes=900-', 206, 'bytes 900-999/1000', 900, 1000],
    ['bytes=-10', 206, 'bytes 990-999/1000', 990, 1000],
    ['bytes=990-5000', 206, 'bytes 990-999/1000', 990, 1000],
    ['bytes=0-0', 206, 'bytes 0-0/1000', 0, 1],
    ['bytes=5-2', 200, null, 0, 1000],
    ['bytes=0-1,5-6', 200, null, 0, 1000],
    ['lines=0-1', 200, null, 0, 1000],
    ['bytes=1000-', 416, 'bytes */1000', 0, 0],
  ] as const)('%s', async (range, status, told, from, to) => {
    const content = randomBytes(1_000);
    const { id } = await bring('x.bin', content);
    const answer = await open(id, undefined, { range });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-range')).toBe(told);
    expect((await bytesOf(answer)).equals(content.subarray(from, to))).toBe(true);
  });

  test('of another version than the reader has: the whole', async () => {
    const { id } = await bring('x.bin', randomBytes(1_000));
    const etag = (await open(id)).headers.get('etag') ?? '';
    expect((await open(id, undefined, { range: 'bytes=0-9', 'if-range': etag })).status).toBe(206);
    expect((await open(id, undefined, { range: 'bytes=0-9', 'if-range': '"x"' })).status).toBe(200);
  });
});

test.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\moi\\Devis Été.pdf', 'Devis Été.pdf'],
  ['a\u0000b\u202egpj.exe', 'abgpj.exe'],
  ['..', 'fichier'],
  ['', 'fichier'],
  ['é'.repeat(300) + '.docx', 'é'.repeat(115) + '.docx'],
])('the name %j is %j', (name, plain) => expect(cleanName(name)).toBe(plain));
