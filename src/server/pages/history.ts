import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Page, PersonRef } from '../conversation/present.ts';
import { visibleEntries } from '../conversation/sight.ts';
import { notFound } from '../errors.ts';
import { personJson } from '../conversation/person.ts';
import type { Db, Tx } from '../platform/db.ts';
import { isId, pageSize } from '../platform/keyset.ts';
import { applyChange } from './change.ts';
import { stretches, type Stretch } from '../../text/differences.ts';
import { changeTo } from './document.ts';
import { readVersion } from './input.ts';
import { takeName } from './names.ts';
import { pageForEditing } from './rights.ts';
import { keepVersion } from './versions.ts';

/** What one sitting made of a page. */
export interface PageVersion {
  number: number;
  title: string;
  writers: PersonRef[];
  begunAt: string;
  changedAt: string;
  /** The earlier version that was brought back. */
  restores: number | null;
}

type Row = Omit<PageVersion, 'begunAt' | 'changedAt'> & { begun_at: Date; changed_at: Date; body: string };

const COLUMNS = sql`v.number, v.title, v.restores, v.begun_at, v.changed_at,
  (select json_agg(${personJson('p')}
      order by w.first_at, p.id) from page_writers w join people p on p.id = w.person_id
    where w.page_id = v.page_id and w.number = v.number) as writers`;

/** The versions of a page the actor may see, the present one first. */
export async function pageHistory(
  db: Db,
  actor: Actor,
  id: string,
  where: { cursor?: string | null; limit?: number | string | null } = {},
): Promise<Page<PageVersion>> {
  if (!isId(id)) throw notFound();
  const limit = pageSize(where.limit);
  const below = where.cursor ? readVersion(where.cursor) : 2 ** 31 - 1;
  const { rows } =
    await sql<Row>`select ${COLUMNS} from page_versions v join entries on entries.id = v.page_id
    where v.page_id = ${id} and v.number < ${below} and ${visibleEntries(actor)}
    order by v.number desc limit ${limit + 1}`.execute(db);
  if (rows.length === 0 && !where.cursor) throw notFound();
  const items = rows.slice(0, limit).map(present);
  return { items, next: rows.length > limit ? String(items.at(-1)?.number) : null };
}

export interface Comparison {
  after: PageVersion & { body: string };
  /** Null before the first one. */
  before: (PageVersion & { body: string }) | null;
  title: Stretch[];
  /** Word by word. */
  body: Stretch[];
}

/** A version and what it changed: of the one before it, or of another that is named. */
export async function compareVersions(
  db: Db,
  actor: Actor,
  id: string,
  wanted: { number: number; since?: number | null },
): Promise<Comparison> {
  if (!isId(id)) throw notFound();
  const since = wanted.since ?? wanted.number - 1;
  const { rows } = await sql<Row>`select ${COLUMNS}, v.body
    from page_versions v join entries on entries.id = v.page_id
    where v.page_id = ${id} and v.number in (${wanted.number}, ${since}) and ${visibleEntries(actor)}`.execute(
    db,
  );
  const after = rows.find(({ number }) => number === wanted.number);
  const before = rows.find(({ number }) => number === since && number !== wanted.number) ?? null;
  if (!after) throw notFound();
  return {
    after: { ...present(after), body: after.body },
    before: before && { ...present(before), body: before.body },
    title: stretches(before?.title ?? '', after.title),
    body: stretches(before?.body ?? '', after.body),
  };
}

/** Brings an earlier version back, as the newest one: what stood there until now stays in the history. */
export async function restoreVersion(tx: Tx, actor: Actor, id: string, number: number): Promise<void> {
  const page = await pageForEditing(tx, actor, id);
  const { rows } = await sql<{ title: string; body: string }>`select title, body from page_versions
    where page_id = ${id} and number = ${readVersion(number)}`.execute(tx);
  const version = rows[0];
  if (!version) throw notFound();
  if (version.title === page.title && version.body === page.body) return;
  if (version.title !== page.title) {
    await sql`update entries set title = ${version.title}, edited_at = now() where id = ${id}`.execute(tx);
    await takeName(tx, { id, communityId: page.communityId, title: version.title });
  }
  const restored = { ...page, title: version.title };
  if (version.body === page.body) return keepVersion(tx, actor, { ...restored, restores: number });
  const change = changeTo(page.state, version.body);
  await applyChange(tx, actor, restored, change, number);
}

function present({ begun_at, changed_at, number, title, restores, writers }: Row): PageVersion {
  return {
    number,
    title,
    restores,
    writers: writers ?? [],
    begunAt: begun_at.toISOString(),
    changedAt: changed_at.toISOString(),
  };
}
