import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { notFound } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { judged } from './sight.ts';
import { column, TABLE, things, type Thing } from './thing.ts';

/** A thing the actor may read, and what keeping order needs to know of it. */
export interface Target extends Thing {
  /** Itself, or what it hangs on; null where that is no entry. */
  entryId: string | null;
  kind: string;
  communityId: string | null;
  authorId: string;
  hiddenBy: string | null;
  hidden: boolean;
  judged: boolean;
}

/** A published thing the actor may read, hidden or not. What he may not see is not found, like what never was. */
export async function readTarget(db: Db, actor: Actor, { on, id }: Thing): Promise<Target> {
  if (!isId(id)) throw notFound();
  const { rows } = await sql<Omit<Target, 'on'>>`select it.id, it.entry_id as "entryId",
      it.community_id as "communityId", it.kind, it.author_id as "authorId", it.hidden_by as "hiddenBy",
      it.hidden_at is not null as hidden, ${judged(actor)} as judged
    from (${things(on, actor, sql`${column(on, 'id')} = ${id}`)}) it where it.standing and it.seen`.execute(
    db,
  );
  if (!rows[0]) throw notFound();
  return { ...rows[0], on };
}

/** The same, held until the transaction ends, so that those who decide on one thing wait for each other. */
export async function holdTarget(tx: Tx, actor: Actor, thing: Thing): Promise<Target> {
  await readTarget(tx, actor, thing);
  await sql`select 1 from ${sql.table(TABLE[thing.on])} where id = ${thing.id} for no key update`.execute(tx);
  // Read again: what happened while we waited counts.
  return readTarget(tx, actor, thing);
}
