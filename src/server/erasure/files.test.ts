import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { deleteComment, addComment } from '../conversation/comment.ts';
import { exportAsHtml } from '../export/html.ts';
import { exportAsJson } from '../export/json.ts';
import { readFile } from '../files/read.ts';
import { receiveFile } from '../files/upload.ts';
import { inTransaction } from '../platform/db.ts';
import { createPost } from '../posts/create.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { erasePerson } from './erase.ts';

const { db } = await testDatabase();
const [yanis, claire] = await Promise.all([actorOf(db, 'yanis.belkacem'), actorOf(db, 'claire.martin')]);

const bring = (name: string) =>
  receiveFile(db, yanis, {
    name,
    content: (async function* () {
      yield await Promise.resolve(randomBytes(100));
    })(),
  });

test('files of somebody who leaves: he takes a list along; what stands in his words stays, the rest goes', async () => {
  const [published, drafted, said, unused] = await Promise.all(
    ['publié.bin', 'brouillon.bin', 'retiré.bin', 'inutile.bin'].map(bring),
  );
  const { id } = await inTransaction(db, (tx) =>
    createPost(tx, yanis, { body: published!.markdown, status: 'published' }),
  );
  await inTransaction(db, (tx) => createPost(tx, yanis, { body: drafted!.markdown, status: 'draft' }));
  const comment = await inTransaction(db, (tx) =>
    addComment(tx, yanis, { entryId: id, body: said!.markdown }),
  );
  await inTransaction(db, (tx) => deleteComment(tx, yanis, comment.id));

  const taken = JSON.parse((await Array.fromAsync(exportAsJson(db, yanis))).join('')) as {
    files: { name: string; url: string }[];
  };
  expect(taken.files.map(({ name }) => name).sort()).toEqual(
    ['brouillon.bin', 'inutile.bin', 'publié.bin', 'retiré.bin'].sort(),
  );
  expect(taken.files.find(({ name }) => name === 'publié.bin')?.url).toBe(
    `/api/v1/files/${published!.id}/content`,
  );
  const page = (await Array.fromAsync(exportAsHtml(db, yanis, 'https://reseau.test'))).join('');
  expect(page).toContain('publié.bin');

  await inTransaction(db, (tx) => erasePerson(tx, yanis, { personId: yanis.id, confirm: yanis.handle }));
  expect(await readFile(db, claire, published!.id)).toMatchObject({ name: 'publié.bin' });
  const left = await db
    .selectFrom('files')
    .select('id')
    .where('id', 'in', [drafted!.id, said!.id, unused!.id])
    .execute();
  expect(left).toEqual([]);
});
