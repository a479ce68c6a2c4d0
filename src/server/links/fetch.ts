import { sql } from 'kysely';
import { env } from '#env';
import { inTransaction, type Db, type Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { fetchGuarded, FetchRefused } from '../platform/fetcher.ts';
import { log } from '../platform/log.ts';
import { readCard, type LinkCard } from './card.ts';

const AT_ONCE = 4;
const MOST_A_RUN = 60;
const MOST_ATTEMPTS = 3;
/** These may be over at the next try; whatever else is wrong stays so. */
const PASSING = new Set(['timeout', 'network', 'status']);

interface Waiting {
  id: string;
  url: string;
  attempts: number;
  /** Its writer is a guest: on his behalf nobody asks inside the house. */
  guest: boolean;
}

/** Fetches what the cards that wait need, from public addresses and those that `FETCH_ALLOW` names. Killed in between, it is tried again later. */
export async function fetchCards(db: Db): Promise<void> {
  for (let done = 0; done < MOST_A_RUN;) {
    const waiting = await inTransaction(db, claim);
    if (waiting.length === 0) return;
    done += waiting.length;
    await Promise.all(waiting.map((card) => fetchCard(db, card)));
  }
}

async function claim(tx: Tx): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`update link_cards set attempts = attempts + 1,
      next_try_at = now() + make_interval(mins => 5 * (attempts + 1))
    where id in (select link_cards.id from link_cards join entries on entries.id = link_cards.entry_id and entries.listed
      where state = 'waiting' and next_try_at <= now() order by next_try_at limit ${AT_ONCE}
      for update of link_cards skip locked)
    returning id, url, attempts, (select role = 'guest' from people where people.id = coalesce(
      (select author_id from comments where comments.id = link_cards.comment_id),
      (select author_id from entries where entries.id = link_cards.entry_id))) as guest`.execute(tx);
  return rows;
}

async function fetchCard(db: Db, { id, url, attempts, guest }: Waiting): Promise<void> {
  let card: LinkCard | null = null;
  try {
    if (URL.parse(url)?.origin !== env.ORIGIN) card = await ask(url, guest ? [] : env.FETCH_ALLOW);
  } catch (error) {
    if (!(error instanceof FetchRefused)) log.error('link card', { url, error });
    else if (PASSING.has(error.code) && attempts < MOST_ATTEMPTS) return;
  }
  const { title, site, description } = card ?? { title: '', site: '', description: '' };
  await inTransaction(db, async (tx) => {
    const { rows } = await sql<{ entry_id: string; comment_id: string | null; community_id: string | null }>`
      update link_cards set state = ${card ? 'ready' : 'nothing'}, title = ${title}, site = ${site},
        description = ${description} from entries where link_cards.id = ${id} and entries.id = link_cards.entry_id
      returning link_cards.entry_id, link_cards.comment_id, entries.community_id`.execute(tx);
    if (!card || !rows[0]) return;
    const { entry_id: entryId, comment_id: commentId, community_id: communityId } = rows[0];
    const subject = commentId ? { subjectId: commentId, data: { entryId } } : { subjectId: entryId };
    await recordEvent(tx, { name: 'link.unfolded', actorId: null, communityId, ...subject });
  });
}

async function ask(url: string, allow: readonly string[]): Promise<LinkCard | null> {
  const { status, body, headers } = await fetchGuarded(url, {
    allow,
    accept: 'text/html,application/xhtml+xml',
    maxBytes: 3_000_000,
    totalMs: 8_000,
    idleMs: 4_000,
  });
  return body && status < 300 ? readCard(body, headers['content-type'] ?? '') : null;
}
