import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
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
}

/** How a note, a clip or a kept post came to where it is read: who signed, found, wrote, shared and merged it. */
export async function itemChain(db: Db, actor: Actor, id: string): Promise<Step[]> {
  if (!isId(id)) throw notFound();
  const { rows } =
    await sql<ItemRow>`select i.kind, coalesce(nullif(i.author, ''), i.site) as credit, i.found_at,
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
            ...{ did: 'shared', person: owner, at: item.shared_at },
            thing: { name: watch.name, url: `/desk/watches/${watch.id}` },
          }),
          ...(await mergesOfWatch(db, actor, { watchId: watch.id, since: item.shared_at })),
        ]
      : [];
  const edited = item.edited_at ? [step({ did: 'edited', person: owner, at: item.edited_at })] : [];
  return inOrder([...begun(item), ...edited, ...shared]);
}

function begun({ kind, credit, owner, finder, post, author, ...item }: ItemRow): Step[] {
  if (kind === 'note') return [step({ did: 'wrote', person: owner, at: item.created_at })];
  const written = post && {
    ...{ did: 'wrote' as const, person: author, at: post.at },
    thing: { name: post.title, url: `/posts/${post.id}` },
  };
  return [
    ...(written ? [step(written)] : []),
    ...(kind === 'clip' && credit ? [step({ did: 'signed', credit })] : []),
    step({ did: 'found', person: finder, at: item.found_at }),
  ];
}
