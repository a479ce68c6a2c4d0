import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { visibleCommunities } from '../communities/sight.ts';
import { personJson } from '../conversation/person.ts';
import { communityJson } from '../conversation/community.ts';
import { sharedItems, sharedWatches } from '../desk/sight.ts';
import { notFound } from '../errors.ts';
import { PLANNED_ONCE, type Db } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { ourJudge, type Judge } from '../platform/likeness/likeness.ts';
import { pluggedJudge } from '../platform/likeness/plugged.ts';
import type { Twin, Twins } from './present.ts';
import { itemsHolding } from './probe.ts';

interface Profile {
  id: string;
  name: string;
  words: string;
  pages: number;
  sites: string[];
}

interface Candidate extends Profile {
  owner: Twin['owner'];
  community: Twin['community'];
  common: number;
}

const CANDIDATES = 30;
const SHOWN = 20;
/** Of a watch, the latest so many shared things are compared. */
const COMPARED = 200;
const TITLES = 40;
const TERMS = 12;
const SAME_NAME = 0.72;
const SAME_TEXTS = 0.45;
const FEWEST_PAGES = 2;
const FEWEST_SITES = 3;

/**
 * Shared watches of colleagues on the subject of one's own shared watch, by name, pages and sites kept, and what the texts
 * say. Nobody for a watch that is not shared. Only what is shared where the actor reads takes part, on both sides: both
 * owners are told the same.
 */
export async function twinsOf(db: Db, actor: Actor, watchId: string): Promise<Twins> {
  if (!isId(watchId)) throw notFound();
  const { rows } = await sql<
    Profile & { shared: boolean }
  >`${PLANNED_ONCE}select ${profile(actor)}, ${sharedWatches(actor, 'w')} as shared
    from watches w where w.id = ${watchId} and w.owner_id = ${actor.id} and w.deleted_at is null`.execute(db);
  const [mine] = rows;
  if (!mine) throw notFound();
  if (!mine.shared) return { colleagues: 0, items: [] };
  const candidates = await candidatesOf(db, actor, mine);
  if (candidates.length === 0) return { colleagues: 0, items: [] };
  const known = [mine, ...candidates].flatMap(({ name, words }) => [name, words]);
  const judge = (await pluggedJudge({ own: [], known })) ?? ourJudge();
  const items = candidates
    .map((other) => compare(mine, judge, other))
    .filter((compared) => compared !== null)
    .sort((a, b) => b.weight - a.weight || (a.twin.watch.id < b.twin.watch.id ? -1 : 1))
    .slice(0, SHOWN)
    .map(({ twin }) => twin);
  return { colleagues: new Set(items.map(({ owner }) => owner.id)).size, items };
}

function compare(mine: Profile, judge: Judge, other: Candidate) {
  const byName = judge(mine.name, other.name);
  const byTexts = judge(mine.words, other.words);
  const sites = other.sites.filter((site) => mine.sites.includes(site)).length;
  const byPages = other.common / Math.max(1, Math.sqrt(mine.pages * other.pages));
  const bySites = sites / Math.max(1, Math.sqrt(mine.sites.length * other.sites.length));
  const reasons = {
    name: byName >= SAME_NAME,
    texts: byTexts >= SAME_TEXTS,
    pages: other.common,
    sites: sites >= FEWEST_SITES ? sites : 0,
  };
  // One page in common is told, and is no reason. Three sites are common to any two people who read the same papers: they
  // need the words beside them.
  const alike =
    reasons.name ||
    reasons.texts ||
    other.common >= FEWEST_PAGES ||
    (reasons.sites > 0 && byTexts >= SAME_TEXTS / 2);
  if (!alike) return null;
  const { owner, community } = other;
  const twin: Twin = { watch: { id: other.id, name: other.name }, owner, community, ...reasons };
  return {
    twin,
    weight: 1 - (1 - byName) * (1 - byTexts) * (1 - Math.min(1, byPages)) * (1 - Math.min(1, bySites)),
  };
}

/** By the name, by a page that both kept, by the terms that come back most often in what was shared. */
async function candidatesOf(db: Db, actor: Actor, mine: Profile): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`${PLANNED_ONCE}with kept as (${keptIn(sql`${mine.id}::uuid`, actor)}),
      wanted (term, weight) as materialized (select t.term, count(*)::real from item_terms t join kept on kept.id = t.item_id
        group by t.term order by count(*) desc, t.term limit ${TERMS}),
      held as (${itemsHolding(actor)}),
      shared_pages as materialized (select i.watch_id, count(*)::int as pages from kept
        join desk_items i on i.canonical_url = kept.canonical_url
        where i.shared_at is not null and i.watch_id <> ${mine.id} and ${sharedItems(actor, 'i')} group by i.watch_id),
      named as (select x.id from watches x, watches m where m.id = ${mine.id} and x.subject % m.subject
        and x.shared_at is not null and x.deleted_at is null and ${sharedWatches(actor, 'x')}
        order by similarity(x.subject, m.subject) desc limit ${CANDIDATES}),
      found (watch_id, weight) as (
        select id, 100::real from named
        union all select watch_id, 50 * pages from shared_pages
        union all select i.watch_id, held.weight from held join desk_items i on i.id = held.id),
      best as (select watch_id from found group by watch_id order by sum(weight) desc, watch_id limit ${CANDIDATES})
    select ${profile(actor)}, ${personJson('o')} as owner, case when c.id is not null then ${communityJson('c')} end as community,
      coalesce((select pages from shared_pages s where s.watch_id = w.id), 0) as common
    from best join watches w on w.id = best.watch_id join people o on o.id = w.owner_id
      left join communities c on c.id = w.community_id and ${visibleCommunities(actor, 'c')}
    where ${sharedWatches(actor, 'w')} and w.owner_id <> ${actor.id}`.execute(db);
  return rows;
}

/** What is compared of a watch `w`: of its shared things alone. */
function profile(actor: Actor): RawBuilder<unknown> {
  return sql`w.id, w.name,
    (select concat_ws(' ', w.name, w.about, string_agg(latest.title, ' ')) from (select kept.title
      from (${keptIn(sql`w.id`, actor)}) kept order by kept.shared_at desc, kept.id desc limit ${TITLES}) latest) as words,
    (select count(kept.canonical_url)::int from (${keptIn(sql`w.id`, actor)}) kept) as pages,
    array(select distinct kept.site from (${keptIn(sql`w.id`, actor)}) kept where kept.site <> '') as sites`;
}

function keptIn(watch: RawBuilder<unknown>, actor: Actor): RawBuilder<unknown> {
  return sql`select i.id, i.title, i.canonical_url,
      split_part(i.canonical_url, '/', 3) as site, i.shared_at from desk_items i
    where i.watch_id = ${watch} and i.shared_at is not null and ${sharedItems(actor, 'i')}
    order by i.shared_at desc, i.id desc limit ${COMPARED}`;
}
