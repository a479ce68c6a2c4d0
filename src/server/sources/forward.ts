import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { keepClip } from '../desk/keep.ts';
import { writeNote } from '../desk/note.ts';
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
    : await writeNote(tx, actor, { ...keeping, ...asNote(reading, note), originKey: `reading ${id}` });
  await sql`update readings set read_at = coalesce(read_at, now())
    where id = ${id} and person_id = ${actor.id}`.execute(tx);
  return { id: kept.id };
}

function aboutPage({ title, author, source, excerpt, at, language }: ReadingView, url: string) {
  const about = { url, title, author, language, summary: excerpt };
  return { ...about, site: source.title.slice(0, 200), publishedAt: new Date(at) };
}

function asNote({ title, excerpt, source }: ReadingView, note: string | null | undefined) {
  const said = [note, excerpt && `> ${excerpt}`, `— ${source.title}`];
  return { title, body: said.filter(Boolean).join('\n\n') };
}
