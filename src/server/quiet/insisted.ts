import { sql, type RawBuilder } from 'kysely';

/**
 * True where somebody insisted on what this delivery brings: it rings although it is out of hours. `alias` is a row of
 * `deliveries`. An insistence may come a moment before the delivery is written.
 */
export function insistedOn(alias = 'deliveries'): RawBuilder<boolean> {
  const d = sql.ref(alias);
  return sql<boolean>`exists (select 1 from quiet_insistences insisted where insisted.person_id = ${d}.person_id
    and insisted.entry_id = ${d}.thing_id and insisted.created_at > ${d}.created_at - interval '1 minute')`;
}

/** Why its person was rung out of hours about what this notice tells; `alias` is a row of `notifications`. */
export function insistedWords(alias: string): RawBuilder<string | null> {
  const n = sql.ref(alias);
  return sql<string | null>`(select insisted.reason from quiet_insistences insisted
    where insisted.person_id = ${n}.person_id and insisted.entry_id = coalesce(${n}.by_entry_id, ${n}.entry_id)
      and insisted.comment_id is not distinct from ${n}.comment_id and insisted.author_id = ${n}.actor_id)`;
}
