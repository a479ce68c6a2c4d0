/** Mail that comes to somebody's desk. */
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Actor } from '#server/actor.ts';
import { listItems } from '#server/desk/list.ts';
import { renewDeskAddress } from '#server/desk/mail-address.ts';
import { readItem } from '#server/desk/read.ts';
import { inTransaction } from '#server/platform/db.ts';
import { testDatabase } from '../../../tests/database.ts';
import { handOver, type Sent } from '../../../tests/hand-over.ts';
import { actorOf } from '../../../tests/world.ts';
import { startMailIn } from './receive.ts';

const { db } = await testDatabase();
const [helene, nadia] = (await Promise.all(
  ['helene.dargent', 'nadia.rahmani'].map((handle) => actorOf(db, handle)),
)) as [Actor, Actor];
vi.stubEnv('MAIL_DOMAIN', 'reponses.aubrelle.example');
const door = await startMailIn(db, { host: '127.0.0.1', port: 0 });
afterAll(() => door.stop());
beforeEach(() => {
  vi.stubEnv('MAIL_DOMAIN', 'reponses.aubrelle.example');
  vi.stubEnv('MAIL_IN', '127.0.0.1:2525');
});
afterEach(() => vi.unstubAllEnvs());

const send = (mail: Sent) => handOver(door.port, mail);

test('a mail to a desk lies there for its owner alone, once; a new address ends the old one', async () => {
  const { address } = await inTransaction(db, (tx) => renewDeskAddress(tx, nadia));
  const forwarded = {
    to: address,
    from: 'helene.dargent@essaim.example',
    subject: 'Fwd: Norvalt',
    text: 'Vu ?\n\n> Hausse de 4 %',
  };
  await send({ ...forwarded, messageId: '<un@exemple.fr>' });
  await send({ ...forwarded, messageId: '<un@exemple.fr>', headers: { 'list-id': '<lettre.exemple.fr>' } });
  const { items } = await listItems(db, nadia);
  expect(items).toMatchObject([{ kind: 'note', title: 'Norvalt' }]);
  expect(items[0]!.readLaterAt).not.toBeNull();
  expect((await readItem(db, nadia, items[0]!.id)).body).toContain('> Hausse de 4 %');
  await expect(readItem(db, helene, items[0]!.id)).rejects.toMatchObject({ code: 'not_found' });
  await inTransaction(db, (tx) => renewDeskAddress(tx, nadia));
  expect(await send(forwarded)).toMatch(/^550/);
});

test('an address alone in a mail of one’s own becomes a clip', async () => {
  const { address } = await inTransaction(db, (tx) => renewDeskAddress(tx, nadia));
  await send({
    to: address,
    from: 'nadia.rahmani@essaim.example',
    subject: '',
    text: 'https://norvalt.example/prix',
  });
  expect((await listItems(db, nadia, { kind: 'clip' })).items).toMatchObject([
    { url: 'https://norvalt.example/prix', readLaterAt: null },
  ]);
});
