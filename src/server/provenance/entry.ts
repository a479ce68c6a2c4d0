import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { reachable } from '../communities/sight.ts';
import { personJson } from '../conversation/person.ts';
import type { PersonRef } from '../conversation/present.ts';
import { listedEntries, visibleEntries } from '../conversation/sight.ts';
import { ownItems } from '../desk/sight.ts';
import { notFound } from '../errors.ts';
import { contributorsOf } from '../pages/contributors.ts';
import { PLANNED_ONCE, type Db } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { dossiersOver } from './merged.ts';
import { inOrder, perhapsPerson, step, type Step } from './step.ts';

/** What something came of, as its reader may know it. */
interface Origin {
  kind: string;
  how: string;
  /** Another's words, that stood on his own desk. */
  copied: boolean;
  /** Whose it was. */
  author: PersonRef | null;
  finder: PersonRef | null;
  foundAt: string | null;
  credit: string;
  /** The entry, or the thing of one's own desk, as it is called now. */
  name: string | null;
  url: string | null;
}

interface Head {
  kind: 'post' | 'page';
  at: Date;
  edited_at: Date | null;
  author: PersonRef;
  origins: Origin[] | null;
}

/** Of what was passed on again and again, as far up, and so many in all. */
const LONGEST = 12;
const MOST = 100;

/** How a post or a page came to be: who found, wrote, edited, put together what it is made of, and when. */
export async function entryChain(db: Db, actor: Actor, id: string): Promise<Step[]> {
  if (!isId(id)) throw notFound();
  const { rows } = await sql<Head>`${PLANNED_ONCE}with recursive ${originsOf(actor, id)}
    select e.kind, coalesce(e.published_at, e.created_at) as at, e.edited_at, ${personJson('a')} as author,
      (select json_agg(told) from (${toldOrigins(actor)}) told) as origins
    from entries e join people a on a.id = e.author_id where e.id = ${id} and ${visibleEntries(actor, 'e')}`.execute(
    db,
  );
  if (!rows[0]) throw notFound();
  const { kind, author, at, origins, ...head } = rows[0];
  const before = (origins ?? []).flatMap(stepsBefore);
  const after = kind === 'page' ? await pageSteps(db, actor, id, author) : [];
  const edited =
    kind === 'post' && head.edited_at ? [step({ did: 'edited', person: author, at: head.edited_at })] : [];
  return inOrder([...before, step({ did: 'wrote', person: author, at }), ...edited, ...after]);
}

/** Rows of provenance, from the entry upwards through what the actor may know of. */
function originsOf(actor: Actor, id: string): RawBuilder<unknown> {
  return sql`origins as (
    select p.*, 0 as depth from provenance p where p.subject_id = ${id}
    union all
    select up.*, o.depth + 1 from origins o join provenance up on up.subject_id = o.from_id
    where o.from_kind in ('post', 'page') and o.depth < ${LONGEST} and ${known(actor, 'o')})`;
}

/** True where the actor reads what stood where this came from, or it is his. */
function known(actor: Actor, alias: string): RawBuilder<boolean> {
  const o = sql.ref(alias);
  return sql<boolean>`(coalesce(${reachable(actor, alias)}, false) or ${o}.author_id = ${actor.id})`;
}

function toldOrigins(actor: Actor): RawBuilder<unknown> {
  const finds = sql`o.finder_id = o.person_id or o.finder_id = ${actor.id} or ${known(actor, 'o')}`;
  return sql`select o.from_kind as kind, o.how, o.author_id <> o.person_id as copied, o.found_at as "foundAt", o.credit,
      ${perhapsPerson('a')} as author, ${perhapsPerson('f')} as finder,
      coalesce(e.title, i.title) as name, coalesce('/posts/' || e.id, '/desk/items/' || i.id) as url
    from origins o left join people a on a.id = o.author_id and ${known(actor, 'o')}
      left join people f on f.id = o.finder_id and (${finds})
      left join entries e on e.id = o.from_id and ${listedEntries(actor, 'e')}
      left join desk_items i on i.id = o.from_id and ${ownItems(actor, 'i')}
    order by o.depth desc, o.at, o.id limit ${MOST}`;
}

/** What somebody noted for himself is his: only he is told that there is a note. */
function stepsBefore({ kind, how, copied, author, finder, foundAt, credit, name, url }: Origin): Step[] {
  const thing = url === null ? null : { name: name ?? '', url };
  if (how === 'quoted' || (kind === 'note' && copied))
    return author ? [step({ did: 'wrote', person: author, at: foundAt, thing })] : [];
  if (kind === 'note') return thing ? [step({ did: 'noted', person: finder, at: foundAt, thing })] : [];
  return [
    ...(credit ? [step({ did: 'signed', credit })] : []),
    ...(finder ? [step({ did: 'found', person: finder, at: foundAt, thing })] : []),
  ];
}

/** Everybody who wrote a page, and the dossiers that it stands on top of. */
async function pageSteps(db: Db, actor: Actor, id: string, author: PersonRef): Promise<Step[]> {
  const [writers, merged] = await Promise.all([contributorsOf(db, actor, id), dossiersOver(db, actor, id)]);
  const edited = writers.filter(({ person, versions }) => person.id !== author.id || versions > 1);
  return [...edited.map(({ person, lastAt }) => step({ did: 'edited', person, at: lastAt })), ...merged];
}
