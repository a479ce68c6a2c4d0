import { sql } from 'kysely';
import { isGuest, type Actor } from '../actor.ts';
import { visiblePeople } from '../communities/sight.ts';
import { personJson } from '../conversation/person.ts';
import type { Page, PersonRef } from '../conversation/present.ts';
import { invalid, notFound } from '../errors.ts';
import { requireAdmin } from '../people/rank.ts';
import type { Db, Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { decodeCursor, isId, page, pageSize } from '../platform/keyset.ts';
import { latestCommented, latestPosts, type OutsideAuthor } from './authors.ts';

/** Says "that was me" of an outside author; an admin decides. Said again, it takes the new words and waits anew. */
export async function claimAuthor(
  tx: Tx,
  actor: Actor,
  input: { author: string; words?: string | null },
): Promise<{ id: string }> {
  // He has no blog here that could become his.
  if (isGuest(actor)) throw notFound();
  const author = await tx
    .selectFrom('people')
    .select('id')
    .where('handle', '=', input.author)
    .where('status', '=', 'outside')
    .where(visiblePeople(actor))
    .forKeyShare()
    .executeTakeFirst();
  if (!author) throw notFound();
  const words = checkWords(input.words);
  const { id } = await tx
    .insertInto('claims')
    .values({ outside_id: author.id, claimant_id: actor.id, words })
    .onConflict((conflict) =>
      conflict
        .columns(['outside_id', 'claimant_id'])
        .doUpdateSet({ words, declined_at: null, declined_by: null }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  await recordEvent(tx, { name: 'author.claimed', actorId: actor.id, subjectId: author.id });
  return { id };
}

function checkWords(text: string | null | undefined): string {
  const words = (text ?? '').replaceAll('\0', '').toWellFormed().trim();
  if (words.length > 2000) throw invalid('words', 'text_too_long');
  return words;
}

/** Answers no. Whoever asked reads it, and may ask again. */
export async function declineClaim(tx: Tx, actor: Actor, id: string): Promise<void> {
  requireAdmin(actor);
  const { rows } = isId(id)
    ? await sql<{ claimant_id: string }>`update claims set declined_at = now(), declined_by = ${actor.id}
        where id = ${id} and declined_at is null returning claimant_id`.execute(tx)
    : { rows: [] };
  if (!rows[0]) throw notFound();
  await recordEvent(tx, { name: 'author.claim_declined', actorId: actor.id, subjectId: rows[0].claimant_id });
}

export interface ClaimView {
  id: string;
  author: OutsideAuthor;
  claimant: PersonRef;
  words: string;
  createdAt: string;
  state: 'waiting' | 'declined';
}

interface ClaimRow extends Omit<ClaimView, 'createdAt' | 'author'> {
  created_at: Date;
  author: Omit<OutsideAuthor, 'posts' | 'commented'>;
  posts: OutsideAuthor['posts'];
  commented: OutsideAuthor['commented'];
}

/** Claims that wait for an admin, or one's own (`mine`), the latest first. */
export async function listClaims(
  db: Db,
  actor: Actor,
  where: { mine?: boolean; cursor?: string | null; limit?: number | string | null } = {},
): Promise<Page<ClaimView>> {
  if (!where.mine) requireAdmin(actor);
  const limit = pageSize(where.limit);
  const from = decodeCursor(where.cursor);
  const older = from
    ? sql`and (claims.created_at, claims.id) < (${from.at}::timestamptz, ${from.id}::uuid)`
    : sql``;
  const which = where.mine ? sql`claims.claimant_id = ${actor.id}` : sql`claims.declined_at is null`;
  const { rows } = await sql<ClaimRow>`select claims.id, claims.words, claims.created_at,
      case when claims.declined_at is null then 'waiting' else 'declined' end as state,
      json_build_object('id', a.id, 'handle', a.handle, 'name', a.name,
        'since', to_char(a.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as author,
      ${latestPosts(actor, 'a')} as posts, ${latestCommented(actor, 'a')} as commented,
      ${personJson('p')} as claimant
    from claims join people a on a.id = claims.outside_id join people p on p.id = claims.claimant_id
    where ${which} ${older} order by claims.created_at desc, claims.id desc limit ${limit + 1}`.execute(db);
  const cut = page(rows, limit, (row) => ({ at: row.created_at.toISOString(), id: row.id }));
  return { items: cut.items.map(present), next: cut.next };
}

/** True when a claim waits for those who run the network. */
export async function hasWaitingClaims(db: Db, actor: Actor): Promise<boolean> {
  requireAdmin(actor);
  const { rows } = await sql<{ waiting: boolean }>`select exists (select 1 from claims
    where declined_at is null) as waiting`.execute(db);
  return rows[0]?.waiting ?? false;
}

function present({ created_at, author, posts, commented, ...row }: ClaimRow): ClaimView {
  return { ...row, author: { ...author, posts, commented }, createdAt: created_at.toISOString() };
}
