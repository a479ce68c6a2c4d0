import { sql } from 'kysely';
import { isAdmin } from '../actor.ts';
import { Refusal } from '../errors.ts';
import { actorOfPerson } from '../people/actor.ts';
import { inTransaction, type Db, type Tx } from '../platform/db.ts';
import { ringFor } from '../platform/jobs.ts';
import { log } from '../platform/log.ts';
import type { ImportView } from './asked.ts';
import { followAddresses, followBlog, isFollowed } from './blogs.ts';
import { discoverFeed } from '../syndication/discover.ts';
import { parseFeed } from '../syndication/feed.ts';
import { landBlogs, type Landing } from './land.ts';
import { parseOpml } from '../syndication/opml.ts';
import { emptyReport } from './report.ts';
import { ImportError } from '../syndication/types.ts';
import { parseWxr } from './wxr.ts';

type Report = NonNullable<ImportView['report']>;

interface Order extends Pick<ImportView, 'kind' | 'source' | 'dry' | 'follow'> {
  id: string;
  attempts: number;
  /** Of the content; null for an address. */
  size: number | null;
  slug: string | null;
  askedBy: string;
}

const MOST_ATTEMPTS = 3;
const PIECE = 1_000_000;

/** Carries out the imports that were asked for, each once, whatever is killed meanwhile. */
export async function runImports(db: Db): Promise<void> {
  await sql`update imports set content = null
    where content is not null and status <> 'waiting' and created_at < now() - interval '1 day'`.execute(db);
  const waiting = await db
    .selectFrom('imports')
    .select('id')
    .where('status', '=', 'waiting')
    .orderBy('created_at')
    .execute();
  for (const { id } of waiting) await runOne(db, id);
}

/** Takes back what a dry run wrote. */
class DryRun extends Error {}

async function runOne(db: Db, id: string): Promise<void> {
  let order: Order | undefined;
  let report: Report | undefined;
  try {
    await inTransaction(db, async (tx) => {
      order = await take(tx, id);
      if (!order) return;
      // Outside of this transaction: it counts even if the file kills the process.
      await db
        .updateTable('imports')
        .set({ attempts: order.attempts + 1 })
        .where('id', '=', id)
        .execute();
      if (order.attempts >= MOST_ATTEMPTS) throw new Refusal('unavailable', 'import_gave_up');
      report = await carryOut(db, tx, order);
      if (order.dry) throw new DryRun();
      await end(tx, id, { status: 'done', report });
    });
  } catch (error) {
    if (error instanceof DryRun) await end(db, id, { status: 'done', report });
    else if (error instanceof ImportError)
      await end(db, id, { status: 'failed', problem: { reason: error.reason, line: error.line } });
    else if (error instanceof Refusal)
      await end(db, id, { status: 'failed', problem: { reason: reasonOf(error) } });
    else log.error('import', { import: id, error });
  }
}

/** The order, held until the end of the transaction; nothing if another process holds it or has carried it out. */
async function take(tx: Tx, id: string): Promise<Order | undefined> {
  const { rows: held } = await sql<{ held: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${id}, 0)) as held`.execute(tx);
  if (!held[0]?.held) return undefined;
  const { rows } =
    await sql<Order>`select imports.id, kind, source, dry, follow, attempts, length(content) as size,
      (select slug from communities where id = community_id) as slug, asked_by as "askedBy"
    from imports where imports.id = ${id} and status = 'waiting'`.execute(tx);
  return rows[0];
}

async function carryOut(db: Db, tx: Tx, order: Order): Promise<Report> {
  const actor = await actorOfPerson(tx, order.askedBy);
  if (!actor || !isAdmin(actor)) throw new Refusal('forbidden', 'admins_only');
  const { id, kind, dry, slug: community } = order;
  const landing: Landing = { community, progress: (landed, total) => tell(db, id, landed, total) };
  if (order.size === null) {
    const found = await discoverFeed(order.source);
    // Asked for again, what is followed already is read once more, and goes on being followed.
    const begins = order.follow && !(await isFollowed(tx, found.url));
    if (begins) return (await followBlog(tx, actor, found, { community })).report;
    return landBlogs(tx, actor, [found.blog], landing);
  }
  const pieces = contentOf(tx, id, order.size);
  if (kind === 'wxr') return landBlogs(tx, actor, [await parseWxr(pieces)], landing);
  const bytes = await whole(pieces);
  if (kind === 'feed') return landBlogs(tx, actor, [await parseFeed(bytes)], landing);
  const list = await parseOpml(bytes);
  const blogs = await followAddresses(tx, actor, list.feeds, { community });
  if (!dry) await ringFor(tx, 'poll_blogs');
  const skipped = list.skipped.map((each) => ({ ...each, source: order.source }));
  return { ...emptyReport(), skipped, blogs: { new: blogs.new, known: blogs.known } };
}

async function* contentOf(tx: Tx, id: string, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 1; from <= size; from += PIECE) {
    const { rows } = await sql<{ piece: Uint8Array }>`
      select substring(content from ${from}::int for ${PIECE}::int) as piece from imports where id = ${id}`.execute(
      tx,
    );
    yield rows[0]!.piece;
  }
}

async function whole(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

/** Beside the transaction that lands, so that it can be seen. */
async function tell(db: Db, id: string, landed: number, total: number): Promise<void> {
  await db.updateTable('imports').set({ landed, total }).where('id', '=', id).execute();
}

function reasonOf({ fields, reason }: Refusal): string {
  return Object.values(fields ?? {})[0] ?? reason;
}

async function end(
  db: Db,
  id: string,
  {
    status,
    report,
    problem,
  }: { status: 'done' | 'failed'; report?: Report; problem?: ImportView['problem'] },
): Promise<void> {
  await sql`update imports set status = ${status}, report = ${report ? JSON.stringify(report) : null}::jsonb,
      problem = ${problem ? JSON.stringify(problem) : null}::jsonb, ended_at = now(),
      content = case when dry and ${status} = 'done' then content end
    where id = ${id}`.execute(db);
}
