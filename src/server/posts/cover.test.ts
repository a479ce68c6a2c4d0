/** The picture that opens a post: chosen from what one brought, described, replaced, and taken away for good. */
import { randomBytes, randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#server/actor.ts';
import { erasePerson } from '#server/erasure/erase.ts';
import { exportAsHtml } from '#server/export/html.ts';
import { exportAsJson } from '#server/export/json.ts';
import { listFeed } from '#server/feed/list.ts';
import type { FileView } from '#server/files/present.ts';
import { readFile } from '#server/files/read.ts';
import { sweepFiles } from '#server/files/sweep.ts';
import { receiveFile } from '#server/files/upload.ts';
import { hideThing } from '#server/moderation/hide.ts';
import { inTransaction } from '#server/platform/db.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { createPost } from './create.ts';
import { editPost } from './edit.ts';
import type { NewPost } from './input.ts';
import { readPost } from './read.ts';
import { deletePost } from './remove.ts';
import { keepRework } from './rework.ts';

const { db } = await testDatabase();
const helene = await actorOf(db, 'helene.dargent');
const yanis = await actorOf(db, 'yanis.belkacem');
/** Keeps order, and may erase. */
const moderator = await actorOf(db, 'nadia.rahmani');

const bring = (who: Actor, name: string, content: Uint8Array) =>
  receiveFile(db, who, {
    name,
    content: (async function* () {
      yield await Promise.resolve(content);
    })(),
  });
let shade = 0;
const picture = async (who = helene) =>
  bring(
    who,
    'Stand.png',
    await sharp({
      create: { width: 1200, height: 700, channels: 3, background: { r: (shade += 1), g: 90, b: 9 } },
    })
      .png()
      .toBuffer(),
  );
const post = (who: Actor, more: Partial<NewPost>) =>
  inTransaction(db, (tx) =>
    createPost(tx, who, { title: 'Un billet', body: 'Du texte.', status: 'published', ...more }),
  );
const edit = (who: Actor, id: string, change: Partial<NewPost>) =>
  inTransaction(db, (tx) => editPost(tx, who, id, change));
const sees = (who: Actor, { id }: FileView) =>
  readFile(db, who, id).then(
    () => true,
    () => false,
  );

test('stands above the post with its description, and in lists; others see it there', async () => {
  const file = await picture();
  const { id } = await post(helene, { cover: file.url, coverAlt: ' Le stand,\nvu d’en haut ' });
  const alt = 'Le stand, vu d’en haut';
  expect(await readPost(db, yanis, id)).toMatchObject({ cover: file.url, coverAlt: alt });
  const { items } = await listFeed(db, yanis, { scope: 'all', limit: 1 });
  expect(items[0]).toMatchObject({ id, cover: `${file.url}/960` });
  expect(await sees(yanis, file)).toBe(true);

  await edit(helene, id, { body: 'Un autre texte.' });
  expect(await readPost(db, yanis, id)).toMatchObject({ cover: file.url, coverAlt: alt });
});

test('stands above, where the text shows another; that one comes back to the lists when it goes', async () => {
  const [chosen, inText] = [await picture(), await picture()];
  const { id } = await post(helene, { cover: `${chosen.url}/480`, body: `Voici : ${inText.markdown}` });
  const listed = async () => (await listFeed(db, yanis, { scope: 'all', limit: 1 })).items[0]?.cover;
  expect((await readPost(db, yanis, id)).cover).toBe(chosen.url);
  expect(await listed()).toBe(`${chosen.url}/960`);
  await edit(helene, id, { cover: '' });
  expect(await readPost(db, yanis, id)).toMatchObject({ cover: null, coverAlt: '' });
  expect(await listed()).toBe(`${inText.url}/960`);
});

describe('is a picture that one may see', () => {
  let hers: FileView, document: FileView;
  beforeAll(async () => {
    hers = await picture();
    document = await bring(yanis, 'devis.bin', randomBytes(900));
  });

  test('somebody else’s, a document, one that never was, half an address: refused alike, nothing written', async () => {
    const before = await db.selectFrom('entries').select('id').execute();
    for (const cover of [hers.url, document.url, `/files/${randomUUID()}`, '/files/', '/files/x'])
      await expect(post(yanis, { cover }), cover).rejects.toMatchObject({
        code: 'invalid',
        fields: { cover: 'cover_not_picture' },
      });
    expect(await db.selectFrom('entries').select('id').execute()).toHaveLength(before.length);
    expect(await sees(yanis, hers)).toBe(false);
    const { id } = await post(helene, { cover: hers.url });
    expect((await readPost(db, helene, id)).cover).toBe(hers.url);
  });

  test('a description that is too long is refused', async () => {
    const file = await picture();
    await expect(post(helene, { cover: file.url, coverAlt: 'a'.repeat(501) })).rejects.toMatchObject({
      fields: { coverAlt: 'text_too_long' },
    });
  });
});

describe('who sees it', () => {
  test('whoever sees the post, as long as it opens it: neither of a draft, nor replaced, nor taken away', async () => {
    const [first, second] = [await picture(), await picture()];
    const { id } = await post(helene, { cover: first.url, status: 'draft' });
    expect(await sees(yanis, first)).toBe(false);
    await edit(helene, id, { status: 'published' });
    expect(await sees(yanis, first)).toBe(true);
    await edit(helene, id, { cover: second.url });
    expect([await sees(yanis, first), await sees(yanis, second)]).toEqual([false, true]);
    await edit(helene, id, { cover: null });
    expect([await sees(yanis, second), await sees(helene, second)]).toEqual([false, true]);
  });

  test('one that an earlier version’s text shows stays with that version', async () => {
    const file = await picture();
    const { id } = await post(helene, { body: file.markdown });
    await edit(helene, id, { body: 'Sans.', cover: file.url });
    await edit(helene, id, { cover: '' });
    expect(await sees(yanis, file)).toBe(true);
  });

  test('nobody outside, in a secret community, of a deleted post, of a hidden one', async () => {
    const [secret, deleted, hidden] = [await picture(), await picture(), await picture()];
    await post(helene, { cover: secret.url, community: 'face-a-norvalt' });
    const gone = await post(helene, { cover: deleted.url });
    const ill = await post(helene, { cover: hidden.url });
    expect([await sees(yanis, secret), await sees(yanis, deleted), await sees(yanis, hidden)]).toEqual([
      ...[false, true, true],
    ]);
    await inTransaction(db, (tx) => deletePost(tx, helene, gone.id));
    await inTransaction(db, (tx) => hideThing(tx, moderator, { on: 'entry', id: ill.id, reason: 'Non.' }));
    expect([await sees(yanis, deleted), await sees(yanis, hidden)]).toEqual([false, false]);
  });
});

test('what is being changed keeps its new cover from being swept, and so does the post', async () => {
  const [kept, aside, unused] = [await picture(), await picture(), await picture()];
  const { id } = await post(helene, { cover: kept.url });
  await inTransaction(db, (tx) =>
    keepRework(tx, helene, id, randomUUID(), {
      fields: { body: 'x', cover: aside.url, coverAlt: 'y' },
      of: 1,
    }),
  );
  await db
    .updateTable('files')
    .set({ released_at: new Date(0) })
    .execute();
  await sweepFiles(db);
  expect([await sees(helene, kept), await sees(helene, aside), await sees(helene, unused)]).toEqual([
    ...[true, true, false],
  ]);
});

test('goes along with what its author takes with him; of him who is erased, with the posts that stay', async () => {
  const bastien = await actorOf(db, 'bastien.vasseur');
  const [out, draft] = [await picture(bastien), await picture(bastien)];
  const { id } = await post(bastien, { cover: out.url, coverAlt: 'Un « devis » <plié>' });
  await post(bastien, { cover: draft.url, status: 'draft' });
  const all = async (parts: AsyncIterable<string>) => (await Array.fromAsync(parts)).join('');
  const json = JSON.parse(await all(exportAsJson(db, bastien))) as Record<string, Record<string, unknown>[]>;
  expect(json['posts']).toContainEqual(
    expect.objectContaining({ id, cover: out.url, coverAlt: 'Un « devis » <plié>' }),
  );
  expect(json['files']?.map((file) => file['url'])).toEqual(
    expect.arrayContaining([out, draft].map((file) => `/api/v1/files/${file.id}/content`)),
  );
  expect(await all(exportAsHtml(db, bastien, 'https://essaim.example'))).toContain(
    `<a href="${out.url}">[Un « devis » &lt;plié&gt;]</a>`,
  );

  await inTransaction(db, (tx) =>
    erasePerson(tx, moderator, { personId: bastien.id, confirm: bastien.handle }),
  );
  expect((await readPost(db, yanis, id)).cover).toBe(out.url);
  expect(await sees(yanis, out)).toBe(true);
  expect(await db.selectFrom('files').select('id').where('id', '=', draft.id).execute()).toEqual([]);
});
