import { expect, test } from 'vitest';
import { purgeIdempotencyKeys } from '#server/platform/api/idempotency.ts';
import { inTransaction } from '#server/platform/db.ts';
import { testDatabase } from '../database.ts';
import { clientOf, type Client } from './client.ts';

const { db } = await testDatabase();
const nadia = await clientOf(db, 'nadia.rahmani');
const helene = await clientOf(db, 'helene.dargent');

const post = (client: Client, key: string | undefined, body: object) =>
  client({ method: 'POST', path: '/posts', body, ...(key ? { headers: { 'idempotency-key': key } } : {}) });
const posts = async () => (await db.selectFrom('entries').select('id').execute()).length;
const keys = () => db.selectFrom('idempotency_keys').selectAll().execute();

test('twenty at once with one key write one post and hear one answer', async () => {
  const before = await posts();
  const body = { title: 'Une fois', body: 'Une seule.', status: 'published' };
  const answers = await Promise.all(Array.from({ length: 20 }, () => post(nadia, 'twenty', body)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(answers.filter(({ headers }) => headers.get('idempotent-replay') === 'true')).toHaveLength(19);
  expect(await posts()).toBe(before + 1);
  expect(
    await db.selectFrom('events').select('id').where('name', '=', 'post.published').execute(),
  ).toHaveLength(1);
});

test('the same key with another request is a conflict; with another person it is another key', async () => {
  const first = await post(nadia, 'mine', { body: 'Un.' });
  expect(await post(nadia, 'mine', { body: 'Deux.' })).toMatchObject({
    status: 409,
    body: { error: { code: 'conflict' } },
  });
  const elsewhere = { method: 'POST', path: '/posts/x/restoration', headers: { 'idempotency-key': 'mine' } };
  expect((await nadia(elsewhere)).status).toBe(404);
  const hers = await post(helene, 'mine', { body: 'Un.' });
  expect(hers.status).toBe(201);
  expect(hers.text).not.toBe(first.text);
  expect(await post(nadia, 'mine', { body: 'Un.' })).toMatchObject({ status: 201, text: first.text });
});

test('a write that failed leaves its key free', async () => {
  const refused = await post(nadia, 'again', { body: '', status: 'published' });
  expect(refused.status).toBe(422);
  expect(await post(nadia, 'again', { body: 'Cette fois.', status: 'published' })).toMatchObject({
    status: 201,
  });
});

test('an answer without a body is repeated as well', async () => {
  const made = (await post(nadia, undefined, { body: 'À retirer.' })).body as { id: string };
  await nadia({ method: 'DELETE', path: `/posts/${made.id}` });
  const back = {
    method: 'POST',
    path: `/posts/${made.id}/restoration`,
    headers: { 'idempotency-key': 'back' },
  };
  const first = await nadia(back);
  expect(first.status).toBe(200);
  expect(await nadia(back)).toMatchObject({ status: 200, text: first.text });
});

test('a secret is told once, and kept nowhere', async () => {
  const ask = () =>
    nadia({
      method: 'POST',
      path: '/tokens',
      body: { name: 'Une fois' },
      headers: { 'idempotency-key': 'secret' },
    });
  const { token } = (await ask()).body as { token: string };
  expect(await ask()).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });
  expect(JSON.stringify(await keys())).not.toContain(token);
  expect(
    await db.selectFrom('api_tokens').select('id').where('name', '=', 'Une fois').execute(),
  ).toHaveLength(1);
});

test('without a key nothing is kept, and each request writes', async () => {
  const before = [await posts(), (await keys()).length];
  await Promise.all([post(nadia, undefined, { body: 'A.' }), post(nadia, undefined, { body: 'A.' })]);
  expect([await posts(), (await keys()).length]).toEqual([before[0]! + 2, before[1]]);
});

test.each([' ', 'é'.repeat(3), 'a'.repeat(201), 'a b'])('the key "%s" is refused', async (key) => {
  const headers = { 'idempotency-key': key };
  const send = () => nadia({ method: 'POST', path: '/posts', body: { body: 'A.' }, headers });
  expect(await send()).toMatchObject({ status: 422, body: { error: { code: 'invalid' } } });
});

test('keys are forgotten after two days', async () => {
  await post(nadia, 'old', { body: 'A.' });
  await post(nadia, 'new', { body: 'A.' });
  await db
    .updateTable('idempotency_keys')
    .set({ created_at: new Date(Date.now() - 49 * 3_600_000) })
    .where('key', '=', 'old')
    .execute();
  await inTransaction(db, purgeIdempotencyKeys);
  const left = (await keys()).map(({ key }) => key);
  expect(left).toContain('new');
  expect(left).not.toContain('old');
});
