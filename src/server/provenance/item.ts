import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { reachable } from '../communities/sight.ts';
import { personJson } from '../conversation/person.ts';
import type { PersonRef } from '../conversation/present.ts';
import { listedEntries } from '../conversation/sight.ts';
import { visibleItems } from '../desk/sight.ts';
import { notFound } from '../errors.ts';
import type { Db } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { mergesOfWatch } from './merged.ts';
import { inOrder, perhapsPerson, step, type Step } from './step.ts';

interface ItemRow {
  kind: 'note' | 'clip' | 'bookmark';
  credit: string;
  owner: PersonRef;
  finder: PersonRef;
  found_at: Date;
  created_at: Date;
  edited_at: Date | null;
  shared_at: Date | null;
  watch: { id: string; name: string } | null;
  post: { id: string; title: string; at: string } | null;
  author: PersonRef | null;
  copied: boolean;
  copies: Copy[] | null;
}

/** That somebody kept it from a colleague's, as far as its reader may know. */
interface Copy {
  by: PersonRef;
  at: string;
  finder: PersonRef;
  foundAt: string;
}

/** Of what was kept from one another again and again, as far up. */
const LONGEST = 12;

/** How a note, a clip or a kept post came to where it is read: who signed, found, wrote, shared and merged it. */
export async function itemChain(db: Db, actor: Actor, id: string): Promise<Step[]> {
  if (!isId(id)) throw notFound();
  const { rows } =
    await sql<ItemRow>`with recursive ${copiesOf(actor, id)} select i.kind, i.via = 'copy' as copied,
      (select json_agg(json_build_object('by', ${personJson('b')}, 'at', c.at, 'finder', ${personJson('cf')},
          'foundAt', c.found_at) order by c.depth desc)
        from came c join people b on b.id = c.person_id join people cf on cf.id = c.finder_id
        where ${knows(actor, 'c')}) as copies, coalesce(nullif(i.author, ''), i.site) as credit, i.found_at,
      i.created_at, i.edited_at, case when w.id is not null then i.shared_at end as shared_at,
      ${personJson('o')} as owner, ${personJson('f')} as finder,
      case when w.id is not null then json_build_object('id', w.id, 'name', w.name) end as watch,
      case when e.id is not null then json_build_object('id', e.id, 'title', e.title, 'at', e.published_at) end as post,
      ${perhapsPerson('a')} as author
    from desk_items i join people o on o.id = i.owner_id join people f on f.id = coalesce(i.finder_id, i.owner_id)
      left join watches w on w.id = i.watch_id and w.shared_at is not null and w.deleted_at is null
      left join entries e on e.id = i.entry_id and ${listedEntries(actor, 'e')} left join people a on a.id = e.author_id
    where i.id = ${id} and ${visibleItems(actor, 'i')}`.execute(db);
  const [item] = rows;
  if (!item) throw notFound();
  const { watch, owner } = item;
  const shared =
    watch && item.shared_at
      ? [
          step({
            did: 'shared',
            person: owner,
            at: item.shared_at,
            thing: { name: watch.name, url: `/desk/watches/${watch.id}` },
          }),
          ...(await mergesOfWatch(db, actor, { watchId: watch.id, since: item.shared_at })),
        ]
      : [];
  const edited = item.edited_at ? [step({ did: 'edited', person: owner, at: item.edited_at })] : [];
  return inOrder([...begun(item), ...edited, ...shared]);
}

/** From whom it was kept, upwards through what the actor may know of: decision 0031. */
function copiesOf(actor: Actor, id: string): RawBuilder<unknown> {
  return sql`came as (
    select p.*, 0 as depth from provenance p where p.subject_id = ${id} and p.how = 'copied'
    union all
    select up.*, c.depth + 1 from came c join provenance up on up.subject_id = c.from_id and up.how = 'copied'
    where c.depth < ${LONGEST} and ${knows(actor, 'c')})`;
}

/** True where the actor reads what it was kept from, or kept it himself. */
function knows(actor: Actor, alias: string): RawBuilder<boolean> {
  const c = sql.ref(alias);
  return sql<boolean>`(coalesce(${reachable(actor, alias)}, false) or ${actor.id} in (${c}.person_id, ${c}.finder_id))`;
}

function begun(item: ItemRow): Step[] {
  const { kind, copied, owner, copies, created_at: createdAt } = item;
  const [first] = copies ?? [];
  if (kind === 'note' && !copied) return [step({ did: 'wrote', person: owner, at: createdAt })];
  const did = kind === 'note' && first ? 'wrote' : 'found';
  const found = copied
    ? { finder: owner, foundAt: createdAt }
    : { finder: item.finder, foundAt: item.found_at };
  const { finder: person, foundAt: at } = first ?? found;
  const kept = (copies ?? []).map(({ by, at }) => step({ did: 'kept', person: by, at }));
  return [...before(item), step({ did, person, at }), ...kept];
}

/** What was there before anybody here found it. */
function before({ kind, credit, post, author }: ItemRow): Step[] {
  const written = post && {
    did: 'wrote' as const,
    person: author,
    at: post.at,
    thing: { name: post.title, url: `/posts/${post.id}` },
  };
  return [
    ...(written ? [step(written)] : []),
    ...(kind === 'clip' && credit ? [step({ did: 'signed', credit })] : []),
  ];
}
