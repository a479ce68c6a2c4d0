import { expect, test } from 'vitest';
import { inRollback, testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import type { Actor } from '../actor.ts';
import { addComment, deleteComment } from '../conversation/comment.ts';
import type { Tx } from '../platform/db.ts';
import { createPost } from './create.ts';
import { editPost } from './edit.ts';
import { readPost } from './read.ts';
import { deletedPostsOf, deletePost, restorePost } from './remove.ts';

const { db } = await testDatabase();
const secret = 'face-a-norvalt';
const claire = await actorOf(db, 'claire.martin');
const pierre = await actorOf(db, 'pierre.alonzo');

async function join(tx: Tx, { id }: Actor, slug: string): Promise<void> {
  const community = await tx
    .selectFrom('communities')
    .select('id')
    .where('slug', 'like', `${slug}%`)
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('memberships')
    .values({ person_id: id, community_id: community.id })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function leave(tx: Tx, { id }: Actor): Promise<void> {
  await tx.deleteFrom('memberships').where('person_id', '=', id).execute();
}

async function slugOf(tx: Tx, beginning: string): Promise<string> {
  const { slug } = await tx
    .selectFrom('communities')
    .select('slug')
    .where('slug', 'like', `${beginning}%`)
    .executeTakeFirstOrThrow();
  return slug;
}

test('a deleted post comes back only into a place its author is still in', () =>
  inRollback(db, async (tx) => {
    await join(tx, claire, secret);
    const community = await slugOf(tx, secret);
    const { id } = await createPost(tx, claire, { body: 'Mot', community, status: 'published' });
    await deletePost(tx, claire, id);
    expect((await deletedPostsOf(tx, claire)).items.map((post) => post.id)).toContain(id);
    await leave(tx, claire);
    await expect(restorePost(tx, claire, id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await deletedPostsOf(tx, claire)).items.map((post) => post.id)).not.toContain(id);
    await join(tx, claire, secret);
    await restorePost(tx, claire, id);
    expect(await readPost(tx, claire, id)).toMatchObject({ status: 'published' });
  }));

test('a draft tells nothing of a secret community its author has left', () =>
  inRollback(db, async (tx) => {
    await join(tx, claire, secret);
    const community = await slugOf(tx, secret);
    const { id } = await createPost(tx, claire, { body: 'Mot', community });
    expect((await readPost(tx, claire, id)).community?.slug).toBe(community);
    await leave(tx, claire);
    await tx
      .updateTable('communities')
      .set({ name: 'Renommée depuis' })
      .where('slug', '=', community)
      .execute();
    expect(await readPost(tx, claire, id)).toMatchObject({ community: null, body: 'Mot' });
    await expect(editPost(tx, claire, id, { status: 'published' })).rejects.toMatchObject({
      code: 'not_found',
    });
  }));

test('a guest moves no draft out of the communities he is in', () =>
  inRollback(db, async (tx) => {
    const { id } = await createPost(tx, pierre, { body: 'Mot', community: 'vigie' });
    for (const change of [{ community: null, status: 'published' }, { community: null }] as const) {
      await expect(editPost(tx, pierre, id, change)).rejects.toMatchObject({
        reason: 'guests_write_in_communities',
      });
    }
    await editPost(tx, pierre, id, { status: 'published' });
    expect((await readPost(tx, pierre, id)).community?.slug).toBe('vigie');
  }));

test('a guest learns from an @ no handle that he may not know of', () =>
  inRollback(db, async (tx) => {
    const strangers = await tx
      .selectFrom('people')
      .select('handle')
      .where('status', '=', 'active')
      .where('role', '<>', 'guest')
      .where('id', 'not in', (q) =>
        q
          .selectFrom('memberships')
          .innerJoin('communities', 'communities.id', 'community_id')
          .select('person_id')
          .where('slug', '=', 'vigie'),
      )
      .execute();
    const stranger = strangers[0]!.handle;
    const post = (
      await createPost(tx, pierre, { body: `@${stranger}`, community: 'vigie', status: 'published' })
    ).id;
    expect((await readPost(tx, pierre, post)).html).toBe(`<p>@${stranger}</p>`);
    const byMember = await createPost(tx, claire, { body: `@${stranger}`, status: 'published' });
    expect((await readPost(tx, claire, byMember.id)).html).toContain(`href="/people/${stranger}"`);
  }));

test('comments are counted right when one goes while another comes', async () => {
  const { id } = await db
    .transaction()
    .execute((tx) => createPost(tx, claire, { body: 'Mot', status: 'published' }));
  const say = (tx: Tx) => addComment(tx, claire, { entryId: id, body: 'Oui' });
  const first = await db.transaction().execute(say);
  let removal: Promise<void> | undefined;
  await db.transaction().execute(async (tx) => {
    await say(tx);
    removal = db.transaction().execute((other) => deleteComment(other, claire, first.id));
    // Long enough for the removal to come to the row that this transaction holds.
    await new Promise((resolve) => setTimeout(resolve, 300));
  });
  await removal;
  expect((await readPost(db, claire, id)).comments).toBe(1);
});
