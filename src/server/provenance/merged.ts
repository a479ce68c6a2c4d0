import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { personJson } from '../conversation/person.ts';
import type { PersonRef } from '../conversation/present.ts';
import { mergedWatches, visibleDossiers } from '../dossiers/sight.ts';
import { notFound } from '../errors.ts';
import type { Db } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { inOrder, step, type Step } from './step.ts';

interface Merge {
  dossier: string;
  name: string;
  watch: string;
  watch_name: string;
  owner: PersonRef;
  shared_at: Date;
  by: PersonRef;
  at: Date;
}

const MOST = 200;

/** How a dossier came to be: who opened it, who shared each watch, who put it in. */
export async function dossierChain(db: Db, actor: Actor, id: string): Promise<Step[]> {
  if (!isId(id)) throw notFound();
  const [{ rows }, merges] = await Promise.all([
    sql<{ founder: PersonRef; at: Date }>`select ${personJson('p')} as founder, d.created_at as at
      from dossiers d join people p on p.id = d.founder_id where d.id = ${id} and ${visibleDossiers(actor, 'd')}`.execute(
      db,
    ),
    readMerges(db, actor, sql`d.id = ${id}`),
  ]);
  if (!rows[0]) throw notFound();
  const { founder, at } = rows[0];
  return inOrder([
    ...sharedSteps(merges),
    step({ did: 'made', person: founder, at }),
    ...mergedWatchesOf(merges),
  ]);
}

/** The same for the dossiers that a page stands on top of, as far as the actor reads them. */
export async function dossiersOver(db: Db, actor: Actor, pageId: string): Promise<Step[]> {
  const merges = await readMerges(db, actor, sql`d.page_id = ${pageId}`);
  return [...sharedSteps(merges), ...mergedIn(merges)];
}

/** Where a thing that has been in a watch since then came together with those of others. */
export async function mergesOfWatch(
  db: Db,
  actor: Actor,
  { watchId, since }: { watchId: string; since: Date },
): Promise<Step[]> {
  const merges = await readMerges(db, actor, sql`w.id = ${watchId}`);
  return mergedIn(merges.map((merge) => ({ ...merge, at: merge.at > since ? merge.at : since })));
}

function sharedSteps(merges: Merge[]): Step[] {
  const watches = new Map(merges.map((merge) => [merge.watch, merge]));
  return [...watches.values()].map(({ owner, shared_at: at, watch, watch_name: name }) =>
    step({ did: 'shared', person: owner, at, thing: { name, url: `/desk/watches/${watch}` } }),
  );
}

function mergedWatchesOf(merges: Merge[]): Step[] {
  return merges.map(({ by, at, watch, watch_name: name }) =>
    step({ did: 'merged', person: by, at, thing: { name, url: `/desk/watches/${watch}` } }),
  );
}

/** Several watches that one person put in at one moment are one step. */
function mergedIn(merges: Merge[]): Step[] {
  const steps = new Map(
    merges.map((merge) => [`${merge.dossier} ${merge.by.id} ${merge.at.getTime()}`, merge]),
  );
  return [...steps.values()].map(({ by, at, dossier, name }) =>
    step({ did: 'merged', person: by, at, thing: { name, url: `/dossiers/${dossier}` } }),
  );
}

async function readMerges(db: Db, actor: Actor, which: RawBuilder<unknown>): Promise<Merge[]> {
  const { rows } = await sql<Merge>`select d.id as dossier, d.name, w.id as watch, w.name as watch_name,
      ${personJson('o')} as owner, w.shared_at, ${personJson('p')} as by, h.at
    from dossier_watches h join dossiers d on d.id = h.dossier_id and ${visibleDossiers(actor, 'd')}
      join watches w on w.id = h.watch_id and ${mergedWatches(actor, 'w', 'd')}
      join people o on o.id = w.owner_id join people p on p.id = h.person_id
    where ${which} order by h.at, w.id limit ${MOST}`.execute(db);
  return rows;
}
