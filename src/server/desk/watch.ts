import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { writable } from '../communities/access.ts';
import { cleanLine } from '../conversation/text.ts';
import { invalid, notFound, Refusal } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { recordDeskChange } from './journal.ts';
import { ownWatches, regrettable } from './sight.ts';

export interface NewWatch {
  name: string;
  about?: string | null | undefined;
}

/** What changes of a watch; what is not given stays. */
export interface WatchChange extends Partial<NewWatch> {
  archived?: boolean | undefined;
}

const LONGEST_NAME = 90;
const LONGEST_ABOUT = 2000;

/** Begins a watch, seen by nobody else. One's own watches have different names. */
export async function createWatch(tx: Tx, actor: Actor, input: NewWatch): Promise<{ id: string }> {
  const name = readName(input.name);
  const about = readAbout(input.about);
  const { rows } = await sql<{ id: string }>`insert into watches (owner_id, name, about)
    values (${actor.id}, ${name}, ${about}) on conflict (owner_id, subject) where deleted_at is null do nothing
    returning id`.execute(tx);
  if (!rows[0]) throw invalid('name', 'watch_exists');
  await recordDeskChange(tx, actor, { name: 'watch.named', subjectId: rows[0].id, communityId: null });
  return rows[0];
}

/** One's own watch of that name, begun where there is none: what a field with completions asks for. */
export async function watchNamed(tx: Tx, actor: Actor, typed: string): Promise<{ id: string }> {
  const name = readName(typed);
  const { rows } = await sql<{ id: string }>`select id from watches
    where ${ownWatches(actor)} and subject = folded_name(${name})`.execute(tx);
  return rows[0] ?? createWatch(tx, actor, { name });
}

/** Changes one's own watch. */
export async function editWatch(tx: Tx, actor: Actor, id: string, change: WatchChange): Promise<void> {
  const before = await watchForEditing(tx, actor, id);
  requireWriting(before);
  const name = change.name === undefined ? before.name : readName(change.name);
  const about = change.about === undefined ? before.about : readAbout(change.about);
  if (name !== before.name) await refuseTwoAlike(tx, actor, id, name);
  const archived = change.archived ?? before.archived;
  await sql`update watches set name = ${name}, about = ${about}, edited_at = now(),
    archived_at = case when ${archived} then coalesce(archived_at, now()) end where id = ${id}`.execute(tx);
  await recordDeskChange(tx, actor, {
    name: 'watch.edited',
    subjectId: id,
    communityId: before.community_id,
  });
}

/** Takes one's own watch away; what stands in it stays on the desk, in no watch and seen by nobody else. */
export async function deleteWatch(tx: Tx, actor: Actor, id: string): Promise<void> {
  const before = await watchForEditing(tx, actor, id);
  await sql`update watches set deleted_at = now() where id = ${id}`.execute(tx);
  await recordDeskChange(tx, actor, {
    name: 'watch.deleted',
    subjectId: id,
    communityId: before.community_id,
  });
}

/** Brings one's own deleted watch back, as it was, within 30 days; to oneself alone where one may no longer write there. */
export async function restoreWatch(tx: Tx, actor: Actor, id: string): Promise<void> {
  if (!isId(id)) throw notFound();
  const { rows } = await sql<{
    name: string;
    community_id: string | null;
    writable: boolean | null;
  }>`select name, community_id, ${writable(actor, 'watches')} as writable from watches
    where id = ${id} and ${regrettable(actor, 'watches')} for update`.execute(tx);
  if (!rows[0]) throw notFound();
  const { name, community_id: communityId, writable: there } = rows[0];
  await refuseTwoAlike(tx, actor, id, name);
  if (communityId && !there) await takeBack(tx, id);
  await sql`update watches set deleted_at = null where id = ${id}`.execute(tx);
  await recordDeskChange(tx, actor, {
    name: 'watch.restored',
    subjectId: id,
    communityId: there ? communityId : null,
  });
}

/** From now on the watch and all that stands in it is its owner's alone. */
export async function takeBack(tx: Tx, id: string): Promise<void> {
  await sql`update desk_items set shared_at = null where watch_id = ${id} and shared_at is not null`.execute(
    tx,
  );
  await sql`update watches set community_id = null, everyone = null, shared_at = null where id = ${id}`.execute(
    tx,
  );
}

/** One's own watch, locked until the end of the transaction. */
export async function watchForEditing(tx: Tx, actor: Actor, id: string) {
  if (!isId(id)) throw notFound();
  const { rows } = await sql<{
    name: string;
    about: string;
    archived: boolean;
    shared: boolean;
    writable: boolean | null;
    community_id: string | null;
  }>`select name, about, archived_at is not null as archived, shared_at is not null as shared,
      ${writable(actor, 'watches')} as writable, community_id
    from watches where id = ${id} and ${ownWatches(actor)} for update`.execute(tx);
  if (!rows[0]) throw notFound();
  return rows[0];
}

/** A watch that something is to be put into. */
export interface Filing {
  id: string;
  shared: boolean;
  /** Whether its owner may still write where it is shared. */
  writable: boolean | null;
}

/** The watch that something is to be put into: one's own, or none. */
export async function watchForFiling(
  tx: Tx,
  actor: Actor,
  id: string | null | undefined,
): Promise<Filing | null> {
  if (!id) return null;
  const { rows } = isId(id)
    ? await sql<Filing>`select id, shared_at is not null as shared, ${writable(actor, 'watches')} as writable
        from watches where id = ${id} and ${ownWatches(actor)} for key share`.execute(tx)
    : { rows: [] };
  if (!rows[0]) throw invalid('watch', 'watch_not_found');
  return rows[0];
}

/** Whether others will see what is put there. Refuses where they would, and its owner may no longer write there. */
export function seenThere(watch: Filing | null, forMe: boolean | undefined): boolean {
  if (!watch?.shared || forMe) return false;
  requireWriting(watch);
  return true;
}

/** Refuses what others would see, where he who shared the watch may no longer write. Taking it back is free. */
export function requireWriting({ shared, writable: there }: Pick<Filing, 'shared' | 'writable'>): void {
  if (shared && !there) throw new Refusal('forbidden', 'watch_out_of_reach', { watch: 'watch_out_of_reach' });
}

async function refuseTwoAlike(tx: Tx, actor: Actor, id: string, name: string): Promise<void> {
  const { rows } = await sql`select 1 from watches
    where ${ownWatches(actor)} and subject = folded_name(${name}) and id <> ${id}`.execute(tx);
  if (rows.length > 0) throw new Refusal('invalid', 'watch_exists', { name: 'watch_exists' });
}

/** What a watch is called, and what is made of several. */
export function readName(typed: unknown): string {
  const name = cleanLine(typed, 'name', LONGEST_NAME);
  if (name === '') throw invalid('name', 'name_missing');
  return name;
}

/** What it says of itself. */
export function readAbout(typed: unknown): string {
  return cleanLine(typed, 'about', LONGEST_ABOUT);
}
