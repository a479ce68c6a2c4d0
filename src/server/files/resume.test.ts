/** Resumable uploads as a client of tus makes them, against the same answers as in service. */
import { randomBytes, randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Actor } from '#server/actor.ts';
import { fileStorage } from '#server/platform/files/storage.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { partKey } from './keys.ts';
import type { FileView } from './present.ts';
import { answerFile } from './serve.ts';
import { sweepFiles } from './sweep.ts';
import { answerUpload } from './tus.ts';

const { db } = await testDatabase();
const yanis = await actorOf(db, 'yanis.belkacem');
const helene = await actorOf(db, 'helene.dargent');
const base = 'http://essaim.test/files/upload';

interface Piece {
  method: string;
  id?: string;
  headers?: Record<string, string>;
  body?: BodyInit | null;
}

function ask(who: Actor, { method, id, headers = {}, body = null }: Piece): Promise<Response> {
  const request = new Request(id ? `${base}/${id}` : base, {
    method,
    headers: { 'tus-resumable': '1.0.0', ...headers },
    body,
    ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
  });
  return answerUpload(db, who, request, id);
}

async function begin(bytes: number, name = 'film.bin', who = yanis): Promise<string> {
  const answer = await ask(who, {
    method: 'POST',
    headers: {
      'upload-length': String(bytes),
      'upload-metadata': `filename ${Buffer.from(name).toString('base64')}`,
    },
  });
  expect(answer.status).toBe(201);
  return answer.headers.get('location')!.split('/').at(-1)!;
}

function send(id: string, from: number, content: BodyInit, who = yanis): Promise<Response> {
  const headers = { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(from) };
  return ask(who, { method: 'PATCH', id, headers, body: content });
}

async function received(id: string): Promise<number> {
  return Number((await ask(yanis, { method: 'HEAD', id })).headers.get('upload-offset'));
}

/** A connection that breaks after these bytes. */
function broken(content: Uint8Array): ReadableStream {
  let sent = false;
  return new ReadableStream({
    pull(controller) {
      if (sent) controller.error(new Error('the train went into a tunnel'));
      else controller.enqueue(new Uint8Array(content));
      sent = true;
    },
  });
}

describe('an upload', () => {
  const content = randomBytes(700_000);

  test('in pieces, with a broken one between, is the file', async () => {
    const id = await begin(content.length, 'Démo client.bin');
    expect((await send(id, 0, content.subarray(0, 200_000))).status).toBe(204);
    await send(id, 200_000, broken(content.subarray(200_000, 300_000))).catch(() => undefined);
    const from = await received(id);
    expect(from).toBeGreaterThanOrEqual(200_000);
    expect(from).toBeLessThanOrEqual(300_000);
    expect((await send(id, from, content.subarray(from))).status).toBe(204);
    const file = (await (await ask(yanis, { method: 'GET', id })).json()) as FileView;
    expect(file).toMatchObject({ name: 'Démo client.bin', bytes: content.length });
    const kept = await answerFile(db, yanis, { id: file.id }, new Headers());
    expect(Buffer.from(await kept.arrayBuffer()).equals(content)).toBe(true);
  });

  test('is not there before all of it is', async () => {
    const id = await begin(content.length);
    await send(id, 0, content.subarray(0, 5));
    await expect(ask(yanis, { method: 'GET', id })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('takes a piece once: at the wrong place, twice, or from two at the same time', async () => {
    const id = await begin(content.length);
    expect((await send(id, 5, content.subarray(5, 10))).status).toBe(409);
    const both = await Promise.all([
      send(id, 0, content.subarray(0, 1_000)),
      send(id, 0, content.subarray(0, 1_000)),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 409]);
    expect(await received(id)).toBe(1_000);
    expect((await send(id, 0, content.subarray(0, 1_000))).status).toBe(409);
  });

  test('given up leaves nothing', async () => {
    const id = await begin(content.length);
    await send(id, 0, content.subarray(0, 1_000));
    const { parts } = await db
      .selectFrom('uploads')
      .select('parts')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    expect(await fileStorage().has(partKey(id, parts[0]!))).toBe(true);
    expect((await ask(yanis, { method: 'DELETE', id })).status).toBe(204);
    expect(await fileStorage().has(partKey(id, parts[0]!))).toBe(false);
    expect((await ask(yanis, { method: 'HEAD', id })).status).toBe(404);
  });

  test('left alone for a day is swept', async () => {
    const id = await begin(content.length);
    await send(id, 0, content.subarray(0, 1_000));
    const row = db.updateTable('uploads').where('id', '=', id);
    const { parts } = await row
      .set({ created_at: new Date(Date.now() - 25 * 3_600_000) })
      .returning('parts')
      .executeTakeFirstOrThrow();
    await sweepFiles(db);
    expect((await ask(yanis, { method: 'HEAD', id })).status).toBe(404);
    expect(await fileStorage().has(partKey(id, parts[0]!))).toBe(false);
  });
});

test('nobody else’s upload exists: not to read, to go on with, to end or to find out about', async () => {
  const id = await begin(100);
  const theirs = (who: Actor, named: string) =>
    Promise.all([
      ask(who, { method: 'HEAD', id: named }),
      send(named, 0, 'x'.repeat(100), who),
      ask(who, { method: 'DELETE', id: named }),
    ]).then((answers) => Promise.all(answers.map(async (each) => [each.status, await each.text()])));
  expect(await theirs(helene, id)).toEqual(await theirs(helene, randomUUID()));
  await expect(ask(helene, { method: 'GET', id })).rejects.toMatchObject({ code: 'not_found' });
  expect(await received(id)).toBe(0);
  await send(id, 0, 'x'.repeat(100));
  await expect(ask(helene, { method: 'GET', id })).rejects.toMatchObject({ code: 'not_found' });
});

test('what is too large or empty is refused before a byte is sent, in words', async () => {
  const refused = (bytes: string) =>
    ask(yanis, { method: 'POST', headers: { 'upload-length': bytes, 'upload-metadata': 'filename YQ==' } });
  const large = await refused('100000001');
  expect(large.status).toBe(413);
  expect(await large.text()).toContain('trop lourd');
  const empty = await refused('0');
  expect(empty.status).toBe(422);
  expect(await empty.text()).toContain('vide');
});

test('a picture that does not open is refused at its end, in words, and leaves nothing', async () => {
  const whole = await sharp({ create: { width: 900, height: 900, channels: 3, background: '#a4560a' } })
    .png()
    .toBuffer();
  const bytes = whole.subarray(0, whole.length / 2);
  const id = await begin(bytes.length, 'a.png');
  const answer = await send(id, 0, bytes);
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain('abîmée');
  expect((await ask(yanis, { method: 'HEAD', id })).status).toBe(404);
});
