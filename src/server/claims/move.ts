import { sql } from 'kysely';
import type { Tx } from '../platform/db.ts';

/**
 * Makes everything that `from`, an outside author, wrote and gave the work of `into`, whom his followers follow from now
 * on; then `from` is gone, and his handle free.
 */
export async function moveAuthorship(tx: Tx, from: string, into: string): Promise<void> {
  await sql`update entries set author_id = ${into} where author_id = ${from}`.execute(tx);
  await sql`update comments set author_id = ${into} where author_id = ${from}`.execute(tx);
  await sql`update revisions set editor_id = ${into} where editor_id = ${from}`.execute(tx);
  for (const thing of ['entry', 'comment'] as const) await moveReactions(tx, thing, from, into);
  // The next import knows him by these.
  await sql`update outside_marks set person_id = ${into} where person_id = ${from}`.execute(tx);
  await sql`insert into mentions (entry_id, comment_id, person_id)
    select entry_id, comment_id, ${into} from mentions where person_id = ${from} on conflict do nothing`.execute(
    tx,
  );
  await sql`insert into follows (person_id, kind, target_id, created_at)
    select person_id, kind, ${into}, created_at from follows
    where kind = 'person' and target_id = ${from} and person_id <> ${into} on conflict do nothing`.execute(
    tx,
  );
  await sql`delete from follows where kind = 'person' and target_id = ${from}`.execute(tx);
  await sql`delete from people where id = ${from}`.execute(tx);
}

/** Both may have reacted alike: one of each per person, so the second is taken back, from the figures too. */
async function moveReactions(tx: Tx, thing: 'entry' | 'comment', from: string, into: string): Promise<void> {
  const column = sql.ref(`${thing}_id`);
  const table = sql.table(thing === 'entry' ? 'entries' : 'comments');
  const less = (kind: string) =>
    sql`${sql.ref(kind)} = ${sql.ref(`t.${kind}`)} - (${kind} = any(doubled.kinds))::int`;
  await sql`with gone as (
      delete from reactions r using reactions kept
      where r.person_id = ${from} and kept.person_id = ${into} and kept.kind = r.kind
        and kept.${column} = r.${column} returning r.${column} as id, r.kind),
    doubled as (select id, array_agg(kind) as kinds from gone group by id)
    update ${table} t set ${sql.join(['thanks', 'useful', 'agree', 'insightful'].map(less))}
    from doubled where t.id = doubled.id`.execute(tx);
  await sql`update reactions set person_id = ${into} where person_id = ${from} and ${column} is not null`.execute(
    tx,
  );
}
