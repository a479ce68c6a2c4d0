import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';

/** Whoever goes on within this time goes on with the same version. */
const SITTING = sql`interval '15 minutes'`;
/** Whoever joins within this time writes at the same moment. */
const TOGETHER = sql`interval '2 minutes'`;
const LONGEST_SITTING = sql`interval '2 hours'`;

interface Written {
  id: string;
  communityId: string;
  title: string;
  body: string;
  /** It has just been written for the first time. */
  created?: true;
  /** The version that is brought back. */
  restores?: number;
}

/**
 * Keeps what a page says now, as a version of its own or, where the same people are still at it, as the last one. One
 * event tells of each person in each version: so the event log says by itself who wrote a page.
 */
export async function keepVersion(tx: Tx, actor: Actor, page: Written): Promise<void> {
  const number = (page.restores === undefined && (await goOn(tx, actor, page))) || (await begin(tx, page));
  const fresh = await sql`insert into page_writers (page_id, number, person_id)
    values (${page.id}, ${number}, ${actor.id}) on conflict do nothing`.execute(tx);
  if (!fresh.numAffectedRows) {
    await sql`update page_writers set last_at = now()
      where page_id = ${page.id} and number = ${number} and person_id = ${actor.id}`.execute(tx);
    return;
  }
  await recordEvent(tx, {
    name: page.created ? 'page.created' : 'page.edited',
    actorId: actor.id,
    subjectId: page.id,
    communityId: page.communityId,
    data: { number, ...(page.restores !== undefined && { restores: page.restores }) },
  });
}

/** The number of the version that this is still part of; nothing where a new one begins. */
async function goOn(tx: Tx, actor: Actor, page: Written): Promise<number | undefined> {
  const { rows } = await sql<{ number: number }>`update page_versions v
    set title = ${page.title}, body = ${page.body}, changed_at = now()
    where page_id = ${page.id} and number = (select max(number) from page_versions where page_id = ${page.id})
      and restores is null and begun_at > now() - ${LONGEST_SITTING}
      and changed_at > now() - case when exists (select 1 from page_writers w
        where w.page_id = v.page_id and w.number = v.number and w.person_id = ${actor.id})
        then ${SITTING} else ${TOGETHER} end
    returning number`.execute(tx);
  return rows[0]?.number;
}

async function begin(tx: Tx, page: Written): Promise<number> {
  const { rows } = await sql<{
    number: number;
  }>`insert into page_versions (page_id, number, title, body, restores)
    select ${page.id}, coalesce(max(number), 0) + 1, ${page.title}, ${page.body}, ${page.restores ?? null}::integer
    from page_versions where page_id = ${page.id} returning number`.execute(tx);
  return rows[0]!.number;
}
