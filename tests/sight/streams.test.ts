/**
 * The first law for what is said live: on two copies of one network everybody listens to everything; in one of them
 * things come about that he may not see. He must hear the same in both; whoever may see them hears of them.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { drawAll } from '../drawn.ts';
import { addComment } from '#server/conversation/comment.ts';
import { closeHub } from '#server/live/open.ts';
import { tellWriting } from '#server/live/writing.ts';
import { inTransaction, openDatabase, type Db } from '#server/platform/db.ts';
import { recordEvent } from '#server/platform/events.ts';
import { createPost } from '#server/posts/create.ts';
import { deletePost } from '#server/posts/remove.ts';
import { ORIGIN } from '../api/client.ts';
import { listenerOf, type Heard, type Listener } from '../listening.ts';
import { createDatabase, dropDatabase, urlOf } from '../postgres.ts';
import { setStage, viewers, type Somebody } from './cast.ts';
import { hiddenThings, hide, type Hidden } from './hidden.ts';

const server = inject('postgres');
const listeners = viewers.filter((viewer): viewer is Somebody => viewer !== 'anonymous');

await createDatabase(server, 'streams_settled', 'world');
const stage = await onDatabase('streams_settled', setStage);
afterAll(() => dropDatabase(server, 'streams_settled'));

describe.each(listeners)('%s', (viewer) => {
  const unseen = hiddenThings.filter(
    ({ seenBy, perhaps }) => !seenBy.includes(viewer) && !perhaps?.includes(viewer),
  );

  test('hears nothing of what is hidden', async () => {
    expect(await said(viewer, unseen)).toEqual(await said(viewer, []));
  });
});

test('a member hears of what stands in his room', async () => {
  const discussed = hiddenThings.filter(({ name }) => name.startsWith('a post in a closed community'));
  expect(await said('member', discussed)).not.toEqual(await said('member', []));
});

test('who writes, corrects and deletes in a closed room is heard by nobody outside', async () => {
  const told = await onCopy(async (db) => {
    const ears = await Promise.all(listeners.map((viewer) => openEars(db, viewer)));
    const { author, member } = stage.cast;
    const { id } = await inTransaction(db, (tx) =>
      createPost(tx, author.actor, {
        title: 'Ici',
        body: '!',
        status: 'published',
        community: stage.closed.slug,
      }),
    );
    await drawAll(db);
    await inTransaction(db, (tx) => tellWriting(tx, member.actor, stage.posts.closed));
    await inTransaction(db, (tx) =>
      addComment(tx, member.actor, { entryId: stage.posts.closed, body: 'Bien.' }),
    );
    await inTransaction(db, (tx) => deletePost(tx, author.actor, id));
    await ending(db, ears);
    return ears.map(({ news }) => news.length);
  });
  const heard = listeners.filter((_, index) => (told[index] ?? 0) > 0);
  expect(heard.sort()).toEqual(['animator', 'author', 'member']);
});

/** What somebody who listens to everything is told while these things come about. */
async function said(viewer: Somebody, things: Hidden[]): Promise<string> {
  return onCopy(async (db) => {
    const ears = await openEars(db, viewer);
    await hide(db, stage, things);
    await ending(db, [ears]);
    return ears.news.join('\n');
  });
}

function openEars(db: Db, viewer: Somebody): Promise<Listener> {
  const shown = Object.values(stage.posts).join(',');
  const query = new URLSearchParams({ entry: stage.posts.closed, shown, feed: 'all' });
  const { authorization } = stage.cast[viewer].credentials;
  return listenerOf(db, new Request(`${ORIGIN}/api/v1/events?${query}`, { headers: { authorization } }));
}

/**
 * Waits until all is said. Somebody's own membership changes, twice: what is told of one draw of consequences comes in
 * no set order, so the second mark comes behind all that the first may stand among. The marks are then forgotten.
 */
async function ending(db: Db, ears: Listener[]): Promise<void> {
  await drawAll(db);
  for (const mark of [1, 2]) {
    await inTransaction(db, async (tx) => {
      for (const { actor } of Object.values(stage.cast))
        await recordEvent(tx, { name: 'person.role_changed', actorId: null, subjectId: actor.id });
    });
    await drawAll(db);
    await Promise.all(ears.map((each) => each.until(({ heard }) => heard.filter(isMark).length >= mark)));
  }
  for (const { heard } of ears) heard.splice(0, heard.length, ...heard.filter((each) => !isMark(each)));
}

const isMark = ({ name }: Heard) => name === 'reset';

async function onCopy<T>(work: (db: Db) => Promise<T>): Promise<T> {
  const name = `streams_${randomUUID().replaceAll('-', '')}`;
  await createDatabase(server, name, 'streams_settled');
  try {
    return await onDatabase(name, work);
  } finally {
    await dropDatabase(server, name);
  }
}

async function onDatabase<T>(name: string, work: (db: Db) => Promise<T>): Promise<T> {
  const { db, close } = openDatabase(urlOf(server, name), 4);
  try {
    return await work(db);
  } finally {
    await closeHub(db);
    await close();
  }
}
