import { sql } from 'kysely';
import { sealedMarks } from '../people/sealed-mark.ts';
import type { Tx } from '../platform/db.ts';
import { removeForGood } from '../posts/remove.ts';
import type { ErasedPerson } from './erase.ts';

/**
 * What nobody else ever read goes: drafts, and what he had deleted, before its thirty days are over. A deleted page is its
 * community's, whoever began it: its members may still bring it back.
 */
export async function deleteUnpublished(tx: Tx, personId: string): Promise<void> {
  await removeForGood(
    tx,
    sql`author_id = ${personId} and (status = 'draft' or (deleted_at is not null and kind = 'post'))`,
  );
  await sql`delete from revisions using comments
    where revisions.comment_id = comments.id and comments.author_id = ${personId} and comments.deleted_at is not null`.execute(
    tx,
  );
  await sql`update comments set body = '', html = '' where author_id = ${personId} and deleted_at is not null`.execute(
    tx,
  );
  // He alone could have brought them back.
  await sql`delete from dossiers where founder_id = ${personId} and deleted_at is not null`.execute(tx);
  await deleteUnusedFiles(tx, personId);
}

/** What stands in a text that stays is part of its words, and stays with them. */
async function deleteUnusedFiles(tx: Tx, personId: string): Promise<void> {
  await sql`delete from file_uses using comments where comments.id = file_uses.comment_id
    and comments.author_id = ${personId} and comments.deleted_at is not null`.execute(tx);
  await sql`delete from files where owner_id = ${personId}
    and not exists (select 1 from file_uses where file_id = files.id)`.execute(tx);
  // Their parts are swept as those of any upload that was left alone.
  await sql`update uploads set name = '', created_at = 'epoch' where owner_id = ${personId}`.execute(tx);
}

/** Rows that speak of one person only, by the column that names him. */
const HIS_OWN: [table: string, column: string][] = [
  ['pictures', 'person_id'],
  ['memberships', 'person_id'],
  ['join_requests', 'person_id'],
  ['community_invitations', 'person_id'],
  ['follows', 'person_id'],
  ['mentions', 'person_id'],
  ['reads', 'person_id'],
  ['notifications', 'person_id'],
  ['deliveries', 'person_id'],
  ['push_subscriptions', 'person_id'],
  ['reworks', 'person_id'],
  ['thread_follows', 'person_id'],
  ['notice_levels', 'person_id'],
  ['notice_kinds_off', 'person_id'],
  ['notice_settings', 'person_id'],
  ['write_addresses', 'person_id'],
  ['claims', 'claimant_id'],
  ['claims', 'outside_id'],
  ['api_tokens', 'person_id'],
  ['feed_keys', 'person_id'],
  ['saved_searches', 'owner_id'],
  ['desk_addresses', 'person_id'],
  ['desk_events', 'owner_id'],
  ['quiet_hours', 'person_id'],
  ['companions', 'person_id'],
  ['first_days', 'person_id'],
  ['quiet_leave', 'person_id'],
  ['quiet_insistences', 'author_id'],
  ['quiet_insistences', 'person_id'],
  ['outside_places', 'person_id'],
  // The blog elsewhere whose posts arrive by themselves.
  ['outside_blogs', 'person_id'],
  ['reading_rules', 'person_id'],
  ['readings', 'person_id'],
  ['subscriptions', 'person_id'],
  ['page_editors', 'person_id'],
  ['dossier_follows', 'person_id'],
  ['former_handles', 'person_id'],
];

/** Seals what imports know him by: else the next one would bring his name back. */
export async function sealMarks(tx: Tx, { id, email }: ErasedPerson): Promise<void> {
  const { rows } = await sql<{ mark: string }>`delete from outside_marks
    where person_id = ${id} and mark not like 'erased %' returning mark`.execute(tx);
  const marks = new Set([...rows.map(({ mark }) => mark), ...(email ? [`email ${email}`] : [])]);
  await sql`insert into outside_marks (mark, person_id)
    select mark, ${id} from unnest(${await sealedMarks(tx, [...marks])}::text[]) mark
    on conflict (mark) do nothing`.execute(tx);
}

/** He belongs nowhere any more, follows nobody and is followed by nobody. The communities go on without him. */
export async function endBelonging(tx: Tx, { id }: ErasedPerson): Promise<void> {
  // Names that he gave to his tokens stand in the log, the handle he had before, and where his blogs are.
  await sql`update events set data = data - 'name' - 'formerHandle'
    where subject_id = ${id} or subject_id in (select id from api_tokens where person_id = ${id})`.execute(
    tx,
  );
  await sql`update events set data = data - 'url' where name = 'blog.attached' and actor_id = ${id}`.execute(
    tx,
  );
  for (const [table, column] of HIS_OWN) {
    await sql`delete from ${sql.table(table)} where ${sql.ref(column)} = ${id}`.execute(tx);
  }
  await sql`update first_days set companion_id = null where companion_id = ${id}`.execute(tx);
  await sql`delete from follows where kind = 'person' and target_id = ${id}`.execute(tx);
  // The key of this very request stays: its answer is still to be kept.
  await sql`delete from idempotency_keys where owner_id = ${id} and status is not null`.execute(tx);
}

/** Where his words came out first they stand under his name: the way there goes. What he passed on keeps its author. */
export async function hideOrigins(tx: Tx, personId: string): Promise<void> {
  await sql`update entries set source_url = null, source_title = null, source_author = null
    where author_id = ${personId} and origin_key is not null and source_url is not null`.execute(tx);
}

/** Nobody signs in as him again: account, sessions, keys and second factor go, and what was sent to his address. */
export async function closeAccount(tx: Tx, { id, email, authUserId }: ErasedPerson): Promise<void> {
  await sql`update invitations set revoked_at = now() where created_by = ${id} and revoked_at is null`.execute(
    tx,
  );
  if (!authUserId) return;
  await sql`delete from invitations where email = ${email}`.execute(tx);
  await sql`delete from auth_verification where position(${authUserId} in value) > 0
    or (${email}::text is not null and position(${email}::text in identifier || value) > 0)`.execute(tx);
  await sql`delete from auth_user where id = ${authUserId}`.execute(tx);
}
