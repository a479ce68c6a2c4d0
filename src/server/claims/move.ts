import { sql, type RawBuilder } from 'kysely';
import { recount } from '../conversation/comment.ts';
import type { Tx } from '../platform/db.ts';

/**
 * Makes everything that `from`, an outside author, wrote and gave the work of `into`, whom his followers follow from now
 * on; then `from` is gone, and his handle free.
 */
export async function moveAuthorship(tx: Tx, from: string, into: string): Promise<void> {
  await sql`update entries set author_id = ${into} where author_id = ${from}`.execute(tx);
  const moved = await sql<{
    entry_id: string;
  }>`update comments set author_id = ${into} where author_id = ${from} returning entry_id`.execute(tx);
  await recount(tx, [...new Set(moved.rows.map((row) => row.entry_id))]);
  await sql`update revisions set editor_id = ${into} where editor_id = ${from}`.execute(tx);
  for (const thing of ['entry', 'comment'] as const) {
    await moveReactions(tx, thing, from, into);
    await dropOwnReactions(tx, thing, into);
  }
  await sql`update provenance set author_id = ${into} where author_id = ${from}`.execute(tx);
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
  await sql`select place_authors(array[${into}]::uuid[])`.execute(tx);
}

/** Nobody reacts to his own words: what he gave to what turns out to be his is taken back. */
async function dropOwnReactions(tx: Tx, thing: 'entry' | 'comment', into: string): Promise<void> {
  const table = sql.table(thing === 'entry' ? 'entries' : 'comments');
  const column = sql.ref(`${thing}_id`);
  await takeBack(
    tx,
    thing,
    sql`delete from reactions r using ${table} own
    where r.person_id = ${into} and own.author_id = ${into} and own.id = r.${column}`,
  );
}

/** Both may have reacted alike: one of each per person, so the second is taken back. */
async function moveReactions(tx: Tx, thing: 'entry' | 'comment', from: string, into: string): Promise<void> {
  const column = sql.ref(`${thing}_id`);
  await takeBack(
    tx,
    thing,
    sql`delete from reactions r using reactions kept
      where r.person_id = ${from} and kept.person_id = ${into} and kept.kind = r.kind
        and kept.${column} = r.${column}`,
  );
  await sql`update reactions set person_id = ${into} where person_id = ${from} and ${column} is not null`.execute(
    tx,
  );
}

/** Deletes reactions (`r`), one of a kind for each thing, from the figures too. */
async function takeBack(tx: Tx, thing: 'entry' | 'comment', deletion: RawBuilder<unknown>): Promise<void> {
  const less = (kind: string) =>
    sql`${sql.ref(kind)} = ${sql.ref(`t.${kind}`)} - (${kind} = any(fewer.kinds))::int`;
  await sql`with gone as (${deletion} returning r.${sql.ref(`${thing}_id`)} as id, r.kind),
    fewer as (select id, array_agg(kind) as kinds from gone group by id)
    update ${sql.table(thing === 'entry' ? 'entries' : 'comments')} t
    set ${sql.join(['thanks', 'useful', 'agree', 'insightful'].map(less))}
    from fewer where t.id = fewer.id`.execute(tx);
}
