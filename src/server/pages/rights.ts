import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { communityForWriting, type WritableCommunity } from '../communities/access.ts';
import { visibleEntries } from '../conversation/sight.ts';
import { notFound, Refusal } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';

/*
 * Who may change a community's pages: its members, unless its animators reserve it to themselves or to people they name.
 * Whoever reads a page may say something under it, whatever the rule is: that is the right to write, and another one.
 */

/** True where the actor may change the pages of the community that `alias.community_id` names. */
export function editable(actor: Actor, alias: string): RawBuilder<boolean> {
  const t = sql.ref(alias);
  return sql<boolean>`exists (select 1 from memberships own
      join communities home on home.id = own.community_id and home.archived_at is null
      left join page_rules rule on rule.community_id = own.community_id
    where own.person_id = ${actor.id} and own.community_id = ${t}.community_id
      and (coalesce(rule.editing, 'members') = 'members' or own.role = 'animator'
        or (rule.editing = 'named' and exists (select 1 from page_editors named
          where named.community_id = own.community_id and named.person_id = own.person_id))))`;
}

/** The community in which the actor wants to write a page. */
export async function communityForPages(tx: Tx, actor: Actor, slug: string): Promise<WritableCommunity> {
  const home = await communityForWriting(tx, actor, slug);
  if (!(await mayEditIn(tx, actor, home.id))) throw new Refusal('forbidden', 'page_editors_only');
  return home;
}

/** Whether the actor may change the pages of a community he reads. */
export async function mayEditIn(db: Db, actor: Actor, communityId: string): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`select ${editable(actor, 'place')} as may
    from (select ${communityId}::uuid as community_id) place`.execute(db);
  return rows[0]?.may ?? false;
}

/** A page in hand, with the document of its text. */
export interface HeldPage {
  id: string;
  title: string;
  body: string;
  version: number;
  state: Uint8Array;
  communityId: string;
  slug: string;
  parentId: string | null;
  authorId: string;
}

/**
 * A page the actor may change, held until the transaction ends, so that changes come one after the other. One he sees
 * and may not change refuses; one he does not see is not there.
 */
export async function pageForEditing(tx: Tx, actor: Actor, id: string): Promise<HeldPage> {
  const page = await holdPage(tx, actor, id);
  if (page.hidden) throw notFound();
  if (page.archived) throw new Refusal('forbidden', 'community_archived');
  if (!page.may) throw new Refusal('forbidden', 'page_editors_only');
  return page;
}

interface Row extends HeldPage {
  may: boolean;
  hidden: boolean;
  archived: boolean;
}

async function holdPage(tx: Tx, actor: Actor, id: string): Promise<Row> {
  if (!isId(id)) throw notFound();
  await sql`select 1 from pages where id = ${id} for no key update`.execute(tx);
  // A second statement, so that it sees what happened while the first one waited.
  const { rows } =
    await sql<Row>`select entries.id, title, body, version, state, entries.community_id as "communityId",
      place.slug, parent_id as "parentId", author_id as "authorId", hidden_at is not null as hidden,
      place.archived_at is not null as archived, ${editable(actor, 'entries')} as may
    from pages join entries on entries.id = pages.id join communities place on place.id = entries.community_id
    where pages.id = ${id} and ${visibleEntries(actor)}`.execute(tx);
  if (!rows[0]) throw notFound();
  return rows[0];
}
