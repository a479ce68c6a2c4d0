import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { foundCommunity } from '#server/communities/found.ts';
import { inTransaction } from '#server/platform/db.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { askForImport, confirmImport, importsOf, kindOf, readImport, type AskedFor } from './asked.ts';
import { followedBlogs } from './blogs.ts';
import { rssOf, startFeedServer } from '../../../tests/feed-server.ts';
import { importInWords } from './in-words.ts';
import { runImports } from './run-asked.ts';

const { db } = await testDatabase();
const helene = await actorOf(db, 'helene.dargent');
const nadia = await actorOf(db, 'nadia.rahmani');
const yanis = await actorOf(db, 'yanis.belkacem');
const site = await startFeedServer();
afterAll(() => site.close());

const file = (text: string, name = 'blog.xml') => ({ name, bytes: Buffer.from(text) });
const ask = (asked: AskedFor, actor = helene) => inTransaction(db, (tx) => askForImport(tx, actor, asked));
const run = async (asked: AskedFor) => {
  const { id } = await ask(asked);
  await runImports(db);
  return readImport(db, helene, id);
};
const landed = async (word: string) =>
  (await sql`select 1 from entries where origin_key is not null and body like ${`%${word}%`}`.execute(db))
    .rows.length;

test('what a file is shows in how it begins', async () => {
  expect(kindOf(Buffer.from(rssOf('https://a.example', [])))).toBe('feed');
  expect(kindOf(Buffer.from('<rss xmlns:wp="http://wordpress.org/export/1.2/">'))).toBe('wxr');
  expect(kindOf(Buffer.from('\ufeff<?xml version="1.0"?><opml version="2.0">', 'utf16le'))).toBe('opml');
  expect(kindOf(Buffer.from(''))).toBe('feed');
});

test('a place that the admin has left is not named any more', async () => {
  const { slug } = await inTransaction(db, (tx) =>
    foundCommunity(tx, helene, { name: 'Les essais', access: 'secret' }),
  );
  const { id } = await ask({ content: file(rssOf('https://p.example', [])), community: slug });
  expect((await readImport(db, helene, id)).community).toEqual({ slug, name: 'Les essais' });
  await sql`update communities set name = 'Rachat de Norvalt' where slug = ${slug}`.execute(db);
  await sql`delete from memberships where person_id = ${helene.id}
    and community_id = (select id from communities where slug = ${slug})`.execute(db);
  expect((await readImport(db, helene, id)).community).toBeNull();
  await sql`delete from imports where id = ${id}`.execute(db);
});

test('only admins import, each sees his own, and into a community only who may write there', async () => {
  const asked = { content: file(rssOf('https://b.example', [{ id: 'b' }])) };
  await expect(ask(asked, yanis)).rejects.toMatchObject({ reason: 'admins_only' });
  await expect(ask({})).rejects.toMatchObject({ fields: { file: 'import_empty' } });
  await expect(ask({ ...asked, community: 'nulle-part' })).rejects.toMatchObject({ code: 'not_found' });
  const { id } = await ask(asked);
  await expect(readImport(db, nadia, id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(importsOf(db, yanis)).rejects.toMatchObject({ reason: 'admins_only' });
  await runImports(db);
  expect((await importsOf(db, helene))[0]).toMatchObject({
    status: 'done',
    report: { posts: { new: 1 } },
    confirmable: false,
  });
});

test('a dry run writes nothing, says what would come, and is carried out when confirmed, once', async () => {
  const content = file(
    rssOf('https://c.example', [{ id: 'c', text: 'ornithorynque', author: 'Colin Maillard' }]),
  );
  const tried = await run({ content, dry: true });
  expect(tried).toMatchObject({
    status: 'done',
    dry: true,
    confirmable: true,
    report: { posts: { new: 1 }, people: { new: 1 } },
  });
  expect(await landed('ornithorynque')).toBe(0);
  await expect(inTransaction(db, (tx) => confirmImport(tx, nadia, tried.id))).rejects.toMatchObject({
    code: 'not_found',
  });
  await inTransaction(db, (tx) => confirmImport(tx, helene, tried.id));
  await Promise.all([runImports(db), runImports(db), runImports(db)]);
  expect(await readImport(db, helene, tried.id)).toMatchObject({
    status: 'done',
    dry: false,
    confirmable: false,
    landed: 1,
    total: 1,
  });
  expect(await landed('ornithorynque')).toBe(1);
  await expect(inTransaction(db, (tx) => confirmImport(tx, helene, tried.id))).rejects.toMatchObject({
    code: 'not_found',
  });
  expect(
    (await db.selectFrom('imports').select('content').where('id', '=', tried.id).executeTakeFirst())?.content,
  ).toBeNull();
});

test('a broken file names line and reason, in French, and leaves no trace', async () => {
  const whole = rssOf('https://d.example', [{ id: 'd1', text: 'salamandre' }, { id: 'd2' }]);
  const broken = await run({ content: file(whole.replace(/\n.*d2<\/title>.*/, '\n<title>d2</b>')) });
  expect(broken).toMatchObject({ status: 'failed', report: null });
  expect(importInWords('fr', broken).problem).toMatch(
    /^Ligne 7.: <title>, ouvert à la ligne 7, n’est pas fermé\.$/,
  );
  const cut = await run({
    content: file('<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>\n<item>'),
  });
  expect(importInWords('fr', cut).problem).toMatch(/^Ligne 2.: le fichier s’arrête en plein milieu/);
  const page = await run({ content: file('<html></html>') });
  expect(importInWords('en', page).problem).toBe('Line 1: this is a web page.');
  expect(await landed('salamandre')).toBe(0);
});

test('an import that is interrupted starts again, and one that kills is given up', async () => {
  const { id } = await ask({ content: file(rssOf('https://e.example', [{ id: 'e', text: 'axolotl' }])) });
  await db.updateTable('imports').set({ attempts: 2, landed: 12 }).where('id', '=', id).execute();
  await runImports(db);
  expect(await readImport(db, helene, id)).toMatchObject({ status: 'done' });
  expect(await landed('axolotl')).toBe(1);
  const { id: deadly } = await ask({ content: file('<rss/>') });
  await db.updateTable('imports').set({ attempts: 3 }).where('id', '=', deadly).execute();
  await runImports(db);
  expect(await readImport(db, helene, deadly)).toMatchObject({
    status: 'failed',
    problem: { reason: 'import_gave_up' },
  });
});

test('whoever is no admin any more imports nothing', async () => {
  const { id } = await ask({ content: file(rssOf('https://f.example', [{ id: 'f' }])) }, nadia);
  await db.updateTable('people').set({ role: 'member' }).where('id', '=', nadia.id).execute();
  await runImports(db);
  await db.updateTable('people').set({ role: 'admin' }).where('id', '=', nadia.id).execute();
  expect(await readImport(db, nadia, id)).toMatchObject({
    status: 'failed',
    problem: { reason: 'admins_only' },
  });
});

test('an address is read once, or followed; a list is followed whole', async () => {
  site.answers.set('/g.xml', (_, response) => response.end(rssOf(site.url, [{ id: 'g' }])));
  const url = `${site.url}/g.xml`;
  expect(await run({ url, dry: true })).toMatchObject({ report: { posts: { new: 1 } }, confirmable: true });
  expect(await run({ url })).toMatchObject({ report: { posts: { new: 1 } } });
  expect(await followedBlogs(db, helene)).toEqual([]);
  expect(await run({ url, follow: true })).toMatchObject({ report: { posts: { new: 0, known: 1 } } });
  // The same once more doubles nothing, and goes on being followed.
  expect(await run({ url, follow: true })).toMatchObject({
    status: 'done',
    report: { posts: { new: 0, known: 1 } },
  });
  expect(await followedBlogs(db, helene)).toHaveLength(1);
  expect(await run({ url: `${site.url}/none` })).toMatchObject({ problem: { reason: 'fetch_status' } });
  const list = `<opml version="2.0"><body><outline text="G" xmlUrl="${url}"/><outline text="H" xmlUrl="${site.url}/h.xml"/></body></opml>`;
  expect(await run({ content: file(list), dry: true })).toMatchObject({
    report: { blogs: { new: 1, known: 1 } },
  });
  expect(await followedBlogs(db, helene)).toHaveLength(1);
  expect(await run({ content: file(list) })).toMatchObject({ report: { blogs: { new: 1, known: 1 } } });
  expect((await followedBlogs(db, helene)).map(({ title }) => title)).toContain('H');
});

test('a large file is read piece by piece', async () => {
  const posts = Array.from({ length: 600 }, (_, index) => ({
    id: `p${index}`,
    text: `capybara ${'x'.repeat(4_000)}`,
  }));
  const asked = await run({ content: file(rssOf('https://large.example', posts)) });
  expect(asked).toMatchObject({ status: 'done', landed: 600, total: 600, report: { posts: { new: 600 } } });
  expect(await landed('capybara')).toBe(600);
});
