import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { expect, test } from 'vitest';
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
  const asked = 'q=piégé&person=helene.dargent&tag=flux&kind=post&order=best';
  const feed = parseJsonFeed(await (await ask(`search.json?${asked}`, yanis)).text());
  const narrow = new URLSearchParams('q=piégé&person=helene.dargent&tag=flux').toString();
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

test('a reader that has the present version is told so, until something new comes', async () => {
  const first = await ask('all.rss', yanis);
  const etag = first.headers.get('etag') ?? '';
  expect((await ask('all.rss', yanis, { 'if-none-match': `W/${etag}` })).status).toBe(304);
  const since = first.headers.get('last-modified') ?? '';
  expect((await ask('all.rss', yanis, { 'if-modified-since': since })).status).toBe(304);
  await inTransaction(db, (tx) => createPost(tx, helene, { body: 'Neuf', status: 'published' }));
  expect((await ask('all.rss', yanis, { 'if-none-match': etag, 'if-modified-since': since })).status).toBe(
    200,
  );
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
