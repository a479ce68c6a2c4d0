import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Db } from '../platform/db.ts';
import type { ThingView } from './present.ts';
import type { ReportReason } from './report.ts';
import { about } from './settle.ts';
import { readTarget } from './target.ts';
import { column, NOUNS, thingJson, thingOf, things, type Thing } from './thing.ts';

/** A thing the actor may read, as the pages that report or hide it need it. */
export interface ThingInHand extends ThingView {
  own: boolean;
  mayHide: boolean;
  hiddenReason: string;
  /** What he said of it already, while that waits. */
  reported: { reason: ReportReason; words: string } | null;
}

/** Reads a thing before it is reported, hidden or shown again. Out of sight is not found. */
export async function readThing(db: Db, actor: Actor, on: Thing): Promise<ThingInHand> {
  const target = await readTarget(db, actor, on);
  const { rows } = await sql<{ thing: ThingView; reason: string | null; reported: ThingInHand['reported'] }>`
    select ${thingJson} as thing, it.hidden_reason as reason,
      (select json_build_object('reason', reason, 'words', words) from reports
        where ${about(target)} and reporter_id = ${actor.id} and resolved_at is null) as reported
    from (${things(on.on, actor, sql`${column(on.on, 'id')} = ${target.id}`)}) it
      join people author on author.id = it.author_id`.execute(db);
  const row = rows[0]!;
  return {
    ...row.thing,
    own: target.authorId === actor.id,
    mayHide: target.judged,
    hiddenReason: row.reason ?? '',
    reported: row.reported,
  };
}

/** What an address names: `?post=ID`, `?comment=ID`, `?watch=ID` or `?dossier=ID`. */
export function thingIn(query: URLSearchParams): Thing {
  const on = NOUNS.findLast((noun) => query.has(noun)) ?? 'post';
  return thingOf(on, query.get(on) ?? '');
}
