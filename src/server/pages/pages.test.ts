import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Actor } from '#server/actor.ts';
import { foundCommunity } from '#server/communities/found.ts';
import { inviteToCommunity } from '#server/communities/invite.ts';
import { joinCommunity } from '#server/communities/join.ts';
import { addComment } from '#server/conversation/comment.ts';
import { listFeed } from '#server/feed/list.ts';
import { inTransaction, type Tx } from '#server/platform/db.ts';
import { editPost } from '#server/posts/edit.ts';
import { readPost } from '#server/posts/read.ts';
import { deletePost } from '#server/posts/remove.ts';
import { search } from '#server/search/search.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { takeChange } from './change.ts';
import { changesSince, meltOldChanges } from './changes.ts';
import { contributorsOf } from './contributors.ts';
import { createPage, type NewPage } from './create.ts';
import { changeTo, textAfter, textOf } from './document.ts';
import { compareVersions, pageHistory, restoreVersion } from './history.ts';
import { leadFrom, linksTo } from './links.ts';
import { movePage } from './move.ts';
import { commentPassage, passagesOf } from './passages.ts';
import { readPage } from './read.ts';
import { deletePage, restorePage } from './remove.ts';
import { setPageRules } from './rules.ts';
import { savePage, savePageOrRefuse } from './save.ts';
import { pagesOf } from './tree.ts';

const { db } = await testDatabase('world');
const elise = await actorOf(db, 'elise.perrin');
const lucie = await actorOf(db, 'lucie.ferrand');
const amadou = await actorOf(db, 'amadou.diallo');
const mathieu = await actorOf(db, 'mathieu.kessler');
const owner = await actorOf(db, 'helene.dargent');

const write = <Result>(work: (tx: Tx) => Promise<Result>) => inTransaction(db, work);
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { reason?: string }) => error.reason ?? String(error),
  );

let founded = 0;
/** A closed community: Élise animates it, Lucie and Amadou are in it, Mathieu and the owner are not. */
async function home(access: 'closed' | 'open' = 'closed'): Promise<string> {
  founded += 1;
  const { slug } = await write((tx) => foundCommunity(tx, elise, { name: `Cuisine ${founded}`, access }));
  for (const each of [lucie, amadou]) {
    await write((tx) => inviteToCommunity(tx, elise, slug, each.handle));
    await write((tx) => joinCommunity(tx, each, slug));
  }
  return slug;
}
const page = (actor: Actor, input: Partial<NewPage> & { community: string }) =>
  write((tx) => createPage(tx, actor, { title: 'Acme', ...input }));
const save = (actor: Actor, id: string, body: string, version: number) =>
  write((tx) => savePage(tx, actor, id, { body, version }));
const read = (actor: Actor, id: string) => readPage(db, actor, id);

const shared = await home();

describe('who sees and who changes', () => {
  test('members read and change; others find nothing, whatever their role', async () => {
    const { id } = await page(elise, {
      community: shared,
      title: 'Fiche Acme',
      body: 'Un prix de zirconium.',
    });
    expect((await read(lucie, id)).may).toMatchObject({ edit: true, comment: true, delete: false });
    expect(await save(lucie, id, 'Un prix de zirconium, en hausse.', 1)).toMatchObject({ version: 2 });
    for (const stranger of [mathieu, owner]) {
      const before = await refusal(read(stranger, '01900000-0000-7000-8000-000000000000'));
      expect(before).toBe('not_found');
      const change = changeTo((await stateOf(id)).state, 'Rien').slice();
      const tries = [
        read(stranger, id),
        save(stranger, id, 'Autre', 2),
        write((tx) => takeChange(tx, stranger, id, Buffer.from(change).toString('base64'))),
        changesSince(db, stranger, id, 0),
        pageHistory(db, stranger, id),
        compareVersions(db, stranger, id, { number: 1 }),
        write((tx) => restoreVersion(tx, stranger, id, 1)),
        write((tx) => movePage(tx, stranger, id, { parentId: null })),
        write((tx) => deletePage(tx, stranger, id)),
        write((tx) => commentPassage(tx, stranger, id, { quote: 'prix', body: 'Ah ?' })),
        pagesOf(db, stranger, shared),
        leadFrom(db, stranger, id, 'Fiche Acme'),
        linksTo(db, stranger, id),
        passagesOf(db, stranger, id),
      ];
      for (const each of await Promise.all(tries.map(refusal))) expect(each).toBe('not_found');
      expect((await search(db, stranger, { q: 'zirconium' })).items).toEqual([]);
    }
    const found = await search(db, lucie, { q: 'zirconium' });
    expect(found.items).toMatchObject([{ kind: 'page', id, url: `/pages/${id}` }]);
    expect((await search(db, lucie, { q: 'zirconium', kind: 'page' })).items).toHaveLength(1);
    expect((await search(db, lucie, { q: 'zirconium', kind: 'post' })).items).toHaveLength(0);
  });

  test('the right to change is apart from the right to comment', async () => {
    const slug = await home();
    const { id } = await page(elise, { community: slug, body: 'Le texte.' });
    const rule = (editing: string, editors?: string[]) =>
      write((tx) => setPageRules(tx, elise, slug, { editing, editors }));
    await rule('animators');
    expect((await read(lucie, id)).may).toMatchObject({ edit: false, comment: true });
    expect(await refusal(save(lucie, id, 'Non.', 1))).toBe('page_editors_only');
    expect(await refusal(page(lucie, { community: slug }))).toBe('page_editors_only');
    await write((tx) => addComment(tx, lucie, { entryId: id, body: 'Je commente.' }));
    await rule('named', ['lucie.ferrand']);
    expect(await save(lucie, id, 'Le texte, par Lucie.', 1)).toMatchObject({ version: 2 });
    expect(await refusal(save(amadou, id, 'Non.', 2))).toBe('page_editors_only');
    expect(await refusal(rule('named', ['mathieu.kessler']))).toBe('page_editor_unknown');
    expect(await refusal(write((tx) => setPageRules(tx, lucie, slug, { editing: 'members' })))).toBe(
      'community_animators_only',
    );
    await rule('members');
    expect(await save(amadou, id, 'Le texte, par nous.', 2)).toMatchObject({ version: 3 });
  });

  test('in an open community everybody reads and comments, and members change', async () => {
    const slug = await home('open');
    const { id } = await page(lucie, { community: slug, body: 'Ouvert.' });
    expect((await read(mathieu, id)).may).toMatchObject({ edit: false, editOnceInside: true, comment: true });
    expect(await refusal(save(mathieu, id, 'Non.', 1))).toBe('page_editors_only');
    await write((tx) => joinCommunity(tx, mathieu, slug));
    expect(await save(mathieu, id, 'Ouvert à tous.', 1)).toMatchObject({ version: 2 });
  });

  test('a page is no post: lists of posts, and what one does to posts, know nothing of it', async () => {
    const slug = await home('open');
    const { id } = await page(elise, { community: slug, title: 'Pas un billet', body: 'Texte.' });
    for (const query of [{ scope: 'all' as const }, { community: slug }, { person: 'elise.perrin' }]) {
      const { items } = await listFeed(db, lucie, query);
      expect(items.map((item) => item.id)).not.toContain(id);
    }
    expect(await refusal(readPost(db, elise, id))).toBe('not_found');
    expect(await refusal(write((tx) => editPost(tx, elise, id, { body: 'Par la fenêtre.' })))).toBe(
      'not_found',
    );
    expect(await refusal(write((tx) => deletePost(tx, elise, id)))).toBe('not_found');
    expect((await read(elise, id)).body).toBe('Texte.');
  });
});

async function stateOf(id: string) {
  return db.selectFrom('pages').select('state').where('id', '=', id).executeTakeFirstOrThrow();
}

describe('two people at the same moment', () => {
  test('changes of both stand in the text, in whatever order they come, however often', async () => {
    const { id } = await page(elise, { community: shared, body: 'Acme vend des pompes.' });
    const { state } = await stateOf(id);
    const mine = changeTo(state, 'Acme vend des pompes à Lyon.');
    const theirs = changeTo(state, 'Acme, fondée en 1950, vend des pompes.');
    const send = (actor: Actor, change: Uint8Array) =>
      write((tx) => takeChange(tx, actor, id, Buffer.from(change).toString('base64')));
    expect(await Promise.all([send(elise, mine), send(lucie, theirs)])).toHaveLength(2);
    expect(await send(lucie, theirs)).toEqual({ version: 3 });
    const { body, contributors } = await read(amadou, id);
    expect(body).toBe('Acme, fondée en 1950, vend des pompes à Lyon.');
    expect(contributors.map(({ person }) => person.handle)).toEqual(['elise.perrin', 'lucie.ferrand']);
    expect(textOf((await stateOf(id)).state)).toBe(body);
    expect((await pageHistory(db, amadou, id)).items).toHaveLength(1);
    const missed = await changesSince(db, amadou, id, 1);
    expect(missed.changes).toHaveLength(2);
    const all = [state, ...missed.changes.map((each) => Buffer.from(each, 'base64'))];
    expect(textAfter(all)).toBe(body);
    expect(await refusal(write((tx) => takeChange(tx, elise, id, 'AQIDBAUG')))).toBe(
      'page_change_unreadable',
    );
  });

  test('a form that was open meanwhile loses nothing, and is asked where both changed the same words', async () => {
    const { id } = await page(elise, { community: shared, body: 'Prix : 12 euros.\n\nSiège : Lyon.' });
    await save(lucie, id, 'Prix : 14 euros.\n\nSiège : Lyon.', 1);
    const apart = await save(amadou, id, 'Prix : 12 euros.\n\nSiège : Lille.', 1);
    expect(apart).toMatchObject({ merged: true, conflicts: [], body: 'Prix : 14 euros.\n\nSiège : Lille.' });
    const same = await save(amadou, id, 'Prix : 15 euros.\n\nSiège : Lyon.', 1);
    expect(same.conflicts).toEqual([{ theirs: '14', mine: '15' }]);
    expect(same.body).toContain('14 15 euros');
    expect((await read(elise, id)).body).toBe('Prix : 14 euros.\n\nSiège : Lille.');
    expect(
      await refusal(write((tx) => savePageOrRefuse(tx, amadou, id, { body: 'Prix : 1 euro.', version: 1 }))),
    ).toBe('page_same_words');
    expect(await refusal(save(amadou, id, 'Sans version', 0))).toBe('page_version_missing');
    expect(await refusal(save(amadou, id, 'Demain', 99))).toBe('page_opened_long_ago');
  });

  test('old changes are melted, and a form opened before still merges', async () => {
    const { id } = await page(elise, { community: shared, body: 'Un.' });
    for (const [at, body] of ['Un deux.', 'Un deux trois.', 'Un deux trois quatre.'].entries())
      await save(elise, id, body, at + 1);
    await sql`update page_changes set at = now() - interval '40 days' where page_id = ${id} and version <= 3`.execute(
      db,
    );
    await write((tx) => meltOldChanges(tx));
    const left = await db.selectFrom('page_changes').select('version').where('page_id', '=', id).execute();
    expect(left.map(({ version }) => version).sort()).toEqual([3, 4]);
    expect((await save(lucie, id, 'Zéro. Un deux trois.', 3)).body).toBe('Zéro. Un deux trois quatre.');
    expect(await refusal(save(lucie, id, 'Zéro.', 1))).toBe('page_opened_long_ago');
    const missed = await changesSince(db, lucie, id, 1);
    expect(textAfter(missed.changes.map((each) => Buffer.from(each, 'base64')))).toBe(
      'Zéro. Un deux trois quatre.',
    );
  });
});

describe('links', () => {
  test('a link finds its page, waits for one that is missing, and survives a rename', async () => {
    const slug = await home();
    const source = await page(elise, {
      community: slug,
      title: 'Source',
      body: 'Voir [[Acme]] et [[la suite|Plus tard]].',
    });
    expect((await read(lucie, source.id)).html).toContain(
      `class="missing" href="/pages/${source.id}/to?name=Acme"`,
    );
    expect(await leadFrom(db, lucie, source.id, 'Acme')).toEqual({ id: null, community: slug });
    const target = await page(lucie, { community: slug, title: 'ACMÉ' });
    expect((await read(lucie, source.id)).html).toContain(`<a href="/pages/${target.id}">Acme</a>`);
    expect(await linksTo(db, elise, target.id)).toEqual([{ id: source.id, title: 'Source' }]);
    await write((tx) => savePage(tx, amadou, target.id, { title: 'Norvalt' }));
    await page(amadou, { community: slug, title: 'Acme' });
    expect((await read(lucie, source.id)).html).toContain(`<a href="/pages/${target.id}">Acme</a>`);
    await write((tx) => deletePage(tx, lucie, target.id));
    expect((await read(lucie, source.id)).html).not.toContain(target.id);
    await write((tx) => restorePage(tx, lucie, target.id));
    expect(await linksTo(db, elise, target.id)).toHaveLength(1);
    const version = (await read(elise, source.id)).version;
    await save(elise, source.id, 'Plus de lien, mais `[[Acme]]` dans du code.', version);
    expect(await linksTo(db, elise, target.id)).toEqual([]);
  });
});

describe('tree', () => {
  test('pages stand below one another, in the order they are given, and never below themselves', async () => {
    const slug = await home();
    const ids = new Map<string, string>();
    const put = async (title: string, under?: string) => {
      const { id } = await page(elise, { community: slug, title, parentId: under && ids.get(under) });
      ids.set(title, id);
    };
    await put('A');
    await put('B');
    await put('A1', 'A');
    await put('A2', 'A');
    const shown = async () =>
      (await pagesOf(db, lucie, slug)).items.map(({ title, depth }) => `${'-'.repeat(depth)}${title}`);
    const move = (title: string, under: string | null, before?: string) =>
      write((tx) =>
        movePage(tx, lucie, ids.get(title)!, {
          parentId: under && (ids.get(under) ?? under),
          before: before && ids.get(before),
        }),
      );
    expect(await shown()).toEqual(['A', '-A1', '-A2', 'B']);
    await move('A2', 'A', 'A1');
    expect(await shown()).toEqual(['A', '-A2', '-A1', 'B']);
    await move('A', 'B');
    expect(await shown()).toEqual(['B', '-A', '--A2', '--A1']);
    expect(await refusal(move('B', 'A1'))).toBe('page_below_itself');
    expect(await refusal(move('B', shared))).toBe('page_not_there');
    await move('A1', null, 'B');
    expect(await shown()).toEqual(['A1', 'B', '-A', '--A2']);
    expect((await read(lucie, ids.get('A2')!)).above.map(({ title }) => title)).toEqual(['B', 'A']);
    await write((tx) => deletePage(tx, elise, ids.get('B')!));
    // What stood below it stands at the top, as if it had never been below anything.
    expect((await shown()).toSorted()).toEqual(['-A2', 'A', 'A1']);
    let under = 'A2';
    for (let depth = 0; depth < 3; depth += 1) {
      await put(`P${depth}`, under);
      under = `P${depth}`;
    }
    expect(await refusal(put('Trop bas', under))).toBe('page_too_deep');
  });
});

describe('history', () => {
  test('a version says what it changed, and comes back as the newest', async () => {
    const slug = await home();
    const { id } = await page(elise, { community: slug, title: 'Acme', body: 'Prix : 12 euros.' });
    await sql`update page_versions set changed_at = changed_at - interval '1 hour', begun_at = begun_at - interval '1 hour'
      where page_id = ${id}`.execute(db);
    await save(lucie, id, 'Prix : 14 euros.', 1);
    const { items } = await pageHistory(db, amadou, id);
    expect(items.map(({ number, writers }) => [number, ...writers.map(({ handle }) => handle)])).toEqual([
      [2, 'lucie.ferrand'],
      [1, 'elise.perrin'],
    ]);
    const { body } = await compareVersions(db, amadou, id, { number: 2 });
    expect(body).toEqual([
      { kind: 'same', text: 'Prix : ' },
      { kind: 'removed', text: '12' },
      { kind: 'added', text: '14' },
      { kind: 'same', text: ' euros.' },
    ]);
    await write((tx) => restoreVersion(tx, amadou, id, 1));
    const now = await read(elise, id);
    expect(now.body).toBe('Prix : 12 euros.');
    expect((await pageHistory(db, amadou, id)).items[0]).toMatchObject({ number: 3, restores: 1 });
    expect(await refusal(write((tx) => restoreVersion(tx, amadou, id, 9)))).toBe('not_found');
  });

  test('contributors shown are those of the event log, on whatever history', async () => {
    const slug = await home();
    const people = [elise, lucie, amadou];
    const step = fc.record({
      who: fc.nat({ max: 2 }),
      what: fc.constantFrom('write', 'write', 'nothing', 'rename', 'restore', 'pause', 'delete'),
      words: fc.constantFrom('prix', 'hausse', 'Lyon', '2027'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        const { id } = await page(elise, { community: slug, body: 'Début.' });
        const wrote = new Set(['elise.perrin']);
        for (const [at, { who, what, words }] of steps.entries()) {
          const actor = people[who]!;
          const { body, version, title } = await read(actor, id);
          if (what === 'write') await save(actor, id, `${body} ${words}`, version);
          if (what === 'nothing') await save(actor, id, body, version);
          if (what === 'rename') await write((tx) => savePage(tx, actor, id, { title: `${title} ${at}` }));
          if (what === 'restore') await write((tx) => restoreVersion(tx, actor, id, 1));
          const changed = await read(actor, id);
          if (changed.body !== body || changed.title !== title) wrote.add(actor.handle);
          if (what === 'pause')
            await sql`update page_versions set begun_at = begun_at - interval '3 hours', changed_at = changed_at - interval '3 hours'
              where page_id = ${id}`.execute(db);
          if (what === 'delete') {
            await write((tx) => deletePage(tx, elise, id));
            await write((tx) => restorePage(tx, elise, id));
          }
        }
        const shown = (await contributorsOf(db, id)).map(({ person }) => person.handle);
        const { rows } = await sql<{ handle: string }>`select distinct handle from events
          join people on people.id = actor_id
          where subject_id = ${id} and events.name in ('page.created', 'page.edited')`.execute(db);
        expect(shown.toSorted()).toEqual(rows.map(({ handle }) => handle).toSorted());
        expect(shown.toSorted()).toEqual([...wrote].toSorted());
        const { body } = await read(lucie, id);
        expect(textOf((await stateOf(id)).state)).toBe(body);
      }),
      { numRuns: 25 },
    );
  });
});

test('something is said beside a passage: a comment that quotes it, and names nobody by it', async () => {
  const { id } = await page(elise, {
    community: shared,
    body: 'Le prix de *12 euros*, dit @amadou.diallo, est faux.',
  });
  const said = await write((tx) =>
    commentPassage(tx, lucie, id, {
      quote: '12 euros, dit @amadou.diallo',
      before: 'Le prix de',
      body: 'Non : 14.',
    }),
  );
  expect(await passagesOf(db, amadou, id)).toMatchObject([
    {
      commentId: said.id,
      quote: '12 euros, dit @amadou.diallo',
      before: 'Le prix de',
      author: { handle: 'lucie.ferrand' },
    },
  ]);
  const comment = await db
    .selectFrom('comments')
    .selectAll()
    .where('id', '=', said.id)
    .executeTakeFirstOrThrow();
  expect(comment.html).toContain('<blockquote>');
  const named = await db.selectFrom('mentions').selectAll().where('comment_id', '=', said.id).execute();
  expect(named).toEqual([]);
  expect(await refusal(write((tx) => commentPassage(tx, lucie, id, { quote: ' ', body: 'Quoi ?' })))).toBe(
    'page_passage_missing',
  );
});
