import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { personJson } from '../conversation/person.ts';
import { toldFinder, toldFoundAt } from '../desk/finder.ts';
import { sharedItems } from '../desk/sight.ts';
import type { Db } from '../platform/db.ts';
import { contradictions, statementsIn, type Contradiction, type Statement } from './facts.ts';
import type { ContradictionView } from './present.ts';
import { opened, type Opened } from './read.ts';

interface Said extends Statement {
  itemId: string;
  thingId: string;
  title: string;
  finder: ContradictionView['statements'][number]['finder'];
  at: string;
}

/** The latest so many things that say a price or a day are compared. */
const MOST_ITEMS = 400;
const LONGEST = 4_000;

/** Where what was kept contradicts itself: two prices, two days for the same thing, each with who found it. */
export async function dossierContradictions(
  db: Db,
  actor: Actor,
  dossier: string | Opened,
): Promise<ContradictionView[]> {
  return contradictionsAmong(db, actor, await opened(db, actor, dossier));
}

export async function contradictionsAmong(
  db: Db,
  actor: Actor,
  { all, things }: Opened,
): Promise<ContradictionView[]> {
  const thingOf = new Map(things.flatMap(({ id, finds }) => finds.map((find) => [find.id, id])));
  const { rows } = await sql<
    Omit<Said, keyof Statement | 'thingId' | 'at'> & { at: Date; text: string }
  >`with kept as materialized (select i.id, i.title, i.body, i.summary, ${toldFoundAt(actor, 'i')} as found_at,
        ${toldFinder(actor, 'i')} as finder
      from desk_items i
      where i.watch_id = any(${[...all.watches]}::uuid[]) and i.shared_at is not null and ${sharedItems(actor, 'i')})
    select i.id as "itemId", i.title, i.found_at as at, ${personJson('f')} as finder, told.text
    from kept i join people f on f.id = i.finder cross join lateral (
      select concat_ws(E'\n', i.title, i.body, i.summary,
        (select string_agg(quote, E'\n') from desk_highlights where item_id = i.id),
        (select left(text, ${LONGEST}) from desk_pages where item_id = i.id)) as text) told
    where told.text ~ '\\d'
    order by i.found_at desc, i.id desc limit ${MOST_ITEMS}`.execute(db);
  const said = rows
    .filter(({ itemId }) => thingOf.has(itemId))
    .flatMap(({ text, at, ...item }) => {
      const known = { ...item, thingId: thingOf.get(item.itemId) ?? '', at: at.toISOString() };
      const sentences = new Set<string>();
      return statementsIn(text)
        .filter(
          ({ kind, sentence }) =>
            !sentences.has(`${kind} ${sentence}`) && sentences.add(`${kind} ${sentence}`),
        )
        .map((statement): Said => ({ ...statement, ...known }));
    });
  return contradictions(said, (a, b) => a.itemId === b.itemId).map(present);
}

function present({ kind, statements }: Contradiction<Said>): ContradictionView {
  return {
    kind,
    statements: statements.map(({ shown, sentence, itemId, title, finder, at }) => ({
      shown,
      sentence,
      itemId,
      title,
      finder,
      at,
    })),
  };
}
