import type { Actor } from '../actor.ts';
import type { Tx } from '../platform/db.ts';
import { keepClip } from './keep.ts';
import { writeNote, type Keeping } from './note.ts';
import { watchNamed } from './watch.ts';

export interface Capture extends Omit<Keeping, 'watch'> {
  /** A note; or an address, alone in the first line, with what one has to say about it below. */
  text: string;
  title?: string | null | undefined;
  /** Name of a watch, begun where there is none of that name. */
  watchName?: string | null | undefined;
  /** Or its id. */
  watch?: string | null | undefined;
}

const ADDRESS_FIRST = /^\s*(https?:\/\/\S+)[ \t]*(?:\n|$)([\s\S]*)$/i;

/** Takes whatever was typed, pasted or handed over: an address becomes a clip, anything else a note. */
export async function capture(
  tx: Tx,
  actor: Actor,
  { text, title, watchName, ...keeping }: Capture,
): Promise<{ id: string; kind: 'note' | 'clip'; known: boolean }> {
  const watch = keeping.watch || (watchName?.trim() ? (await watchNamed(tx, actor, watchName)).id : null);
  const [, url, about] = ADDRESS_FIRST.exec(text) ?? [];
  if (url && URL.canParse(url)) {
    const kept = await keepClip(tx, actor, { ...keeping, watch, title, url, body: about?.trim() });
    return { ...kept, kind: 'clip' };
  }
  const { id } = await writeNote(tx, actor, { ...keeping, watch, title, body: text });
  return { id, kind: 'note', known: false };
}
