import { createHash } from 'node:crypto';
import type { Actor } from '../actor.ts';
import { notFound, Refusal } from '../errors.ts';
import { actorFromFeedKey, actorFromToken } from '../people/actor.ts';
import type { Db } from '../platform/db.ts';
import { communitiesOpml } from './opml.ts';
import { searchIn } from './search.ts';
import { readFeed } from './source.ts';
import { FEED_TYPES, lastChange, writeFeed, type FeedFormat } from './write.ts';

/** A request for a feed, whatever it came by. */
export interface FeedRequest {
  /** What stands behind `/feeds/`. */
  path: string;
  url: URL;
  headers: Headers;
  /** Whoever the browser's cookie belongs to. */
  session: Actor | null;
}

/**
 * Answers a feed: by personal key (`?key=`), API token or session. A reader that has the present version gets 304
 * (RFC 9110, 13.2.2: `If-None-Match` goes before `If-Modified-Since`).
 */
export async function answerFeed(db: Db, request: FeedRequest): Promise<Response> {
  const actor = await whoAsks(db, request);
  if (!actor) throw new Refusal('unauthenticated', 'feed_key_needed');
  const { path, url } = request;
  if (path === 'communities.opml') {
    const body = await communitiesOpml(db, actor, url.origin, url.searchParams.get('key'));
    return unlessKnown(request, body, 'text/x-opml; charset=utf-8');
  }
  const [, name, format] = /^(.+)\.(rss|atom|json)$/.exec(path) ?? [];
  if (!name || !format) throw notFound();
  const asked = searchIn(url.searchParams);
  const feed = await readFeed(db, actor, name, asked);
  const self = url.origin + url.pathname + (name === 'search' ? `?${asked}` : '');
  const key = url.searchParams.get('key');
  const place = { origin: url.origin, self, language: actor.language, key };
  const body = writeFeed(feed, format as FeedFormat, place);
  return unlessKnown(request, body, FEED_TYPES[format as FeedFormat], lastChange(feed));
}

async function whoAsks(db: Db, { url, headers, session }: FeedRequest): Promise<Actor | null> {
  const key = url.searchParams.get('key');
  if (key !== null) return actorFromFeedKey(db, key);
  const token = /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  if (token) {
    const actor = await actorFromToken(db, token);
    return actor?.scopes.includes('read') ? actor : null;
  }
  return session;
}

function unlessKnown({ headers }: FeedRequest, body: string, type: string, changed?: Date): Response {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  const answered = new Headers({ etag, 'cache-control': 'private, no-cache', vary: 'cookie, authorization' });
  const modified = modifiedAt(changed, Date.now());
  if (modified) answered.set('last-modified', modified);
  if (isKnown(headers, etag, modified)) return new Response(null, { status: 304, headers: answered });
  answered.set('content-type', type);
  return new Response(body, { headers: answered });
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/**
 * What a reader may be told by date alone. Of a date so near that more may still come with the same second: nothing. And
 * no date tells what went, or came with an older one, without telling it to those who never saw it: the day begins
 * anew for every feed, and whoever knows it by its date reads it whole once a day.
 */
function modifiedAt(changed: Date | undefined, now: number): string | null {
  if (!changed || changed.getTime() <= 0) return null;
  const at = Math.max(changed.getTime(), now - (now % DAY));
  return now - at < MINUTE ? null : new Date(at).toUTCString();
}

function isKnown(headers: Headers, etag: string, modified: string | null): boolean {
  const tags = headers.get('if-none-match');
  if (tags !== null)
    return tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag || tag.trim() === '*');
  // The very date that was told: where the latest went, the one before it is older than what the reader has.
  const since = Date.parse(headers.get('if-modified-since') ?? '');
  return modified !== null && Date.parse(modified) === since;
}
