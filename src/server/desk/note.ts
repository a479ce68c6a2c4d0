import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { setFileUses } from '../conversation/attachments.ts';
import { cleanLine, renderDraft } from '../conversation/text.ts';
import { invalid } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { recordDeskChange } from './journal.ts';
import type { Way } from './present.ts';
import { toldIn } from './sight.ts';
import { seenThere, watchForFiling } from './watch.ts';

/** What anything kept on a desk may come with. */
export interface Keeping {
  /** Id of one's own watch, or none. */
  watch?: string | null | undefined;
  /** In a shared watch: for oneself alone all the same. */
  forMe?: boolean | undefined;
  readLater?: boolean | undefined;
  via?: Way | undefined;
  /** The reading it was made of. */
  readingId?: string | null | undefined;
  /** Whatever must land once is known by this. */
  originKey?: string | null | undefined;
  /** The shared thing it is a copy of, and who had found that, when. */
  copiedFromId?: string | null | undefined;
  finderId?: string | null | undefined;
  foundAt?: Date | null | undefined;
}

export interface NewNote extends Keeping {
  title?: string | null | undefined;
  /** Markdown. */
  body: string;
}

/** Writes a note on one's own desk. */
export async function writeNote(tx: Tx, actor: Actor, input: NewNote): Promise<{ id: string }> {
  const title = cleanLine(input.title, 'title', 300);
  const text = await renderDraft(tx, actor, input.body);
  if (title === '' && text.body.trim() === '') throw invalid('body', 'text_empty');
  const watch = await watchForFiling(tx, actor, input.watch);
  const shared = seenThere(watch, input.forMe);
  const { rows } = await sql<{ id: string; seen: string | null }>`insert into desk_items
      (owner_id, kind, title, body, html, excerpt, watch_id, shared_at, read_later_at, via, origin_key,
        reading_id, copied_from_id, finder_id, found_at)
    values (${actor.id}, 'note', ${title}, ${text.body}, ${text.html}, ${text.excerpt}, ${watch?.id ?? null},
      case when ${shared} then now() end, case when ${input.readLater ?? false} then now() end,
      ${input.via ?? 'capture'}, ${input.originKey ?? null}, ${input.readingId ?? null}, ${input.copiedFromId ?? null},
      ${input.finderId ?? actor.id}, ${input.foundAt ?? new Date()})
    on conflict (owner_id, origin_key) where origin_key is not null do nothing returning id, ${toldIn()} as seen`.execute(
    tx,
  );
  if (!rows[0]) return landed(tx, actor, input.originKey ?? '');
  const { id, seen } = rows[0];
  if (watch) await touchWatch(tx, watch.id);
  await setFileUses(tx, { deskItemId: id }, text.files, 'none');
  await recordDeskChange(tx, actor, {
    name: seen ? 'item.shared' : 'item.kept',
    communityId: seen,
    subjectId: id,
  });
  return { id };
}

/** What came before under the same mark. */
export async function landed(tx: Tx, actor: Actor, originKey: string): Promise<{ id: string }> {
  const { rows } = await sql<{ id: string }>`select id from desk_items
    where owner_id = ${actor.id} and origin_key = ${originKey}`.execute(tx);
  return rows[0]!;
}

/** Something was put into a watch, be it for its owner alone: he alone is told of when. */
export async function touchWatch(tx: Tx, id: string): Promise<void> {
  await sql`update watches set activity_at = now() where id = ${id}`.execute(tx);
}
