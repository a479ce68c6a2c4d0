import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Actor } from '#server/actor.ts';
import { inTransaction, type Tx } from '#server/platform/db.ts';
import { createPost } from '#server/posts/create.ts';
import { deletePost } from '#server/posts/remove.ts';
import { searchOwn } from '#server/search/own.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { keepPost, letPostGo } from './bookmark.ts';
import { capture } from './capture.ts';
import { watchChoices } from './choices.ts';
import { fileItem } from './file.ts';
import { addHighlight } from './highlights.ts';
import { keepClip } from './keep.ts';
import { listItems } from './list.ts';
import { writeNote } from './note.ts';
import { readItem } from './read.ts';
import { deleteItem, purgeDesks, restoreItem } from './remove.ts';
import { savedSearches, saveSearch } from './saved.ts';
import { createWatch, deleteWatch, editWatch, restoreWatch } from './watch.ts';
import { ownWatchList, readWatch } from './watches.ts';

const { db } = await testDatabase();
const helene = await actorOf(db, 'helene.dargent');
const nadia = await actorOf(db, 'nadia.rahmani');
const elise = await actorOf(db, 'elise.perrin');
const bastien = await actorOf(db, 'bastien.vasseur');
const thomas = await actorOf(db, 'thomas.gauthier');

const write = <T>(run: (tx: Tx) => Promise<T>) => inTransaction(db, run);
const note = (actor: Actor, body: string, more: object = {}) =>
  write((tx) => writeNote(tx, actor, { body, ...more })).then(({ id }) => id);
const watch = (actor: Actor, name: string) =>
  write((tx) => createWatch(tx, actor, { name })).then(({ id }) => id);
/** Shares as one gesture will: the watch, and these things in it. */
async function share(id: string, community: string, items: string[] = []) {
  await sql`update watches set (community_id, everyone, shared_at) =
    (select c.id, c.open, now() from communities c where c.slug = ${community}) where id = ${id}`.execute(db);
  await sql`update desk_items set shared_at = now() where id = any(${items}::uuid[])`.execute(db);
}
const notFound = { code: 'not_found' };

describe('a note', () => {
  test('is found at once by its owner, in any form of its words, and by nobody else', async () => {
    const id = await note(helene, 'Les remises consenties par **Zirtex** à Lyon');
    for (const q of ['remise', 'zirtex lyon', 'zirt'])
      expect((await searchOwn(db, helene, { q })).items.map((item) => item.id)).toEqual([id]);
    expect((await searchOwn(db, helene, { q: 'remise' })).items[0]!.snippetHtml).toContain(
      '<mark>remises</mark>',
    );
    expect((await searchOwn(db, nadia, { q: 'zirtex' })).items).toEqual([]);
    await expect(readItem(db, nadia, id)).rejects.toMatchObject(notFound);
    await expect(write((tx) => fileItem(tx, nadia, id, { body: 'À moi' }))).rejects.toMatchObject(notFound);
    await expect(write((tx) => deleteItem(tx, nadia, id))).rejects.toMatchObject(notFound);
  });

  test('without a word is refused, and keeps a place in no list', async () => {
    await expect(note(helene, '  ')).rejects.toMatchObject({ reason: 'text_empty' });
  });

  test('changed elsewhere meanwhile is not written over', async () => {
    const id = await note(helene, 'Un');
    await write((tx) => fileItem(tx, helene, id, { body: 'Deux', version: 1 }));
    await expect(
      write((tx) => fileItem(tx, helene, id, { body: 'Trois', version: 1 })),
    ).rejects.toMatchObject({
      reason: 'changed_elsewhere',
    });
    expect((await readItem(db, helene, id)).body).toBe('Deux');
  });

  test('thrown away comes back, until it is gone for good', async () => {
    const id = await note(helene, 'Jetée puis reprise');
    await write((tx) => deleteItem(tx, helene, id));
    await expect(readItem(db, helene, id)).rejects.toMatchObject(notFound);
    await write((tx) => restoreItem(tx, helene, id));
    expect((await readItem(db, helene, id)).body).toBe('Jetée puis reprise');
    await write((tx) => deleteItem(tx, helene, id));
    await sql`update desk_items set deleted_at = now() - interval '31 days' where id = ${id}`.execute(db);
    await write(purgeDesks);
    await expect(write((tx) => restoreItem(tx, helene, id))).rejects.toMatchObject(notFound);
  });
});

describe('a clip', () => {
  test('is kept once for each address, with what came later', async () => {
    const first = await write((tx) =>
      keepClip(tx, helene, { url: 'https://www.zirtex.example/prix/?utm_source=x' }),
    );
    const acme = await watch(helene, 'Zirtex');
    const second = await write((tx) =>
      keepClip(tx, helene, { url: 'http://zirtex.example/prix#bas', body: 'À suivre', watch: acme }),
    );
    expect(second).toEqual({ id: first.id, known: true });
    expect(await readItem(db, helene, first.id)).toMatchObject({
      ...{ body: 'À suivre', watch: { id: acme, shared: false }, page: 'waiting', site: 'zirtex.example' },
    });
    const other = await write((tx) => keepClip(tx, nadia, { url: 'https://zirtex.example/prix' }));
    expect(other.known).toBe(false);
  });

  test.each(['javascript:alert(1)', 'ftp://exemple.fr/a', 'https://moi:secret@exemple.fr/', 'rien', ''])(
    '%s is no address',
    async (url) => {
      await expect(write((tx) => keepClip(tx, helene, { url }))).rejects.toMatchObject({ code: 'invalid' });
    },
  );

  test('is what a capture that begins with an address becomes', async () => {
    const caught = await write((tx) =>
      capture(tx, helene, { text: 'https://norvalt.example/tarifs\nHausse de 4 %', watchName: 'norvalt' }),
    );
    expect(await readItem(db, helene, caught.id)).toMatchObject({
      ...{ kind: 'clip', body: 'Hausse de 4 %', watch: { name: 'norvalt' } },
    });
    const plain = await write((tx) =>
      capture(tx, helene, { text: 'Voir https://norvalt.example', watchName: 'Norvalt' }),
    );
    expect(await readItem(db, helene, plain.id)).toMatchObject({ kind: 'note', watch: { name: 'norvalt' } });
  });

  test('shows what is marked in the page, however its tags cut it', async () => {
    const { id } = await write((tx) => keepClip(tx, helene, { url: 'https://zirtex.example/a' }));
    await sql`insert into desk_pages (item_id, html, text, words, fetched_url) values (${id},
      '<p>Le prix &#x26; le <a href="https://x.example/?a=%3E">délai</a> montent.</p><p>Le prix baisse.</p>', 'Le prix', 2, 'https://zirtex.example/a')`.execute(
      db,
    );
    await write((tx) => addHighlight(tx, helene, id, { quote: 'prix & le délai', note: 'vu' }));
    await write((tx) =>
      addHighlight(tx, helene, id, { quote: 'Le prix', before: 'montent.', behind: 'baisse' }),
    );
    const { kept, highlights } = await readItem(db, helene, id);
    expect(highlights).toHaveLength(2);
    expect(kept!.html.replace(/ data-highlight="[^"]*"/g, '')).toBe(
      '<p>Le <mark>prix &#x26; le </mark><a href="https://x.example/?a=%3E"><mark>délai</mark></a> montent.</p><p><mark>Le prix</mark> baisse.</p>',
    );
    expect((await searchOwn(db, helene, { q: 'vu' })).items.map((item) => item.id)).toContain(id);
    await expect(write((tx) => addHighlight(tx, nadia, id, { quote: 'Le prix' }))).rejects.toMatchObject(
      notFound,
    );
  });
});

describe('a bookmark', () => {
  test('keeps a post once, and shows it as long as it is in sight', async () => {
    const { id: post } = await write((tx) =>
      createPost(tx, elise, { title: 'À garder', body: 'Un mot', status: 'published' }),
    );
    const { id } = await write((tx) => keepPost(tx, helene, post, { readLater: true }));
    expect(await write((tx) => keepPost(tx, helene, post))).toEqual({ id });
    expect((await listItems(db, helene, { shelf: 'to_read' })).items[0]).toMatchObject({
      id,
      post: { title: 'À garder' },
    });
    await write((tx) => deletePost(tx, elise, post));
    expect((await readItem(db, helene, id)).post).toBeNull();
    await write((tx) => letPostGo(tx, helene, post));
    await expect(readItem(db, helene, id)).rejects.toMatchObject(notFound);
  });

  test('of a post out of sight is refused like one of nothing', async () => {
    const { id: post } = await write((tx) =>
      createPost(tx, elise, { body: 'Entre nous', community: 'face-a-norvalt', status: 'published' }),
    );
    expect(await write((tx) => keepPost(tx, elise, post))).toHaveProperty('id');
    for (const id of [post, '01900000-0000-7000-8000-000000000000'])
      await expect(write((tx) => keepPost(tx, thomas, id))).rejects.toMatchObject(notFound);
  });
});

describe('a watch', () => {
  test('has a name of its own, and is taken away and brought back with what stands in it', async () => {
    const id = await watch(helene, 'Tarifs 2027');
    await expect(watch(helene, 'TARIFS 2027')).rejects.toMatchObject({ reason: 'watch_exists' });
    const inside = await note(helene, 'Dans la veille', { watch: id });
    await write((tx) => deleteWatch(tx, helene, id));
    expect((await readItem(db, helene, inside)).watch).toBeNull();
    expect((await listItems(db, helene, { watch: 'none' })).items.map((item) => item.id)).toContain(inside);
    await write((tx) => restoreWatch(tx, helene, id));
    expect((await listItems(db, helene, { watch: id })).items.map((item) => item.id)).toEqual([inside]);
  });

  test('is nobody else’s to see, fill or change', async () => {
    const id = await watch(helene, 'Marché suisse');
    expect((await ownWatchList(db, nadia)).items.map(({ name }) => name)).not.toContain('Marché suisse');
    await expect(readWatch(db, nadia, id)).rejects.toMatchObject(notFound);
    await expect(note(nadia, 'Chez vous', { watch: id })).rejects.toMatchObject({
      reason: 'watch_not_found',
    });
    await expect(write((tx) => editWatch(tx, nadia, id, { name: 'À moi' }))).rejects.toMatchObject(notFound);
    expect((await listItems(db, nadia, { watch: id })).items).toEqual([]);
  });
});

describe('what is shared', () => {
  test('is seen where it is shared, without what is for its owner alone', async () => {
    const id = await watch(helene, 'Concurrents');
    const told = await note(helene, 'Pour tous', { watch: id });
    const kept = await note(helene, 'Pour moi', { watch: id });
    await share(id, 'le-comptoir', [told]);
    expect((await listItems(db, elise, { watch: id })).items.map((item) => item.id)).toEqual([told]);
    expect(await readItem(db, elise, told)).toMatchObject({ own: false, readLaterAt: null });
    await expect(readItem(db, elise, kept)).rejects.toMatchObject(notFound);
    await expect(write((tx) => fileItem(tx, elise, told, { body: 'Changé' }))).rejects.toMatchObject(
      notFound,
    );
    expect((await searchOwn(db, elise, { q: 'pour tous' })).items).toEqual([]);

    const later = await note(helene, 'Ajoutée', { watch: id });
    const aside = await note(helene, 'À part', { watch: id, forMe: true });
    expect((await readItem(db, elise, later)).sharedAt).not.toBeNull();
    await expect(readItem(db, elise, aside)).rejects.toMatchObject(notFound);
    await write((tx) => fileItem(tx, helene, told, { watch: null }));
    await expect(readItem(db, elise, told)).rejects.toMatchObject(notFound);
  });

  test('does not show a post to whoever cannot see it', async () => {
    const { id: post } = await write((tx) =>
      createPost(tx, elise, { body: 'Entre nous', community: 'face-a-norvalt', status: 'published' }),
    );
    const id = await watch(elise, 'Billets gardés');
    const kept = await write((tx) => keepPost(tx, elise, post, { watch: id }));
    await share(id, 'le-comptoir', [kept.id]);
    expect((await listItems(db, bastien, { watch: id })).items).toHaveLength(1);
    expect((await listItems(db, thomas, { watch: id })).items).toEqual([]);
    await expect(readItem(db, thomas, kept.id)).rejects.toMatchObject(notFound);
  });
});

test('what an owner puts aside and reads of a shared watch, he alone finds on those shelves', async () => {
  const id = await watch(elise, 'Lue de près');
  const aside = await note(elise, 'À lire plus tard', { watch: id, readLater: true });
  const read = await note(elise, 'Lu', { watch: id });
  await write((tx) => fileItem(tx, elise, read, { done: true }));
  await share(id, 'le-comptoir', [aside, read]);
  const shelf = async (actor: Actor, name: string) =>
    (await listItems(db, actor, { watch: id, shelf: name })).items.map((item) => item.id);
  expect((await shelf(bastien, 'all')).toSorted()).toEqual([aside, read].toSorted());
  expect([await shelf(elise, 'to_read'), await shelf(elise, 'done')]).toEqual([[aside], [read]]);
  expect([await shelf(bastien, 'to_read'), await shelf(bastien, 'done')]).toEqual([[], []]);
});

test('a private change is no event: the table that everybody’s figures follow does not grow', async () => {
  const count = async (actor: Actor) => {
    const { rows } = await sql<{
      events: number;
      own: number;
    }>`select (select count(*)::int from events) as events,
      (select count(*)::int from desk_events where owner_id = ${actor.id}) as own`.execute(db);
    return rows[0]!;
  };
  const before = await count(elise);
  const id = await watch(elise, 'Secret');
  const kept = await note(elise, 'Rien à voir', { watch: id });
  await write((tx) => fileItem(tx, elise, kept, { body: 'Rien', done: true }));
  await write((tx) => keepClip(tx, elise, { url: 'https://secret.example/' }));
  await write((tx) => saveSearch(tx, elise, { place: 'desk', query: 'q=secret&x=1' }));
  await write((tx) => deleteItem(tx, elise, kept));
  const after = await count(elise);
  expect(after.events).toBe(before.events);
  expect(after.own).toBe(before.own + 6);
  expect((await savedSearches(db, elise)).items).toMatchObject([{ name: 'secret', url: '/desk?q=secret' }]);
});

test('one chooses among one’s own watches that are not archived, and is told which are shared', async () => {
  const [shared, archived] = [await watch(bastien, 'Zirtex'), await watch(bastien, 'Close')];
  await watch(bastien, 'Acme');
  await watch(nadia, 'D’une autre');
  await share(shared, 'le-comptoir');
  await write((tx) => editWatch(tx, bastien, archived, { archived: true }));
  expect(await watchChoices(db, bastien)).toMatchObject([
    { name: 'Acme', shared: false },
    { id: shared, name: 'Zirtex', shared: true },
  ]);
});

test('however many watches one has, each is listed once', async () => {
  await sql`insert into watches (owner_id, name, archived_at)
    select ${elise.id}, 'Sujet ' || n, case when n % 5 = 0 then now() end from generate_series(1, 640) n`.execute(
    db,
  );
  const listed: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await ownWatchList(db, elise, cursor);
    listed.push(...page.items.map(({ id }) => id));
    cursor = page.next;
  }
  const { rows } = await sql<{ id: string }>`select id from watches
    where owner_id = ${elise.id} and deleted_at is null order by archived_at is not null, subject collate "C", id`.execute(
    db,
  );
  expect(listed).toEqual(rows.map(({ id }) => id));
  const { next } = await ownWatchList(db, elise);
  expect((await ownWatchList(db, nadia, next)).items).toEqual([]);
});
