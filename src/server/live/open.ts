import type { Actor } from '../actor.ts';
import { communityForReading } from '../communities/access.ts';
import { personForReading } from '../communities/profile.ts';
import { readTag } from '../conversation/tags.ts';
import { invalid } from '../errors.ts';
import { hashOf } from '../people/actor.ts';
import { readSession } from '../people/session.ts';
import type { Db } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { addGauge } from '../platform/metrics.ts';
import { Hub, type Since } from './hub.ts';
import type { Interest, Scope, Seat } from './streams.ts';

/** What a reader asks for. */
interface Wish {
  entry?: string;
  shown?: string;
  feed?: string;
  since?: string;
  after?: string;
}

const MOST_SHOWN = 100;
const hubs = new WeakMap<Db, Promise<Hub>>();

/** The one hub of a process and its database, opened at the first need. */
export function hubOf(db: Db): Promise<Hub> {
  let hub = hubs.get(db);
  if (!hub) {
    hub = Hub.open(db);
    hub.then(
      ({ streams }) => addGauge('http_open_streams', 'Live streams open.', streams),
      () => undefined,
    );
    hubs.set(db, hub);
    hub.catch(() => hubs.delete(db));
  }
  return hub;
}

/** Ends all streams of a process. */
export async function closeHub(db: Db): Promise<void> {
  const hub = hubs.get(db);
  hubs.delete(db);
  await (await hub)?.close();
}

/** Answers with a stream of signals, from where the reader left off. */
export async function openStream(db: Db, actor: Actor, wish: Wish, request: Request): Promise<Response> {
  const [seat, interest, hub] = await Promise.all([
    seatOf(db, actor, request),
    interestOf(db, actor, wish),
    hubOf(db),
  ]);
  const since: Since = {
    id: request.headers.get('last-event-id') ?? wish.after ?? null,
    time: wish.since ? Date.parse(wish.since) : null,
  };
  return new Response(await hub.listen(seat, interest, since), {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'private, no-store, no-transform',
      // A proxy that gathers answers before it hands them on would gather this one for ever.
      'x-accel-buffering': 'no',
    },
  });
}

async function seatOf(db: Db, actor: Actor, request: Request): Promise<Seat> {
  const token = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (token) return { personId: actor.id, session: '', token: hashOf(token) };
  const session = await readSession(db, request.headers.get('cookie'));
  return { personId: actor.id, session: session?.id ?? '', token: '' };
}

async function interestOf(db: Db, actor: Actor, { entry, shown, feed }: Wish): Promise<Interest> {
  const ids = (shown ?? '').split(',').filter(Boolean);
  if (ids.length > MOST_SHOWN || !ids.every(isId)) throw invalid('shown', 'field_invalid');
  return { entry: entry ?? null, shown: ids, feed: feed ? await scopeOf(db, actor, feed) : null };
}

/** As feeds are named: `following`, `all`, `communities/SLUG`, `people/HANDLE`, `tags/TAG`. */
async function scopeOf(db: Db, actor: Actor, feed: string): Promise<Scope> {
  if (feed === 'following' || feed === 'all') return { of: feed, id: null };
  const [, kind, name = ''] = /^(communities|people|tags)\/(.+)$/.exec(feed) ?? [];
  if (kind === 'communities') return { of: 'community', id: await communityForReading(db, actor, name) };
  if (kind === 'people') return { of: 'person', id: await personForReading(db, actor, name) };
  if (kind === 'tags') return { of: 'tag', id: (await readTag(db, actor, name)).id };
  throw invalid('feed', 'field_invalid');
}
