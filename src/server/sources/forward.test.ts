import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { readItem } from '#server/desk/read.ts';
import { createWatch } from '#server/desk/watch.ts';
import { inTransaction } from '#server/platform/db.ts';
import { readPost } from '#server/posts/read.ts';
import { itemChain } from '#server/provenance/item.ts';
import { shareWatch } from '#server/sharing/watch.ts';
import { turnItem } from '#server/sharing/turn.ts';
import { sourceSite } from '../../../tests/source-site.ts';
import { actorOf } from '../../../tests/world.ts';
import { forwardReading } from './forward.ts';
import { makeRule } from './rules.ts';
import { listReadings } from './readings.ts';

const { db, site, feed, serve, follow, poll } = await sourceSite();
const yanis = await actorOf(db, 'yanis.belkacem');
const nadia = await actorOf(db, 'nadia.rahmani');
const act = inTransaction.bind(null, db) as <T>(run: Parameters<typeof inTransaction<T>>[1]) => Promise<T>;

let number = 0;
async function sharedWatch(): Promise<string> {
  const { id } = await act((tx) => createWatch(tx, yanis, { name: `Cession ${(number += 1)}` }));
  await act((tx) => shareWatch(tx, yanis, id, { community: 'le-comptoir', items: [] }));
  return id;
}

const SECRET = '?token=SECRET';
const OWN_NAME = 'Cible à racheter';
const TELLING = /SECRET|token=|Cible à racheter|Carnet de route/;

test.each([{ title: OWN_NAME }, {}])(
  'what is passed on from a feed tells nobody by which feed it came: %j',
  async (following) => {
    const address = `${feed.path}${SECRET}`;
    serve([{ id: 'un', title: 'Norvalt à Lyon', date: new Date().toUTCString() }], address);
    await follow(yanis, address, following);
    await sql`update source_items set url = ${`${site.url}/norvalt`}`.execute(db);
    // A feed that does not say what it is called is known by its address.
    await sql`update sources set title = '' where ${!following.title}`.execute(db);
    const watch = await sharedWatch();
    const [reading] = (await listReadings(db, yanis, {})).items;
    expect(reading?.source.title).toMatch(TELLING);
    const { id } = await act((tx) => forwardReading(tx, yanis, reading!.id, { watch }));

    const seen = await readItem(db, nadia, id);
    expect(seen).toMatchObject({ own: false, site: new URL(site.url).host, via: null });
    expect((await readItem(db, yanis, id)).via).toBe('reading');
    const post = await act((tx) => turnItem(tx, yanis, id, { into: 'post', title: 'Norvalt', body: 'Vu' }));
    const told = [seen, await readPost(db, nadia, post.id), await itemChain(db, nadia, id)];
    expect(JSON.stringify(told)).not.toMatch(TELLING);
    const { rows } = await sql`select credit from provenance where subject_id = ${post.id}`.execute(db);
    expect(rows).toEqual([{ credit: new URL(site.url).host }]);
  },
);

test('nor does a note made of a reading without an address, or what a rule filed', async () => {
  const watch = await sharedWatch();
  serve([{ id: 'avant', title: 'Rien' }]);
  await follow(yanis, feed.path, { title: OWN_NAME });
  await act((tx) => makeRule(tx, yanis, { words: 'norvalt', does: 'file', watch }));
  serve([{ id: 'un', title: 'Norvalt à Lyon', date: new Date().toUTCString() }]);
  await poll();
  const { rows } = await sql<{ site: string }>`select site from desk_items where via = 'rule'`.execute(db);
  expect(rows).toEqual([{ site: new URL(site.url).host }]);

  await sql`update source_items set url = null`.execute(db);
  const before = (await listReadings(db, yanis, { state: 'all' })).items.find(
    ({ title }) => title === 'Rien',
  );
  const note = await act((tx) => forwardReading(tx, yanis, before!.id, { watch }));
  const seen = await readItem(db, nadia, note.id);
  expect(seen).toMatchObject({ kind: 'note', title: 'Rien', via: null });
  expect(JSON.stringify(seen)).not.toMatch(TELLING);
});

test('a page of which its feed does not say when it came out has no date, until the page says so itself', async () => {
  const date = 'Tue, 03 Feb 2026 08:00:00 GMT';
  serve(
    [
      { id: 'sans', title: 'Sans date', date: '' },
      { id: 'avec', title: 'Avec date', date },
    ],
    '/dates',
  );
  await follow(yanis, '/dates', {});
  const readings = (await listReadings(db, yanis, { state: 'all' })).items;
  const publishedOf = async (title: string) => {
    const reading = readings.find((each) => each.title === title);
    const { id } = await act((tx) => forwardReading(tx, yanis, reading!.id, {}));
    return (await readItem(db, yanis, id)).publishedAt;
  };
  expect(await publishedOf('Avec date')).toBe(new Date(date).toISOString());
  expect(await publishedOf('Sans date')).toBeNull();
});
