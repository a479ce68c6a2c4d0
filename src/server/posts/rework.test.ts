import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { foundCommunity } from '#server/communities/found.ts';
import { receiveFile } from '#server/files/upload.ts';
import { fileForReading } from '#server/files/read.ts';
import { sweepFiles } from '#server/files/sweep.ts';
import { hideThing } from '#server/moderation/hide.ts';
import { inTransaction } from '#server/platform/db.ts';
import { testDatabase } from '../../../tests/database.ts';
import { pageStage } from '../../../tests/pages.ts';
import { actorOf } from '../../../tests/world.ts';
import { createPost } from './create.ts';
import { postHistory } from './history.ts';
import { readPost } from './read.ts';
import { deletePost } from './remove.ts';
import { dropRework, keepRework, readRework, reworksOf, type NewRework } from './rework.ts';

const { db } = await testDatabase();
const elise = await actorOf(db, 'elise.perrin');
const thomas = await actorOf(db, 'thomas.gauthier');
const nadia = await actorOf(db, 'nadia.rahmani');

const publish = (input: object = {}) =>
  inTransaction(db, (tx) =>
    createPost(tx, elise, { title: 'Dehors', body: 'Tel quel.', status: 'published', ...input }),
  );
const keep = (post: string, id: string, input: Partial<NewRework> = {}, actor = elise) =>
  inTransaction(db, (tx) =>
    keepRework(tx, actor, post, id, { fields: { title: 'Dedans', body: 'En chantier.' }, of: 1, ...input }),
  );

test('what is changed of a post that is out is kept, and the post stays as it is', async () => {
  const { id: post } = await publish();
  const before = [await readPost(db, elise, post), await readPost(db, thomas, post)];
  const events = async () => (await sql`select id from events`.execute(db)).rows.length;
  const many = await events();
  const id = randomUUID();
  expect(await keep(post, id)).toEqual({ id, version: 1 });
  const fields = { title: 'Dedans', body: 'Plus loin.', sourceUrl: 'https://a moitié' };
  expect(await keep(post, id, { fields, version: 1 })).toEqual({ id, version: 2 });
  expect(await readRework(db, elise, post, id)).toMatchObject({ title: 'Dedans', fields, version: 2, of: 1 });
  expect([await readPost(db, elise, post), await readPost(db, thomas, post)]).toEqual(before);
  expect((await postHistory(db, elise, post)).items).toHaveLength(1);
  expect(await events()).toBe(many);
});

test('two windows keep two of them: what one has not read is never written over', async () => {
  const { id: post } = await publish();
  const [one, two] = [randomUUID(), randomUUID()];
  await keep(post, one, { fields: { body: 'Une.' } });
  for (const version of [0, 7])
    await expect(keep(post, one, { fields: { body: 'Deux.' }, version })).rejects.toMatchObject({
      reason: 'changed_elsewhere',
    });
  await keep(post, two, { fields: { body: 'Deux.' } });
  expect((await reworksOf(db, elise, post)).map(({ id }) => id)).toEqual([two, one]);
  expect((await readRework(db, elise, post, one)).fields.body).toBe('Une.');
  await inTransaction(db, (tx) => dropRework(tx, elise, post, two));
  expect((await reworksOf(db, elise, post)).map(({ id }) => id)).toEqual([one]);
});

test('it is its author’s alone, and nobody’s where the post is hidden, deleted or out of reach', async () => {
  const { slug } = await inTransaction(db, (tx) =>
    foundCommunity(tx, elise, { name: 'Atelier', access: 'open' }),
  );
  const { id: post } = await publish({ community: slug });
  const id = randomUUID();
  await keep(post, id);
  for (const other of [thomas, nadia]) {
    await expect(reworksOf(db, other, post)).rejects.toMatchObject({ code: 'not_found' });
    await expect(readRework(db, other, post, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(keep(post, randomUUID(), {}, other)).rejects.toMatchObject({ code: 'not_found' });
    await expect(inTransaction(db, (tx) => dropRework(tx, other, post, id))).rejects.toMatchObject({
      code: 'not_found',
    });
  }
  await inTransaction(db, (tx) => hideThing(tx, nadia, { on: 'entry', id: post, reason: 'Trop tôt.' }));
  await expect(keep(post, id, { version: 1 })).rejects.toMatchObject({ code: 'not_found' });
  await expect(reworksOf(db, elise, post)).rejects.toMatchObject({ code: 'not_found' });
  const { id: gone } = await publish();
  await keep(gone, id);
  await inTransaction(db, (tx) => deletePost(tx, elise, gone));
  await expect(readRework(db, elise, gone, id)).rejects.toMatchObject({ code: 'not_found' });
  const draft = await inTransaction(db, (tx) => createPost(tx, elise, { body: 'Pas encore.' }));
  await expect(keep(draft.id, id)).rejects.toMatchObject({ code: 'not_found' });
});

test('a page, which its members write together, is not reworked as a post is', async () => {
  const stage = await pageStage(db);
  const { id: page } = await stage.page(elise, { community: await stage.home(), body: 'Un prix.' });
  const notFound = { code: 'not_found' };
  await expect(keep(page, randomUUID())).rejects.toMatchObject(notFound);
  await expect(reworksOf(db, elise, page)).rejects.toMatchObject(notFound);
});

test('ten are kept of a post, and what is too long is refused', async () => {
  const { id: post } = await publish();
  // In their order: of those kept in one millisecond the first by name goes.
  const ids = Array.from({ length: 12 }, () => randomUUID()).toSorted();
  for (const id of ids) await keep(post, id);
  expect((await reworksOf(db, elise, post)).map(({ id }) => id).toSorted()).toEqual(ids.slice(2).toSorted());
  await expect(keep(post, randomUUID(), { fields: { body: 'x'.repeat(400_001) } })).rejects.toMatchObject({
    code: 'invalid',
  });
});

test('a file that only it shows is seen by its author alone, and stays as long as it does', async () => {
  const { id: post } = await publish();
  const id = randomUUID();
  const file = await receiveFile(db, elise, {
    name: 'plan.txt',
    content: (async function* () {
      yield await Promise.resolve(Buffer.from('Un plan.'));
    })(),
  });
  await keep(post, id, { fields: { body: file.markdown } });
  await sql`update files set released_at = released_at - interval '25 hours'`.execute(db);
  await sweepFiles(db);
  expect((await fileForReading(db, elise, file.id)).id).toBe(file.id);
  await expect(fileForReading(db, thomas, file.id)).rejects.toMatchObject({ code: 'not_found' });
  await inTransaction(db, (tx) => dropRework(tx, elise, post, id));
  await sweepFiles(db);
  await expect(fileForReading(db, elise, file.id)).rejects.toMatchObject({ code: 'not_found' });
});

test.each([{ of: 1.5 }, { of: 2 ** 31 }, { of: -1 }, { version: Number.NaN }, { version: 2 ** 40 }])(
  'a version that nothing ever had (%o) is refused in words',
  async (forged) => {
    const { id: post } = await publish();
    await expect(keep(post, randomUUID(), forged)).rejects.toMatchObject({ reason: 'changed_elsewhere' });
    expect(await reworksOf(db, elise, post)).toEqual([]);
  },
);
