import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { keepClip } from '../desk/keep.ts';
import { writeNote } from '../desk/note.ts';
import type { Tx } from '../platform/db.ts';
import { readReading } from './readings.ts';

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
  const { title, url, author, source, language } = reading;
  const keeping = { watch, forMe, via: 'reading' as const };
  if (!url) {
    const body = [note, reading.excerpt && `> ${reading.excerpt}`, `— ${source.title}`]
      .filter(Boolean)
      .join('\n\n');
    return writeNote(tx, actor, { ...keeping, title, body, originKey: `reading ${id}` });
  }
  const clip = await keepClip(tx, actor, {
    ...keeping,
    url,
    title,
    author,
    site: source.title.slice(0, 200),
    summary: reading.excerpt,
    publishedAt: new Date(reading.at),
    language,
    body: note ?? '',
    readingId: id,
  });
  await sql`update readings set read_at = coalesce(read_at, now()) where id = ${id}`.execute(tx);
  return { id: clip.id };
}
