import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { communityForWriting } from '../communities/access.ts';
import { visibleCommunities } from '../communities/sight.ts';
import { invalid, notFound } from '../errors.ts';
import { requireAdmin } from '../people/rank.ts';
import type { Db, Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { ringFor } from '../platform/jobs.ts';
import { isId } from '../platform/keyset.ts';
import { newId } from '../platform/new-id.ts';
import type { ImportReport } from './report.ts';

export const IMPORT_KINDS = ['wxr', 'feed', 'opml'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** Something to bring in: a file, or the address of a blog. */
export interface AskedFor {
  /** Told by the content where absent. */
  kind?: ImportKind | undefined;
  content?: { name: string; bytes: Uint8Array } | undefined;
  url?: string | null | undefined;
  /** Slug of the community that receives the posts; each author's own blog where absent. */
  community?: string | null | undefined;
  /** Says what would come, writes nothing. */
  dry?: boolean | undefined;
  /** With an address: goes on receiving what comes out. */
  follow?: boolean | undefined;
}

/** An import that was asked for, and how it goes. */
export interface ImportView {
  id: string;
  kind: ImportKind;
  /** The name of the file, or the address. */
  source: string;
  dry: boolean;
  follow: boolean;
  status: 'waiting' | 'done' | 'failed';
  community: { slug: string; name: string } | null;
  /** How far it is. */
  landed: number;
  total: number;
  report: (ImportReport & { blogs?: { new: number; known: number } }) | null;
  /** Why it failed, as in `refusal.*` or as a sentence about a line of the file. */
  problem: { reason: string; line?: number } | null;
  /** A dry run whose file is still there: it can be brought in for good. */
  confirmable: boolean;
  createdAt: string;
}

/** Takes an order to import; a job carries it out at once. For admins. */
export async function askForImport(tx: Tx, actor: Actor, asked: AskedFor): Promise<{ id: string }> {
  requireAdmin(actor);
  const url = asked.url?.trim();
  if (!asked.content && !url) throw invalid('file', 'import_empty');
  const home = asked.community ? await communityForWriting(tx, actor, asked.community) : null;
  const id = newId();
  await tx
    .insertInto('imports')
    .values({
      id,
      asked_by: actor.id,
      kind: asked.kind ?? (asked.content ? kindOf(asked.content.bytes) : 'feed'),
      source: (asked.content?.name || url || '').slice(0, 2000),
      content: asked.content ? Buffer.from(asked.content.bytes) : null,
      community_id: home?.id ?? null,
      dry: asked.dry ?? false,
      follow: !asked.content && (asked.follow ?? false),
    })
    .execute();
  await recordEvent(tx, {
    name: 'import.asked',
    actorId: actor.id,
    subjectId: id,
    communityId: home?.id ?? null,
  });
  await ringFor(tx, 'run_imports');
  return { id };
}

/** Brings in for good what a dry run has tried. */
export async function confirmImport(tx: Tx, actor: Actor, id: string): Promise<void> {
  requireAdmin(actor);
  const { rows } = await sql<{
    communityId: string | null;
  }>`update imports set dry = false, status = 'waiting', attempts = 0, landed = 0,
      report = null, ended_at = null, created_at = now()
    where id = ${isId(id) ? id : null} and asked_by = ${actor.id} and ${confirmable} returning community_id as "communityId"`.execute(
    tx,
  );
  if (!rows[0]) throw notFound();
  await recordEvent(tx, { name: 'import.asked', actorId: actor.id, subjectId: id, ...rows[0] });
  await ringFor(tx, 'run_imports');
}

const confirmable = sql<boolean>`(dry and status = 'done' and (content is not null or source ~* '^https?://'))`;

/** The latest imports that the actor asked for. */
export function importsOf(db: Db, actor: Actor): Promise<ImportView[]> {
  return read(db, actor, sql`true`, 20);
}

/** One import that the actor asked for. */
export async function readImport(db: Db, actor: Actor, id: string): Promise<ImportView> {
  const [found] = isId(id) ? await read(db, actor, sql`imports.id = ${id}`, 1) : [];
  if (!found) throw notFound();
  return found;
}

async function read(
  db: Db,
  actor: Actor,
  which: ReturnType<typeof sql>,
  limit: number,
): Promise<ImportView[]> {
  requireAdmin(actor);
  const { rows } = await sql<Omit<ImportView, 'createdAt'> & { createdAt: Date }>`
    select id, kind, source, dry, follow, status, landed, total, report, problem, ${confirmable} as confirmable,
      (select json_build_object('slug', slug, 'name', name) from communities
        where communities.id = community_id and ${visibleCommunities(actor)}) as community,
      created_at as "createdAt"
    from imports where asked_by = ${actor.id} and ${which} order by created_at desc, id desc limit ${limit}`.execute(
    db,
  );
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}

/** What a file is, by how it begins. */
export function kindOf(bytes: Uint8Array): ImportKind {
  const beginning = Buffer.from(bytes.subarray(0, 10_000)).toString('latin1').replaceAll('\0', '');
  if (/wordpress\.org\/export|<wp:wxr_version/i.test(beginning)) return 'wxr';
  return /<opml[\s>]/i.test(beginning) ? 'opml' : 'feed';
}
