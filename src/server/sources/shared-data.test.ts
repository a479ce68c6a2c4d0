/** Feeds that others wrote, served on loopback as they are. They stay beside the checkout. */
import { expect, test } from 'vitest';
import { inTransaction } from '#server/platform/db.ts';
import { sourceSite } from '../../../tests/source-site.ts';
import { actorOf } from '../../../tests/world.ts';
import { hasSharedData, sharedFiles } from '../import/shared-data.ts';
import { followAddresses } from './follow.ts';
import { readOpml, sourcesOpml, takeList } from './opml.ts';
import { ownSources } from './subscriptions.ts';

const { db, site, poll, look, titles } = await sourceSite();
const yanis = await actorOf(db, 'yanis.belkacem');
const nadia = await actorOf(db, 'nadia.rahmani');
const generous = { gapMs: 0, side: 4 };

const feeds = sharedFiles('feeds/**/*.{xml,rss,atom,rdf,json}').filter(
  ({ name }) => !/snapshots|references\/.*\.json$/.test(name),
);

test.skipIf(!hasSharedData)(
  'every feed there is (in ../shared/data; skipped where that is absent) is followed, read and asked again',
  async () => {
    for (const [number, { bytes }] of feeds.entries())
      site.answers.set(`/shared/${number}`, (request, response) => {
        if (request.headers['if-none-match'] === '"once"') return void response.writeHead(304).end();
        response.setHeader('etag', '"once"').end(bytes);
      });
    const wanted = feeds.map((_, number) => ({ url: `${site.url}/shared/${number}` }));
    for (const who of [yanis, nadia]) await inTransaction(db, (tx) => followAddresses(tx, who, wanted));
    const asked = site.asked.length;
    await look(generous);
    // Both wait for the same: each feed is asked once, and once more where its own address leads elsewhere.
    expect(site.asked.length - asked).toBeLessThan(feeds.length * 1.2);
    const sources = await ownSources(db, yanis);
    const read = sources.filter(({ error }) => error === null);
    expect(sources).toHaveLength(feeds.length);
    expect(read.length / feeds.length).toBeGreaterThan(0.95);
    expect(new Set(sources.map(({ error }) => error))).toEqual(new Set([null, 'no_feed_there']));
    expect(await titles(yanis)).toEqual(await titles(nadia));
    const items = await db.selectFrom('source_items').select(['title', 'html', 'published_at']).execute();
    expect(items.length).toBeGreaterThan(1000);
    for (const { title, html, published_at: at } of items) {
      expect(title).not.toContain('\ufffd');
      expect(html).not.toMatch(/<script|<img|<iframe|javascript:/i);
      if (at) expect(at.getTime()).toBeLessThanOrEqual(Date.now());
    }
    await poll(generous);
    expect(await poll(generous)).toMatchObject({ changed: 0, given: 0 });
    expect(await titles(nadia)).toEqual(await titles(yanis));
  },
  300_000,
);

test.skipIf(!hasSharedData)('a list goes out and comes in again as it was', async () => {
  for (const { bytes } of sharedFiles('opml/**/*.opml')) {
    await db.deleteFrom('subscriptions').execute();
    const list = await readOpml(bytes).catch(() => null);
    if (!list?.feeds.length) continue;
    await inTransaction(db, (tx) => takeList(tx, yanis, list, { folders: true }));
    const again = await readOpml(Buffer.from(await sourcesOpml(db, yanis)));
    const told = await inTransaction(db, (tx) => takeList(tx, nadia, again, { folders: true }));
    expect(told.skipped).toEqual([]);
    const shown = async (who: typeof yanis) =>
      (await ownSources(db, who)).map(({ feedUrl, title, watch }) => [feedUrl, title, watch?.name]);
    expect(await shown(nadia)).toEqual(await shown(yanis));
  }
});
