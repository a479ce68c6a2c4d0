import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { communityForMembers, holdAsAnimator } from '../communities/standing.ts';
import type { PersonRef } from '../conversation/present.ts';
import { invalid } from '../errors.ts';
import { personJson } from '../conversation/person.ts';
import type { Db, Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';

export const EDITING = ['members', 'animators', 'named'] as const;
export type Editing = (typeof EDITING)[number];

/** Who may change a community's pages; `editors` are those named, whether the rule asks for them or not. */
export interface PageRules {
  editing: Editing;
  editors: PersonRef[];
}

const MOST_EDITORS = 200;

/** The rules of a community's pages, for its members. */
export async function pageRules(db: Db, actor: Actor, slug: string): Promise<PageRules> {
  const { id } = await communityForMembers(db, actor, slug);
  const { rows } = await sql<{ editing: Editing | null; editors: PersonRef[] | null }>`select
    (select editing from page_rules where community_id = ${id}) as editing,
    (select json_agg(${personJson('p')}
        order by folded_name(p.name), p.id)
      from page_editors named join people p on p.id = named.person_id
        join memberships m on m.person_id = p.id and m.community_id = named.community_id
      where named.community_id = ${id}) as editors`.execute(db);
  return { editing: rows[0]?.editing ?? 'members', editors: rows[0]?.editors ?? [] };
}

/** Its animators say who may change the pages. Only members can be named. */
export async function setPageRules(
  tx: Tx,
  actor: Actor,
  slug: string,
  input: { editing: string; editors?: string[] | null },
): Promise<void> {
  const editing = EDITING.find((each) => each === input.editing);
  if (!editing) throw invalid('editing', 'page_unknown_rule');
  const { id } = await holdAsAnimator(tx, actor, slug);
  await sql`insert into page_rules (community_id, editing) values (${id}, ${editing})
    on conflict (community_id) do update set editing = excluded.editing`.execute(tx);
  if (input.editors) await setEditors(tx, id, input.editors);
  await recordEvent(tx, {
    name: 'community.page_rules_changed',
    actorId: actor.id,
    subjectId: id,
    communityId: id,
    data: { editing },
  });
}

async function setEditors(tx: Tx, communityId: string, editors: string[]): Promise<void> {
  const handles = [...new Set(editors.map((each) => each.trim().replace(/^@/, '').toLowerCase()))].filter(
    Boolean,
  );
  if (handles.length > MOST_EDITORS) throw invalid('editors', 'page_too_many_editors');
  const { rows } = await sql<{ id: string }>`select people.id from people
    join memberships on memberships.person_id = people.id and memberships.community_id = ${communityId}
    where people.handle = any(${handles}::text[])`.execute(tx);
  if (rows.length < handles.length) throw invalid('editors', 'page_editor_unknown');
  const ids = rows.map((row) => row.id);
  await sql`delete from page_editors where community_id = ${communityId} and person_id <> all(${ids}::uuid[])`.execute(
    tx,
  );
  await sql`insert into page_editors (community_id, person_id)
    select ${communityId}, id from unnest(${ids}::uuid[]) named(id) on conflict do nothing`.execute(tx);
}
