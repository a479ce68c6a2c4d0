/** Lines as a person reads them: joined, with their reason, and less of them when he asks. */
import { expect, test } from 'vitest';
import type { Actor } from '#server/actor.ts';
import { foundCommunity } from '#server/communities/found.ts';
import { inviteToCommunity } from '#server/communities/invite.ts';
import { joinCommunity, leaveCommunity } from '#server/communities/join.ts';
import { addComment, deleteComment } from '#server/conversation/comment.ts';
import { react, unreact } from '#server/conversation/react.ts';
import { Refusal } from '#server/errors.ts';
import { inTransaction } from '#server/platform/db.ts';
import { createPost } from '#server/posts/create.ts';
import { testDatabase } from '../../../tests/database.ts';
import { drawAll } from '../../../tests/drawn.ts';
import { actorOf } from '../../../tests/world.ts';
import { followsThread, followThread, levelIn, setLevel, wantKind } from './less.ts';
import { hasNews, listNotifications, type NotificationView } from './list.ts';
import { isToldOf, markNotified, markNotifiedIn, markNotifiedOf } from './read.ts';
import { noticeSettings } from './settings.ts';

const { db } = await testDatabase();
const people = ['helene.dargent', 'nadia.rahmani', 'thomas.gauthier', 'claire.martin', 'yanis.belkacem'];
const [helene, nadia, thomas, claire, yanis] = (await Promise.all(
  people.map((handle) => actorOf(db, handle)),
)) as [Actor, Actor, Actor, Actor, Actor];
await drawAll(db);

const publish = async (author: Actor, body: string, community?: string, curatedId?: string) => {
  const made = await inTransaction(db, (tx) =>
    createPost(tx, author, { title: 'Un billet', body, status: 'published', community, curatedId }),
  );
  await drawAll(db);
  return made;
};
const say = async (actor: Actor, entryId: string, body = 'Oui.', parentId?: string) => {
  const said = await inTransaction(db, (tx) => addComment(tx, actor, { entryId, body, parentId }));
  await drawAll(db);
  return said;
};
const thank = async (actor: Actor, id: string, on: 'entry' | 'comment' = 'entry') => {
  await inTransaction(db, (tx) => react(tx, actor, { on, id, kind: 'thanks' }));
  await drawAll(db);
};
/** Begins with nothing to read. */
const fresh = async (...actors: Actor[]) => {
  for (const { id } of actors) await db.deleteFrom('notifications').where('person_id', '=', id).execute();
};
const lines = async (actor: Actor) => (await listNotifications(db, actor)).items;
const short = (line: NotificationView) => [line.kind, line.actor?.handle, line.voices, line.count];

test('what several people did to one thing is one line, and each is counted once', async () => {
  await fresh(helene);
  const { id } = await publish(helene, 'Qui en veut ?');
  await say(nadia, id);
  await say(nadia, id);
  await thank(thomas, id);
  await say(claire, id);
  await thank(yanis, id);
  const found = await lines(helene);
  expect(found.map(short)).toEqual([
    ['reaction', 'yanis.belkacem', 2, 2],
    ['comment', 'claire.martin', 2, 3],
  ]);
  expect(found[1]?.people.map(({ handle }) => handle)).toEqual(['claire.martin', 'nadia.rahmani']);
});

test('what came after one has read begins a new line; what was read together stays together', async () => {
  await fresh(helene);
  const { id } = await publish(helene, 'Qui en veut ?');
  await say(nadia, id);
  await say(claire, id);
  await inTransaction(db, (tx) => markNotifiedOf(tx, helene, id));
  expect(await isToldOf(db, helene, id)).toBe(false);
  await say(thomas, id);
  expect((await lines(helene)).map((line) => [line.read, line.voices])).toEqual([
    [false, 1],
    [true, 2],
  ]);
  const [first] = await lines(helene);
  await inTransaction(db, (tx) => markNotified(tx, helene, first!.id));
  expect(await hasNews(db, helene)).toBe(false);
});

test('a line leads to the first thing said that it tells of', async () => {
  await fresh(helene);
  const { id } = await publish(helene, 'Qui en veut ?');
  const first = await say(nadia, id);
  await say(claire, id);
  expect((await lines(helene))[0]?.url).toBe(`/posts/${id}?comment=${first.id}#comment-${first.id}`);
});

test('lines are paged by their latest notice, none twice and none left out', async () => {
  await fresh(helene);
  const posts = [];
  for (let number = 0; number < 5; number += 1) posts.push((await publish(helene, `Billet ${number}`)).id);
  for (const id of posts) await say(nadia, id);
  for (const id of posts.slice(0, 2)) await say(claire, id);
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listNotifications>> = await listNotifications(db, helene, {
      cursor,
      limit: 2,
    });
    seen.push(...page.items.map(({ url }) => url.slice(7, 43)));
    cursor = page.next;
  } while (cursor);
  expect(seen).toEqual([posts[1], posts[0], posts[4], posts[3], posts[2]]);
});

test('what one may no longer see is in no line, no number and no order', async () => {
  const { slug } = await inTransaction(db, (tx) =>
    foundCommunity(tx, helene, { name: 'Le coin', access: 'closed' }),
  );
  for (const each of [nadia, claire]) {
    await inTransaction(db, async (tx) => {
      await inviteToCommunity(tx, helene, slug, each.handle);
      await joinCommunity(tx, each, slug);
    });
  }
  await drawAll(db);
  await fresh(nadia);
  const open = await publish(nadia, 'Ouvert.');
  const closed = await publish(nadia, 'Fermé.', slug);
  await say(claire, open.id);
  await say(helene, closed.id);
  const last = await say(helene, open.id);
  await thank(claire, open.id);
  expect((await lines(nadia)).map(short)).toEqual([
    ['reaction', 'claire.martin', 1, 1],
    ['comment', 'helene.dargent', 2, 2],
    ['comment', 'helene.dargent', 1, 1],
  ]);
  await inTransaction(db, async (tx) => {
    await unreact(tx, claire, { on: 'entry', id: open.id, kind: 'thanks' });
    await deleteComment(tx, helene, last.id);
    await leaveCommunity(tx, nadia, slug);
  });
  expect((await lines(nadia)).map(short)).toEqual([['comment', 'claire.martin', 1, 1]]);
});

test('who spoke under a post hears of what is said after him, until he leaves the thread, unless he is named', async () => {
  const { id } = await publish(helene, 'Débat.');
  await say(thomas, id);
  await fresh(thomas, nadia);
  await say(nadia, id);
  expect((await lines(thomas)).map(({ kind, followed }) => [kind, followed])).toEqual([['thread', false]]);
  expect(await lines(nadia)).toEqual([]);
  expect(await followsThread(db, thomas, id)).toBe(true);

  await inTransaction(db, (tx) => followThread(tx, thomas, id, false));
  expect(await followsThread(db, thomas, id)).toBe(false);
  expect((await lines(thomas))[0]?.less.thread).toEqual({ id, quiet: true });
  await fresh(thomas);
  await say(claire, id);
  expect(await lines(thomas)).toEqual([]);
  await say(claire, id, '@thomas.gauthier ?');
  expect((await lines(thomas)).map(({ kind }) => kind)).toEqual(['mention']);

  await fresh(thomas);
  await inTransaction(db, (tx) => followThread(tx, thomas, id, true));
  await say(claire, id);
  expect((await lines(thomas)).map(({ kind, followed }) => [kind, followed])).toEqual([['thread', true]]);
});

test('one may follow a thread in which one has not spoken, not one that one does not see', async () => {
  const { id } = await publish(helene, 'À suivre.');
  await fresh(yanis);
  await inTransaction(db, (tx) => followThread(tx, yanis, id, true));
  await say(nadia, id);
  expect((await lines(yanis)).map(({ kind }) => kind)).toEqual(['thread']);
  const hidden = await publish(helene, 'Entre nous.', 'appels-offres');
  for (const following of [true, false]) {
    await expect(
      inTransaction(db, (tx) => followThread(tx, yanis, hidden.id, following)),
    ).rejects.toMatchObject({
      code: 'not_found',
    });
  }
});

test('everything, what concerns me, nothing: as chosen for each community', async () => {
  const { id } = await db
    .selectFrom('communities')
    .select('id')
    .where('slug', '=', 'le-comptoir')
    .executeTakeFirstOrThrow();
  const level = (value: string) => inTransaction(db, (tx) => setLevel(tx, nadia, 'le-comptoir', value));
  const heard = async () => {
    await fresh(nadia);
    await publish(helene, 'Pour tous.', 'le-comptoir');
    await publish(helene, 'Pour @nadia.rahmani.', 'le-comptoir');
    return (await lines(nadia)).map(short);
  };
  expect(await levelIn(db, nadia, id)).toBe('concerns');
  expect(await heard()).toEqual([['mention', 'helene.dargent', 1, 1]]);
  await level('everything');
  expect(await heard()).toEqual([
    ['mention', 'helene.dargent', 1, 1],
    ['post', 'helene.dargent', 1, 1],
  ]);
  await publish(claire, 'Encore.', 'le-comptoir');
  const [joined] = await lines(nadia);
  expect(joined && short(joined)).toEqual(['post', 'claire.martin', 2, 2]);
  expect(joined).toMatchObject({ title: null, url: '/communities/le-comptoir' });
  await inTransaction(db, (tx) => markNotifiedIn(tx, nadia, id));
  expect((await lines(nadia)).map(({ kind, read }) => [kind, read])).toEqual([
    ['post', true],
    ['mention', false],
  ]);
  await level('nothing');
  expect(await heard()).toEqual([]);
  expect((await noticeSettings(db, nadia)).levels).toMatchObject([
    { level: 'nothing', community: { slug: 'le-comptoir' } },
  ]);
  await level('concerns');
  expect(await heard()).toEqual([['mention', 'helene.dargent', 1, 1]]);
  await expect(level('beaucoup')).rejects.toBeInstanceOf(Refusal);
});

test('a level neither opens a door nor tells that there is one', async () => {
  const level = (slug: string) => inTransaction(db, (tx) => setLevel(tx, yanis, slug, 'everything'));
  const answers = await Promise.all(
    ['face-a-norvalt', 'appels-offres', 'nulle-part'].map((slug) =>
      level(slug).catch((error: Refusal) => error.code),
    ),
  );
  expect(answers).toEqual(['not_found', 'not_found', 'not_found']);
});

test('whoever leaves a closed community of which he wanted everything hears nothing of it', async () => {
  const { slug } = await inTransaction(db, (tx) =>
    foundCommunity(tx, helene, { name: 'Le cercle', access: 'closed' }),
  );
  await inTransaction(db, async (tx) => {
    await inviteToCommunity(tx, helene, slug, 'nadia.rahmani');
    await joinCommunity(tx, nadia, slug);
    await setLevel(tx, nadia, slug, 'everything');
    await leaveCommunity(tx, nadia, slug);
  });
  await drawAll(db);
  await fresh(nadia);
  await publish(helene, 'Sans elle.', slug);
  expect(
    await db.selectFrom('notifications').select('id').where('person_id', '=', nadia.id).execute(),
  ).toEqual([]);
});

test('a kind that one does not want is not told, and comes back when one wants it', async () => {
  const { id } = await publish(helene, 'Merci ?');
  await inTransaction(db, (tx) => wantKind(tx, helene, 'reaction', false));
  await fresh(helene);
  await thank(nadia, id);
  expect(await lines(helene)).toEqual([]);
  await inTransaction(db, (tx) => wantKind(tx, helene, 'reaction', true));
  await thank(thomas, id);
  expect((await lines(helene)).map(short)).toEqual([['reaction', 'thomas.gauthier', 1, 1]]);
});

test('the author hears that a colleague passed his post on, while he may see both', async () => {
  const { id } = await publish(helene, 'À faire suivre.');
  await fresh(helene);
  const passed = await publish(nadia, 'Lisez ceci.', undefined, id);
  await publish(thomas, 'Entre nous.', 'appels-offres', id);
  const found = await lines(helene);
  const member = await db
    .selectFrom('memberships')
    .innerJoin('communities', 'communities.id', 'community_id')
    .select('slug')
    .where('person_id', '=', helene.id)
    .where('slug', '=', 'appels-offres')
    .executeTakeFirst();
  expect(found.map(({ kind, count }) => [kind, count])).toEqual([['curated', member ? 2 : 1]]);
  if (!member) expect(found[0]?.url).toBe(`/posts/${passed.id}`);
});

test('an animator hears who knocks, while he animates', async () => {
  const { slug, id } = await inTransaction(db, (tx) =>
    foundCommunity(tx, claire, { name: 'La porte', access: 'closed' }),
  );
  await fresh(claire);
  for (const each of [nadia, thomas]) await inTransaction(db, (tx) => joinCommunity(tx, each, slug));
  await drawAll(db);
  expect((await lines(claire)).map((line) => [...short(line), line.url])).toEqual([
    ['community_asked', 'thomas.gauthier', 2, 2, `/communities/${slug}/requests`],
  ]);
  await db.updateTable('memberships').set({ role: 'member' }).where('community_id', '=', id).execute();
  expect(await lines(claire)).toEqual([]);
});
