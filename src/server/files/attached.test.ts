/** Files in texts: what is drawn, and who may see it. */
import { randomBytes, randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#server/actor.ts';
import { addComment, deleteComment, editComment } from '#server/conversation/comment.ts';
import { threadsOf } from '#server/conversation/thread.ts';
import { listFeed } from '#server/feed/list.ts';
import { inTransaction } from '#server/platform/db.ts';
import { createPost } from '#server/posts/create.ts';
import { editPost } from '#server/posts/edit.ts';
import { readPost } from '#server/posts/read.ts';
import { deletePost } from '#server/posts/remove.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import type { FileView } from './present.ts';
import { readFile } from './read.ts';
import { receiveFile } from './upload.ts';

const { db } = await testDatabase();
const helene = await actorOf(db, 'helene.dargent');
const yanis = await actorOf(db, 'yanis.belkacem');
const guest = await actorOf(db, 'pierre.alonzo');
/** Hélène is in it; Yanis, and Pierre, are not. */
const SECRET = 'face-a-norvalt';

const bring = (who: Actor, name: string, content: Uint8Array) =>
  receiveFile(db, who, {
    name,
    content: (async function* () {
      yield await Promise.resolve(content);
    })(),
  });
const tiny = (width = 20) =>
  sharp({ create: { width, height: 10, channels: 3, background: { r: width % 256, g: 90, b: 9 } } })
    .png()
    .toBuffer();
const post = (who: Actor, body: string, more: object = {}) =>
  inTransaction(db, (tx) => createPost(tx, who, { title: 'Un billet', body, status: 'published', ...more }));
const sees = (who: Actor, { id }: FileView) =>
  readFile(db, who, id).then(
    () => true,
    (error: { code: string }) => {
      expect(error.code).toBe('not_found');
      return false;
    },
  );

describe('a text', () => {
  let picture: FileView, document: FileView;
  beforeAll(async () => {
    picture = await bring(helene, 'Stand [A] <b>.png', await tiny(2_000));
    document = await bring(helene, 'Devis & "cie".bin', randomBytes(1_500_000));
  });

  test('shows a picture in the width of the screen, without making the page jump', async () => {
    const { id } = await post(helene, `Voici : ${picture.markdown}`);
    const { html, cover, excerpt } = await readPost(db, yanis, id);
    const listed = await listFeed(db, yanis, { scope: 'all', limit: 1 });
    expect(html).toContain(`srcset="/files/${picture.id}/480 480w, /files/${picture.id}/960 960w, `);
    expect(html).toMatch(/width="2000" height="10"/);
    expect(html).toContain('alt="Stand [A] <b>"');
    expect(html).toContain('loading="lazy"');
    expect(cover).toBeNull();
    expect(listed.items[0]).toMatchObject({ id, cover: `/files/${picture.id}/960` });
    expect(excerpt).toMatch(/^Voici.:$/);
  });

  test('shows a document alone in its paragraph as a card, and a link in a sentence as a link', async () => {
    const { id } = await post(helene, `Lisez ${document.markdown}.\n\n${document.markdown}`);
    const { html } = await readPost(db, yanis, id);
    expect(html).toContain(`<p>Lisez <a href="/files/${document.id}">Devis &#x26; "cie".bin</a>.</p>`);
    expect(html).toContain(`<a class="file" href="/files/${document.id}">`);
    expect(html).toContain('<data class="bytes" value="1500000">1.5 MB</data>');
  });

  test('cannot dress up as a card of ours', async () => {
    const { id } = await post(
      helene,
      `<a class="file" href="/x">x</a> [x](javascript:alert(1)) [a](/files/${document.id}/../../settings)`,
    );
    const { html } = await readPost(db, yanis, id);
    expect(html).not.toContain('class="file"><');
    expect(html).not.toMatch(/<a class|href="javascript/);
    expect(html).toContain(`href="/files/${document.id}/../../settings"`);
  });
});

describe('who sees a file', () => {
  test('its owner; others once it stands where they read, as long as it stands there', async () => {
    const file = await bring(helene, 'a.png', await tiny());
    expect(await sees(helene, file)).toBe(true);
    expect(await sees(yanis, file)).toBe(false);
    const { id } = await post(helene, file.markdown, { status: 'draft' });
    expect(await sees(yanis, file)).toBe(false);
    await inTransaction(db, (tx) => editPost(tx, helene, id, { status: 'published' }));
    expect(await sees(yanis, file)).toBe(true);
    expect(await sees(guest, file)).toBe(false);
    await inTransaction(db, (tx) => deletePost(tx, helene, id));
    expect(await sees(yanis, file)).toBe(false);
    expect(await sees(helene, file)).toBe(true);
  });

  test('nobody outside, where it stands in a secret community, in a post or a comment', async () => {
    const inPost = await bring(helene, 'a.png', await tiny(30));
    const inComment = await bring(helene, 'b.png', await tiny(31));
    const { id } = await post(helene, inPost.markdown, { community: SECRET });
    const said = await inTransaction(db, (tx) =>
      addComment(tx, helene, { entryId: id, body: inComment.markdown }),
    );
    const [member] = await db
      .selectFrom('memberships')
      .innerJoin('people', 'people.id', 'person_id')
      .innerJoin('communities', 'communities.id', 'community_id')
      .select('people.handle')
      .where('communities.slug', '=', SECRET)
      .where('people.id', '<>', helene.id)
      .limit(1)
      .execute();
    const inside = await actorOf(db, member!.handle);
    for (const file of [inPost, inComment]) {
      expect(await sees(inside, file)).toBe(true);
      expect(await sees(yanis, file)).toBe(false);
      expect(await sees(guest, file)).toBe(false);
    }
    await inTransaction(db, (tx) => deleteComment(tx, helene, said.id));
    expect(await sees(inside, inComment)).toBe(false);
    expect(await sees(inside, inPost)).toBe(true);
  });

  test('naming a file one may not see gives nothing: not its name, not its sight, no sign that it is there', async () => {
    const file = await bring(helene, 'Secret.png', await tiny(40));
    const words = (id: string) => `![x](/files/${id})\n\n[y](/files/${id})`;
    const [hidden, absent] = [file.id, randomUUID()];
    const mine = await readPost(db, yanis, (await post(yanis, words(hidden))).id);
    const other = await readPost(db, yanis, (await post(yanis, words(absent))).id);
    expect(mine.html.replaceAll(hidden, 'ID')).toBe(other.html.replaceAll(absent, 'ID'));
    expect({ ...mine, cover: null }.cover).toBe(other.cover);
    expect(await sees(yanis, file)).toBe(false);
  });

  test('who sees it may pass it on to where he writes', async () => {
    const file = await bring(helene, 'a.png', await tiny(50));
    const first = await post(helene, file.markdown);
    await post(yanis, `Repris : ${file.markdown}`);
    await inTransaction(db, (tx) => deletePost(tx, helene, first.id));
    const nadia = await actorOf(db, 'nadia.rahmani');
    expect(await sees(nadia, file)).toBe(true);
  });
});

test('what an earlier version showed stays with it; what a draft let go of is let go of', async () => {
  const file = await bring(helene, 'a.png', await tiny(60));
  const { id } = await post(helene, file.markdown);
  await inTransaction(db, (tx) => editPost(tx, helene, id, { body: 'Sans image.' }));
  expect(await sees(yanis, file)).toBe(true);
  expect((await readPost(db, yanis, id)).cover).toBeNull();
  const said = await inTransaction(db, (tx) => addComment(tx, helene, { entryId: id, body: file.markdown }));
  await inTransaction(db, (tx) => editComment(tx, helene, said.id, { body: `Voyez ${file.markdown}` }));
  const threads = await threadsOf(db, yanis, id);
  expect(threads.items[0]?.html).toContain(`/files/${file.id}/480`);

  const other = await bring(helene, 'b.png', await tiny(61));
  const draft = await post(helene, other.markdown, { status: 'draft' });
  await inTransaction(db, (tx) => editPost(tx, helene, draft.id, { body: 'Rien.' }));
  const uses = await db.selectFrom('file_uses').select('past').where('file_id', '=', other.id).execute();
  expect(uses).toEqual([]);
});
