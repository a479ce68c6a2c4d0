import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Db } from '../platform/db.ts';
import { thing } from './list.ts';
import type { ThingView } from './present.ts';
import type { ReportReason } from './report.ts';
import { readTarget, type Thing } from './target.ts';

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
  const comment = on.on === 'comment' ? target.id : null;
  const { rows } = await sql<{ thing: ThingView; reason: string | null; reported: ThingInHand['reported'] }>`
    select ${thing} as thing, case when c.id is null then entries.hidden_reason else c.hidden_reason end as reason,
      (select json_build_object('reason', reason, 'words', words) from reports r
        where r.entry_id = entries.id and r.comment_id is not distinct from c.id and r.reporter_id = ${actor.id}
          and r.resolved_at is null) as reported
    from entries left join comments c on c.id = ${comment}::uuid
      join people author on author.id = coalesce(c.author_id, entries.author_id)
    where entries.id = ${target.entryId}`.execute(db);
  const row = rows[0]!;
  return {
    ...row.thing,
    own: target.authorId === actor.id,
    mayHide: target.judged,
    hiddenReason: row.reason ?? '',
    reported: row.reported,
  };
}

/** What an address names: `?post=ID` or `?comment=ID`. */
export function thingIn({ post, comment }: { post: string | null; comment: string | null }): Thing {
  return comment === null ? { on: 'entry', id: post ?? '' } : { on: 'comment', id: comment };
}
