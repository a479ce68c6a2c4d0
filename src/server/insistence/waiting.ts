import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { reachableTo } from '../communities/sight.ts';
import { listedEntries } from '../conversation/sight.ts';
import { PLANNED_ONCE, type Db } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { nextOpening } from '../quiet/hours.ts';
import { calendarsOf } from '../quiet/rings.ts';

/** Something the actor wrote that names people who are out of hours. */
export interface Waiting {
  on: 'post' | 'comment';
  id: string;
  /** Those reached at the same moment. */
  people: { handle: string; name: string }[];
  /** When it will reach them: all that is told of their hours. */
  at: string;
}

/** What was written longer ago is not spoken of again. */
const DAYS_SPOKEN_OF = 4;
const MOST = 200;

interface Row {
  entry_id: string;
  comment_id: string | null;
  said_at: Date;
  person_id: string;
  handle: string;
  name: string;
}

/** What of the actor's own words under this entry, itself included, still waits for somebody's hours. */
export async function waitingUnder(
  db: Db,
  actor: Actor,
  entryId: string,
  now = new Date(),
): Promise<Waiting[]> {
  const rows = await stillWaiting(db, actor, entryId, now);
  const groups = Map.groupBy(rows, ({ comment_id, at }) => `${comment_id} ${at}`);
  return [...groups.values()].map((group) => ({
    on: group[0]!.comment_id === null ? 'post' : 'comment',
    id: group[0]!.comment_id ?? group[0]!.entry_id,
    people: group.map(({ handle, name }) => ({ handle, name })),
    at: group[0]!.at,
  }));
}

/** Each person named that may read it and has not been rung: his hours were over when it was said, and have not begun. */
export async function stillWaiting(
  db: Db,
  actor: Actor,
  entryId: string,
  now: Date,
): Promise<(Row & { at: string })[]> {
  if (!isId(entryId)) return [];
  const since = new Date(now.getTime() - DAYS_SPOKEN_OF * 86_400_000);
  const { rows } = await sql<Row>`${PLANNED_ONCE}with said as (
      select id as entry_id, null::uuid as comment_id, published_at as said_at from entries
        where id = ${entryId} and author_id = ${actor.id} and listed and kind = 'post' and published_at between ${since} and ${now}
      union all
      select entry_id, id, created_at from comments
        where entry_id = ${entryId} and author_id = ${actor.id} and listed and created_at between ${since} and ${now})
    select said.*, people.id as person_id, people.handle, people.name
    from said join entries on entries.id = said.entry_id and ${listedEntries(actor)}
      join mentions on mentions.comment_id = said.comment_id
        or (said.comment_id is null and mentions.entry_id = said.entry_id)
      join people on people.id = mentions.person_id and people.id <> ${actor.id} and people.status = 'active'
        and ${reachableTo('people', 'entries')}
    where not exists (select 1 from quiet_insistences insisted where insisted.person_id = people.id
        and insisted.entry_id = said.entry_id and insisted.comment_id is not distinct from said.comment_id)
    order by said.said_at, said.comment_id, people.name, people.id limit ${MOST}`.execute(db);
  const calendars = await calendarsOf(db, [...new Set(rows.map((row) => row.person_id))], now);
  return rows.flatMap((row) => {
    const found = calendars.get(row.person_id);
    if (!found) return [];
    const at = nextOpening(found.calendar, row.said_at);
    return at > now ? [{ ...row, at: at.toISOString() }] : [];
  });
}
