import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Actor } from '#server/actor.ts';
import { inTransaction } from '#server/platform/db.ts';
import { renewFeedKey, revokeFeedKey } from '#server/people/feed-key.ts';
import { addComment, deleteComment } from '#server/conversation/comment.ts';
import { createPost } from '#server/posts/create.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { answerFeed } from './answer.ts';

const { db } = await testDatabase();
const helene = await actorOf(db, 'helene.dargent');
const yanis = await actorOf(db, 'yanis.belkacem');
const origin = 'https://essaim.example';

const ask = (path: string, session: Actor | null, headers: Record<string, string> = {}) => {
  const url = new URL(`${origin}/feeds/${path}`);
  return answerFeed(db, {
    path: url.pathname.slice('/feeds/'.length),
    url,
    headers: new Headers(headers),
    session,
  });
};

const { id } = await inTransaction(db, (tx) =>
  createPost(tx, helene, {
    title: 'Un <titre> & ]]> piégé',
    body: 'Texte \u0001 **gras** avec @nadia.rahmani & [un lien](https://exemple.fr/?a=1&b=2).',
    status: 'published',
    tags: ['flux'],
  }),
);

test('the same list as RSS, Atom and JSON Feed, every address absolute', async () => {
  const rss = parseRssFeed(await (await ask('people/helene.dargent.rss', yanis)).text());
  expect(rss.items?.[0]).toMatchObject({
    title: 'Un <titre> & ]]> piégé',
    link: `${origin}/posts/${id}`,
    guid: { value: `urn:uuid:${id}`, isPermaLink: false },
  });
  expect(rss.items?.[0]?.content?.encoded).toContain(`href="${origin}/people/nadia.rahmani"`);
  const atom = parseAtomFeed(await (await ask('tags/flux.atom', yanis)).text());
  expect(atom.entries?.[0]).toMatchObject({
    id: `urn:uuid:${id}`,
    title: { value: 'Un <titre> & ]]> piégé' },
  });
  const json = parseJsonFeed(await (await ask('search.json?q=piégé', yanis)).text());
  expect(json.items?.[0]).toMatchObject({ url: `${origin}/posts/${id}` });
});

test('a conversation, the latest first, for those who may read it', async () => {
  const opened = await inTransaction(db, (tx) => addComment(tx, yanis, { entryId: id, body: 'Et ensuite.' }));
  const answer = await inTransaction(db, (tx) =>
    addComment(tx, helene, { entryId: id, parentId: opened.id, body: 'La **suite**.' }),
  );
  const feed = parseAtomFeed(await (await ask(`posts/${id}.atom`, yanis)).text());
  expect(feed.title?.value).toMatch(/^Conversation\s: Un <titre> & \]\]> piégé$/);
  expect(feed.entries?.map((entry) => [entry.id, entry.authors?.[0]?.name])).toEqual([
    [`urn:uuid:${answer.id}`, helene.name],
    [`urn:uuid:${opened.id}`, yanis.name],
  ]);
  expect(feed.entries?.[0]?.links?.[0]?.href).toBe(
    `${origin}/posts/${id}?comment=${answer.id}#comment-${answer.id}`,
  );
  await inTransaction(db, (tx) => deleteComment(tx, helene, answer.id));
  const rss = parseRssFeed(await (await ask(`posts/${id}.rss`, yanis)).text());
  expect(rss.items?.map((item) => item.content?.encoded)).toEqual(['<p>Et ensuite.</p>']);
  const draft = await inTransaction(db, (tx) => createPost(tx, helene, { title: 'Plus tard', body: 'x' }));
  for (const missing of [draft.id, crypto.randomUUID(), 'rien', `${id}/x`])
    await expect(ask(`posts/${missing}.rss`, helene), missing).rejects.toMatchObject({ code: 'not_found' });
});

test('a search that is subscribed to stays as narrow as it was', async () => {
  const asked = 'q=piégé&person=helene.dargent&tag=flux&kind=post&order=best&cursor=20';
  const feed = parseJsonFeed(await (await ask(`search.json?${asked}`, yanis)).text());
  const narrow = new URLSearchParams('q=piégé&person=helene.dargent&tag=flux&kind=post').toString();
  expect([...new URLSearchParams(narrow)].sort()).toEqual(
    [...new URL(feed.feed_url ?? '').searchParams].sort(),
  );
  expect(new URL(feed.home_page_url ?? '').search).toBe(new URL(feed.feed_url ?? '').search);
  expect(feed.items).toHaveLength(1);
  for (const other of ['person=nadia.rahmani', 'tag=autre', 'to=2001-01-01', 'community=nulle-part']) {
    const none = parseJsonFeed(await (await ask(`search.json?q=piégé&${other}`, yanis)).text());
    expect(none.items ?? [], other).toHaveLength(0);
  }
});

test('the feed of a search holds what is said as well, and no more than its reader finds', async () => {
  const word = 'zygomatique';
  const write = (community?: string) =>
    inTransaction(db, (tx) =>
      createPost(tx, helene, {
        ...{ title: `Le ${word}`, body: 'Texte.', status: 'published', tags: [word] },
        ...(community && { community }),
      }),
    );
  const say = (entryId: string, body: string) =>
    inTransaction(db, (tx) => addComment(tx, helene, { entryId, body }));
  const [open, secret] = [await write(), await write('appels-offres')];
  const said = await say(open.id, `Du **${word}**.`);
  const gone = await say(open.id, `Plus de ${word}.`);
  await say(secret.id, `Un ${word} pour nous.`);
  await inTransaction(db, (tx) => deleteComment(tx, helene, gone.id));
  const ids = async (who: Actor, more = '') => {
    const { items } = parseJsonFeed(await (await ask(`search.json?q=${word}${more}`, who)).text());
    return (items ?? []).map(({ id }) => id?.slice('urn:uuid:'.length));
  };
  // The tag is called so too: it has no date, and no place here.
  expect((await ids(yanis)).sort()).toEqual([open.id, said.id].sort());
  expect(await ids(helene)).toHaveLength(4);
  expect(await ids(yanis, '&kind=comment')).toEqual([said.id]);
  expect(await ids(yanis, '&kind=post')).toEqual([open.id]);
  expect((await ids(yanis, '&kind=tag')).sort()).toEqual([open.id, said.id].sort());
  const atom = parseAtomFeed(await (await ask(`search.atom?q=${word}&kind=comment`, yanis)).text());
  expect(atom.entries?.[0]).toMatchObject({
    title: { value: expect.stringMatching(/^Commentaire\s: Le zygomatique$/) as string },
    links: [{ href: `${origin}/posts/${open.id}?comment=${said.id}#comment-${said.id}` }],
    content: { value: `<p>Du <strong>${word}</strong>.</p>` },
    authors: [{ name: helene.name }],
  });
  const long = await say(open.id, word);
  await sql`update comments set html = '<p>' || repeat('mot ', 50000) || '</p>' where id = ${long.id}`.execute(
    db,
  );
  const heavy = await (await ask(`search.json?q=${word}&kind=comment`, yanis)).text();
  expect(heavy.length).toBeLessThan(10_000);
  expect(heavy).toContain(`comment=${long.id}`);
});

test('a feed carries a bounded weight: what is too heavy shows its excerpt, and the way to the whole', async () => {
  await sql`insert into entries (author_id, everyone, title, body, html, excerpt, status, published_at)
    select ${helene.id}, true, 'Lourd ' || n, 'x', '<p>' || repeat('mot ', 100000) || '</p>', 'Un < extrait', 'published',
      now() - interval '1 year' + n * interval '1 second' from generate_series(1, 30) n`.execute(db);
  const text = await (await ask('people/helene.dargent.json', yanis)).text();
  expect(text.length).toBeLessThan(2_100_000);
  const items = parseJsonFeed(text).items ?? [];
  const heavy = items.filter(({ title }) => title?.startsWith('Lourd'));
  expect(heavy).toHaveLength(30);
  expect(heavy[0]?.content_html).toHaveLength(400_007);
  const last = heavy.at(-1);
  expect(last?.content_html).toContain('<p>Un &lt; extrait</p>');
  expect(last?.content_html).toContain(`<a href="${last?.url}">`);
});

test('a reader that has the present version is told so, until something new comes', async () => {
  const etag = (await ask('all.rss', yanis)).headers.get('etag') ?? '';
  expect((await ask('all.rss', yanis, { 'if-none-match': `W/${etag}` })).status).toBe(304);
  await inTransaction(db, (tx) => createPost(tx, helene, { body: 'Neuf', status: 'published' }));
  expect((await ask('all.rss', yanis, { 'if-none-match': etag })).status).toBe(200);
});

describe('a reader that knows dates alone', () => {
  const path = 'tags/dates.rss';
  const noon = Date.parse('2031-05-06T12:00:00Z');
  const since = (date: string, more: Record<string, string> = {}) =>
    ask(path, yanis, { 'if-modified-since': date, ...more });
  const dated = async () => (await ask(path, yanis)).headers.get('last-modified');
  const published: string[] = [];
  const publish = async (at: number, community?: string) => {
    const made = await inTransaction(db, (tx) =>
      createPost(tx, helene, {
        ...{ body: 'À dater.', status: 'published', tags: ['dates'] },
        ...(community && { community }),
      }),
    );
    await sql`update entries set published_at = ${new Date(at)} where id = ${made.id}`.execute(db);
    published.push(made.id);
    return made.id;
  };
  const remove = (id: string) =>
    sql`update entries set deleted_at = now() where id = ${id}`.execute(db).then(() => undefined);

  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    for (const hours of [72, 48, 3]) await publish(noon - hours * 3_600_000);
  });
  beforeEach(() => vi.setSystemTime(noon));
  afterAll(() => void vi.useRealTimers());

  test('is told what it has, by the date it was given and by no other', async () => {
    const date = 'Tue, 06 May 2031 09:00:00 GMT';
    expect(await dated()).toBe(date);
    const known = await since(date);
    expect([known.status, known.headers.get('last-modified')]).toEqual([304, date]);
    for (const other of ['Tue, 06 May 2031 08:59:59 GMT', 'Tue, 06 May 2031 11:00:00 GMT', 'rien'])
      expect((await since(other)).status, other).toBe(200);
    // RFC 9110, 13.1.3: where there is an If-None-Match, the date is not looked at.
    expect((await since(date, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  test('misses no second post of the same second', async () => {
    const second = noon - 2_000;
    await publish(second + 100);
    expect(await dated()).toBeNull();
    const date = new Date(second).toUTCString();
    expect((await since(date)).status).toBe(200);
    await publish(second + 800);
    vi.setSystemTime(noon + 3_600_000);
    // Whoever was there in between has no date to ask by.
    expect(await dated()).toBe(date);
    await remove(published.pop()!);
    await remove(published.pop()!);
  });

  test('sees at once that the latest went, and by the next day whatever else went or came', async () => {
    const date = (await dated()) ?? '';
    const [, , latest] = published;
    await remove(latest!);
    expect((await since(date)).status).toBe(200);
    const midnight = 'Tue, 06 May 2031 00:00:00 GMT';
    expect(await dated()).toBe(midnight);
    expect((await since(midnight)).status).toBe(304);
    await remove(published[0]!);
    await publish(noon - 400 * 3_600_000);
    vi.setSystemTime(noon + 11 * 3_600_000);
    expect((await since(midnight)).status).toBe(304);
    vi.setSystemTime(noon + 12 * 3_600_000 + 30_000);
    expect((await since(midnight)).status).toBe(200);
    expect(await dated()).toBeNull();
    vi.setSystemTime(noon + 13 * 3_600_000);
    expect((await since(midnight)).status).toBe(200);
    expect(await dated()).toBe('Wed, 07 May 2031 00:00:00 GMT');
  });

  test('learns nothing by it of what it may not see, there or gone', async () => {
    const look = async () => {
      const answer = await ask(path, yanis);
      const again = await since(answer.headers.get('last-modified') ?? '');
      return [[...answer.headers], await answer.text(), again.status, [...again.headers]];
    };
    const before = await look();
    const hidden = await publish(noon - 7_200_000, 'appels-offres');
    const near = await publish(noon - 1_000, 'appels-offres');
    expect(await look()).toEqual(before);
    expect((await ask(path, helene)).headers.get('last-modified')).toBeNull();
    await remove(near);
    await remove(hidden);
    expect(await look()).toEqual(before);
  });
});

test('a key opens what its owner sees, and nothing once revoked', async () => {
  const key = await inTransaction(db, (tx) => renewFeedKey(tx, helene));
  expect((await ask(`communities/appels-offres.rss?key=${key}`, null)).status).toBe(200);
  await expect(ask('communities/appels-offres.rss', yanis)).rejects.toMatchObject({ code: 'not_found' });
  expect(await (await ask('communities/appels-offres.rss', helene)).text()).not.toContain(key);
  expect(await (await ask(`communities.opml?key=${key}`, null)).text()).toContain(`.rss?key=${key}`);
  await inTransaction(db, (tx) => revokeFeedKey(tx, helene));
  await expect(ask(`all.rss?key=${key}`, helene)).rejects.toMatchObject({ code: 'unauthenticated' });
  await expect(ask('all.rss', null)).rejects.toMatchObject({ code: 'unauthenticated' });
});

test('what is no feed is not found', async () => {
  for (const path of [
    'all',
    'all.xml',
    '../../etc/passwd.rss',
    'communities/..%2f.rss',
    'people/.rss',
    'tags/rien-du-tout.rss',
  ]) {
    await expect(ask(path, yanis), path).rejects.toMatchObject({ code: 'not_found' });
  }
});

test('what is passed on keeps its credit, as far as the reader may see it', async () => {
  const outside = {
    sourceUrl: 'https://exemple.fr/a?b=1&c=2',
    sourceTitle: 'Un « article »',
    sourceAuthor: 'Odile',
  };
  const write = (input: object) =>
    inTransaction(db, (tx) =>
      createPost(tx, helene, { body: 'À lire.', status: 'published', tags: ['credit'], ...input }),
    );
  const inside = await write({ title: 'Dedans', community: 'appels-offres' });
  await write(outside);
  await write({ curatedId: inside.id });
  const read = async (who: Actor) => (await ask('tags/credit.json', who)).text();
  expect(await read(yanis)).toContain('https://exemple.fr/a?b=1&amp;c=2');
  expect(await read(yanis)).toContain('Odile');
  expect(await read(yanis)).not.toContain(inside.id);
  expect(await read(helene)).toContain(`/posts/${inside.id}`);
});
