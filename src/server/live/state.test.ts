/** What one has read, and the signals since, are together what one would read now. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Actor } from '#server/actor.ts';
import { editCommunity } from '#server/communities/edit.ts';
import { foundCommunity } from '#server/communities/found.ts';
import { inviteToCommunity } from '#server/communities/invite.ts';
import { joinCommunity, leaveCommunity } from '#server/communities/join.ts';
import { addComment, deleteComment, editComment, restoreComment } from '#server/conversation/comment.ts';
import { react, unreact } from '#server/conversation/react.ts';
import { markAllRead, markRead } from '#server/conversation/reads.ts';
import { threadsOf } from '#server/conversation/thread.ts';
import { Refusal } from '#server/errors.ts';
import { listFeed } from '#server/feed/list.ts';
import { hideThing, showThing } from '#server/moderation/hide.ts';
import { editProfile } from '#server/people/profile.ts';
import { inTransaction, type Tx } from '#server/platform/db.ts';
import { createPost } from '#server/posts/create.ts';
import { editPost } from '#server/posts/edit.ts';
import { readPost } from '#server/posts/read.ts';
import { deletePost, restorePost } from '#server/posts/remove.ts';
import { testDatabase } from '../../../tests/database.ts';
import { drawAll } from '../../../tests/drawn.ts';
import { earsOn, everythingTold, type Listener } from '../../../tests/listening.ts';
import { actorOf } from '../../../tests/world.ts';

const { db } = await testDatabase();
const listen = earsOn(db);
const handles = ['elise.perrin', 'lucie.ferrand', 'mathieu.kessler', 'thomas.gauthier'];
const people = await Promise.all(handles.map((handle) => actorOf(db, handle)));
const [elise, lucie, mathieu] = people as [Actor, Actor, Actor, Actor];

/** The stage of one run: posts that are watched, and everything that was made. */
interface Stage {
  slug: string;
  watched: string[];
  posts: string[];
  /** Everybody reads it at the end. */
  last: string;
  comments: string[];
}

interface Deed {
  what: keyof typeof DEEDS;
  who: number;
  which: number;
  /** Whether consequences are drawn at once, or later with others. */
  drawn: boolean;
}

type Do = (tx: Tx, actor: Actor, stage: Stage, which: number) => Promise<unknown>;
const pick = (list: string[], which: number) => list[which % Math.max(list.length, 1)] ?? '';

const DEEDS = {
  publish: async (tx, actor, stage, which) => {
    const community = which % 2 ? stage.slug : null;
    const post = { title: `Billet ${which}`, body: 'Un corps.', status: 'published', community } as const;
    stage.posts.push((await createPost(tx, actor, post)).id);
  },
  editPost: (tx, actor, { posts }, which) =>
    editPost(tx, actor, pick(posts, which), { body: `Corrigé ${which}.` }),
  deletePost: (tx, actor, { posts }, which) => deletePost(tx, actor, pick(posts, which)),
  restorePost: (tx, actor, { posts }, which) => restorePost(tx, actor, pick(posts, which)),
  hidePost: (tx, actor, { posts }, which) =>
    hideThing(tx, actor, { on: 'entry', id: pick(posts, which), reason: 'Trop tôt.' }),
  showPost: (tx, actor, { posts }, which) => showThing(tx, actor, { on: 'entry', id: pick(posts, which) }),
  comment: async (tx, actor, stage, which) => {
    const entryId = pick(stage.posts, which);
    stage.comments.push((await addComment(tx, actor, { entryId, body: `Un mot ${which}.` })).id);
  },
  answer: async (tx, actor, stage, which) => {
    const [entryId, parentId] = [pick(stage.posts, which), pick(stage.comments, which)];
    stage.comments.push((await addComment(tx, actor, { entryId, parentId, body: 'Une réponse.' })).id);
  },
  editComment: (tx, actor, { comments }, which) =>
    editComment(tx, actor, pick(comments, which), { body: `Autrement dit ${which}.` }),
  deleteComment: (tx, actor, { comments }, which) => deleteComment(tx, actor, pick(comments, which)),
  restoreComment: (tx, actor, { comments }, which) => restoreComment(tx, actor, pick(comments, which)),
  hideComment: (tx, actor, { comments }, which) =>
    hideThing(tx, actor, { on: 'comment', id: pick(comments, which), reason: 'Trop tôt.' }),
  showComment: (tx, actor, { comments }, which) =>
    showThing(tx, actor, { on: 'comment', id: pick(comments, which) }),
  thank: (tx, actor, { posts }, which) =>
    react(tx, actor, { on: 'entry', id: pick(posts, which), kind: 'thanks' }),
  useful: (tx, actor, { comments }, which) =>
    react(tx, actor, { on: 'comment', id: pick(comments, which), kind: 'useful' }),
  unthank: (tx, actor, { posts }, which) =>
    unreact(tx, actor, { on: 'entry', id: pick(posts, which), kind: 'thanks' }),
  join: (tx, actor, { slug }) => joinCommunity(tx, actor, slug),
  leave: (tx, actor, { slug }) => leaveCommunity(tx, actor, slug),
  rename: (tx, actor, _, which) => editProfile(tx, actor, { name: `Quelqu’un ${which}` }),
  renamePlace: (tx, actor, { slug }, which) => editCommunity(tx, actor, slug, { name: `Lieu ${which}` }),
  read: (tx, actor, { watched }, which) => markRead(tx, actor, pick(watched, which)),
  readAll: (tx, actor) => markAllRead(tx, actor),
  invite: (tx, actor, { slug }) => inviteToCommunity(tx, actor, slug, mathieu.handle),
} satisfies Record<string, Do>;

const deed: fc.Arbitrary<Deed> = fc.record({
  what: fc.constantFrom(...(Object.keys(DEEDS) as Deed['what'][])),
  who: fc.nat(people.length - 1),
  which: fc.nat(9),
  drawn: fc.boolean(),
});

async function setStage(): Promise<Stage> {
  const stage = await inTransaction(db, async (tx) => {
    const { slug } = await foundCommunity(tx, elise, { name: 'Vivant', access: 'closed' });
    await inviteToCommunity(tx, elise, slug, lucie.handle);
    await joinCommunity(tx, lucie, slug);
    const post = async (author: Actor, community: string | null) =>
      (await createPost(tx, author, { title: 'Ici', body: 'Là.', status: 'published', community })).id;
    const watched = [await post(elise, slug), await post(elise, null), await post(lucie, null)];
    const { id } = await addComment(tx, lucie, { entryId: watched[0] ?? '', body: 'Déjà.' });
    return { slug, watched, last: await post(lucie, null), posts: [...watched], comments: [id] };
  });
  await drawAll(db);
  return stage;
}

async function perform({ what, who, which, drawn }: Deed, stage: Stage): Promise<void> {
  const actor = people[who] ?? elise;
  try {
    await inTransaction(db, (tx) => (DEEDS[what] as Do)(tx, actor, stage, which));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  if (drawn) await drawAll(db);
}

/** What somebody has before him: the ids of a list, and whole posts with their conversations. */
class Reader {
  readonly listed = new Set<string>();
  readonly open = new Map<string, unknown>();
  readonly #actor: Actor;
  readonly #watched: string[];

  constructor(actor: Actor, watched: string[]) {
    this.#actor = actor;
    this.#watched = watched;
  }

  async readAll(): Promise<this> {
    this.listed.clear();
    for (const id of await this.#list()) this.listed.add(id);
    for (const id of this.#watched) await this.readOne(id);
    return this;
  }

  async readOne(id: string): Promise<void> {
    const post = await readPost(db, this.#actor, id).catch((error: unknown) => {
      if (error instanceof Refusal) return null;
      throw error;
    });
    this.open.set(id, post && { post, threads: await threadsOf(db, this.#actor, id, { limit: 100 }) });
  }

  /** Reads again what the signals name, and nothing else. */
  async follow({ heard }: Listener): Promise<this> {
    for (const { name, data } of heard) {
      const { id = '', entryId = id } = data;
      if (name === 'reset') await this.readAll();
      if (/^post\.(published|returned|gone)$/.test(name)) {
        if ((await this.#list()).has(id)) this.listed.add(id);
        else this.listed.delete(id);
      }
      const { person, community } = data;
      if (name === 'read.changed' && !id) await this.#readThose(() => true);
      if (name === 'person.changed') await this.#readThose((text) => text.includes(`"handle":"${person}"`));
      if (name === 'community.changed')
        await this.#readThose((text) => text.includes(`"slug":"${community}"`));
      if (this.#watched.includes(entryId)) await this.readOne(entryId);
    }
    return this;
  }

  /** Those that show something, as they stand before him. */
  async #readThose(show: (text: string) => boolean): Promise<void> {
    for (const id of this.#watched) if (show(JSON.stringify(this.open.get(id)))) await this.readOne(id);
  }

  get state() {
    return { listed: [...this.listed].sort(), open: Object.fromEntries(this.open) };
  }

  async #list(): Promise<Set<string>> {
    const ids = new Set<string>();
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listFeed>> = await listFeed(db, this.#actor, {
        ...{ scope: 'all', limit: 100, cursor },
      });
      for (const { id } of page.items) ids.add(id);
      cursor = page.next;
    } while (cursor);
    return ids;
  }
}

/** What one has read elsewhere is whispered in order: after this, everything before it was. */
async function everythingWhispered(actor: Actor, ears: Listener, last: string): Promise<void> {
  await inTransaction(db, (tx) => markRead(tx, actor, last));
  await ears.until(
    ({ heard, ended }) =>
      ended || heard.some(({ name, data }) => name === 'read.changed' && data['id'] === last),
  );
}

async function holds(deeds: Deed[]): Promise<void> {
  const stage = await setStage();
  const readers = await Promise.all(
    people.map(async (actor) => {
      const ears = await listen(actor.handle, `feed=all&shown=${stage.watched.join(',')}`);
      return { actor, ears, reader: await new Reader(actor, stage.watched).readAll() };
    }),
  );
  for (const each of deeds) await perform(each, stage);
  await everythingTold(
    db,
    readers.map(({ ears }) => ears),
  );
  await Promise.all(readers.map(({ actor, ears }) => everythingWhispered(actor, ears, stage.last)));
  for (const { actor, ears, reader } of readers) {
    const fresh = await new Reader(actor, stage.watched).readAll();
    expect((await reader.follow(ears)).state, actor.handle).toEqual(fresh.state);
    await ears.close();
  }
}

test('the state that one has, and the signals, are the state that is', { timeout: 120_000 }, async () => {
  await fc.assert(fc.asyncProperty(fc.array(deed, { minLength: 4, maxLength: 14 }), holds), { numRuns: 10 });
});
