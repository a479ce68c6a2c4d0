import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { fileItem } from '../desk/file.ts';
import { keepClip } from '../desk/keep.ts';
import { writeNote, type NewNote } from '../desk/note.ts';
import { ownItems } from '../desk/sight.ts';
import type { Tx } from '../platform/db.ts';
import { readReading, type ReadingView } from './readings.ts';

export interface Forwarding {
  /** One's own watch, or none: on the desk alone. */
  watch?: string | null | undefined;
  /** One's own words about it, Markdown. */
  note?: string | null | undefined;
  /** In a shared watch: for oneself alone all the same. */
  forMe?: boolean | undefined;
}

/**
 * Puts a reading on one's own desk, with one's words, into a watch where one is named; it says where it came from. Done
 * twice, it is one thing. What has no address becomes a note.
 */
export async function forwardReading(
  tx: Tx,
  actor: Actor,
  id: string,
  { watch, note, forMe }: Forwarding,
): Promise<{ id: string }> {
  const reading = await readReading(tx, actor, id);
  const keeping = { watch, forMe, via: 'reading' as const, readingId: id };
  const kept = reading.url
    ? await keepClip(tx, actor, { ...keeping, ...aboutPage(reading, reading.url), body: note ?? '' })
    : await keepNote(tx, actor, { ...keeping, ...asNote(reading, note) }, note);
  await sql`update readings set read_at = coalesce(read_at, now())
    where id = ${id} and person_id = ${actor.id}`.execute(tx);
  return { id: kept.id };
}

/** Once for each reading: what is said of it the second time stands under the first. */
async function keepNote(
  tx: Tx,
  actor: Actor,
  fresh: NewNote,
  said: string | null | undefined,
): Promise<{ id: string }> {
  // Two at once are one after the other.
  await sql`select 1 from readings where id = ${fresh.readingId} for update`.execute(tx);
  const { rows } = await sql<{ id: string; body: string; watch_id: string | null }>`select id, body,
      (select w.id from watches w where w.id = watch_id and w.deleted_at is null) as watch_id from desk_items where reading_id = ${fresh.readingId} and kind = 'note' and ${ownItems(actor)}
    order by created_at, id limit 1 for update`.execute(tx);
  const [known] = rows;
  if (!known) return writeNote(tx, actor, fresh);
  const added = said?.trim();
  const change = {
    ...(added && !known.body.includes(added) && { body: `${known.body}\n\n${added}` }),
    ...(!known.watch_id && fresh.watch && { watch: fresh.watch, forMe: fresh.forMe }),
  };
  if (Object.keys(change).length > 0) await fileItem(tx, actor, known.id, change);
  return known;
}

/** What the item says of itself. By which feed it came, and what its reader calls that feed, is his alone. */
function aboutPage({ title, author, excerpt, publishedAt, language }: ReadingView, url: string) {
  return {
    url,
    title,
    author,
    language,
    summary: excerpt,
    publishedAt: publishedAt ? new Date(publishedAt) : null,
  };
}

function asNote({ title, excerpt, author }: ReadingView, note: string | null | undefined) {
  const said = [note, excerpt && `> ${excerpt}`, author && `— ${author}`];
  return { title, body: said.filter(Boolean).join('\n\n') };
}
