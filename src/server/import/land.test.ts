import { expect, test } from 'vitest';
import type { Actor } from '#server/actor.ts';
import { readProfile } from '#server/communities/profile.ts';
import { threadsOf } from '#server/conversation/thread.ts';
import { listFeed } from '#server/feed/list.ts';
import { inTransaction, type Db } from '#server/platform/db.ts';
import { readPost } from '#server/posts/read.ts';
import { search } from '#server/search/search.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { landBlogs } from './land.ts';
import { hasSharedData, sharedFiles } from './shared-data.ts';
import type { ImportedBlog, ImportedPost } from '../syndication/types.ts';
import { parseWxr } from './wxr.ts';

const { db } = await testDatabase();
const helene = await actorOf(db, 'helene.dargent');
const yanis = await actorOf(db, 'yanis.belkacem');

const counts = async (from: Db) => ({
  posts: (await from.selectFrom('entries').select('id').where('origin_key', 'is not', null).execute()).length,
  comments: (await from.selectFrom('comments').select('id').where('origin_key', 'is not', null).execute())
    .length,
  people: (await from.selectFrom('people').select('id').where('status', '=', 'outside').execute()).length,
});

const post = (key: string, more: Partial<ImportedPost> = {}): ImportedPost => ({
  key,
  line: 1,
  author: 'a',
  coAuthors: [],
  kind: 'post',
  status: 'published',
  title: key,
  body: `Texte de ${key}`,
  publishedAt: new Date('2019-05-04T10:00:00Z'),
  tags: [],
  comments: [],
  ...more,
});
const blog = (posts: ImportedPost[], author = 'Odile Ailleurs', email?: string): ImportedBlog => ({
  title: 'Ailleurs',
  url: 'https://ailleurs.example',
  authors: [{ key: 'a', name: author, email }],
  posts,
  skipped: [],
});
const land = (blogs: ImportedBlog[], options = {}) =>
  inTransaction(db, (tx) => landBlogs(tx, helene, blogs, options));

test.skipIf(!hasSharedData)(
  'the four real blogs give 13 posts, 4 comments and 7 people, all findable, once',
  async () => {
    const files = sharedFiles('blogs/*.wxr.xml');
    const before = await counts(db);
    for (let time = 0; time < 2; time++) {
      for (const { bytes } of files) await land([await parseWxr(bytes)]);
      const after = await counts(db);
      expect([
        after.posts - before.posts,
        after.comments - before.comments,
        after.people - before.people,
      ]).toEqual([13, 4, 7]);
    }
    for (const q of ['cylindrées', 'locomotives', "appels d'offres"]) {
      const found = await search(db, yanis, { q, to: '2019-01-01' });
      expect(found.items.length, q).toBeGreaterThan(0);
    }
    const bellot = (await search(db, yanis, { q: 'Jean-Marc Bellot', kind: 'person' })).items;
    expect(bellot).toHaveLength(1);
  },
);

test('threads, dates, tags, credit and status are kept', async () => {
  const at = new Date('2019-05-05T10:00:00Z');
  const comments = [
    { key: '1', kind: 'comment', author: { name: 'Paul' }, body: 'Un', at },
    { key: '2', parentKey: '1', kind: 'comment', author: { name: 'Odile Ailleurs' }, body: 'Deux', at },
    { key: '3', kind: 'pingback', author: { name: 'Site' }, body: '…', at },
  ] as ImportedPost['comments'];
  const report = await land([
    blog([
      post('fil', { comments, tags: ['Vente', 'vente', 'Été'], url: 'https://ailleurs.example/fil' }),
      post('brouillon', { status: 'draft', publishedAt: null }),
      post('secret', { status: 'private' }),
    ]),
  ]);
  expect(report).toMatchObject({
    posts: { new: 3, drafts: 1, private: 1 },
    comments: { new: 2, pingbacks: 1 },
    tags: 2,
  });
  const [item, ...rest] = (await listFeed(db, yanis, { tag: 'ete' })).items;
  expect(rest).toEqual([]);
  const read = await readPost(db, yanis, item!.id);
  expect(read).toMatchObject({
    publishedAt: '2019-05-04T10:00:00.000Z',
    activityAt: '2019-05-05T10:00:00.000Z',
    author: { name: 'Odile Ailleurs', status: 'outside' },
    source: { url: 'https://ailleurs.example/fil', title: 'Ailleurs' },
    comments: 2,
  });
  const threads = (await threadsOf(db, yanis, item!.id)).items;
  expect(threads).toMatchObject([
    { author: { name: 'Paul' }, replies: [{ author: { id: read.author.id } }] },
  ]);
  expect((await listFeed(db, yanis, { person: read.author.handle })).items.map((each) => each.title)).toEqual(
    ['fil'],
  );
});

test('an author with a colleague’s address is that colleague; a namesake with another address is not', async () => {
  await land([blog([post('paryanis')], 'Y. B.', 'YANIS.BELKACEM@essaim.example')]);
  expect((await search(db, helene, { q: '"Texte de paryanis"' })).items[0]?.author?.handle).toBe(
    'yanis.belkacem',
  );
  const one = await land([
    { ...blog([post('marie-1')], 'Marie Curieuse', 'marie@un.example'), url: 'https://un.example' },
  ]);
  const two = await land([
    { ...blog([post('marie-2')], 'Marie Curieuse', 'marie@deux.example'), url: 'https://deux.example' },
  ]);
  expect([one.people.new, two.people.new]).toEqual([1, 1]);
});

test('into a community, only by who may write there; a refusal leaves no trace', async () => {
  const before = await counts(db);
  const posts = [post('dedans')];
  const refused = inTransaction(db, (tx) =>
    landBlogs(tx, yanis, [blog(posts)], { community: 'appels-offres' }),
  );
  await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
  expect(await counts(db)).toEqual(before);
  await land([blog(posts)], { community: 'appels-offres' });
  expect((await search(db, yanis, { q: '"Texte de dedans"' })).found.texts).toBe(0);
  expect((await search(db, helene, { q: '"Texte de dedans"' })).found.texts).toBe(1);
});

test('what is imported again stays as it was, unless the source changed and nobody edited it here', async () => {
  await land([blog([post('change')])]);
  const again = await land([blog([post('change', { body: 'Autre texte' })])]);
  expect(again.posts).toMatchObject({ new: 0, known: 1 });
  expect((await search(db, yanis, { q: '"Texte de change"' })).found.texts).toBe(1);
  await land([blog([post('change', { body: 'Autre texte zibeline' })])], { refresh: true });
  expect((await search(db, yanis, { q: 'zibeline' })).found.texts).toBe(1);
});

test('an outside author can be read and found, his e-mail nowhere', async () => {
  const comment = (name: string, email?: string) =>
    ({
      key: name + email,
      kind: 'comment',
      author: { name, email },
      body: 'Bien vu.',
      at: new Date('2019-05-06'),
    }) as const;
  const said = [
    comment('rosa@fleurs.example'),
    comment('', 'igor@rien.example'),
    comment(''),
    comment('Lu'.repeat(200)),
  ];
  await land([
    {
      ...blog([post('fleurs', { comments: said })], 'Odette Violette', 'Odette@Fleurs.example'),
      url: 'https://fleurs.example',
      authors: [
        { key: 'a', name: 'Odette Violette', email: 'Odette@Fleurs.example', url: 'javascript:alert(1)' },
      ],
    },
  ]);
  const [hit] = (await search(db, yanis, { q: 'Odette Violette', kind: 'person' })).items;
  const profile = await readProfile(db, yanis, 'odette.violette');
  expect(profile).toMatchObject({ name: 'Odette Violette', status: 'outside', website: null });
  const [entry] = (await listFeed(db, yanis, { person: 'odette.violette' })).items;
  const threads = await threadsOf(db, yanis, entry!.id);
  expect(JSON.stringify([hit, profile, entry, threads])).not.toMatch(/@[a-z]+\.example/i);
  expect(threads.items.map(({ author }) => author.name).sort()).toEqual([
    'Anonyme',
    'Lu'.repeat(60),
    'igor',
    'rosa',
  ]);
  // Written otherwise, it is the same address: the same person.
  const again = await land([
    { ...blog([post('rose')], 'O. V.', 'odette@fleurs.EXAMPLE'), url: 'https://autre.example' },
  ]);
  expect(again.people).toEqual({ new: 0, known: 1 });
});

test('the same blog is known again at https, with www, and with or without a slash', async () => {
  const posts = [post('http://slash.example/?p=1')];
  await land([{ ...blog(posts), url: 'http://www.slash.example' }]);
  const again = await land([
    { ...blog([post('https://slash.example/?p=1'), post('2')]), url: 'https://slash.example/' },
  ]);
  expect(again.posts).toMatchObject({ new: 1, known: 1 });
});

test('keys and names of any length, and many people at once, land', async () => {
  const many = Array.from({ length: 1_200 }, (_, index) => ({
    key: String(index),
    kind: 'comment' as const,
    author: {
      name: index % 2 ? `王 ${index}` : `Jean Foule ${index} ${'é'.repeat(3_000)}`,
      email: `p${index}@foule.example`,
    },
    body: 'Là.',
    at: new Date('2019-05-06'),
  }));
  const crowd = {
    ...blog([
      post(`clé ${'𝕏'.repeat(3_000)}`, { comments: many, url: `https://x.example/${'a'.repeat(5_000)}` }),
    ]),
    title: 'T'.repeat(9_000),
    url: undefined,
  };
  expect(await land([crowd])).toMatchObject({ posts: { new: 1 }, comments: { new: 1_200 } });
  expect(await land([crowd])).toMatchObject({ posts: { new: 0 }, comments: { new: 0 }, people: { new: 0 } });
});

test('two imports at once bring the same blog once', async () => {
  const paired = () => ({ ...blog([post('ensemble')], 'Paire Unique'), url: 'https://paire.example' });
  const both = [paired(), paired()];
  const before = await counts(db);
  const reports = await Promise.all(both.map((each) => land([each])));
  expect(reports.map(({ posts }) => posts.new).sort()).toEqual([0, 1]);
  const after = await counts(db);
  expect([after.posts - before.posts, after.people - before.people]).toEqual([1, 1]);
});

test('a post keeps as many tags as one may have, and the report says so', async () => {
  const tags = Array.from({ length: 60 }, (_, n) => `étiquette ${n}`);
  const report = await land([blog([post('collier', { tags })])]);
  expect(report.tags).toBe(50);
  expect(report.skipped).toMatchObject([{ reason: 'Of the tags, the first 50 are kept', line: 1 }]);
});

test('a text that is too long is cut, and the report says so', async () => {
  const report = await land([
    blog([post('roman', { body: 'mot '.repeat(120_000), coAuthors: ['[x](https://y.example)'] })]),
  ]);
  expect(report.skipped).toMatchObject([{ reason: 'A text is cut after 400000 characters', line: 1 }]);
});

test('an outside author is known where his words are read, and nowhere else', async () => {
  const thread = {
    key: 'c',
    line: 2,
    kind: 'comment' as const,
    author: { name: 'Honorine Cachette' },
    body: 'Entre nous.',
    at: new Date('2019-06-01T10:00:00Z'),
  };
  const secret = blog([post('caché', { comments: [thread] })], 'Zoé Cachette');
  await land([{ ...secret, url: 'https://cachette.example' }], { community: 'face-a-norvalt' });
  const known = async (actor: Actor) =>
    (await search(db, actor, { q: 'cachette', kind: 'person' })).items.map(({ title }) => title).sort();
  const both = ['Honorine Cachette', 'Zoé Cachette'];
  expect(await known(helene)).toEqual(both);
  expect(await known(yanis)).toEqual([]);
  await expect(readProfile(db, yanis, 'zoe.cachette')).rejects.toMatchObject({ code: 'not_found' });
  await expect(readProfile(db, yanis, 'honorine.cachette')).rejects.toMatchObject({ code: 'not_found' });
  expect(await readProfile(db, helene, 'zoe.cachette')).toMatchObject({ name: 'Zoé Cachette' });

  const { id } = await db
    .selectFrom('entries')
    .select('id')
    .where('title', '=', 'caché')
    .executeTakeFirstOrThrow();
  const set = (hidden_at: Date | null) =>
    db.updateTable('entries').set({ hidden_at }).where('id', '=', id).execute();
  await set(new Date());
  expect(await known(helene)).toEqual([]);
  await set(null);
  expect(await known(helene)).toEqual(both);

  await land([{ ...blog([post('montré')], 'Zoé Cachette'), url: 'https://montre.example' }]);
  expect(await known(yanis)).toEqual(['Zoé Cachette']);
});
