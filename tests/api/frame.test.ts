/** What the frame promises to every capability, shown on a throwaway one. */
import { expect, test, vi } from 'vitest';
import type { Actor, Scope } from '#server/actor.ts';
import { Refusal } from '#server/errors.ts';
import { newApi, pageQuery, z } from '#server/platform/api/frame.ts';
import { mountApis } from '#server/platform/api/mount.ts';
import { openDatabase } from '#server/platform/db.ts';
import { testDatabase } from '../database.ts';
import { actorOf } from '../world.ts';
import { answerOf, ORIGIN, requestOf, type Call } from './client.ts';

vi.stubEnv('RATE_LIMIT', '100');

const { db } = await testDatabase('world');
const nadia = await actorOf(db, 'nadia.rahmani');

const echo = newApi('Echo');
const heard: unknown[] = [];
echo.get(
  '/echo',
  { summary: 'Says the query', query: z.object(pageQuery), answers: z.unknown() },
  ({ query }) => Promise.resolve(query),
);
echo.get('/things/{id}', { summary: 'One thing', answers: z.unknown() }, ({ params }) =>
  Promise.resolve(params),
);
echo.get('/download', { summary: 'A file', answers: z.unknown() }, () =>
  Promise.resolve(new Response('a;b', { headers: { 'content-type': 'text/csv' } })),
);
echo.post(
  '/echo',
  {
    summary: 'Says the body',
    body: z.object({ text: z.string(), more: z.unknown().optional() }),
    answers: z.unknown(),
    status: 201,
  },
  ({ body }) => {
    heard.push(body);
    return Promise.resolve(body);
  },
);
echo.prepared(
  '/lengths',
  { summary: 'Says how long', body: z.object({ text: z.string() }), answers: z.unknown() },
  ({ text }) => {
    if (text === '') throw new Refusal('invalid', 'text_empty');
    return Promise.resolve(text.length);
  },
  ({ body }) => Promise.resolve({ length: body }),
);
echo.delete('/echo', { summary: 'Says nothing' }, () => Promise.resolve());
echo.post('/rules', { summary: 'For admins', scope: 'admin' }, () => Promise.resolve());
echo.post('/refusal', { summary: 'Refuses' }, () =>
  Promise.reject(new Refusal('conflict', 'handle_taken', { handle: 'handle_taken' })),
);
echo.post('/mistake', { summary: 'Breaks' }, () => Promise.reject(new Error('a mistake of ours')));
const answer = mountApis('/api/v1', { title: 'Echo', version: '1', description: '' }, [echo]);

interface As {
  actor?: Partial<Actor> | null;
  by?: 'token' | 'session';
}

async function call(what: Call | string, { actor = {}, by = 'token' }: As = {}) {
  const identity = actor && { actor: { ...nadia, ...actor }, by };
  const request = requestOf(typeof what === 'string' ? { path: what } : what);
  return answerOf(await answer(request, { db, identify: () => Promise.resolve(identity) }));
}
const say = (body: unknown, headers?: Record<string, string>, as?: As) =>
  call({ method: 'POST', path: '/echo', body, headers }, as);

test('a stranger hears the same on a path that exists and on one that does not', async () => {
  const known = await call('/echo', { actor: null });
  const unknown = await call('/nothing/here', { actor: null });
  expect(known).toMatchObject({ status: 401, body: { error: { code: 'unauthenticated' } } });
  expect(known.headers.get('www-authenticate')).toBe('Bearer');
  expect([unknown.status, unknown.text]).toEqual([known.status, known.text]);
  const posted = await call({ method: 'POST', path: '/echo', body: '{' }, { actor: null });
  expect([posted.status, posted.text]).toEqual([known.status, known.text]);
});

test('an unknown path, an unknown method and a malformed id are not found', async () => {
  for (const what of [
    '/nothing',
    '/things/12',
    '/things/%00',
    { method: 'PATCH', path: '/echo', body: {} },
  ]) {
    expect(await call(what)).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } });
  }
  const id = '01900000-0000-7000-8000-000000000000';
  expect((await call(`/things/${id}`)).body).toEqual({ id });
});

test('HEAD answers like GET, without a body', async () => {
  expect(await call({ method: 'HEAD', path: '/echo' })).toMatchObject({ status: 200, text: '' });
});

test('each scope opens its own doors', async () => {
  const tries = async (scopes: Scope[]) =>
    Promise.all([
      call('/echo', { actor: { scopes } }),
      say({ text: 'a' }, {}, { actor: { scopes } }),
      call({ method: 'POST', path: '/rules' }, { actor: { scopes } }),
    ]);
  const statuses = async (scopes: Scope[]) => (await tries(scopes)).map(({ status }) => status);
  expect(await statuses(['read'])).toEqual([200, 403, 403]);
  expect(await statuses(['write'])).toEqual([403, 201, 403]);
  expect(await statuses(['admin'])).toEqual([403, 403, 204]);
  expect((await tries([]))[0]?.body).toMatchObject({ error: { code: 'forbidden' } });
});

test('a refusal speaks the language asked for, else that of the person, else English', async () => {
  const refuse = (headers: Record<string, string>, language: 'fr' | 'en') =>
    call({ method: 'POST', path: '/refusal', headers }, { actor: { language } });
  expect(await refuse({}, 'fr')).toMatchObject({
    status: 409,
    body: {
      error: {
        code: 'conflict',
        message: 'Cet identifiant est déjà pris.',
        fields: { handle: 'Cet identifiant est déjà pris.' },
      },
    },
  });
  const english = { error: { message: 'This handle is taken.' } };
  expect((await refuse({}, 'en')).body).toMatchObject(english);
  expect((await refuse({ 'accept-language': 'en-GB,fr;q=0.5' }, 'fr')).body).toMatchObject(english);
  const stranger = await call({ path: '/echo', headers: { 'accept-language': 'de' } }, { actor: null });
  expect(stranger.text).toContain('Say who you are');
});

test('a mistake of ours is told without its insides', async () => {
  vi.stubEnv('LOG_LEVEL', 'silent');
  const mistake = await call({ method: 'POST', path: '/mistake' });
  vi.stubEnv('LOG_LEVEL', undefined);
  expect(mistake).toMatchObject({ status: 500, body: { error: { code: 'internal' } } });
  expect(mistake.text).not.toContain('a mistake of ours');
});

test('a body is read once and given as it came', async () => {
  const text = 'Éléphant 🐘 « à découper » \n\t';
  expect(await say({ text })).toMatchObject({ status: 201, body: { text } });
  expect(heard.at(-1)).toEqual({ text });
});

test.each([
  ['nothing', '', 'text'],
  ['half a JSON', '{"text": "a"', undefined],
  ['a list', '[]', undefined],
  ['a text', '"text"', undefined],
  ['null', 'null', 'text'],
  ['a wrong kind', '{"text": 1}', 'text'],
  ['a missing field', '{}', 'text'],
  ['a NUL', '{"text": "a\\u0000"}', 'text'],
  ['half a character', '{"text": "\\ud800"}', 'text'],
  ['a NUL in a name', '{"text": "a", "b\\u0000": 1}', undefined],
  ['a NUL inside', '{"text": "a", "more": [{"b": "\\u0000"}]}', 'more'],
  ['broken UTF-8', Uint8Array.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), undefined],
  ['twenty-one levels', `{"text": "a", "more": ${'['.repeat(21)}${']'.repeat(21)}}`, undefined],
  ['a hundred thousand levels', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, undefined],
  ['ten megabytes', JSON.stringify({ text: 'a'.repeat(10_000_000) }), undefined],
])('%s is refused with a sentence', async (_, body, field) => {
  const { status, body: said } = await say(body);
  expect({ status, said }).toMatchObject({
    status: 422,
    said: { error: { code: 'invalid', message: expect.stringMatching(/^\S.{10,}/) } },
  });
  if (field) expect(said).toMatchObject({ error: { fields: { [field]: expect.stringMatching(/\.$/) } } });
});

test('a query is checked too', async () => {
  expect((await call('/echo?limit=7&cursor=x&other=1')).body).toEqual({ limit: 7, cursor: 'x' });
  expect(await call('/echo?limit=many')).toMatchObject({
    status: 422,
    body: { error: { fields: { limit: {} } } },
  });
  expect(await call('/echo?cursor=%00')).toMatchObject({ status: 422 });
});

test('what is no JSON passes as it is; what says nothing answers 204', async () => {
  const request = requestOf({ path: '/download' });
  const identity = { actor: nadia, by: 'token' } as const;
  const file = await answer(request, { db, identify: () => Promise.resolve(identity) });
  expect([file.headers.get('content-type'), await file.text()]).toEqual(['text/csv', 'a;b']);
  expect(await call({ method: 'DELETE', path: '/echo' })).toMatchObject({ status: 204, body: null });
});

test('a write by cookie must come from our own pages and be JSON', async () => {
  const by: As = { by: 'session' };
  const ours = { origin: ORIGIN };
  expect(await say({ text: 'a' }, ours, by)).toMatchObject({ status: 201 });
  expect(await say({ text: 'a' }, { 'sec-fetch-site': 'same-origin' }, by)).toMatchObject({ status: 201 });
  const foreign: Record<string, string>[] = [
    {},
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { ...ours, 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { ...ours, 'content-type': 'text/plain' },
    { ...ours, 'content-type': 'application/x-www-form-urlencoded' },
    { ...ours, 'content-type': 'text/plain; application/json' },
  ];
  for (const headers of foreign) {
    expect(await say({ text: 'a' }, headers, by)).toMatchObject({
      status: 403,
      body: { error: { code: 'forbidden' } },
    });
  }
  expect(await call({ method: 'DELETE', path: '/echo' }, by)).toMatchObject({ status: 403 });
  expect(await call({ method: 'DELETE', path: '/echo', headers: ours }, by)).toMatchObject({ status: 204 });
  expect(await call('/echo', by)).toMatchObject({ status: 200 });
  expect(await say({ text: 'a' }, {}, { by: 'token' })).toMatchObject({ status: 201 });
});

test('whoever asks too much waits, alone', async () => {
  const busy: As = { actor: { id: 'busy' } };
  const answers = await Promise.all(Array.from({ length: 1000 }, () => call('/echo', busy)));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]?.body).toMatchObject({ error: { code: 'too_many' } });
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await call('/echo', { actor: { id: 'calm' } })).toMatchObject({ status: 200 });
});

test('a database that is away is told as such, and what comes before the transaction needs none', async () => {
  const away = openDatabase('postgres://nobody@127.0.0.1:1/nothing', 1);
  const identity = { actor: nadia, by: 'token' } as const;
  const post = async (path: string, text: string) =>
    answerOf(
      await answer(requestOf({ method: 'POST', path, body: { text } }), {
        db: away.db,
        identify: () => Promise.resolve(identity),
      }),
    );
  expect(await call({ method: 'POST', path: '/lengths', body: { text: 'abc' } })).toMatchObject({
    body: { length: 3 },
  });
  expect(await post('/lengths', '')).toMatchObject({ status: 422, body: { error: { code: 'invalid' } } });
  expect(await post('/lengths', 'abc')).toMatchObject({ status: 503 });
  const said = await post('/echo', 'a');
  expect(said).toMatchObject({ status: 503, body: { error: { code: 'unavailable' } } });
  expect(said.headers.get('retry-after')).toBe('2');
  await away.close();
});
