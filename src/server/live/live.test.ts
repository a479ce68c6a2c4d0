import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { editCommunity } from '#server/communities/edit.ts';
import { joinCommunity, leaveCommunity } from '#server/communities/join.ts';
import { foundCommunity } from '#server/communities/found.ts';
import { inviteToCommunity } from '#server/communities/invite.ts';
import { addComment, deleteComment, editComment } from '#server/conversation/comment.ts';
import { follow } from '#server/conversation/follow.ts';
import { markAllRead, markRead } from '#server/conversation/reads.ts';
import { react } from '#server/conversation/react.ts';
import { hideThing } from '#server/moderation/hide.ts';
import { markNotified } from '#server/notifications/read.ts';
import { editProfile } from '#server/people/profile.ts';
import { deactivatePerson } from '#server/people/roles.ts';
import { createToken, revokeToken } from '#server/people/tokens.ts';
import { inTransaction, type Tx } from '#server/platform/db.ts';
import { recordEvent } from '#server/platform/events.ts';
import { createPost } from '#server/posts/create.ts';
import { editPost } from '#server/posts/edit.ts';
import { deletePost } from '#server/posts/remove.ts';
import { ORIGIN } from '../../../tests/api/client.ts';
import { testDatabase } from '../../../tests/database.ts';
import { drawAll } from '../../../tests/drawn.ts';
import { earsOn, everythingTold, listenerOf, type Listener } from '../../../tests/listening.ts';
import { actorOf } from '../../../tests/world.ts';
import { tellWriting } from './writing.ts';

const { db } = await testDatabase();
const listen = earsOn(db);
const elise = await actorOf(db, 'elise.perrin');
const lucie = await actorOf(db, 'lucie.ferrand');
const mathieu = await actorOf(db, 'mathieu.kessler');
const thomas = await actorOf(db, 'thomas.gauthier');
const nadia = await actorOf(db, 'nadia.rahmani');

async function write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  const result = await inTransaction(db, work);
  await drawAll(db);
  return result;
}

const publish = (community?: string, title = 'Un billet') =>
  write((tx) =>
    createPost(tx, elise, { title, body: 'Un corps.', status: 'published', ...(community && { community }) }),
  );

/** Hears the end, so that what was not heard by then never comes. */
async function newsOf(...listeners: Listener[]): Promise<string[][]> {
  await everythingTold(db, listeners);
  const news = listeners.map((listener) => listener.news);
  await Promise.all(listeners.map((listener) => listener.close()));
  return news;
}

test('a list hears of new posts of its scope, and of nothing else', async () => {
  const { slug } = await write((tx) => foundCommunity(tx, elise, { name: 'Le large', access: 'open' }));
  await write((tx) => follow(tx, lucie, { kind: 'person', id: elise.id }));
  const all = await listen('lucie.ferrand', 'feed=all');
  const inside = await listen('lucie.ferrand', `feed=communities/${slug}`);
  const following = await listen('lucie.ferrand', 'feed=following');
  const stranger = await listen('amadou.diallo', 'feed=following');
  const post = await publish(slug);
  const comment = await write((tx) => addComment(tx, lucie, { entryId: post.id, body: 'Bien.' }));
  await everythingTold(db, [all]);
  const published = `post.published ${post.id}`;
  const heard = [all, inside, following, stranger].map(({ news }) =>
    news.filter((each) => each === published),
  );
  expect(heard).toEqual([[published], [published], [published], []]);
  for (const text of [all.text, inside.text]) {
    expect(text).not.toContain('billet');
    expect(text).not.toContain(comment.id);
  }
  await Promise.all([all, inside, following, stranger].map((each) => each.close()));
});

test('a post before one’s eyes tells what is said, corrected, thanked and taken away', async () => {
  const post = await publish();
  const reader = await listen('lucie.ferrand', `entry=${post.id}&feed=all`);
  const { id } = await write((tx) => addComment(tx, mathieu, { entryId: post.id, body: 'Un mot.' }));
  await reader.until(({ news }) => news.length === 1);
  await write((tx) => editComment(tx, mathieu, id, { body: 'Un autre mot.' }));
  await write((tx) => react(tx, thomas, { on: 'comment', id, kind: 'useful' }));
  await write((tx) => react(tx, thomas, { on: 'entry', id: post.id, kind: 'thanks' }));
  await reader.until(({ news }) => news.length === 4);
  await write((tx) => deleteComment(tx, mathieu, id));
  await write((tx) => editPost(tx, elise, post.id, { body: 'Corrigé.' }));
  // What is gone when it is told of is not said to have changed.
  await reader.until(({ news }) => news.some((each) => each.startsWith('post.changed')));
  await write((tx) => deletePost(tx, elise, post.id));
  const [news] = await newsOf(reader);
  expect(news).toEqual([
    `comment.written ${id} ${post.id}`,
    `comment.changed ${id} ${post.id}`,
    `reaction.changed ${id} ${post.id}`,
    `reaction.changed ${post.id} ${post.id}`,
    `comment.gone ${id} ${post.id}`,
    `post.changed ${post.id}`,
    `post.gone ${post.id}`,
  ]);
});

test('who may not see hears nothing, and nothing of what goes', async () => {
  const { slug } = await write((tx) => foundCommunity(tx, elise, { name: 'À part', access: 'closed' }));
  await write((tx) => inviteToCommunity(tx, elise, slug, lucie.handle));
  await write((tx) => joinCommunity(tx, lucie, slug));
  const post = await publish(slug, 'Entre nous');
  const inside = await listen('lucie.ferrand', `entry=${post.id}&feed=all`);
  const outside = await listen('mathieu.kessler', `entry=${post.id}&feed=all`);
  const order = await listen('nadia.rahmani', `entry=${post.id}&shown=${post.id}&feed=all`);
  const { id } = await write((tx) => addComment(tx, lucie, { entryId: post.id, body: '@mathieu.kessler !' }));
  await write((tx) => hideThing(tx, elise, { on: 'comment', id, reason: 'Trop tôt.' }));
  await write((tx) => tellWriting(tx, lucie, post.id));
  await write((tx) => deletePost(tx, elise, post.id));
  const [heard, unheard, kept] = await newsOf(inside, outside, order);
  expect(heard).toContain(`comment.written ${id} ${post.id}`);
  expect(heard).toContain(`post.gone ${post.id}`);
  expect([unheard, kept]).toEqual([[], []]);
});

test('a hidden thing goes for everybody; what then happens to it only those hear who still read it', async () => {
  const post = await publish();
  const { id } = await write((tx) => addComment(tx, mathieu, { entryId: post.id, body: 'Un mot de trop.' }));
  const reader = await listen('lucie.ferrand', `entry=${post.id}&feed=all`);
  const keeper = await listen('thomas.gauthier', `entry=${post.id}&feed=all`);
  await write((tx) => hideThing(tx, thomas, { on: 'comment', id, reason: 'Trop tôt.' }));
  await write((tx) => deleteComment(tx, mathieu, id));
  const gone = `comment.gone ${id} ${post.id}`;
  expect(await newsOf(reader, keeper)).toEqual([[gone], [gone, gone]]);
});

test('what comes and goes at once was never there', async () => {
  const reader = await listen('lucie.ferrand', 'feed=all');
  await write(async (tx) => {
    const { id } = await createPost(tx, elise, { title: 'Oups', body: 'Rien.', status: 'published' });
    await deletePost(tx, elise, id);
  });
  expect(await newsOf(reader)).toEqual([[]]);
});

test('whoever joins or leaves reads again, and hears what he may see from then on', async () => {
  const { slug } = await write((tx) => foundCommunity(tx, elise, { name: 'Le seuil', access: 'open' }));
  const listener = await listen('mathieu.kessler', 'feed=all');
  await write((tx) => joinCommunity(tx, mathieu, slug));
  await write((tx) => leaveCommunity(tx, mathieu, slug));
  expect(await newsOf(listener)).toEqual([['reset', 'reset']]);
});

test('a notice tells whom it is for', async () => {
  const post = await publish();
  const author = await listen('elise.perrin');
  const other = await listen('thomas.gauthier', 'feed=all');
  await write((tx) => addComment(tx, lucie, { entryId: post.id, body: 'Pour vous.' }));
  await author.until(({ news }) => news.length > 0);
  expect(author.news[0]).toMatch(/^notification [\da-f-]{36}$/);
  expect(await newsOf(other)).toEqual([[]]);
  await author.close();
});

test('who writes is told to those who read the same page, and stands nowhere', async () => {
  const post = await publish();
  const reader = await listen('lucie.ferrand', `entry=${post.id}`);
  const list = await listen('thomas.gauthier', `shown=${post.id}&feed=all`);
  const writer = await listen('mathieu.kessler', `entry=${post.id}&feed=all`);
  const before = await sql<{ many: number }>`select count(*)::int as many from events`.execute(db);
  await write((tx) => tellWriting(tx, mathieu, post.id));
  await write((tx) => tellWriting(tx, mathieu, post.id));
  await reader.until(({ news }) => news.length > 0);
  expect(reader.news).toEqual([`writing ${post.id} mathieu.kessler`]);
  const after = await sql<{ many: number }>`select count(*)::int as many from events`.execute(db);
  expect(after.rows).toEqual(before.rows);
  expect(await newsOf(list, writer)).toEqual([[], []]);
  await reader.close();
});

test('another name is told to those who may know of it, by what stands in addresses', async () => {
  const { slug, id } = await write((tx) => foundCommunity(tx, elise, { name: 'Secrète', access: 'secret' }));
  await write((tx) => inviteToCommunity(tx, elise, slug, lucie.handle));
  await write((tx) => joinCommunity(tx, lucie, slug));
  const inside = await listen('lucie.ferrand', 'feed=all');
  const outside = await listen('mathieu.kessler', 'feed=all');
  await write((tx) => editCommunity(tx, elise, slug, { name: 'Discrète' }));
  await write((tx) => editProfile(tx, elise, { bio: 'Le nom reste.' }));
  await write((tx) => editProfile(tx, elise, { name: 'Élise P.' }));
  const [heard, unheard] = await newsOf(inside, outside);
  const person = `person.changed ${elise.id} elise.perrin`;
  expect(heard).toEqual([`community.changed ${id} ${slug}`, person]);
  expect(unheard).toEqual([person]);
  expect(inside.text).not.toMatch(/Discrète|Élise/);
});

test('what I read here my other windows hear of, and nobody else', async () => {
  const post = await publish();
  const mine = await listen('lucie.ferrand');
  const others = await listen('thomas.gauthier', 'feed=all');
  await write((tx) => markRead(tx, lucie, post.id));
  await write((tx) => markAllRead(tx, lucie));
  await mine.until(({ news }) => news.length === 2);
  expect(mine.news).toEqual([`read.changed ${post.id}`, 'read.changed']);
  await write((tx) => addComment(tx, mathieu, { entryId: post.id, body: '@lucie.ferrand !' }));
  await mine.until(({ news }) => news.some((each) => each.startsWith('notification ')));
  await write((tx) => markNotified(tx, lucie));
  await mine.until(({ news }) => news.includes('notification.read'));
  expect(await newsOf(others)).toEqual([[]]);
  await mine.close();
});

test('a link that unfolds after one looks changes the text it stands in', async () => {
  const post = await publish();
  const reader = await listen('lucie.ferrand', `entry=${post.id}&feed=all`);
  const { id } = await write((tx) => addComment(tx, mathieu, { entryId: post.id, body: 'Un mot.' }));
  const unfolded = { name: 'link.unfolded', actorId: null };
  await write((tx) => recordEvent(tx, { ...unfolded, subjectId: id, data: { entryId: post.id } }));
  await write((tx) => recordEvent(tx, { ...unfolded, subjectId: post.id }));
  const [news] = await newsOf(reader);
  const said = `${id} ${post.id}`;
  expect(news).toEqual([`comment.written ${said}`, `comment.changed ${said}`, `post.changed ${post.id}`]);
});

test('nobody says that he writes where he may not', async () => {
  const { slug } = await write((tx) => foundCommunity(tx, elise, { name: 'Fermé', access: 'secret' }));
  const post = await publish(slug);
  await expect(write((tx) => tellWriting(tx, mathieu, post.id))).rejects.toMatchObject({ code: 'not_found' });
  await write((tx) => tellWriting(tx, elise, post.id));
});

test('a stream is taken up where it broke off: nothing twice, nothing lost', async () => {
  const first = await listen('lucie.ferrand', 'feed=all');
  const before = await publish();
  await first.until(({ news }) => news.length === 1);
  await first.close();
  const missed = [await publish(), await publish()];
  const second = await listen('lucie.ferrand', 'feed=all', first.lastId);
  const after = await publish();
  const [news] = await newsOf(second);
  expect(first.news).toEqual([`post.published ${before.id}`]);
  expect(news).toEqual([...missed, after].map(({ id }) => `post.published ${id}`));
});

test.each(['forged', 'A'.repeat(70), ''])('an id that is none of ours begins again: %j', async (id) => {
  const listener = await listen('lucie.ferrand', `feed=all&after=${id}`);
  await listener.until(({ heard }) => heard.length > 0);
  expect(listener.heard[0]?.name).toBe('reset');
  await listener.close();
});

test('the time at which a page was read leads to what came since', async () => {
  const old = await listen('lucie.ferrand', `since=${new Date(Date.now() - 3_600_000).toISOString()}`);
  await old.until(({ heard }) => heard.length > 0);
  expect(old.heard[0]?.name).toBe('reset');
  await old.close();
});

test('a stream ends with its key', async () => {
  const key = await write((tx) => createToken(tx, lucie, { name: 'Court', scopes: ['read'] }));
  const request = new Request(`${ORIGIN}/api/v1/events?feed=all`, {
    headers: { authorization: `Bearer ${key.token}` },
  });
  const listener = await listenerOf(db, request);
  const kept = await listen('lucie.ferrand', 'feed=all');
  await write((tx) => revokeToken(tx, lucie, key.id));
  await listener.until(({ ended }) => ended);
  await publish();
  await kept.until(({ news }) => news.length === 1);
  expect(listener.news).toEqual([]);
  await kept.close();
});

test('a person who is shut out hears no more', async () => {
  const gone = await listen('amadou.diallo', 'feed=all');
  const amadou = await actorOf(db, 'amadou.diallo');
  await write((tx) => deactivatePerson(tx, nadia, amadou.id));
  await gone.until(({ ended }) => ended);
});

test('when the connection that listens is killed, it comes back and nothing is lost', async () => {
  const listener = await listen('lucie.ferrand', 'feed=all');
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query like 'listen %'`.execute(db);
  const posts = [await publish(), await publish()];
  const [news] = await newsOf(listener);
  expect(news).toEqual(posts.map(({ id }) => `post.published ${id}`));
});

test('one key has only so many streams', async () => {
  const many = [];
  for (let index = 0; index < 26; index += 1) many.push(await listen('claire.martin', 'feed=all'));
  await many[0]?.until(({ ended }) => ended);
  expect(many.filter(({ ended }) => ended).length).toBeLessThanOrEqual(2);
  await Promise.all(many.map((each) => each.close()));
});
