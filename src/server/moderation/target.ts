import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { visibleComments, visibleEntries } from '../conversation/sight.ts';
import { notFound } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { judged } from './sight.ts';

/** A post or a comment. */
export interface Thing {
  on: 'entry' | 'comment';
  id: string;
}

/** A thing the actor may read, and what keeping order needs to know of it. */
export interface Target extends Thing {
  entryId: string;
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
  const comment = on === 'comment';
  const t = sql.ref(comment ? 'c' : 'entries');
  const { rows } = await sql<
    Omit<Target, 'on'>
  >`select ${t}.id, entries.id as "entryId", entries.community_id as "communityId",
      ${comment ? sql`'comment'` : sql`entries.kind`} as kind,
      ${t}.author_id as "authorId", ${t}.hidden_by as "hiddenBy", ${t}.hidden_at is not null as hidden,
      ${judged(actor)} as judged
    from entries ${comment ? sql`join comments c on c.entry_id = entries.id` : sql``}
    where ${t}.id = ${id} and entries.status = 'published' and ${visibleEntries(actor)}
      and ${comment ? visibleComments(actor, 'c') : sql`true`}`.execute(db);
  if (!rows[0]) throw notFound();
  return { ...rows[0], on };
}

/** The same, held until the transaction ends, so that those who decide on one thing wait for each other. */
export async function holdTarget(tx: Tx, actor: Actor, thing: Thing): Promise<Target> {
  await readTarget(tx, actor, thing);
  await sql`select 1 from ${sql.table(thing.on === 'entry' ? 'entries' : 'comments')}
    where id = ${thing.id} for no key update`.execute(tx);
  // Read again: what happened while we waited counts.
  return readTarget(tx, actor, thing);
}
