import type { Db } from '../platform/db.ts';
import type { StoredEvent } from '../platform/event-stream.ts';
import { isAfter, positionOf } from '../platform/live-events.ts';
import { endingsOf, newsOf, noticeNews, type News, type Signal } from './signals.ts';
import type { Seat, Stream, Streams } from './streams.ts';
import { calledNow, noticed, weigh, type Pair } from './weigh.ts';

/** What each stream is to be told, in order, and the keys that open nothing any more. */
export interface Delivery {
  told: Map<Stream, Signal[]>;
  ended: Set<Seat>;
}

/**
 * Works out who of these streams hears what of a batch of events, with two queries, however many streams are
 * open: one for notices, one for sight; a third where somebody is called anew.
 */
export async function weighEvents(db: Db, events: StoredEvent[], streams: Streams): Promise<Delivery> {
  const news = [...(await named(db, newsOf(events))), ...(await noticesOf(db, events, streams))];
  const pairs = news.flatMap((each) => pairsOf(each, streams));
  const others = endingsOf(events).flatMap((person) => [...streams.on(`person:${person}`)]);
  return delivery(db, pairs, others);
}

/** Works out who of these streams hears what no event tells. */
export async function weighNews(db: Db, news: News[], streams: Streams): Promise<Delivery> {
  return delivery(
    db,
    news.flatMap((each) => pairsOf(each, streams)),
    [],
  );
}

/** Whoever is called anew is told by what stands in addresses. */
async function named(db: Db, news: News[]): Promise<News[]> {
  const ids = news.flatMap(({ asks, personId, communityId }) =>
    asks === 'person' || asks === 'community' ? (personId ?? communityId ?? []) : [],
  );
  if (ids.length === 0) return news;
  const called = await calledNow(db, ids);
  return news.map((each) => {
    const word = called.get(each.signal.id ?? '');
    if (!word || (each.asks !== 'person' && each.asks !== 'community')) return each;
    return { ...each, signal: { ...each.signal, [each.asks]: word } };
  });
}

async function delivery(db: Db, pairs: Pair[], others: Stream[]): Promise<Delivery> {
  const { heard, ended } = await weigh(db, pairs, others);
  const told = new Map<Stream, Signal[]>();
  for (const { stream, news } of heard) {
    const before = told.get(stream);
    if (before) before.push(news.signal);
    else told.set(stream, [news.signal]);
  }
  return { told, ended };
}

/** Each stream once: whoever has the post before him hears of it whatever his list is. */
function pairsOf(news: News, streams: Streams): Pair[] {
  const found = new Map<Stream, Pair>();
  for (const topic of news.topics) {
    const listed = topic.startsWith('feed:');
    for (const stream of streams.on(topic)) {
      if (found.has(stream) || (news.at && !isAfter(news.at, stream.after))) continue;
      found.set(stream, { stream, news, scope: listed ? stream.feed : null });
    }
  }
  return [...found.values()];
}

/** Of all that notices come of (`consequences.ts`). */
const TELLING = new Set([
  'post.published',
  'post.held_back',
  'post.mailed',
  'page.named',
  'comment.written',
  'reaction.given',
  'community.invited',
  'community.asked',
  'community.joined',
  'report.made',
  'report.resolved',
  ...['post', 'page', 'comment', 'watch', 'dossier'].flatMap((noun) => [`${noun}.hidden`, `${noun}.shown`]),
  'dossier.week',
]);

async function noticesOf(db: Db, events: StoredEvent[], streams: Streams): Promise<News[]> {
  const telling = new Map(events.filter(({ name }) => TELLING.has(name)).map((event) => [event.id, event]));
  const people = streams.people();
  if (telling.size === 0 || people.length === 0) return [];
  const rows = await noticed(db, [...telling.keys()], people);
  return rows.map(({ personId, id, event }) => {
    const of = telling.get(event);
    return noticeNews(id, personId, of ? positionOf(of) : null);
  });
}
