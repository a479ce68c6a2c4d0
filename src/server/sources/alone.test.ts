/** Who follows what is private: whoever shares a source sees what he would see if he were the only one. */
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Actor } from '#server/actor.ts';
import { erasePerson } from '#server/erasure/erase.ts';
import { inTransaction } from '#server/platform/db.ts';
import type { FeedPost } from '../../../tests/feed-server.ts';
import { sourceSite } from '../../../tests/source-site.ts';
import { actorOf } from '../../../tests/world.ts';
import { followAddress, followAddresses } from './follow.ts';
import { sourcesOpml } from './opml.ts';
import { readerPlaces } from './places.ts';
import { listReadings, readReading } from './readings.ts';
import { recommendedSources, recommendSource, takeRecommendationBack } from './recommend.ts';
import { ownRules } from './rules.ts';
import { nextTurn } from './schedule.ts';
import { changeSource, letSourceGo, ownSources, readSource } from './subscriptions.ts';

const { db, site, feed, serve, follow, poll, look, source, titles } = await sourceSite();
const yanis = await actorOf(db, 'yanis.belkacem');
const nadia = await actorOf(db, 'nadia.rahmani');
const helene = await actorOf(db, 'helene.dargent');
const elise = await actorOf(db, 'elise.perrin');
const pierre = await actorOf(db, 'pierre.alonzo');

/** All that a person sees of his sources, without what differs by nature: ids, moments and the two addresses. */
async function seenBy(actor: Actor, path: string): Promise<string> {
  const { items } = await listReadings(db, actor, { state: 'all', limit: 100 });
  const whole = await Promise.all(items.map(({ id }) => readReading(db, actor, id)));
  const all = { sources: await ownSources(db, actor), whole, places: await readerPlaces(db, actor) };
  return JSON.stringify([all, await sourcesOpml(db, actor)])
    .replaceAll(path, '/PATH')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'ID')
    .replace(/"(at|since|failingSince)":"[^"]*"/g, '"$1":"THEN"');
}

test('whatever came before, and whoever is there, one sees what one would see alone', async () => {
  const posts = fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { maxLength: 6 });
  const history = fc.record({
    before: fc.array(posts, { minLength: 1, maxLength: 4 }),
    after: fc.array(posts, { minLength: 1, maxLength: 3 }),
    failing: fc.boolean(),
    unseen: fc.boolean(),
  });
  let number = 0;
  await fc.assert(
    fc.asyncProperty(history, async ({ before, after, failing, unseen }) => {
      for (const table of ['readings', 'subscriptions', 'source_items', 'sources'] as const)
        await db.deleteFrom(table).execute();
      number += 1;
      const [shared, alone] = [`${feed.path}/shared-${number}`, `${feed.path}/alone-${number}`];
      const say = (ids: number[]) => {
        const told: FeedPost[] = ids.map((id) => ({ id: `p${id}`, title: `p${id}`, date: dayOf(id) }));
        for (const at of [shared, alone]) serve(told, at);
      };
      say(before[0]!);
      await follow(nadia, shared);
      for (const ids of before) {
        say(ids);
        await poll();
      }
      if (failing) {
        site.answers.set(shared, (_, response) => response.writeHead(503).end());
        await poll();
        if (unseen) await sql`update sources set failing_since = now() - interval '40 days'`.execute(db);
        await poll();
        say(before.at(-1)!);
      }
      const begin = (actor: Actor, path: string) =>
        unseen
          ? inTransaction(db, (tx) => followAddress(tx, actor, { url: site.url + path }))
          : follow(actor, path);
      const asked = site.asked.length;
      await begin(yanis, shared);
      const askedShared = site.asked.length - asked;
      await begin(elise, alone);
      expect(site.asked.length - asked).toBe(2 * askedShared);
      if (unseen) await look();
      expect(await seenBy(yanis, shared)).toBe(await seenBy(elise, alone));
      for (const ids of after) {
        say(ids);
        await poll();
        expect(await seenBy(yanis, shared)).toBe(await seenBy(elise, alone));
      }
    }),
    { numRuns: 15 },
  );
}, 120_000);

const dayOf = (id: number) => new Date(Date.UTC(2024, 3, 1 + id, 10)).toUTCString();

test('the turn of a source is the one that it would have if somebody began to follow it now', async () => {
  for (const [at, date] of [
    ['new', new Date()],
    ['old', new Date(Date.now() - 400 * 86_400_000)],
  ] as const) {
    serve([{ id: at, date: date.toUTCString() }], `${feed.path}.${at}`);
    await follow(nadia, `${feed.path}.${at}`);
    await poll();
    const { feed_url: url, next_poll_at: turn, newest_at: newestAt } = (await source(`${feed.path}.${at}`))!;
    expect(turn).toEqual(nextTurn(url, new Date(), { newestAt }));
    await follow(yanis, `${feed.path}.${at}`);
    expect((await source(`${feed.path}.${at}`))!.next_poll_at).toEqual(turn);
  }
});

test('what others have does not exist: not by id, not by address, not in a number, whatever one’s role', async () => {
  serve([{ id: 'un' }]);
  const { id } = await follow(yanis);
  const [reading] = (await listReadings(db, yanis, { state: 'all' })).items;
  for (const other of [helene, nadia, pierre]) {
    expect(await ownSources(db, other)).toEqual([]);
    expect(await readerPlaces(db, other)).toMatchObject({ followed: 0, unread: 0 });
    expect((await listReadings(db, other, { state: 'all', source: id })).items).toEqual([]);
    for (const attempt of [
      () => readSource(db, other, id),
      () => readReading(db, other, reading!.id),
      () => inTransaction(db, (tx) => changeSource(tx, other, id, { title: 'À moi' })),
      () => inTransaction(db, (tx) => letSourceGo(tx, other, id)),
      () => inTransaction(db, (tx) => recommendSource(tx, other, { community: 'vigie', source: id })),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
    const addresses = [{ url: site.url + feed.path }, { url: `${site.url}/nulle-part` }];
    const both = inTransaction(db, (tx) => followAddresses(tx, other, addresses));
    if (other === pierre) await expect(both).rejects.toMatchObject({ code: 'forbidden' });
    else expect(await both).toMatchObject({ new: 2, known: 0 });
  }
});

test('following and reading leave no line in the log that everybody’s signals and figures are drawn from', async () => {
  const events = async () => (await sql`select 1 from events`.execute(db)).rows.length;
  const before = await events();
  serve([{ id: 'un' }]);
  const { id } = await follow(yanis);
  await inTransaction(db, (tx) => changeSource(tx, yanis, id, { title: 'Acme' }));
  await poll();
  await inTransaction(db, (tx) => letSourceGo(tx, yanis, id));
  expect(await events()).toBe(before);
});

test('a recommendation is heard where one reads, and tells of no follower', async () => {
  serve([{ id: 'un' }]);
  const { id } = await follow(elise);
  const recommend = (community: string, why: string) =>
    inTransaction(db, (tx) => recommendSource(tx, elise, { community, source: id, why }));
  const secret = await recommend('face-a-norvalt', 'Leur blog.');
  expect(await recommendedSources(db, pierre)).toEqual([]);
  const [outsider] = (
    await sql<{ handle: string }>`select handle from people where status = 'active' and role = 'member'
      and id not in (select person_id from memberships join communities c on c.id = community_id
        where c.slug = 'face-a-norvalt' or (c.slug = 'le-comptoir' and memberships.role = 'animator')) order by handle limit 1`.execute(
      db,
    )
  ).rows;
  const stranger = await actorOf(db, outsider!.handle);
  expect(await recommendedSources(db, stranger)).toEqual([]);
  await expect(recommendedSources(db, stranger, { community: 'face-a-norvalt' })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(
    inTransaction(db, (tx) => takeRecommendationBack(tx, stranger, secret.id)),
  ).rejects.toMatchObject({ code: 'not_found' });
  await recommend('le-comptoir', 'Sérieux.');
  expect(await recommendedSources(db, stranger)).toMatchObject([
    { feedUrl: site.url + feed.path, followed: false, by: [{ why: 'Sérieux.', removable: false }] },
  ]);
  expect((await recommendedSources(db, elise))[0]).toMatchObject({
    followed: true,
    by: [{ why: 'Sérieux.', removable: true }, { why: 'Leur blog.' }],
  });
  await follow(stranger);
  const told = JSON.stringify(await recommendedSources(db, elise));
  expect(told).not.toContain(stranger.handle);
  await inTransaction(db, (tx) => letSourceGo(tx, elise, id));
  expect(await recommendedSources(db, stranger)).toHaveLength(1);
});

test('of somebody who left nothing remains of what he followed', async () => {
  serve([{ id: 'un' }]);
  const bastien = await actorOf(db, 'bastien.vasseur');
  await follow(bastien);
  await inTransaction(db, (tx) =>
    erasePerson(tx, bastien, { personId: bastien.id, confirm: bastien.handle }),
  );
  expect(await titles(bastien)).toEqual([]);
  expect([await ownSources(db, bastien), await ownRules(db, bastien)]).toEqual([[], []]);
});
