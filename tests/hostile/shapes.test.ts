/** Requests that no honest client makes. */
import { describe, expect, test } from 'vitest';
import { credentialsOf } from '../credentials.ts';
import { apiRoutes } from '../sight/routes.ts';
import { clientAs, isClear, type Answered } from './client.ts';

const { api, raw, page, form, db, origin } = await clientAs('claire.martin');
const tenMegabytes = 10 * 1024 * 1024;

const document: unknown = JSON.parse((await api('GET', '/openapi.json')).text);
const routes = apiRoutes(document);

function refused({ status }: Answered): boolean {
  return status >= 400 && status < 500;
}

describe('a body', () => {
  test('of ten megabytes is refused, or taken by what takes that much', async () => {
    const body = JSON.stringify({ title: 'x', body: 'x'.repeat(tenMegabytes) });
    expect(refused(await raw('POST', '/posts', body))).toBe(true);
    const fields = new URLSearchParams({
      title: 'x',
      body: 'mot '.repeat(tenMegabytes / 4),
      status: 'published',
    });
    expect(refused(await form('/posts/new?/save', fields))).toBe(true);
  });

  test('nested a hundred thousand times is refused', async () => {
    const deep = 100_000;
    for (const body of [
      `${'['.repeat(deep)}${']'.repeat(deep)}`,
      `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`,
    ]) {
      expect(refused(await raw('POST', '/posts', body))).toBe(true);
      expect(refused(await raw('POST', '/posts', `{"title":"x","body":${body}}`))).toBe(true);
    }
  });

  test('in broken UTF-8 is refused or made whole', async () => {
    const broken = Buffer.from([
      0x7b, 0x22, 0x62, 0x6f, 0x64, 0x79, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0xc3, 0x28, 0x22, 0x7d,
    ]);
    expect(isClear(await raw('POST', '/posts', broken))).toBe(true);
    const typed = Buffer.concat([Buffer.from('title=a&body='), Buffer.from([0xff, 0xc0, 0x80])]);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(isClear(await form('/posts/new?/save', typed, headers))).toBe(true);
  });

  test('that is not what it says is refused', async () => {
    for (const body of ['', 'null', '[]', '"x"', '1', '{', '{"title":}', '\ufeff{}', 'title=x', '<xml/>']) {
      expect(refused(await raw('POST', '/posts', body)), body).toBe(true);
    }
  });

  test('with fields of every wrong kind is refused by each route that takes one', async () => {
    const wrong: string[] = [];
    const writing = routes.filter(({ method, fields }) => method !== 'GET' && fields.length > 0);
    for (const value of [1, true, null, [], {}, [[]], { toString: 'x' }, '\0', 'x'.repeat(500_000), -1e308]) {
      for (const { method, path, fields } of writing) {
        const body = Object.fromEntries(fields.map((field) => [field, value]));
        const answered = await api(method, filled(path), body);
        if (!isClear(answered))
          wrong.push(`${answered.status} ${method} ${path} ${JSON.stringify(value).slice(0, 20)}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('an address', () => {
  const names = [
    'x',
    '%00',
    '%ff',
    '..%2f..%2fetc',
    '%252e%252e',
    `${'a'.repeat(5_000)}`,
    '-1',
    '1e9',
    "'",
    '%F0%9F%90%9D',
    '[object%20Object]',
    '01900000-0000-7000-8000-00000000000G',
    '01900000-0000-7000-8000-000000000000%0a',
    '%E2%80%AE',
  ];

  test('with anything in its parts names nothing, and says so', async () => {
    const wrong: string[] = [];
    for (const name of names) {
      for (const { method, path, parts } of routes.filter((route) => route.parts.length > 0)) {
        const address = filled(path, name).replace('/api/v1', '');
        const answered = await api(method, address, method === 'GET' ? undefined : {});
        if (!refused(answered) && parts.length > 0 && answered.status !== 204 && answered.status !== 200) {
          wrong.push(`${answered.status} ${method} ${path} ${name.slice(0, 20)}`);
        }
      }
      for (const path of [
        '/posts/',
        '/people/',
        '/communities/',
        '/tags/',
        '/invitations/',
        '/reset/',
        '/feeds/',
        '/',
      ]) {
        const answered = await page(path + name);
        if (!isClear(answered)) wrong.push(`${answered.status} ${path}${name.slice(0, 20)}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('that cannot be decoded is refused, whoever asks and whatever he sends', async () => {
    for (const path of ['/%ff', '/%', '/posts/%c0%af', '/sign-in/%e2%82']) {
      for (const init of [{}, { method: 'POST', body: 'a=b' }, { headers: { cookie: 'a=b' } }]) {
        const { status } = await fetch(origin + path, { redirect: 'manual', ...init });
        expect(status, `${path} ${JSON.stringify(init)}`).toBe(400);
      }
    }
    expect((await page('/')).status).toBe(200);
  });

  test('of a feed leads nowhere else', async () => {
    const tricks = [
      '../../../../etc/passwd',
      '..%2f..%2f..%2fetc%2fpasswd.rss',
      '%2e%2e/%2e%2e/secrets.rss',
      'communities/face-a-norvalt.rss',
      'communities/le-comptoir/../face-a-norvalt.rss',
      'communities/le-comptoir%2f..%2fface-a-norvalt.rss',
      'communities/LE-COMPTOIR.rss',
      'communities/.rss',
      'people/%00.atom',
      'tags/%ff.json',
      'all.rss%00.json',
      'all.exe',
      'all',
      '.rss',
      'search.rss?q=%00',
      `tags/${'a'.repeat(10_000)}.rss`,
      'constructor.rss',
      '__proto__.json',
    ];
    for (const trick of tricks) {
      const answered = await page(`/feeds/${trick}`);
      expect(isClear(answered), trick).toBe(true);
      expect(answered.text, trick).not.toContain('root:');
    }
    // She is a member: what counts is that a stranger is not served (tests/sight).
    expect((await page('/feeds/communities/face-a-norvalt.rss')).status).toBe(200);
  });

  test('with a forged cursor or a foolish limit is refused or read as the default', async () => {
    const uuid = '01900000-0000-7000-8000-000000000000';
    const forged = [
      'x',
      '%00',
      '%ff',
      'W10',
      Buffer.from('[]').toString('base64url'),
      Buffer.from('["2020-01-01T00:00:00Z","x"]').toString('base64url'),
      Buffer.from(JSON.stringify(['9999999-01-01T00:00:00Z', uuid])).toString('base64url'),
      Buffer.from(JSON.stringify(['2020-99-99T99:99:99Z', uuid])).toString('base64url'),
      Buffer.from(JSON.stringify(['2023-02-31T00:00:00Z', uuid])).toString('base64url'),
      Buffer.from(JSON.stringify(["2020-01-01T00:00:00Z'; drop table people; --", uuid])).toString(
        'base64url',
      ),
      Buffer.from(JSON.stringify([{}, {}])).toString('base64url'),
      Buffer.from(JSON.stringify(['\0', uuid])).toString('base64url'),
      Buffer.from(JSON.stringify([1e308, uuid])).toString('base64url'),
      'a'.repeat(10_000),
    ];
    const lists = routes.filter(({ queries }) => queries.includes('cursor')).map(({ path }) => filled(path));
    const wrong: string[] = [];
    for (const list of lists) {
      for (const cursor of forged) {
        const answered = await api('GET', `${list.replace('/api/v1', '')}?cursor=${cursor}&q=prix`);
        if (!isClear(answered)) wrong.push(`${answered.status} ${list} cursor ${cursor.slice(0, 40)}`);
      }
      for (const limit of ['-1', '0', '1e9', 'NaN', '99999999999999999999', '1.5', '', 'x', '%00']) {
        const answered = await api('GET', `${list.replace('/api/v1', '')}?limit=${limit}&q=prix`);
        if (!isClear(answered)) wrong.push(`${answered.status} ${list} limit ${limit}`);
      }
    }
    for (const cursor of forged) {
      for (const path of ['/', '/communities/le-comptoir', '/people', '/search', '/tags/prix']) {
        const answered = await page(`${path}?scope=all&q=prix&cursor=${cursor}`);
        if (!isClear(answered)) wrong.push(`${answered.status} page ${path} cursor ${cursor.slice(0, 40)}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

test('a form from another site changes nothing', async () => {
  const body = new URLSearchParams({ title: 'Venu d’ailleurs', body: 'x', status: 'published' });
  const answered = await form('/posts/new?/save', body, { origin: 'https://evil.example' });
  expect(answered.status).toBe(403);
  const found = await db
    .selectFrom('entries')
    .select('id')
    .where('title', '=', 'Venu d’ailleurs')
    .executeTakeFirst();
  expect(found).toBeUndefined();
});

/** A path with something real in its parts, or with `name` in all of them. */
function filled(path: string, name?: string): string {
  const real: Record<string, string> = { slug: 'le-comptoir', handle: 'claire.martin', kind: 'thanks' };
  return path.replace(
    /\{(\w+)\}/g,
    (_, part: string) => name ?? real[part] ?? '01900000-0000-7000-8000-000000000000',
  );
}

test('who signs out leaves no page behind that a step back would show', async () => {
  const { cookie } = await credentialsOf(db, 'yanis.belkacem');
  const left = await fetch(`${origin}/sign-out`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, origin, accept: 'text/html' },
    body: new URLSearchParams(),
  });
  expect([left.status, left.headers.get('location')]).toEqual([303, '/sign-in']);
  expect(left.headers.get('clear-site-data')).toBe('"cache"');
});
