/** An audio post is an episode: numbered, timed, and heard from the feed by a player that has only its key. */
import { parseJsonFeed, parseRssFeed } from 'feedsmith';
import { expect, test } from 'vitest';
import type { Actor } from '#server/actor.ts';
import { answerFile } from '#server/files/serve.ts';
import { receiveFile } from '#server/files/upload.ts';
import { actorFromFeedKey } from '#server/people/actor.ts';
import { renewFeedKey } from '#server/people/feed-key.ts';
import { inTransaction } from '#server/platform/db.ts';
import { createPost } from '#server/posts/create.ts';
import { editPost } from '#server/posts/edit.ts';
import { readPost } from '#server/posts/read.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { answerFeed } from './answer.ts';

const { db } = await testDatabase();
const helene = await actorOf(db, 'helene.dargent');
const claire = await actorOf(db, 'claire.martin');
const origin = 'https://essaim.example';

/** So many seconds of a low tone, as WAV. */
function tone(seconds: number): Buffer {
  const rate = 8_000;
  const bytes = Buffer.alloc(44 + rate * seconds, 128);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate, 28);
  bytes.writeUInt16LE(1, 32);
  bytes.writeUInt16LE(8, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(bytes.length - 44, 40);
  return bytes;
}

const bring = (seconds: number, who = helene) =>
  receiveFile(db, who, {
    name: 'Un client parle.wav',
    content: (async function* () {
      yield await Promise.resolve(tone(seconds));
    })(),
  });
const post = (title: string, body: string, more: object = {}, who = helene) =>
  inTransaction(db, (tx) => createPost(tx, who, { title, body, status: 'published', ...more }));
const enclosureOf = async (who: Actor, id: string) => (await readPost(db, who, id)).enclosure;

test('a recording is timed and played in the text', async () => {
  const file = await bring(75);
  expect(file).toMatchObject({ kind: 'audio', type: 'audio/wav', seconds: 75 });
  const { id } = await post('Entretien', file.markdown);
  const { html, enclosure } = await readPost(db, claire, id);
  expect(html).toContain(`<audio controls preload="none" src="/files/${file.id}"`);
  expect(html).toContain('WAV · 1:15 · ');
  expect(enclosure).toEqual({
    ...{ url: `/files/${file.id}`, type: 'audio/wav', length: file.bytes, seconds: 75 },
    episode: 1,
  });
});

test('episodes are numbered by community and by blog, when they come out, and keep their number', async () => {
  const file = await bring(3);
  const closed = { community: 'appels-offres' };
  const draft = await post('Brouillon', file.markdown, { ...closed, status: 'draft' });
  expect((await enclosureOf(helene, draft.id))?.episode).toBeUndefined();
  const first = await post('Un', file.markdown, closed);
  await inTransaction(db, (tx) => editPost(tx, helene, draft.id, { status: 'published' }));
  expect((await enclosureOf(helene, first.id))?.episode).toBe(1);
  expect((await enclosureOf(helene, draft.id))?.episode).toBe(2);
  const other = await bring(4);
  await inTransaction(db, (tx) => editPost(tx, helene, first.id, { body: `Mieux : ${other.markdown}` }));
  expect(await enclosureOf(helene, first.id)).toMatchObject({ url: other.url, episode: 1, seconds: 4 });
  const blog = await post('Dans mon blog', (await bring(5, claire)).markdown, {}, claire);
  expect((await enclosureOf(claire, blog.id))?.episode).toBe(1);
});

test('ten that come out at once are ten numbers', async () => {
  const file = await bring(3);
  const made = await Promise.all(
    Array.from({ length: 10 }, () => post('Ensemble', file.markdown, { community: 'le-metier' })),
  );
  const numbers = await Promise.all(made.map(async ({ id }) => (await enclosureOf(helene, id))?.episode));
  expect(numbers.toSorted((a, b) => a! - b!)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('a player that has only the key of the feed hears it, in ranges; without the key nobody does', async () => {
  const file = await bring(20);
  await post('Ce qui reste entre nous', `${file.markdown}\n\n![i](/files/${file.id})`, {
    community: 'appels-offres',
  });
  const key = await inTransaction(db, (tx) => renewFeedKey(tx, helene));
  const ask = async (path: string) => {
    const url = new URL(`${origin}/feeds/${path}`);
    const answer = await answerFeed(db, {
      path: url.pathname.slice(7),
      url,
      headers: new Headers(),
      session: helene,
    });
    return answer.text();
  };
  const text = await ask(`communities/appels-offres.rss?key=${key}`);
  const feed = parseRssFeed(text);
  expect(feed.itunes).toMatchObject({ explicit: false, type: 'episodic', image: `${origin}/podcast.png` });
  const item = feed.items![0]!;
  expect(item.itunes).toMatchObject({ duration: 20, episodeType: 'full', title: 'Ce qui reste entre nous' });
  expect(item.itunes?.episode).toBeGreaterThan(0);
  const [enclosure] = item.enclosures!;
  expect(enclosure).toMatchObject({ type: 'audio/wav', length: file.bytes });
  const url = new URL(enclosure!.url!);
  expect(`${url.origin}${url.pathname}`).toBe(`${origin}/files/${file.id}/audio.wav`);
  const player = await actorFromFeedKey(db, url.searchParams.get('key') ?? '');
  const [, , id = '', variant] = url.pathname.split('/');
  const part = await answerFile(db, player!, { id, variant }, new Headers({ range: 'bytes=0-3' }));
  expect(part.status).toBe(206);
  expect(await part.text()).toBe('RIFF');
  expect(item.content?.encoded).toContain(`src="${origin}/files/${file.id}?key=`);

  const json = parseJsonFeed(await ask(`communities/appels-offres.json?key=${key}`));
  expect(json.items?.[0]?.attachments?.[0]).toMatchObject({ duration_in_seconds: 20 });
  expect(await ask('communities/appels-offres.rss')).not.toContain('key=');
  const outsider = await actorOf(db, 'yanis.belkacem');
  await expect(answerFile(db, outsider, { id, variant }, new Headers())).rejects.toMatchObject({
    code: 'not_found',
  });
});
