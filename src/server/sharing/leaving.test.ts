import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Actor } from '#server/actor.ts';
import { readAgain } from '#server/clips/again.ts';
import { removeMember } from '#server/communities/animate.ts';
import { archiveCommunity } from '#server/communities/edit.ts';
import { foundCommunity } from '#server/communities/found.ts';
import { inviteToCommunity } from '#server/communities/invite.ts';
import { joinCommunity } from '#server/communities/join.ts';
import { capture } from '#server/desk/capture.ts';
import { fileItem } from '#server/desk/file.ts';
import { addHighlight, noteHighlight, removeHighlight } from '#server/desk/highlights.ts';
import { keepClip } from '#server/desk/keep.ts';
import { listItems } from '#server/desk/list.ts';
import { writeNote } from '#server/desk/note.ts';
import { readItem } from '#server/desk/read.ts';
import { deleteItem, restoreItem } from '#server/desk/remove.ts';
import { createWatch, deleteWatch, editWatch, restoreWatch } from '#server/desk/watch.ts';
import { readWatch } from '#server/desk/watches.ts';
import { inTransaction, type Tx } from '#server/platform/db.ts';
import { inRollback, testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { changeSharing, shareWatch, stopSharing } from './watch.ts';

const { db } = await testDatabase('world');
const lucie = await actorOf(db, 'lucie.ferrand');
const elise = await actorOf(db, 'elise.perrin');
const refused = { code: 'forbidden', reason: 'watch_out_of_reach' };

interface End {
  /** Slug of the community where she shares. */
  room: (tx: Tx) => Promise<string>;
  end: (tx: Tx, community: string) => Promise<unknown>;
}

const closed = () => Promise.resolve('vigie');
async function secret(tx: Tx): Promise<string> {
  const { slug } = await foundCommunity(tx, lucie, { name: 'À huis clos', access: 'secret' });
  await inviteToCommunity(tx, lucie, slug, elise.handle);
  await joinCommunity(tx, elise, slug);
  return slug;
}
const expelled = (tx: Tx, community: string) => removeMember(tx, lucie, community, elise.handle);
const archived = (tx: Tx, community: string) => archiveCommunity(tx, lucie, community);
const ENDS: [string, End][] = [
  ['was shown out', { room: closed, end: expelled }],
  ['was shown out of a secret community', { room: secret, end: expelled }],
  ['sees the community archived', { room: closed, end: archived }],
];

/** A watch that she shared with a page, a note and a remark of her own; then she may write there no longer. */
async function leftBehind(tx: Tx, { room, end }: End) {
  const community = await room(tx);
  const { id: watch } = await createWatch(tx, elise, { name: 'Norvalt vu d’ici' });
  const keep = (page: string, more: object = {}) =>
    keepClip(tx, elise, { url: `https://norvalt.example/${page}`, watch, ...more });
  const [page, own, thrown] = [
    await keep('prix'),
    await keep('moi', { forMe: true }),
    await writeNote(tx, elise, { body: 'Jetée', watch }),
  ];
  const { id: mark } = await addHighlight(tx, elise, page.id, { quote: 'Hausse de 4 %' });
  await shareWatch(tx, elise, watch, { community, items: [page.id, thrown.id] });
  await deleteItem(tx, elise, thrown.id);
  await end(tx, community);
  return { community, watch, page: page.id, own: own.id, thrown: thrown.id, mark };
}
type Left = Awaited<ReturnType<typeof leftBehind>>;

const ADDING: [string, (tx: Tx, left: Left) => Promise<unknown>][] = [
  ['writes a note', (tx, { watch }) => writeNote(tx, elise, { body: 'Encore', watch })],
  ['keeps a page', (tx, { watch }) => keepClip(tx, elise, { url: 'https://norvalt.example/b', watch })],
  ['captures by name', (tx) => capture(tx, elise, { text: 'Encore', watchName: 'Norvalt vu d’ici' })],
  ['says more of a page', (tx) => capture(tx, elise, { text: 'https://norvalt.example/prix\nEncore' })],
  ['changes a note', (tx, { page }) => fileItem(tx, elise, page, { body: 'Encore' })],
  ['shows what was hers', (tx, { own }) => fileItem(tx, elise, own, { forMe: false })],
  [
    'chooses more',
    (tx, { community, watch, page, own }) =>
      changeSharing(tx, elise, watch, { community, items: [page, own] }),
  ],
  ['marks words', (tx, { page }) => addHighlight(tx, elise, page, { quote: 'Encore' })],
  ['says more of marked words', (tx, { mark }) => noteHighlight(tx, elise, mark, 'Encore')],
  ['has the page read again', (tx, { page }) => readAgain(tx, elise, page)],
  ['renames it', (tx, { watch }) => editWatch(tx, elise, watch, { name: 'Encore' })],
  ['says what it is about', (tx, { watch }) => editWatch(tx, elise, watch, { about: 'Encore' })],
];

test.each(ENDS.flatMap(([name, end]) => ADDING.map(([doing, act]) => [name, doing, end, act] as const)))(
  'she who %s adds nothing there: she %s',
  async (_end, _doing, end, act) => {
    await expect(inTransaction(db, async (tx) => act(tx, await leftBehind(tx, end)))).rejects.toMatchObject(
      refused,
    );
  },
);

test.each(ENDS)('she who %s keeps for herself, takes back and loses nothing', async (_end, end) => {
  await inRollback(db, async (tx) => {
    const { community, watch, page, own, thrown, mark } = await leftBehind(tx, end);
    const seenBy = async (actor: Actor) =>
      (await listItems(tx, actor, { watch })).items.map(({ id }) => id).toSorted();
    expect(await seenBy(lucie)).toEqual([page]);
    expect((await readWatch(tx, elise, watch)).sharedAt).not.toBeNull();

    const note = await writeNote(tx, elise, { body: 'Pour moi', watch, forMe: true });
    await fileItem(tx, elise, page, { readLater: true });
    await removeHighlight(tx, elise, mark);
    await restoreItem(tx, elise, thrown);
    expect((await readItem(tx, elise, thrown)).sharedAt).toBeNull();
    expect(await seenBy(lucie)).toEqual([page]);
    expect(await seenBy(elise)).toEqual([page, own, thrown, note.id].toSorted());

    await changeSharing(tx, elise, watch, { community, items: [] });
    expect(await seenBy(lucie)).toEqual([]);
    await stopSharing(tx, elise, watch);
    await expect(readWatch(tx, lucie, watch)).rejects.toMatchObject({ code: 'not_found' });
    await editWatch(tx, elise, watch, { name: 'À moi' });
    expect(await seenBy(elise)).toHaveLength(4);
  });
});

test.each(ENDS)('a watch that she who %s deletes and brings back is hers alone', async (_end, end) => {
  await inRollback(db, async (tx) => {
    const { watch, page } = await leftBehind(tx, end);
    await deleteWatch(tx, elise, watch);
    await restoreWatch(tx, elise, watch);
    expect(await readWatch(tx, elise, watch)).toMatchObject({ own: true, community: null, sharedAt: null });
    expect((await readItem(tx, elise, page)).sharedAt).toBeNull();
    await expect(readWatch(tx, lucie, watch)).rejects.toMatchObject({ code: 'not_found' });
    const { rows } = await sql`select name from events where subject_id = ${watch} order by id`.execute(tx);
    expect(rows).toEqual([{ name: 'watch.shared' }, { name: 'watch.deleted' }]);
  });
});
