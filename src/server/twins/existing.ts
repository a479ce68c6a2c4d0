import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { listedEntries } from '../conversation/sight.ts';
import { sharedItems, visibleItems } from '../desk/sight.ts';
import { personJson } from '../conversation/person.ts';
import { communityJson } from '../conversation/community.ts';
import { visibleCommunities } from '../communities/sight.ts';
import { PLANNED_ONCE, type Db } from '../platform/db.ts';
import { termsOf } from '../platform/likeness/terms.ts';
import { mostTellingWords } from '../platform/likeness/weights.ts';
import { comparedWith, type Wording } from './compare.ts';
import type { ExistingThing } from './present.ts';
import { entriesHolding, itemsHolding, wantedTerms } from './probe.ts';

/** What somebody is about to write. */
export interface Intended {
  title?: string | null | undefined;
  body?: string | null | undefined;
  /** Itself, where it is a draft already. */
  except?: string | null | undefined;
}

interface Candidate extends Omit<ExistingThing, 'at' | 'likeness' | 'same'> {
  at: Date;
  text: string;
  /** Others read it as well. */
  shared: boolean;
}

const TERMS = 16;
const OWN_WORDS = 8;
/** Compared in process, at most of each kind. */
const CANDIDATES = 30;
const SHOWN = 5;
/** Of each text. */
const COMPARED = 400;
/** From here on somebody who reads both finds them about the same thing; and the same thing. */
const ALIKE = 0.4;
const SAME = 0.75;

/**
 * Posts, pages and things kept that say already what the actor is about to write, of those he may see: the likest first, at
 * most five. What he writes is not kept. It may be compared by another machine (`comparedBy`): not inside a transaction,
 * which would wait for it.
 */
export async function alreadyThere(db: Db, actor: Actor, intended: Intended): Promise<ExistingThing[]> {
  const title = (intended.title ?? '').slice(0, 300).toWellFormed();
  const body = (intended.body ?? '').slice(0, 20_000).toWellFormed();
  const terms = termsOf(title, body, TERMS);
  if (terms.length === 0) return [];
  const [entries, items] = await Promise.all([
    sql<Candidate>`${PLANNED_ONCE}with ${wantedTerms(terms)}, held as (${entriesHolding(actor)}),
        best as (select id from held group by id order by sum(weight) desc, id desc limit ${CANDIDATES})
      select e.id, e.kind, e.title, e.excerpt, left(e.body, ${COMPARED}) as text, e.published_at as at,
        ${personJson('a')} as author, case when c.id is not null then ${communityJson('c')} end as community,
        e.author_id = ${actor.id} as own, true as shared
      from best join entries e on e.id = best.id join people a on a.id = e.author_id
        left join communities c on c.id = e.community_id and ${visibleCommunities(actor, 'c')}
      where ${listedEntries(actor, 'e')}`.execute(db),
    sql<Candidate>`${PLANNED_ONCE}with ${wantedTerms(terms)}, held as (${itemsHolding(actor)}),
        best as (select id from held group by id order by sum(weight) desc, id desc limit ${CANDIDATES}),
        own as (select id from (select s.item_id as id from desk_search s
          where s.document @@ ${ownWords(actor, `${title} ${title} ${body}`)} offset 0) mine order by id desc limit ${CANDIDATES})
      select i.id, i.kind, i.title, coalesce(nullif(i.excerpt, ''), i.summary) as excerpt,
        left(concat_ws(' ', i.body, i.summary, left(p.text, ${COMPARED})), ${COMPARED}) as text, i.created_at as at,
        ${personJson('a')} as author, i.owner_id = ${actor.id} as own,
        ${sharedItems(actor, 'i')} as shared,
        case when c.id is not null then ${communityJson('c')} end as community
      from (select id from best union select id from own) found join desk_items i on i.id = found.id
        join people a on a.id = i.owner_id left join desk_pages p on p.item_id = i.id
        left join watches w on w.id = i.watch_id and i.shared_at is not null and w.deleted_at is null
        left join communities c on c.id = w.community_id and ${visibleCommunities(actor, 'c')}
      where ${visibleItems(actor, 'i')} and i.kind <> 'bookmark'`.execute(db),
  ]);
  const things = [...entries.rows, ...items.rows].filter(({ id }) => id !== intended.except);
  const near = await comparedWith(
    wordingOf(title, body.slice(0, COMPARED)),
    things.map((thing) => ({ ...wordingOf(thing.title, thing.text), shared: thing.shared })),
  );
  return things
    .map(({ text: _, shared: __, at, ...thing }, place) => {
      const found = near[place] ?? 0;
      return { ...thing, at: at.toISOString(), likeness: Math.round(found * 100) / 100, same: found >= SAME };
    })
    .filter((thing) => thing.likeness >= ALIKE)
    .sort((a, b) => b.likeness - a.likeness || (a.id < b.id ? 1 : -1))
    .slice(0, SHOWN);
}

function wordingOf(title: string, text: string): Wording {
  return { title: title.trim(), whole: `${title} ${text}`.trim() };
}

/**
 * Any of the most telling words, among one's own things only: the owner is a word of each document. Asked behind an
 * `offset 0`, the index answers it; else the latest things of everybody might be walked through.
 */
function ownWords(actor: Actor, text: string) {
  const words = mostTellingWords(text, OWN_WORDS).map((word) => sql`plainto_tsquery('essaim_fr', ${word})`);
  return sql`(quote_literal(owner_lexeme(${actor.id}::uuid))::tsquery && (${sql.join(words, sql` || `)}))`;
}
