/** What a person from outside may do: keep a desk of his own, and have nobody asked on his behalf (decision 0030). */
import { expect, test } from 'vitest';
import { readPages } from '#server/clips/read.ts';
import { keepClip } from '#server/desk/keep.ts';
import { writeNote } from '#server/desk/note.ts';
import { readItem } from '#server/desk/read.ts';
import { createWatch } from '#server/desk/watch.ts';
import { inTransaction, type Tx } from '#server/platform/db.ts';
import { searchOwn } from '#server/search/own.ts';
import { shareWatch } from '#server/sharing/watch.ts';
import { sourceSite } from '../../../tests/source-site.ts';
import { actorOf } from '../../../tests/world.ts';
import { followAddress, followNow } from './follow.ts';
import { readOpml, sourcesOpml, takeList } from './opml.ts';
import { recommendedSources, recommendSource } from './recommend.ts';
import { ownSources } from './subscriptions.ts';

const { db, site, feed, serve, follow, poll, look, titles } = await sourceSite();
const guest = await actorOf(db, 'pierre.alonzo');
const yanis = await actorOf(db, 'yanis.belkacem');
const write = <T>(run: (tx: Tx) => Promise<T>) => inTransaction(db, run);

const refused = { code: 'forbidden', reason: 'guests_follow_nothing' };

test('a guest follows nothing, by no way, and nobody is asked', async () => {
  serve([{ id: 'un' }]);
  const url = site.url + feed.path;
  const list = await readOpml(
    Buffer.from(`<opml version="2.0"><body><outline type="rss" xmlUrl="${url}"/></body></opml>`),
  );
  const asked = site.asked.length;
  for (const way of [
    () => followNow(db, guest, { url }),
    () => write((tx) => followAddress(tx, guest, { url })),
    () => write((tx) => takeList(tx, guest, list)),
  ])
    await expect(way()).rejects.toMatchObject(refused);
  expect(site.asked).toHaveLength(asked);
  // What somebody else has looked at is no way around.
  await expect(follow(guest)).rejects.toMatchObject(refused);
  expect(await ownSources(db, guest)).toEqual([]);
  // Nor does an empty list stop anybody from taking it along.
  expect(await sourcesOpml(db, guest)).not.toContain('xmlUrl');
  await followNow(db, yanis, { url });
  expect(await titles(yanis)).toEqual(['un']);
});

test('who became a guest keeps what he has read, and nothing more arrives for him', async () => {
  const role = (role: 'guest' | 'member') =>
    db.updateTable('people').set({ role }).where('id', '=', yanis.id).execute();
  serve([{ id: 'un' }]);
  await follow(yanis);
  await write((tx) => followAddress(tx, yanis, { url: `${site.url}/attend.xml` }));
  serve([{ id: 'un' }, { id: 'deux' }]);
  await role('guest');
  expect([(await poll()).asked, await look()]).toEqual([0, 0]);
  expect(await titles(yanis)).toEqual(['un']);
  await role('member');
  expect(await poll()).toMatchObject({ asked: 1, given: 1 });
});

test('his desk is his, and the page of a clip is read as from outside', async () => {
  site.answers.set('/interne', (_, response) =>
    response
      .setHeader('content-type', 'text/html')
      .end('<title>Interne</title><p>Le plan de l’an prochain.</p>'),
  );
  const url = `${site.url}/interne`;
  const keep = (who: typeof guest) => write((tx) => keepClip(tx, who, { url, body: 'À lire' }));
  const [his, hers] = [await keep(guest), await keep(yanis)];
  const asked = site.asked.length;
  await readPages(db, { gapMs: 0 });
  expect(site.asked.length - asked).toBe(1);
  expect(await readItem(db, guest, his.id)).toMatchObject({ page: 'failed', failure: 'address', title: '' });
  expect(await readItem(db, yanis, hers.id)).toMatchObject({ title: 'Interne' });
  const note = await write((tx) => writeNote(tx, guest, { body: 'Rappeler la zirconerie' }));
  expect((await searchOwn(db, guest, { q: 'zirconerie' })).items).toMatchObject([{ id: note.id }]);
  expect((await searchOwn(db, yanis, { q: 'zirconerie' })).items).toEqual([]);
});

test('he shares, and reads what is recommended, where he was invited and nowhere else', async () => {
  serve([{ id: 'un' }]);
  const { id: source } = await follow(yanis);
  const rooms = await db
    .selectFrom('communities')
    .leftJoin('memberships', (join) =>
      join.onRef('community_id', '=', 'communities.id').on('person_id', '=', guest.id),
    )
    .select(['slug', 'person_id'])
    .where('access', '=', 'open')
    .where('archived_at', 'is', null)
    .execute();
  const outside = rooms.find(({ person_id: inside }) => !inside)!.slug;
  await write((tx) => recommendSource(tx, yanis, { community: outside, source }));
  expect(await recommendedSources(db, guest)).toEqual([]);
  expect(await recommendedSources(db, yanis)).toHaveLength(1);
  const { id: watch } = await write((tx) => createWatch(tx, guest, { name: 'Acme' }));
  const share = (community: string) => write((tx) => shareWatch(tx, guest, watch, { community, items: [] }));
  await expect(share(outside)).rejects.toMatchObject({ code: 'not_found' });
  const inside = await db
    .selectFrom('memberships')
    .innerJoin('communities', 'communities.id', 'community_id')
    .select('slug')
    .where('person_id', '=', guest.id)
    .where('archived_at', 'is', null)
    .executeTakeFirstOrThrow();
  await share(inside.slug);
});
