import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { readableCommunities, visibleCommunities } from '../communities/sight.ts';
import { personJson } from '../conversation/person.ts';
import type { Page, PersonRef } from '../conversation/present.ts';
import { requireAdmin } from '../people/rank.ts';
import type { Db } from '../platform/db.ts';
import { decodeCursor, page, pageSize } from '../platform/keyset.ts';
import { eventSeal, type EventSeal } from './event-seal.ts';

/** What the log tells, by kind. Every name has a sentence under `order.audit` in the messages. */
export const AUDITED = {
  security: [
    'person.password_changed',
    'person.email_changed',
    'person.second_factor_on',
    'person.second_factor_off',
    'person.second_factor_lifted',
    'person.backup_codes_renewed',
    'person.passkey_added',
    'person.passkey_renamed',
    'person.passkey_removed',
    'session.ended',
    'sessions.ended',
    'token.created',
    'token.revoked',
    'feed_key.renewed',
    'feed_key.revoked',
  ],
  people: [
    'network.opened',
    'network.hours_changed',
    'network.changed',
    'person.created',
    'person.role_changed',
    'person.deactivated',
    'person.reactivated',
    'person.erased',
    'author.linked',
    'author.merged',
    'author.claim_declined',
  ],
  invitations: ['invitation.created', 'invitation.accepted', 'invitation.revoked'],
  order: [
    'post.hidden',
    'post.shown',
    'page.hidden',
    'page.shown',
    'comment.hidden',
    'comment.shown',
    'watch.hidden',
    'watch.shown',
    'dossier.hidden',
    'dossier.shown',
    'report.resolved',
  ],
  imports: ['import.asked', 'import.landed', 'blog.attached', 'blog.followed', 'blog.detached'],
  communities: [
    'community.founded',
    'community.access_changed',
    'community.archived',
    'community.unarchived',
    'community.animator_named',
    'community.animator_stepped_down',
    'community.taken_on',
    'community.member_removed',
  ],
} as const;

export type AuditKind = keyof typeof AUDITED;
export type AuditName = (typeof AUDITED)[AuditKind][number];
export const AUDIT_KINDS = Object.keys(AUDITED) as AuditKind[];

/** What the index of names leaves out, in the very words of its condition. */
const RARE = sql`e.name not in ('comment.written', 'post.published', 'reaction.given', 'reaction.taken_back')`;

/** Once what arrived by itself stood under the same name, and nothing said which. */
const NAMED = sql`(e.name <> 'import.landed' or e.data ? 'name')`;

/** What happened, without a word of anybody's posts. */
export interface AuditLine {
  id: string;
  name: AuditName;
  kind: AuditKind;
  at: string;
  actor: PersonRef | null;
  /** The person it was about, where that is not the one who did it. */
  person: PersonRef | null;
  community: { slug: string; name: string } | null;
  /** Where the thing hidden or shown stands. */
  url: string | null;
  /** Details by name: `from`, `to`, `role`, `reason`, `outcome`, `name`. */
  details: Record<string, string>;
}

interface AuditRow extends Omit<AuditLine, 'id' | 'kind' | 'at' | 'details'> {
  id: number;
  at: Date;
  data: Record<string, unknown>;
}

export interface AuditSearch {
  kind?: string | null;
  /** Handle of who did it, or whom it was about. */
  person?: string | null;
  cursor?: string | null;
  limit?: number | string | null;
}

/**
 * One page of the log, the latest first, for those who run the network. What happened in a community that the reader
 * may not know of is left out, and what was hidden in one he may not read; so is what was decided about his own words,
 * and the outside authors that an import brings.
 */
export async function auditLog(db: Db, actor: Actor, where: AuditSearch = {}): Promise<Page<AuditLine>> {
  requireAdmin(actor);
  const limit = pageSize(where.limit);
  const seal = await eventSeal(db);
  const from = decodeCursor(where.cursor);
  const before = from ? seal.eventOf(from.id) : Number.MAX_SAFE_INTEGER;
  const kinds = AUDIT_KINDS.filter((kind) => !where.kind || kind === where.kind);
  const names = kinds.flatMap((kind): readonly string[] => AUDITED[kind]);
  // A short walk of the index for each name, instead of one over all that ever happened.
  const { rows } = await sql<AuditRow>`select e.id, e.name, e.at, e.data,
      case when doer.id is not null then ${personJson('doer')} end as actor,
      case when about.id is not null and about.id is distinct from doer.id then ${personJson('about')} end as person,
      case when c.id is not null then json_build_object('slug', c.slug, 'name', c.name) end as community,
      case split_part(e.name, '.', 1) when 'watch' then '/desk/watches/' || e.subject_id
        when 'dossier' then '/dossiers/' || e.subject_id
        when 'page' then '/pages/' || e.subject_id else '/posts/' || (e.data ->> 'entryId') end as url
    from (select found.* from unnest(${names}::text[]) wanted cross join lateral (
        select * from events e where e.name = wanted and ${RARE} and e.data ->> 'status' is distinct from 'outside'
          and ${NAMED} and e.id < ${before} and ${within(actor)}
          and ${concerns(where.person)} order by e.id desc limit ${limit + 1}) found
      order by found.id desc limit ${limit + 1}) e
      left join people doer on doer.id = e.actor_id
      left join people about on about.id::text = coalesce(e.data ->> 'personId', e.subject_id::text)
      left join communities c on c.id = e.community_id
    order by e.id desc`.execute(db);
  const cut = page(rows, limit, (row) => ({ at: row.at.toISOString(), id: seal.idOf(row.id) }));
  return { items: cut.items.map((row) => present(row, seal)), next: cut.next };
}

function within(actor: Actor): RawBuilder<boolean> {
  const known = sql`(select id from communities where ${visibleCommunities(actor)})`;
  const read = sql`(select id from communities where ${readableCommunities(actor)})`;
  return sql<boolean>`(e.community_id is null or e.community_id in (
      select id from communities where id in ${known} and (e.name like 'community.%' or id in ${read})))
    and e.data ->> 'authorId' is distinct from ${actor.id}`;
}

function concerns(handle: string | null | undefined): RawBuilder<boolean> {
  const asked = handle?.trim().replace(/^@/, '').toLowerCase();
  if (!asked) return sql<boolean>`true`;
  const person = sql`(select id from people where handle = ${asked})`;
  return sql<boolean>`(e.actor_id = ${person} or e.subject_id = ${person} or e.data ->> 'personId' = ${person}::text)`;
}

const KIND_OF = new Map(
  AUDIT_KINDS.flatMap((kind) => AUDITED[kind].map((name): [string, AuditKind] => [name, kind])),
);
const DETAILS = ['from', 'to', 'role', 'reason', 'outcome', 'name'];

function present({ id, at, data, ...row }: AuditRow, seal: EventSeal): AuditLine {
  const details = DETAILS.flatMap((key) =>
    typeof data[key] === 'string' ? [[key, data[key]] as const] : [],
  );
  return {
    ...row,
    id: seal.idOf(id),
    kind: KIND_OF.get(row.name) ?? 'people',
    at: at.toISOString(),
    details: Object.fromEntries(details),
  };
}
