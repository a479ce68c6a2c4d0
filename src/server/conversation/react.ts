import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { writable } from '../communities/access.ts';
import { invalid, notFound, Refusal } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { isId } from '../platform/keyset.ts';
import { REACTIONS, type ReactionKind } from './present.ts';
import { listedEntries } from './sight.ts';

export interface Reaction {
  on: 'entry' | 'comment';
  id: string;
  kind: ReactionKind;
}

/** Gives one reaction of this kind; a second time changes nothing. Nobody reacts to his own words. */
export async function react(tx: Tx, actor: Actor, reaction: Reaction): Promise<void> {
  const target = await reactionTarget(tx, actor, reaction);
  if (target.own) throw new Refusal('forbidden', 'own_words');
  const inserted = await sql`insert into reactions (${target.column}, person_id, kind)
    values (${reaction.id}, ${actor.id}, ${reaction.kind}) on conflict do nothing`.execute(tx);
  if (inserted.numAffectedRows) await count(tx, actor, reaction, target, 1);
}

/** Takes one's reaction back; one never given changes nothing. */
export async function unreact(tx: Tx, actor: Actor, reaction: Reaction): Promise<void> {
  const target = await reactionTarget(tx, actor, reaction);
  const deleted = await sql`delete from reactions
    where ${target.column} = ${reaction.id} and person_id = ${actor.id} and kind = ${reaction.kind}`.execute(
    tx,
  );
  if (deleted.numAffectedRows) await count(tx, actor, reaction, target, -1);
}

interface Target {
  column: ReturnType<typeof sql.ref>;
  table: ReturnType<typeof sql.table>;
  entryId: string;
  communityId: string | null;
  own: boolean;
}

async function reactionTarget(tx: Tx, actor: Actor, { on, id, kind }: Reaction): Promise<Target> {
  if (!REACTIONS.includes(kind)) throw invalid('kind', 'unknown_reaction');
  if (!isId(id)) throw notFound();
  const from =
    on === 'entry'
      ? sql`entries where entries.id = ${id}`
      : sql`comments join entries on entries.id = comments.entry_id where comments.id = ${id} and comments.listed`;
  const own = sql`${sql.table(on === 'entry' ? 'entries' : 'comments')}.author_id = ${actor.id}`;
  const { rows } = await sql<{ id: string; community_id: string | null; own: boolean; can_write: boolean }>`
    select entries.id, entries.community_id, ${own} as own, ${writable(actor, 'entries')} as can_write from ${from}
    and ${listedEntries(actor)}`.execute(tx);
  if (!rows[0]) throw notFound();
  if (!rows[0].can_write) throw new Refusal('forbidden', 'community_archived');
  return {
    column: sql.ref(on === 'entry' ? 'entry_id' : 'comment_id'),
    table: sql.table(on === 'entry' ? 'entries' : 'comments'),
    entryId: rows[0].id,
    communityId: rows[0].community_id,
    own: rows[0].own,
  };
}

async function count(
  tx: Tx,
  actor: Actor,
  { on, id, kind }: Reaction,
  target: Target,
  by: 1 | -1,
): Promise<void> {
  const column = sql.ref(kind);
  await Promise.all([
    sql`update ${target.table} set ${column} = ${column} + ${by} where id = ${id}`.execute(tx),
    recordEvent(tx, {
      name: by === 1 ? 'reaction.given' : 'reaction.taken_back',
      actorId: actor.id,
      subjectId: id,
      communityId: target.communityId,
      data: { on, kind, entryId: target.entryId },
    }),
  ]);
}
