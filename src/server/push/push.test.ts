import { createServer, type IncomingHttpHeaders } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createECDH, randomBytes } from 'node:crypto';
import { afterAll, expect, test, vi } from 'vitest';
import { drawAll } from '../../../tests/drawn.ts';
import { addComment } from '../conversation/comment.ts';
import { deliverDue } from '../notifications/deliver.ts';
import { inTransaction } from '../platform/db.ts';
import { createPost } from '../posts/create.ts';
import { credentialsOf } from '../../../tests/credentials.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { addDevice, isTold, removeDevice, renewDevice } from './devices.ts';
import { pushKeys } from './keys.ts';
import { rungNotice } from './notice.ts';
import { sendPushes } from './send.ts';

const { db } = await testDatabase('world');
const thomas = await actorOf(db, 'thomas.gauthier');
const claire = await actorOf(db, 'claire.martin');

/** A push service on this machine: what it got, and what it answers. */
const rung: { path: string; headers: IncomingHttpHeaders; body: Buffer }[] = [];
let status = 201;
const service = createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.on('end', () => {
    rung.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(pieces) });
    response.writeHead(status, status === 302 ? { location: 'https://example.com/' } : {}).end();
  });
}).listen(0, '127.0.0.1');
await once(service, 'listening');
const { port } = service.address() as AddressInfo;
vi.stubEnv('FETCH_ALLOW', `127.0.0.1:${port}`);
afterAll(() => service.close());

const always = new Date(Date.now() + 5 * 60_000);

async function sessionOf(handle: string): Promise<string> {
  await credentialsOf(db, handle);
  const { id } = await db
    .selectFrom('auth_session')
    .innerJoin('people', 'people.auth_user_id', 'auth_session.userId')
    .select('auth_session.id')
    .where('handle', '=', handle)
    .orderBy('createdAt', 'desc')
    .executeTakeFirstOrThrow();
  return id;
}

function device(path: string) {
  const curve = createECDH('prime256v1');
  return {
    endpoint: `http://127.0.0.1:${port}/${path}`,
    p256dh: curve.generateKeys('base64url'),
    auth: randomBytes(16).toString('base64url'),
  };
}

/** Nobody keeps hours here: those of the organisation are tried elsewhere. */
await db.updateTable('quiet_calendar').set({ active: false }).execute();
const session = await sessionOf('claire.martin');
await inTransaction(db, (tx) => addDevice(tx, claire, session, device('claire')));

async function answerClaire(body: string): Promise<string> {
  const { id } = await inTransaction(db, (tx) =>
    createPost(tx, claire, { title: 'Une question', body: 'Qui sait ?', status: 'published' }),
  );
  await inTransaction(db, (tx) => addComment(tx, thomas, { entryId: id, body }));
  await drawAll(db);
  return id;
}

const ring = () => deliverDue(db, 'push', sendPushes(), always);

test('a device rings with a name and an id, and no words', async () => {
  const entry = await answerClaire('Moi, mot secret.');
  await ring();
  const [first] = rung.splice(0);
  expect(first).toMatchObject({ path: '/claire', headers: { 'content-encoding': 'aes128gcm' } });
  expect(first?.headers.authorization).toContain(`k=${(await pushKeys(db)).publicKey}`);
  expect(first?.body.toString('latin1')).not.toContain('secret');
  await ring();
  expect(rung.splice(0)).toEqual([]);

  const { id } = await db
    .selectFrom('notifications')
    .select('id')
    .where('entry_id', '=', entry)
    .where('person_id', '=', claire.id)
    .executeTakeFirstOrThrow();
  const words = await rungNotice(db, claire, id);
  expect(words.title).toContain('Une question');
  expect(words.body).toBe('Moi, mot secret.');
  expect(words.url).toContain(`/posts/${entry}?comment=`);
  await expect(rungNotice(db, thomas, id)).rejects.toMatchObject({ code: 'not_found' });
  await db.updateTable('comments').set({ deleted_at: new Date() }).where('entry_id', '=', entry).execute();
  await expect(rungNotice(db, claire, id)).rejects.toMatchObject({ code: 'not_found' });
});

test('what is no longer so does not ring', async () => {
  const entry = await answerClaire('Repris aussitôt.');
  await db.updateTable('comments').set({ deleted_at: new Date() }).where('entry_id', '=', entry).execute();
  await ring();
  expect(rung.splice(0)).toEqual([]);
});

test('a device that its service knows no longer is told nothing, one in trouble is tried again', async () => {
  await answerClaire('Encore moi.');
  status = 503;
  await ring();
  expect(await isTold(db, claire, session)).toBe(true);
  await answerClaire('Toujours moi.');
  status = 410;
  await ring();
  expect(await isTold(db, claire, session)).toBe(false);
  status = 201;
  rung.splice(0);
  await answerClaire('Et encore.');
  await ring();
  expect(rung.splice(0)).toEqual([]);
});

test('a device that got another address goes on being told there, one that never asked is not', async () => {
  const renewed = device('autre-adresse');
  const other = await sessionOf('thomas.gauthier');
  await expect(inTransaction(db, (tx) => renewDevice(tx, thomas, other, renewed))).rejects.toMatchObject({
    code: 'not_found',
  });
  expect(await isTold(db, thomas, other)).toBe(false);
  await inTransaction(db, (tx) => renewDevice(tx, claire, session, renewed));
  expect(await isTold(db, claire, session)).toBe(true);
  await answerClaire('Toujours là ?');
  await ring();
  expect(rung.splice(0).map(({ path }) => path)).toEqual(['/autre-adresse']);
});

test('a device is told for one person, and ends with its session', async () => {
  const mine = device('partage');
  const another = await sessionOf('thomas.gauthier');
  await inTransaction(db, (tx) => addDevice(tx, claire, session, mine));
  await inTransaction(db, (tx) => addDevice(tx, thomas, another, mine));
  expect(await isTold(db, claire, session)).toBe(false);
  expect(await isTold(db, thomas, another)).toBe(true);
  await inTransaction(db, (tx) => removeDevice(tx, claire, another));
  expect(await isTold(db, thomas, another)).toBe(true);
  await db.deleteFrom('auth_session').where('id', '=', another).execute();
  expect(await isTold(db, thomas, another)).toBe(false);
});

test.each([
  ['not an address', { endpoint: 'nulle part' }],
  ['an address of no web', { endpoint: 'file:///etc/passwd' }],
  ['a name inside', { endpoint: 'https://moi@service.example/a' }],
  ['a key that is none', { p256dh: '<script>' }],
])('%s is no device', async (_, wrong) => {
  const asked = { ...device('x'), ...wrong };
  await expect(inTransaction(db, (tx) => addDevice(tx, claire, session, asked))).rejects.toMatchObject({
    code: 'invalid',
  });
});

test('a device at a private address is never asked', async () => {
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const asked: string[] = [];
  closed.on('request', (request) => asked.push(request.url ?? ''));
  const endpoint = `http://127.0.0.1:${(closed.address() as AddressInfo).port}/interne`;
  await inTransaction(db, (tx) => addDevice(tx, claire, session, { ...device('x'), endpoint }));
  await answerClaire('Vers l’intérieur.');
  await ring();
  expect(asked).toEqual([]);
  expect(await isTold(db, claire, session)).toBe(false);
  closed.close();
});
