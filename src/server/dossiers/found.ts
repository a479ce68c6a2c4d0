import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { communityForWriting, requireWritable } from '../communities/access.ts';
import { REGRETTABLE_SINCE } from '../conversation/regret.ts';
import { sharedWatches } from '../desk/sight.ts';
import { readAbout, readName } from '../desk/watch.ts';
import { invalid, notFound, Refusal } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { isId } from '../platform/keyset.ts';
import { keepsDossier, visibleDossiers } from './sight.ts';

export interface NewDossier {
  name: string;
  about?: string | null | undefined;
  /** Slug of where it lives. */
  community: string;
  /** Ids of two or more shared watches, one of them the actor's own. */
  watches: readonly string[];
}

/** More are no dossier any longer, and cannot be put together at each reading. */
export const MOST_WATCHES = 40;

/**
 * Makes one of several shared watches. Nothing of them is copied or changed. Refuses a watch that not everybody who
 * reads in that community may see (`watch_elsewhere`).
 */
export async function foundDossier(tx: Tx, actor: Actor, input: NewDossier): Promise<{ id: string }> {
  const name = readName(input.name);
  const about = readAbout(input.about);
  const community = await communityForWriting(tx, actor, input.community);
  const watches = [...new Set(input.watches)];
  if (watches.length < 2) throw invalid('watches', 'dossier_needs_more');
  const { rows } = await sql<{
    id: string;
  }>`insert into dossiers (name, about, community_id, everyone, founder_id)
    values (${name}, ${about}, ${community.id}, ${community.open}, ${actor.id}) returning id`.execute(tx);
  const id = rows[0]?.id ?? '';
  await takeIn(tx, actor, { id, communityId: community.id }, watches, true);
  await sql`insert into dossier_follows (dossier_id, person_id) values (${id}, ${actor.id})`.execute(tx);
  const data = { watchIds: watches };
  await recordEvent(tx, {
    name: 'dossier.made',
    actorId: actor.id,
    subjectId: id,
    communityId: community.id,
    data,
  });
  return { id };
}

export interface DossierChange {
  name?: string | undefined;
  about?: string | null | undefined;
  /** Id of a wiki page of the same community, put on top; null for none. */
  page?: string | null | undefined;
}

/** Changes what the dossier is called, what it says of itself, or the page on top; what is not given stays. */
export async function editDossier(tx: Tx, actor: Actor, id: string, change: DossierChange): Promise<void> {
  const before = await dossierForEditing(tx, actor, id);
  await requireWritable(tx, actor, before.communityId);
  const name = change.name === undefined ? before.name : readName(change.name);
  const about = change.about === undefined ? before.about : readAbout(change.about);
  const page = change.page === undefined ? before.page_id : await pageOf(tx, before.communityId, change.page);
  await sql`update dossiers set name = ${name}, about = ${about}, page_id = ${page}, edited_at = now()
    where id = ${id}`.execute(tx);
  await record(tx, actor, 'dossier.edited', before);
}

/** Puts more watches in. Those that stand there already stay as they are. */
export async function addWatches(
  tx: Tx,
  actor: Actor,
  id: string,
  watches: readonly string[],
): Promise<void> {
  const dossier = await dossierInSight(tx, actor, id);
  await requireWritable(tx, actor, dossier.communityId);
  const added = await takeIn(tx, actor, dossier, [...new Set(watches)], !dossier.keeps);
  if (added.length > 0) await record(tx, actor, 'dossier.watch_added', dossier, { watchIds: added });
}

/** Takes a watch out again: the dossier is then as if it had never been in. Its owner may, and who founded the dossier. */
export async function removeWatch(tx: Tx, actor: Actor, id: string, watchId: string): Promise<void> {
  const dossier = await dossierInSight(tx, actor, id);
  if (!isId(watchId)) throw notFound();
  const { rows } = await sql`delete from dossier_watches using watches w
    where dossier_id = ${id} and watch_id = ${watchId} and w.id = watch_id
      and (w.owner_id = ${actor.id} or ${dossier.founder_id} = ${actor.id}::uuid) returning 1`.execute(tx);
  if (rows.length === 0) throw notFound();
  await sql`delete from provenance where subject_id = ${id} and from_id = ${watchId} and how = 'merged'`.execute(
    tx,
  );
  await record(tx, actor, 'dossier.watch_removed', dossier, { watchIds: [watchId] });
}

/** Undoes the dossier; the watches stay as they are. 30 days to regret it. */
export async function deleteDossier(tx: Tx, actor: Actor, id: string): Promise<void> {
  const dossier = await dossierForEditing(tx, actor, id);
  if (dossier.founder_id !== actor.id) throw new Refusal('forbidden', 'dossier_founder_only');
  await sql`update dossiers set deleted_at = now() where id = ${id}`.execute(tx);
  await record(tx, actor, 'dossier.deleted', dossier);
}

/** Brings one's deleted dossier back as it was, where one may still write. */
export async function restoreDossier(tx: Tx, actor: Actor, id: string): Promise<void> {
  if (!isId(id)) throw notFound();
  const { rows } = await sql<{ communityId: string }>`update dossiers set deleted_at = null
    where id = ${id} and founder_id = ${actor.id} and deleted_at > ${REGRETTABLE_SINCE}
    returning community_id as "communityId"`.execute(tx);
  if (!rows[0]) throw notFound();
  await requireWritable(tx, actor, rows[0].communityId);
  await record(tx, actor, 'dossier.restored', { id, ...rows[0] });
}

/** What was deleted 30 days ago goes for good. */
export async function purgeDossiers(tx: Tx): Promise<void> {
  await sql`delete from dossiers where deleted_at < ${REGRETTABLE_SINCE}`.execute(tx);
}

interface Editable {
  id: string;
  communityId: string;
  founder_id: string;
  name: string;
  about: string;
  page_id: string | null;
  keeps: boolean;
}

async function dossierForEditing(tx: Tx, actor: Actor, id: string): Promise<Editable> {
  const dossier = await dossierInSight(tx, actor, id);
  if (!dossier.keeps) throw new Refusal('forbidden', 'dossier_keepers_only');
  return dossier;
}

/** One that the actor sees, locked until the end of the transaction. */
async function dossierInSight(tx: Tx, actor: Actor, id: string): Promise<Editable> {
  if (!isId(id)) throw notFound();
  const { rows } =
    await sql<Editable>`select id, community_id as "communityId", founder_id, name, about, page_id,
      ${keepsDossier(actor)} as keeps
    from dossiers where id = ${id} and ${visibleDossiers(actor)} for update`.execute(tx);
  if (!rows[0]) throw notFound();
  return rows[0];
}

/**
 * Puts watches in, of those the actor sees and all who read there see; the dossier is locked, or of this transaction. With
 * `ownNeeded`, one of them is his: nobody makes a dossier of other people's work alone. Gives the ids of those that were
 * not in yet.
 */
async function takeIn(
  tx: Tx,
  actor: Actor,
  dossier: { id: string; communityId: string },
  watches: readonly string[],
  ownNeeded: boolean,
): Promise<string[]> {
  if (watches.length > MOST_WATCHES) throw invalid('watches', 'dossier_too_large');
  const { rows } = await sql<{
    id: string;
    own: boolean;
    owner_id: string;
    fits: boolean;
  }>`select id, owner_id,
      owner_id = ${actor.id} as own, (everyone or community_id = ${dossier.communityId}) as fits
    from watches where id = any(${watches.filter(isId)}::uuid[]) and ${sharedWatches(actor)} for key share`.execute(
    tx,
  );
  if (rows.length < watches.length) throw invalid('watches', 'watch_out_of_sight');
  if (rows.some(({ fits }) => !fits)) throw invalid('watches', 'watch_elsewhere');
  if (ownNeeded && !rows.some(({ own }) => own)) throw invalid('watches', 'dossier_needs_own');
  const { rows: added } = await sql<{
    watch_id: string;
  }>`insert into dossier_watches (dossier_id, watch_id, person_id)
    select ${dossier.id}, id, ${actor.id} from unnest(${rows.map(({ id }) => id)}::uuid[]) as id
    on conflict do nothing returning watch_id`.execute(tx);
  const ids = added.map((row) => row.watch_id);
  if (ids.length > 0) await requireRoom(tx, dossier.id);
  await sql`insert into provenance (kind, subject_id, from_kind, from_id, how, person_id, author_id)
    select 'dossier', ${dossier.id}, 'watch', id, 'merged', ${actor.id}, owner_id
    from watches where id = any(${ids}::uuid[])`.execute(tx);
  return ids;
}

/** Watches that are shared no more keep their place: they may come back. */
async function requireRoom(tx: Tx, id: string): Promise<void> {
  const { rows } = await sql`select 1 from dossier_watches where dossier_id = ${id}
    limit ${MOST_WATCHES + 1}`.execute(tx);
  if (rows.length > MOST_WATCHES) throw invalid('watches', 'dossier_too_large');
}

async function pageOf(tx: Tx, communityId: string, page: string | null): Promise<string | null> {
  if (!page) return null;
  const { rows } = isId(page)
    ? await sql`select 1 from entries where id = ${page} and kind = 'page' and listed
        and community_id = ${communityId}`.execute(tx)
    : { rows: [] };
  if (rows.length === 0) throw invalid('page', 'page_not_here');
  return page;
}

function record(
  tx: Tx,
  actor: Actor,
  name: string,
  dossier: { id: string; communityId: string },
  data: Record<string, unknown> = {},
): Promise<void> {
  const { id, communityId } = dossier;
  return recordEvent(tx, { name, actorId: actor.id, subjectId: id, communityId, data });
}
