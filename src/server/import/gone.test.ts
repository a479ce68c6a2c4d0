import { expect, test } from 'vitest';
import { inTransaction } from '#server/platform/db.ts';
import { deletedPostsOf, deletePost, purgeDeleted, restorePost } from '#server/posts/remove.ts';
import { search } from '#server/search/search.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { landBlogs } from './land.ts';
import type { ImportedBlog } from '../syndication/types.ts';

const { db } = await testDatabase();
const helene = await actorOf(db, 'helene.dargent');
const yanis = await actorOf(db, 'yanis.belkacem');

const blog: ImportedBlog = {
  title: 'Retour',
  url: 'https://retour.example',
  authors: [{ key: 'a', name: 'Odile Ailleurs' }],
  skipped: [],
  posts: [
    {
      ...{
        key: 'https://retour.example/1',
        line: 1,
        author: 'a',
        coAuthors: [],
        kind: 'post',
        status: 'published',
      },
      ...{
        title: 'Regretté',
        body: 'Mots zorglondes.',
        publishedAt: new Date('2019-05-04T10:00:00Z'),
        tags: [],
      },
      comments: [
        {
          ...{ key: 'c1', kind: 'comment', author: { name: 'Passant' }, body: 'Bien vu.' },
          at: new Date('2019-05-05T10:00:00Z'),
        },
      ],
    },
  ],
};
const land = (refresh: boolean) => inTransaction(db, (tx) => landBlogs(tx, helene, [blog], { refresh }));

test('what its author deleted for good does not come back, and neither does what was said there', async () => {
  await land(false);
  const entry = () =>
    db.selectFrom('entries').selectAll().where('origin_key', 'like', 'retour.example%').execute();
  const [{ id } = { id: '' }] = await entry();
  await db.updateTable('entries').set({ author_id: yanis.id }).where('id', '=', id).execute();
  await inTransaction(db, (tx) => deletePost(tx, yanis, id));
  await land(true);
  await db
    .updateTable('entries')
    .set({ deleted_at: new Date(Date.now() - 31 * 86_400_000) })
    .where('id', '=', id)
    .execute();
  for (let day = 0; day < 2; day++) {
    await inTransaction(db, purgeDeleted);
    expect(await land(true)).toMatchObject({ posts: { new: 0, known: 1, changed: 0 }, comments: { new: 0 } });
  }
  const left = await entry();
  expect(left).toMatchObject([{ title: '', body: '', html: '', source_url: null, listed: false }]);
  expect((await search(db, yanis, { q: 'zorglondes' })).items).toEqual([]);
  expect((await deletedPostsOf(db, yanis)).items).toEqual([]);
  await expect(inTransaction(db, (tx) => restorePost(tx, yanis, left[0]!.id))).rejects.toMatchObject({
    code: 'not_found',
  });
});
