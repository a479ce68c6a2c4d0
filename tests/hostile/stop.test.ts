/** The address in a mail that ends its stream: what mail programs and filters do with it, over HTTP. */
import { afterAll, expect, test } from 'vitest';
import { stopPath, stopSecret } from '#server/notifications/stop-link.ts';
import { startBuilt } from '../built-server.ts';
import { testDatabase } from '../database.ts';
import { actorOf } from '../world.ts';

const { db, url } = await testDatabase();
const helene = await actorOf(db, 'helene.dargent');
const server = await startBuilt(url);
afterAll(server.stop);

const path = stopPath(await stopSecret(db), { personId: helene.id, stream: 'digest', thingId: null });
const digestOf = async () =>
  (
    await db
      .selectFrom('notice_settings')
      .select('digest')
      .where('person_id', '=', helene.id)
      .executeTakeFirst()
  )?.digest;
const oneClick = (address: string, headers: Record<string, string> = {}) =>
  fetch(server.origin + address, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: 'List-Unsubscribe=One-Click',
    redirect: 'manual',
  });

test('looking at it changes nothing and tells nobody’s name', async () => {
  const answer = await fetch(server.origin + path);
  expect(answer.status).toBe(200);
  expect(await answer.text()).not.toMatch(/Dargent|helene/i);
  expect(await digestOf()).toBeUndefined();
});

test('a mail program ends it by one POST, without cookie, origin or redirect', async () => {
  expect((await oneClick(path)).status).toBe(200);
  expect(await digestOf()).toBe('none');
  expect((await oneClick(path)).status).toBe(200);
});

test.each([
  ['forged', '/stop/inconnu'],
  ['cut short', path.slice(0, -2)],
  ['turned to another stream', path.replace('digest', 'notices')],
  ['turned to another person', path.replace(helene.id, '01900000-0000-7000-8000-000000000000')],
])('one that is %s is not found, looked at or sent', async (_, address) => {
  expect((await fetch(server.origin + address)).status).toBe(404);
  expect((await oneClick(address)).status).toBeGreaterThanOrEqual(400);
});
