import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Actor } from '../actor.ts';
import { leaveCommunity } from '../communities/join.ts';
import { addComment, deleteComment, editComment } from '../conversation/comment.ts';
import { react } from '../conversation/react.ts';
import { markRead } from '../conversation/reads.ts';
import { followThread, setLevel, wantKind } from '../notifications/less.ts';
import { changeNoticeSettings } from '../notifications/settings.ts';
import { inTransaction, type Tx } from '../platform/db.ts';
import { addHighlight } from '../desk/highlights.ts';
import { keepClip } from '../desk/keep.ts';
import { saveSearch } from '../desk/saved.ts';
import { createWatch } from '../desk/watch.ts';
import { editDossier, foundDossier } from '../dossiers/found.ts';
import { hideThing } from '../moderation/hide.ts';
import { createPage } from '../pages/create.ts';
import { savePageOrRefuse } from '../pages/save.ts';
import { createPost } from '../posts/create.ts';
import { editPost } from '../posts/edit.ts';
import { deletePost } from '../posts/remove.ts';
import { turnItem } from '../sharing/turn.ts';
import { credentialsOf } from '../../../tests/credentials.ts';
import { testDatabase } from '../../../tests/database.ts';
import { sampleWatch } from '../../../tests/watches.ts';
import { actorOf } from '../../../tests/world.ts';
import { exportAsHtml } from './html.ts';
import { exportAsJson } from './json.ts';
import { download } from './stream.ts';

const { db } = await testDatabase();
const [claire, thomas, mathieu, pierre] = (await Promise.all(
  ['claire.martin', 'thomas.gauthier', 'mathieu.kessler', 'pierre.alonzo'].map((handle) =>
    actorOf(db, handle),
  ),
)) as [Actor, Actor, Actor, Actor];

const act = <T>(write: (tx: Tx) => Promise<T>) => inTransaction(db, write);
const publish = async (actor: Actor, more: object = {}) =>
  (
    await act((tx) =>
      createPost(tx, actor, { title: 'Un titre', body: 'Un mot.', status: 'published', ...more }),
    )
  ).id;

type Row = Record<string, unknown>;
type Export = Record<string, Row[]> & { profile: Row };
const readJson = async (actor: Actor) =>
  JSON.parse((await Array.fromAsync(exportAsJson(db, actor))).join('')) as Export;
const readHtml = async (actor: Actor) =>
  (await Array.fromAsync(exportAsHtml(db, actor, 'https://reseau.test'))).join('');

test('holds all that is his: texts with their versions, what he gave, follows and read, how he signs in', async () => {
  await credentialsOf(db, 'mathieu.kessler');
  const place = await publish(thomas, { title: 'La place' });
  const post = await publish(mathieu, { title: 'Avant', tags: ['salon'] });
  await act((tx) => editPost(tx, mathieu, post, { title: 'Après' }));
  const draft = (await act((tx) => createPost(tx, mathieu, { body: 'En cours.' }))).id;
  const deleted = await publish(mathieu, { title: 'Regretté' });
  await act((tx) => deletePost(tx, mathieu, deleted));
  const root = (await act((tx) => addComment(tx, thomas, { entryId: place, body: 'Question ?' }))).id;
  const said = (await act((tx) => addComment(tx, mathieu, { entryId: place, parentId: root, body: 'Oui.' })))
    .id;
  await act((tx) => editComment(tx, mathieu, said, { body: 'Non.' }));
  await act((tx) => react(tx, mathieu, { on: 'comment', id: root, kind: 'useful' }));
  await act((tx) => markRead(tx, mathieu, place));
  const all = await readJson(mathieu);
  expect(all.profile).toMatchObject({ handle: 'mathieu.kessler', name: 'Mathieu Kessler' });
  const byId = new Map(all.posts!.map((row) => [row.id, row]));
  expect(byId.get(post)).toMatchObject({ title: 'Après', tags: ['salon'], versions: [{ title: 'Avant' }] });
  expect(byId.get(draft)).toMatchObject({ status: 'draft', body: 'En cours.' });
  expect(byId.get(deleted)).toMatchObject({ title: 'Regretté', deletedAt: expect.any(String) as string });
  expect(all.comments!.at(-1)).toMatchObject({
    body: 'Non.',
    under: { title: 'La place', url: `/posts/${place}` },
    answers: { url: `/posts/${place}#comment-${root}` },
    versions: [{ body: 'Oui.' }],
  });
  expect(all.reactions!.at(-1)).toMatchObject({
    kind: 'useful',
    on: 'comment',
    under: { title: 'La place' },
  });
  expect(all.reads).toContainEqual({
    readUpTo: expect.any(String) as string,
    post: { title: 'La place', url: `/posts/${place}` },
  });
  expect(all.memberships!.map(({ slug }) => slug)).toContain('face-a-norvalt');
  expect(all.follows!.length).toBeGreaterThan(0);
  expect(all.sessions).toHaveLength(1);
  expect(all.tokens).toMatchObject([{ name: 'test' }]);
  expect(JSON.stringify(all)).not.toContain('Question ?');
});

test('holds how he wants to hear of things, of the places that he sees', async () => {
  const post = await publish(thomas, { title: 'Suivi' });
  await act(async (tx) => {
    await setLevel(tx, mathieu, 'le-metier', 'everything');
    await wantKind(tx, mathieu, 'reaction', false);
    await followThread(tx, mathieu, post, false);
    await changeNoticeSettings(tx, mathieu, { mail: false, digest: 'week', hour: 17, weekday: 5 });
  });
  const all = await readJson(mathieu);
  expect(all.notices).toEqual([
    { mail: false, digest: 'week', digestHour: 17, digestWeekday: 5, kindsOff: ['reaction'] },
  ]);
  expect(all.noticeLevels).toMatchObject([{ slug: 'le-metier', level: 'everything' }]);
  expect(all.threads).toEqual([{ post: { title: 'Suivi', url: `/posts/${post}` }, following: false }]);
  expect((await readJson(thomas)).notices).toMatchObject([{ mail: true, digest: 'day' }]);
  await act((tx) => deletePost(tx, thomas, post));
  expect((await readJson(mathieu)).threads).toEqual([]);
});

test('nothing in it opens a door: no hash, no secret, no session token', async () => {
  const { cookie, feedKey } = await credentialsOf(db, 'claire.martin');
  const text = JSON.stringify(await readJson(claire));
  expect(text).not.toContain(feedKey);
  expect(text).not.toContain(decodeURIComponent(cookie.split('=')[1] ?? '').split('.')[0]);
  expect(text).not.toMatch(/"\w*(hash|password|secret)\w*":/i);
});

test('a place he has left is not named any more; his words are', async () => {
  const post = await publish(mathieu, { community: 'face-a-norvalt', body: 'Mes mots du dedans.' });
  const other = await publish(claire, { community: 'face-a-norvalt', title: 'Dossier Zéphyr' });
  await act((tx) => addComment(tx, mathieu, { entryId: other, body: 'Mon avis du dedans.' }));
  await act((tx) => leaveCommunity(tx, mathieu, 'face-a-norvalt'));
  const all = await readJson(mathieu);
  const text = JSON.stringify(all) + (await readHtml(mathieu));
  expect(text).not.toMatch(/Zéphyr|Norvalt"|face-a-norvalt/);
  expect(all.posts!.find(({ id }) => id === post)).toMatchObject({
    body: 'Mes mots du dedans.',
    community: null,
  });
  expect(all.comments!.at(-1)).toMatchObject({ body: 'Mon avis du dedans.', under: null });
});

test('what becomes of his words in a place he has left is told him no more', async () => {
  const community = 'face-a-norvalt';
  const [elise, ines] = [await actorOf(db, 'elise.perrin'), await actorOf(db, 'ines.carvalho')];
  await sql`insert into memberships (community_id, person_id) select id, ${ines.id} from communities
    where slug = ${community} on conflict do nothing`.execute(db);
  const post = await publish(ines, { community });
  const other = await publish(elise, { community });
  const said = await act((tx) => addComment(tx, ines, { entryId: other, body: 'Mon avis.' }));
  const page = await act((tx) => createPage(tx, ines, { title: 'Plan', body: 'Le début.', community }));
  const watches = [
    await sampleWatch(db, { owner: 'elise.perrin', name: 'Prix', community }),
    await sampleWatch(db, { owner: 'ines.carvalho', name: 'Leurs prix', community }),
  ];
  const dossier = await act((tx) => foundDossier(tx, ines, { name: 'Prix', community, watches }));
  const inside = await readJson(ines);
  expect(inside.dossiers!.map(({ name }) => name)).toEqual(['Prix']);
  expect(inside.posts!.find(({ id }) => id === page.id)).toMatchObject({ body: 'Le début.' });
  expect(inside.posts!.find(({ id }) => id === post)).toMatchObject({ received: { thanks: 0 } });
  await act((tx) => leaveCommunity(tx, ines, community));
  const left = await readJson(ines);
  await act((tx) => react(tx, elise, { on: 'entry', id: post, kind: 'thanks' }));
  await act((tx) => react(tx, elise, { on: 'comment', id: said.id, kind: 'thanks' }));
  await act((tx) => savePageOrRefuse(tx, elise, page.id, { body: 'La suite.', version: 1 }));
  await act((tx) => editDossier(tx, elise, dossier.id, { about: 'Le client est Kermorvan.' }));
  await act((tx) => hideThing(tx, elise, { on: 'entry', id: post, reason: 'Un nom de client.' }));
  await act((tx) => hideThing(tx, elise, { on: 'comment', id: said.id, reason: 'Un nom de client.' }));
  expect(await readJson(ines)).toEqual(left);
});

test('is written in batches: many rows, each once, none of another', async () => {
  await sql`insert into entries (author_id, everyone, title, body, html, status, published_at)
    select ${pierre.id}, true, 'N' || n, 'x', '<p>x</p>', 'published', now() from generate_series(1, 130) n`.execute(
    db,
  );
  const place = await publish(thomas);
  await sql`insert into comments (entry_id, author_id, body, html, created_at)
    select ${place}, ${pierre.id}, 'C' || n, '', date_trunc('second', now()) from generate_series(1, 260) n`.execute(
    db,
  );
  await sql`insert into reads (person_id, entry_id) select ${pierre.id}, id from entries where author_id = ${pierre.id}
    on conflict do nothing`.execute(db);
  await sql`insert into reactions (comment_id, person_id, kind, created_at)
    select id, ${thomas.id}, kind, date_trunc('second', now()) from comments cross join unnest(array['thanks', 'useful']) kind
    where author_id = ${pierre.id} order by random() limit 1100`.execute(db);
  const all = await readJson(pierre);
  const titles = all.posts!.map(({ title }) => title).filter((title) => /^N\d/.test(String(title)));
  expect(new Set(titles).size).toBe(130);
  const bodies = all.comments!.map(({ body }) => body).filter((body) => /^C\d/.test(String(body)));
  expect([bodies.length, new Set(bodies).size]).toEqual([260, 260]);
  const given = (await readJson(thomas)).reactions!.filter(
    ({ under }) => (under as Row | null)?.url === `/posts/${place}`,
  );
  const { rows } = await sql<{ many: number }>`select count(*) as many from reactions
    where person_id = ${thomas.id} and comment_id in (select id from comments where entry_id = ${place})`.execute(
    db,
  );
  expect(given).toHaveLength(rows[0]!.many);
});

test('the readable copy is safe, whole, and fetches nothing', async () => {
  await publish(thomas, {
    title: '<script>alert(1)</script> & "guillemets"',
    body: '![a"><script>alert(2)</script>](https://exemple.fr/i.png?a=1&b=2) <b onclick=x>gras</b>',
  });
  const page = await readHtml(thomas);
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;guillemets&quot;');
  expect(page).not.toMatch(/<script|<img|<link|<b onclick|src=/);
  expect(page).toContain('<base href="https://reseau.test/">');
  expect(page.trimEnd().endsWith('</html>')).toBe(true);
});

test('what is gone from his sight has left nothing in it, not even that he reacted to it', async () => {
  const place = await publish(thomas);
  const said = (await act((tx) => addComment(tx, thomas, { entryId: place, body: 'Un mot.' }))).id;
  const before = await readJson(claire);
  await act((tx) => react(tx, claire, { on: 'comment', id: said, kind: 'agree' }));
  await act((tx) => react(tx, claire, { on: 'entry', id: place, kind: 'thanks' }));
  await act((tx) => markRead(tx, claire, place));
  const during = await readJson(claire);
  expect(during.reactions!.length - before.reactions!.length).toBe(2);
  await act((tx) => deleteComment(tx, thomas, said));
  await act((tx) => deletePost(tx, thomas, place));
  expect(await readJson(claire)).toEqual(before);
});

test('holds his desk, and nothing of a colleague’s', async () => {
  const { id: watch } = await act((tx) => createWatch(tx, mathieu, { name: 'Norvalt' }));
  const { id } = await act((tx) =>
    keepClip(tx, mathieu, { url: 'https://norvalt.example/', title: 'Tarifs', watch }),
  );
  await act((tx) => addHighlight(tx, mathieu, id, { quote: 'Hausse de 4 %' }));
  await act((tx) => saveSearch(tx, mathieu, { place: 'desk', query: 'q=norvalt' }));
  const own = await readJson(mathieu);
  expect(own.watches).toMatchObject([{ name: 'Norvalt', sharedIn: null }]);
  expect(own.desk).toMatchObject([
    { title: 'Tarifs', watchId: watch, highlights: [{ quote: 'Hausse de 4 %' }] },
  ]);
  expect(own.deskEvents!.map(({ name }) => name)).toContain('watch.named');
  const other = await readJson(thomas);
  expect([other.watches, other.desk, other.savedSearches, other.deskEvents]).toEqual([[], [], [], []]);
});

test('holds the dossiers and pages that he had a hand in, and what came of his finds', async () => {
  const community = 'le-comptoir';
  const watches = [
    await sampleWatch(db, { owner: 'claire.martin', name: 'Norvalt', community }),
    await sampleWatch(db, { owner: 'mathieu.kessler', name: 'Norvalt, nous', community }),
  ];
  const dossier = await act((tx) => foundDossier(tx, claire, { name: 'Norvalt', community, watches }));
  const clip = await act((tx) =>
    keepClip(tx, claire, { url: 'https://norvalt.example/p', title: 'Tarifs <b>', body: 'Mes mots.' }),
  );
  const page = await act((tx) =>
    turnItem(tx, claire, clip.id, { into: 'page', community, title: 'Acme', body: 'Vu.' }),
  );
  const all = await readJson(claire);
  const url = `/dossiers/${dossier.id}`;
  expect(all.dossiers).toMatchObject([{ url, name: 'Norvalt', livesIn: community }]);
  expect(all.followedDossiers).toMatchObject([{ url }]);
  expect(all.dossierWatches!.map(({ watch }) => watch).toSorted()).toEqual(['Norvalt', 'Norvalt, nous']);
  expect(all.pageVersions).toMatchObject([{ title: 'Acme', url: `/pages/${page.id}`, version: 1 }]);
  expect(all.credits).toMatchObject([{ how: 'turned', foundByMe: true, became: { title: 'Acme' } }]);
  const book = await readHtml(claire);
  for (const words of ['Tarifs &lt;b&gt;', 'Mes mots.', `href="${url}"`, `href="/pages/${page.id}"`])
    expect(book).toContain(words);
  const other = await readJson(thomas);
  expect([other.dossiers, other.dossierWatches, other.pageVersions, other.credits]).toEqual([[], [], [], []]);
});

test('who deleted a comment finds it within its thirty days, and not after', async () => {
  const place = await publish(thomas);
  const said = (await act((tx) => addComment(tx, claire, { entryId: place, body: 'Regret.' }))).id;
  await act((tx) => deleteComment(tx, claire, said));
  const has = async () => (await readJson(claire)).comments!.some(({ body }) => body === 'Regret.');
  expect(await has()).toBe(true);
  await sql`update comments set deleted_at = now() - interval '31 days' where id = ${said}`.execute(db);
  expect(await has()).toBe(false);
});

test('is read as it comes: whoever stops, stops the work', async () => {
  let finished = false;
  async function* pieces() {
    try {
      for (let n = 0; ; n++) yield `piece ${n}`;
    } finally {
      finished = true;
    }
  }
  const reader = download(pieces(), { type: 'text/plain', name: 'x' }).body!.getReader();
  await reader.read();
  await reader.cancel();
  expect(finished).toBe(true);
});
