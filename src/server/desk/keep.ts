import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { setFileUses } from '../conversation/attachments.ts';
import { cleanLine, renderDraft } from '../conversation/text.ts';
import type { Tx } from '../platform/db.ts';
import { ringFor } from '../platform/jobs.ts';
import { canonicalAddress, readAddress, siteOf } from './address.ts';
import { fileItem } from './file.ts';
import { recordDeskChange } from './journal.ts';
import { landed, touchWatch, type Keeping } from './note.ts';
import { toldIn } from './sight.ts';
import { seenThere, watchForFiling } from './watch.ts';

/** The job that reads the pages of clips (clips/read.ts), and its queue: one run at a time in the whole network. */
export const READ_PAGES = 'read_pages';

export interface NewClip extends Keeping {
  url: string;
  /** As far as it is known before the page is read. */
  title?: string | null | undefined;
  author?: string | null | undefined;
  site?: string | null | undefined;
  summary?: string | null | undefined;
  publishedAt?: Date | null | undefined;
  language?: string | null | undefined;
  /** One's own words about it, Markdown. */
  body?: string | null | undefined;
  /** The page is already here, or is not to be read. */
  unread?: boolean | undefined;
}

/**
 * Keeps an outside page on one's own desk: once for each address. The second time it answers with the first, put into the
 * watch that is named now if it stood in none, with the new words under the old ones. The page is read by a job.
 */
export async function keepClip(
  tx: Tx,
  actor: Actor,
  input: NewClip,
): Promise<{ id: string; known: boolean }> {
  const url = readAddress(input.url).href;
  const canonical = canonicalAddress(url);
  const text = await renderDraft(tx, actor, input.body ?? '');
  const watch = await watchForFiling(tx, actor, input.watch);
  const shared = seenThere(watch, input.forMe);
  const { rows } = await sql<{
    id: string;
    seen: string | null;
  }>`insert into desk_items (owner_id, kind, title, body, html, excerpt, url,
      canonical_url, site, author, summary, published_at, language, watch_id, shared_at, read_later_at, via, origin_key,
      reading_id, copied_from_id, finder_id, found_at, page)
    values (${actor.id}, 'clip', ${cleanLine(input.title, 'title', 300)}, ${text.body}, ${text.html}, ${text.excerpt},
      ${url}, ${canonical}, ${cleanLine(input.site, 'site', 200) || siteOf(url)},
      ${cleanLine(input.author, 'author', 300)}, ${cleanLine(input.summary, 'summary', 2000)},
      ${input.publishedAt ?? null}, ${languageOf(input.language)}, ${watch?.id ?? null},
      case when ${shared} then now() end, case when ${input.readLater ?? false} then now() end,
      ${input.via ?? 'paste'}, ${input.originKey ?? null}, ${input.readingId ?? null}, ${input.copiedFromId ?? null},
      ${input.finderId ?? actor.id}, ${input.foundAt ?? new Date()}, ${input.unread ? 'none' : 'waiting'})
    on conflict do nothing returning id, ${toldIn()} as seen`.execute(tx);
  if (!rows[0]) return again(tx, actor, canonical, input);
  const { id, seen } = rows[0];
  if (watch) await touchWatch(tx, watch.id);
  await setFileUses(tx, { deskItemId: id }, text.files, 'none');
  await recordDeskChange(tx, actor, {
    name: seen ? 'item.shared' : 'item.kept',
    communityId: seen,
    subjectId: id,
  });
  if (!input.unread) await ringFor(tx, READ_PAGES, READ_PAGES);
  return { id, known: false };
}

/** The same address once more: nothing is lost of what came with it. */
async function again(
  tx: Tx,
  actor: Actor,
  canonical: string,
  input: NewClip,
): Promise<{ id: string; known: boolean }> {
  const { rows } = await sql<{ id: string; watch_id: string | null; body: string; later: boolean }>`
    select id, (select w.id from watches w where w.id = watch_id and w.deleted_at is null) as watch_id,
      body, read_later_at is not null and done_at is null as later from desk_items
    where owner_id = ${actor.id} and kind = 'clip' and canonical_url = ${canonical} and deleted_at is null
    for update`.execute(tx);
  const [known] = rows;
  if (!known) return { ...(await landed(tx, actor, input.originKey ?? '')), known: true };
  const added = input.body?.trim();
  const change = {
    ...(added && !known.body.includes(added) && { body: `${known.body}\n\n${added}`.trim() }),
    ...(!known.watch_id && input.watch && { watch: input.watch, forMe: input.forMe }),
    ...(input.readLater && !known.later && { readLater: true }),
  };
  if (Object.keys(change).length > 0) await fileItem(tx, actor, known.id, change);
  return { id: known.id, known: true };
}

function languageOf(told: string | null | undefined): string | null {
  return /^[a-z]{2,3}(?=$|[-_])/i.exec(told ?? '')?.[0].toLowerCase() ?? null;
}
