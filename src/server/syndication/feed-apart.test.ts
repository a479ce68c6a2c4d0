import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { parseFeed } from './feed.ts';
import { parseFeedApart } from './feed-apart.ts';

const source = { url: 'https://blog.example/feed', contentType: 'application/rss+xml' };
const feed = (text: string) =>
  Buffer.from(
    `<rss version="2.0"><channel><title>Terrain</title><item><title>Un billet</title><link>/un</link>
      <pubDate>Tue, 03 Mar 2026 10:00:00 GMT</pubDate><description><![CDATA[${text}]]></description></item></channel></rss>`,
  );
const dear = feed('<p>a'.repeat(60_000));

test('a large feed is read beside this process, as it would be read in it', async () => {
  let turns = 0;
  let reading = true;
  const read = parseFeedApart(dear, source).finally(() => (reading = false));
  while (reading) {
    await setImmediate();
    turns += 1;
  }
  expect(turns).toBeGreaterThan(100);
  expect(await read).toEqual(await parseFeed(dear, source));
});

test('what is no feed is refused alike', async () => {
  const page = Buffer.from(`<html>${'<p>a'.repeat(60_000)}</html>`);
  const refused: unknown = await parseFeed(page, source).catch((error: unknown) => error);
  await expect(parseFeedApart(page, source)).rejects.toEqual(refused);
});

test('one that takes too long is given up, and the next is read', async () => {
  const [first, second] = [
    parseFeedApart(dear, source, 1),
    parseFeedApart(feed('a '.repeat(60_000)), source),
  ];
  await expect(first).rejects.toMatchObject({ name: 'ImportError', line: 1 });
  expect((await second).posts).toMatchObject([{ title: 'Un billet' }]);
});
