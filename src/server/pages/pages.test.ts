import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { joinCommunity } from '#server/communities/join.ts';
import { addComment } from '#server/conversation/comment.ts';
import { listFeed } from '#server/feed/list.ts';
import { createPost } from '#server/posts/create.ts';
import { editPost } from '#server/posts/edit.ts';
import { readPost } from '#server/posts/read.ts';
import { deletePost } from '#server/posts/remove.ts';
import { search } from '#server/search/search.ts';
import { testDatabase } from '../../../tests/database.ts';
import { pageStage } from '../../../tests/pages.ts';
import { actorOf } from '../../../tests/world.ts';
import { takeChange } from './change.ts';
import { changesSince } from './changes.ts';
import { changeTo } from './document.ts';
import { compareVersions, pageHistory, restoreVersion } from './history.ts';
import { leadFrom, linksTo } from './links.ts';
import { movePage } from './move.ts';
import { commentPassage, passagesOf } from './passages.ts';
import { deletePage, restorePage } from './remove.ts';
import { setPageRules } from './rules.ts';
import { savePage } from './save.ts';
import { pagesOf } from './tree.ts';

const { db } = await testDatabase('world');
const elise = await actorOf(db, 'elise.perrin');
const lucie = await actorOf(db, 'lucie.ferrand');
const amadou = await actorOf(db, 'amadou.diallo');
const mathieu = await actorOf(db, 'mathieu.kessler');
const owner = await actorOf(db, 'helene.dargent');

const { write, refusal, home, page, save, read, stateOf } = await pageStage(db);
const shared = await home();

test.each([
  ['nothing', null, null],
  ['blanks', '  ', null],
  ['an address', ' https://norvalt.example ', 'https://norvalt.example/'],
  ['a script', 'javascript:alert(1)', 'refused'],
])('a page says where it comes from as a post does: %s', async (_, sourceUrl, told) => {
  const text = { community: shared, title: 'Tarifs', body: 'Relevé.', sourceUrl, sourceAuthor: 'Anne Duval' };
  const post = () => write((tx) => createPost(tx, elise, { ...text, status: 'published' }));
  if (told === 'refused') {
    for (const begin of [() => page(elise, text), post])
      await expect(begin()).rejects.toMatchObject({ fields: { sourceUrl: 'not_web_address' } });
    return;
  }
  const source = told && { url: told, title: told, author: 'Anne Duval' };
  expect((await read(lucie, (await page(elise, text)).id)).source).toEqual(source);
  expect((await readPost(db, lucie, (await post()).id)).source).toEqual(source);
});

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
  expect((await passagesOf(db, amadou, id)).items).toMatchObject([
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

test('of many remarks beside a page the newest come first, and none is lost behind them', async () => {
  const { id } = await page(elise, { community: shared, body: 'Le prix.' });
  const said: string[] = [];
  for (let number = 1; number <= 5; number += 1) {
    const body = `Remarque ${number}.`;
    said.unshift((await write((tx) => commentPassage(tx, lucie, id, { quote: 'Le prix', body }))).id);
  }
  // Two of the same moment.
  await sql`update comments set created_at = (select created_at from comments where id = ${said[1]})
    where id = ${said[2]}`.execute(db);
  const found: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const beside = await passagesOf(db, amadou, id, { cursor: cursor ?? null, limit: 2 });
    expect(beside.items.length).toBeLessThanOrEqual(2);
    found.push(...beside.items.map(({ commentId }) => commentId));
    cursor = beside.next;
  }
  expect(found).toHaveLength(5);
  expect([...found].sort()).toEqual([...said].sort());
  expect([found[0], found[4]]).toEqual([said[0], said[4]]);
});

test('nobody is quoted with words that never stood in the page; what one still reads may be spoken of', async () => {
  const { id } = await page(elise, {
    community: shared,
    body: 'Le **prix** de [la pompe](https://acme.example/x) :\n\n- 12 euros & plus,\n- livrée.',
  });
  const say = (quote: string, version?: number) =>
    refusal(write((tx) => commentPassage(tx, lucie, id, { quote, body: 'Ah ?', version: version ?? null })));
  expect(await say('Élise vend ses clients')).toBe('page_passage_elsewhere');
  expect(await say('12 euros & plus, livrée')).toBe('done');
  expect(await say('Le prix de la pompe : 12 euros')).toBe('done');
  await save(elise, id, 'Le **prix** de la pompe : 14 euros.', 1);
  await save(elise, id, 'Rien du tout.', 2);
  expect(await say('pompe : 14 euros')).toBe('page_passage_elsewhere');
  expect(await say('pompe : 14 euros', 2)).toBe('done');
  expect(await say('…', 2)).toBe('page_passage_elsewhere');
  expect(await say('tout', 999)).toBe('done');
});
