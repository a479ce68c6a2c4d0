import { sql } from 'kysely';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { keepClip } from '#server/desk/keep.ts';
import { readItem } from '#server/desk/read.ts';
import { inTransaction } from '#server/platform/db.ts';
import { testDatabase } from '../../../tests/database.ts';
import { startFeedServer } from '../../../tests/feed-server.ts';
import { inOneWindow } from '../../../tests/one-window.ts';
import { actorOf } from '../../../tests/world.ts';
import { readAgain } from './again.ts';
import { readPages } from './read.ts';

const { db } = await testDatabase();
const helene = await actorOf(db, 'helene.dargent');
const nadia = await actorOf(db, 'nadia.rahmani');
const victim = await startFeedServer();
const other = await startFeedServer();
afterAll(() => Promise.all([victim.close(), other.close()]));
const GAP = 60;

let under = 0;
let most = 0;
let ends: number[] = [];
let pauses: number[] = [];
beforeEach(async () => {
  [under, most, ends, pauses] = [0, 0, [], []];
  await sql`delete from desk_items`.execute(db);
});
/** Each page of the victim takes a moment; who asks for two at once is seen. */
function serve(path: string, status = 200): string {
  victim.answers.set(path, (_, response) => {
    under += 1;
    most = Math.max(most, under);
    const last = ends.at(-1);
    if (last !== undefined) pauses.push(performance.now() - last);
    setTimeout(() => {
      under -= 1;
      ends.push(performance.now());
      response.writeHead(status, { 'content-type': 'text/html' }).end('<p>Oui</p>');
    }, 20);
  });
  return victim.url + path;
}
const keep = (url: string, actor = helene) => inTransaction(db, (tx) => keepClip(tx, actor, { url }));
const due = () => sql`update desk_items set next_try_at = now() - interval '1 minute'`.execute(db);

test('however many keep pages of one server, it is asked for one at a time, with a pause', async () => {
  for (let page = 0; page < 8; page += 1) await keep(serve(`/victim-${page}`), page % 2 ? helene : nadia);
  await readPages(db, { gapMs: GAP, runMs: Infinity });
  expect([ends.length, most]).toEqual([8, 1]);
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(GAP - 5);
});

test('who keeps hundreds keeps nobody waiting', async () => {
  const asked: string[] = [];
  for (let page = 0; page < 40; page += 1) await keep(`${victim.url}/flood-${page}`);
  other.answers.set('/one', (request, response) => {
    asked.push(...victim.asked.map(({ url }) => url ?? '').filter((url) => url.startsWith('/flood')));
    response.writeHead(404).end();
    void request;
  });
  await keep(`${other.url}/one`, nadia);
  await readPages(db, { gapMs: 0, runMs: Infinity });
  expect(asked.length).toBeLessThan(4);
});

test('a server that does not answer is asked four times, and not again', async () => {
  const url = serve('/away', 503);
  const { id } = await keep(url);
  for (let turn = 0; turn < 6; turn += 1) {
    await due();
    await readPages(db, { gapMs: 0 });
  }
  expect(ends).toHaveLength(4);
  expect(await readItem(db, helene, id)).toMatchObject({ page: 'failed', failure: 'away' });
});

test('a page whose reading ends the process is not read for ever', async () => {
  const { id } = await keep(serve('/mortal'));
  await sql`update desk_items set attempts = 4 where id = ${id}`.execute(db);
  await readPages(db, { gapMs: 0 });
  expect([ends.length, await readItem(db, helene, id)]).toMatchObject([0, { failure: 'tangled' }]);
});

test('asking again and again is refused before it troubles anybody', async () => {
  await inOneWindow(db, 600);
  const { id } = await keep(serve('/again', 404));
  const again = () => inTransaction(db, (tx) => readAgain(tx, helene, id));
  for (let time = 0; time < 3; time += 1) await again();
  await expect(again()).rejects.toMatchObject({ code: 'too_many' });

  for (let page = 0; page < 57; page += 1) {
    const { id: one } = await keep(`${victim.url}/each-${page}`);
    await inTransaction(db, (tx) => readAgain(tx, helene, one));
  }
  const { id: last } = await keep(`${victim.url}/last`);
  await expect(inTransaction(db, (tx) => readAgain(tx, helene, last))).rejects.toMatchObject({
    code: 'too_many',
  });
});
