import { sql } from 'kysely';
import { isModerator, type Actor } from '../actor.ts';
import { writable } from '../communities/access.ts';
import { keepsOrder, listedEntries } from '../conversation/sight.ts';
import { personJson } from '../conversation/person.ts';
import { notFound } from '../errors.ts';
import type { Db } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { heldIn } from './held.ts';
import { presentSummary, summaryColumns, summaryTables, type SummaryRow } from './list.ts';
import { gainOf, thingsOf, type Holdings, type Thing } from './merge.ts';
import type { DossierView, GainView, WatchPart } from './present.ts';
import { keepsDossier, mergedWatches, visibleDossiers } from './sight.ts';

type WholeRow = SummaryRow & {
  mayEdit: boolean;
  page: DossierView['page'];
  founded: boolean;
  keepsOrder: boolean;
  hidden_at: Date | null;
  hidden_reason: string | null;
};
type PartRow = Omit<WatchPart, 'at'> & { at: Date };

/** A dossier as one reading found it: everything below it is of the same moment. */
export interface Opened {
  summary: Omit<DossierView, 'gain'>;
  all: Holdings;
  things: Thing[];
}

/** A dossier with what it gains. */
export async function readDossier(db: Db, actor: Actor, id: string): Promise<DossierView> {
  return presentDossier(await openDossier(db, actor, id));
}

export function presentDossier({ summary, all, things }: Opened): DossierView {
  return { ...summary, gain: gainView(all, things, summary.watches) };
}

/** A dossier named by its id, or opened already: a page that shows two sides of it merges once. */
export function opened(db: Db, actor: Actor, dossier: string | Opened): Promise<Opened> {
  return typeof dossier === 'string' ? openDossier(db, actor, dossier) : Promise.resolve(dossier);
}

/** Reads a dossier and merges what its watches hold now, of what the actor may see. */
export async function openDossier(db: Db, actor: Actor, id: string): Promise<Opened> {
  if (!isId(id)) throw notFound();
  const { rows } =
    await sql<WholeRow>`select ${summaryColumns(actor)}, (${keepsDossier(actor, 'd')} and ${writable(actor, 'd')}) as "mayEdit",
      case when e.id is not null then json_build_object('id', e.id, 'title', e.title) end as page,
      ${keepsOrder(actor, 'd', 'founder_id')} as "keepsOrder", d.hidden_at, d.hidden_reason
    from ${summaryTables(actor)} left join entries e on e.id = d.page_id and e.kind = 'page' and ${listedEntries(actor, 'e')}
    where d.id = ${id} and ${visibleDossiers(actor, 'd')}`.execute(db);
  const [row] = rows;
  if (!row) throw notFound();
  const watches = await partsOf(db, actor, id);
  const all = await heldIn(
    db,
    actor,
    watches.map((watch) => watch.id),
  );
  const { founded: own, keepsOrder: keeper, page, mayEdit, hidden_at, hidden_reason, ...rest } = row;
  const hidden = hidden_at ? { at: hidden_at.toISOString(), reason: hidden_reason ?? '' } : null;
  const may = { report: !hidden && !own, hide: keeper && (!own || isModerator(actor)) };
  const summary = { ...presentSummary(rest), watches, page, mayEdit, hidden, may };
  return { summary, all, things: thingsOf(all) };
}

/** The gain as it is told. */
export function gainView(
  all: Holdings,
  things: Thing[],
  watches: readonly { id: string; name: string }[],
): GainView {
  const gain = gainOf(all, things);
  const name = watches.find(({ id }) => id === gain.best?.watchId)?.name ?? '';
  return { ...gain, best: gain.best && { ...gain.best, name } };
}

async function partsOf(db: Db, actor: Actor, id: string): Promise<WatchPart[]> {
  const { rows } =
    await sql<PartRow>`select w.id, w.name, ${personJson('o')} as owner, w.owner_id = ${actor.id} as own,
      ${personJson('p')} as by, h.at, (w.owner_id = ${actor.id} or d.founder_id = ${actor.id}) as "mayRemove"
    from dossier_watches h join dossiers d on d.id = h.dossier_id join watches w on w.id = h.watch_id
      join people o on o.id = w.owner_id join people p on p.id = h.person_id
    where h.dossier_id = ${id} and ${mergedWatches(actor, 'w', 'd')} order by w.subject collate "C", w.id`.execute(
      db,
    );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
