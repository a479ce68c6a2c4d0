/** Files that somebody made to do harm: nothing of them runs, fills the machine, or passes for something else. */
import { randomBytes } from 'node:crypto';
import { crc32, deflateSync, gzipSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { answerFile } from './serve.ts';
import { receiveFile } from './upload.ts';

const { db } = await testDatabase();
const yanis = await actorOf(db, 'yanis.belkacem');

const bring = (name: string, content: Uint8Array | string) =>
  receiveFile(db, yanis, {
    name,
    content: (async function* () {
      yield await Promise.resolve(Buffer.from(content as string));
    })(),
  });
const open = (id: string) => answerFile(db, yanis, { id }, new Headers());
const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#4c6b4f' } });
const script = '<script>alert(document.cookie)</script>';

/** A PNG that says it has so many pixels; what is in it hardly matters. */
function claims(width: number, height: number): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const ends = [Buffer.alloc(4), Buffer.alloc(4)] as const;
    ends[0].writeUInt32BE(data.length);
    ends[1].writeUInt32BE(crc32(body));
    return Buffer.concat([ends[0], body, ends[1]]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc(1_000_000));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('what a browser could act on is only ever a download, of no type', () => {
  test.each([
    ['image.svg', `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">${script}</svg>`],
    ['image.svg', `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`],
    ['page.html', `<!doctype html>${script}`],
    ['photo.jpg', `<html>${script}</html>`],
    ['doc.pdf', `<html>%PDF-1.7 ${script}</html>`],
    ['code.js', 'alert(1)'],
    ['style.css', '@import url(//evil.example)'],
    ['page.xhtml', `<html xmlns="http://www.w3.org/1999/xhtml">${script}</html>`],
    ['rien', '\u0000\u0001\u0002'],
    ['film.swf', `CWS\u0009${script}`],
    ['page.mht', `MIME-Version: 1.0\nContent-Type: text/html\n\n${script}`],
  ])('%s', async (name, content) => {
    const file = await bring(name, content);
    expect(file.kind).toBe('other');
    const answer = await open(file.id);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox') as string,
      'content-disposition': expect.stringMatching(/^attachment; /) as string,
    });
    await expect(answerFile(db, yanis, { id: file.id, variant: '480' }, new Headers())).rejects.toMatchObject(
      {
        code: 'not_found',
      },
    );
  });
});

describe('a picture that is also something else loses it', () => {
  test.each([
    ['jpeg', (p: Sharp) => p.jpeg()],
    ['png', (p: Sharp) => p.png()],
    ['webp', (p: Sharp) => p.webp()],
    ['gif', (p: Sharp) => p.gif()],
  ])('%s', async (_, encode) => {
    const plain = await encode(picture(30, 20)).toBuffer();
    const file = await bring('a.jpg', Buffer.concat([plain, Buffer.from(`\n${script}PK\u0003\u0004`)]));
    const bytes = Buffer.from(await (await open(file.id)).arrayBuffer());
    expect(bytes.includes('<script>')).toBe(false);
    expect(file).toMatchObject({ kind: 'image', width: 30, height: 20 });
  });

  test('a comment in its head is gone as well', async () => {
    const jpeg = await picture(30, 20).jpeg().toBuffer();
    const comment = Buffer.from(`\xff\xfe\x00${String.fromCharCode(script.length + 2)}${script}`, 'latin1');
    const bytes = Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]);
    const file = await bring('a.jpg', bytes);
    expect(Buffer.from(await (await open(file.id)).arrayBuffer()).includes('<script>')).toBe(false);
  });
});

test('a picture of too many pixels is refused before it is decoded', async () => {
  const began = process.memoryUsage.rss();
  for (const [width, height] of [
    [20_000, 20_000],
    [65_000, 65_000],
    [2_000_000, 51],
  ] as const)
    await expect(bring('bombe.png', claims(width, height)), `${width}`).rejects.toMatchObject({
      code: 'invalid',
    });
  expect(process.memoryUsage.rss() - began).toBeLessThan(200_000_000);
  const long = await bring('longue.png', await picture(20_000, 100).png().toBuffer());
  expect(long).toMatchObject({ width: 4_000, height: 20 });
});

test('one that is too heavy, cut off or empty is refused', async () => {
  await expect(bring('a.png', '')).rejects.toMatchObject({ reason: 'file_empty' });
  const jpeg = await picture(2_000, 2_000).jpeg().toBuffer();
  await expect(bring('a.jpg', jpeg.subarray(0, jpeg.length / 2))).rejects.toMatchObject({
    reason: 'picture_broken',
  });
  const heavy = Buffer.concat([jpeg, randomBytes(26_000_000)]);
  await expect(bring('a.jpg', heavy)).rejects.toMatchObject({ reason: 'picture_too_heavy' });
});

describe('what unfolds into far more than it is', () => {
  test.each([
    ['a zip called PDF', 'facture.pdf', Buffer.from('504b0304', 'hex')],
    ['gzip of a gigabyte', 'facture.pdf', gzipSync(Buffer.alloc(100_000_000))],
  ])('%s is kept folded, as a download', async (_, name, content) => {
    const file = await bring(name, content);
    expect(file).toMatchObject({ kind: 'other', pages: null });
    expect((await open(file.id)).headers.get('content-type')).toBe('application/octet-stream');
  });

  test.each([
    ['without anything in it', '%PDF-1.7\n'],
    ['that refers to itself', pdf('<< /Type /Pages /Kids [2 0 R] /Count 1 >>')],
    ['of a page without end', pdf('<< /Type /Page /MediaBox [0 0 1e9 1e9] /Parent 2 0 R >>')],
    ['of a page without size', pdf('<< /Type /Page /MediaBox [0 0 0 0] /Parent 2 0 R >>')],
  ])('a PDF %s is kept without a picture of it', async (_, content) => {
    const file = await bring('piège.pdf', content);
    expect(file).toMatchObject({ kind: 'pdf' });
    expect(file.previewWidth === null || file.previewWidth <= 960).toBe(true);
    expect(file.previewHeight === null || file.previewHeight <= 1_800).toBe(true);
  });

  test('a page that is drawn for ever is given up, and the process lives', async () => {
    const loop = `${'0 0 m '}${'1 1 l 500 500 l S '.repeat(400_000)}`;
    const file = await bring('lent.pdf', pdf(page, loop));
    expect(file.kind).toBe('pdf');
  }, 30_000);
});

const page = '<< /Type /Page /MediaBox [0 0 300 200] /Parent 2 0 R /Contents 4 0 R >>';

function pdf(second: string, content = ''): string {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    second,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
  ];
  const body = objects.map((object, at) => `${at + 1} 0 obj\n${object}\nendobj\n`).join('');
  return `%PDF-1.4\n${body}trailer << /Root 1 0 R /Size 5 >>\n%%EOF`;
}

test('a PDF has a picture of its first page', async () => {
  const file = await bring('Devis.pdf', pdf(page, '1 0 0 rg 10 10 200 100 re f'));
  expect(file).toMatchObject({ kind: 'pdf', type: 'application/pdf', pages: 1 });
  expect([file.previewWidth, file.previewHeight]).toEqual([960, 640]);
  const preview = await answerFile(db, yanis, { id: file.id, variant: 'preview' }, new Headers());
  expect(await sharp(Buffer.from(await preview.arrayBuffer())).metadata()).toMatchObject({ format: 'webp' });
  const answer = await open(file.id);
  expect(answer.headers.get('content-type')).toBe('application/pdf');
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
});

test('the name of a file breaks out of no header', async () => {
  const file = await bring('a"\r\nset-cookie: x=1;é\'\\%00.bin', randomBytes(10));
  const told = (await open(file.id)).headers.get('content-disposition') ?? '';
  expect(told).toMatch(/^attachment; filename="[^"\r\n]*"; filename\*=UTF-8''[\w.~!*%&+-]*$/);
});
