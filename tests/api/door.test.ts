/** The API as it is served: straight from Node's HTTP server, before the pages. */
import { once } from 'node:events';
import { request as requestTo, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { afterAll, expect, test, vi } from 'vitest';
import { closeHub } from '#server/live/open.ts';
import { metricsText } from '#server/platform/metrics.ts';
import { apiDoor } from '#server/web/api-door.ts';
import { listen, type Listening } from '../../bin/http.ts';
import { credentialsOf } from '../credentials.ts';
import { testDatabase } from '../database.ts';

const { db } = await testDatabase();
const { cookie, authorization } = await credentialsOf(db, 'claire.martin');
const host = '127.0.0.1';
const server = await serve();
const origin = `http://${host}:${server.port}`;
afterAll(async () => {
  await server.stop(0);
  await closeHub(db);
});

function serve(): Promise<Listening> {
  return listen(apiDoor(db), { port: 0, host });
}

const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${origin}/api/v1${path}`, { ...init, headers: { authorization, ...init.headers } });

async function opened({ port }: Listening, path: string): Promise<IncomingMessage> {
  const asked = requestTo({ host, port, path: `/api/v1${path}`, headers: { authorization } }).end();
  const [response] = await once(asked, 'response');
  return response as IncomingMessage;
}

test('answers as pages do, short or long', async () => {
  const short = await ask('/me', { headers: { 'accept-encoding': 'gzip' } });
  expect([short.status, short.headers.get('content-type')]).toEqual([200, 'application/json']);
  expect(short.headers.get('x-content-type-options')).toBe('nosniff');
  expect(short.headers.get('cache-control')).toBe('private, no-store');
  const long = requestTo({
    host,
    port: server.port,
    path: '/api/v1/openapi.json',
    headers: { 'accept-encoding': 'gzip' },
  }).end();
  const [response] = (await once(long, 'response')) as [IncomingMessage];
  expect(response.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
  const pieces = await Array.fromAsync(response as AsyncIterable<Buffer>);
  expect(JSON.parse(gunzipSync(Buffer.concat(pieces)).toString())).toHaveProperty('openapi');
});

test('asks who is there before it says what is there', async () => {
  for (const path of ['', '/', '/me', '/nothing', '/posts/']) {
    expect((await ask(path, { headers: { authorization: '' } })).status, path).toBe(401);
  }
  for (const path of ['', '/', '/nothing', '/%ff', '/posts/%00']) {
    expect((await ask(path)).status, path).toBe(404);
  }
});

test('a session writes from our own pages only, with or without a body', async () => {
  const asClaire = (headers: Record<string, string>, body?: BodyInit) =>
    fetch(`${origin}/api/v1/posts/${crypto.randomUUID()}/writing`, {
      method: 'POST',
      headers: { cookie, ...headers },
      ...(body === undefined ? {} : { body }),
    });
  const ours = { 'sec-fetch-site': 'same-origin' };
  const json = { 'content-type': 'application/json' };
  expect((await asClaire(ours)).status).toBe(404);
  expect((await asClaire({ ...ours, ...json }, '{}')).status).toBe(404);
  // A body that names no kind is what a foreign page can send.
  expect((await asClaire(ours, new Blob(['{}']))).status).toBe(403);
  expect((await asClaire({ ...ours, 'content-type': 'text/plain' }, '{}')).status).toBe(403);
  expect((await asClaire({ 'sec-fetch-site': 'cross-site', ...json }, '{}')).status).toBe(403);
});

test('what is too large is refused in words, even if it has no end', async () => {
  vi.stubEnv('FILE_LIMIT_MB', '1');
  const upload = (body: BodyInit) =>
    ask('/files?name=essai.bin', { method: 'POST', body, duplex: 'half' } as RequestInit);
  const refused = await upload(new Uint8Array(3_000_000));
  expect([refused.status, await refused.json()]).toMatchObject([422, { error: { code: 'invalid' } }]);
  const endless = () =>
    new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(1_000_000).fill(32)) });
  expect((await upload(endless())).status).toBe(422);
  const typed = { method: 'POST', body: endless(), duplex: 'half' } as RequestInit;
  expect((await ask('/posts', typed)).status).toBe(422);
});

test('a stream begins at once, and its server does not wait for its end', async () => {
  const other = await serve();
  const response = await opened(other, '/events');
  const [first] = (await once(response, 'data')) as [Buffer];
  expect(first.toString()).toContain('hello');
  const ended = text(response).catch(() => 'cut off');
  await other.stop(600_000);
  await ended;
});

test('whoever leaves a stream is listened to no longer', async () => {
  const open = () => Number(/^http_open_streams (\d+)$/m.exec(metricsText())?.[1] ?? 0);
  const before = open();
  const response = await opened(server, '/events');
  await once(response, 'data');
  expect(open()).toBe(before + 1);
  response.destroy();
  await vi.waitUntil(() => open() === before, 20_000);
});

test('whoever asks for the head of a stream opens none', async () => {
  const open = () => Number(/^http_open_streams (\d+)$/m.exec(metricsText())?.[1] ?? 0);
  const before = open();
  const { status, headers } = await ask('/events', { method: 'HEAD' });
  expect([status, headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  expect(open()).toBe(before);
});
