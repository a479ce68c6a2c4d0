/**
 * The text of a page as a document that merges: its Markdown in one `Y.Text`. Letters are what is merged, never blocks,
 * so that whoever splits a paragraph in which somebody else writes takes nothing of it away (decision 0028).
 */
import * as Y from 'yjs';
import { edits } from '../../text/differences.ts';

/** The largest document that is kept: it grows with every letter ever written and taken out. */
const LARGEST_STATE = 8_000_000;
const NAME = 'text';

function open(state: Uint8Array): Y.Doc {
  const document = new Y.Doc();
  Y.applyUpdate(document, state);
  return document;
}

/** A document that says `text`. */
export function documentOf(text: string): Uint8Array {
  const document = new Y.Doc();
  document.getText(NAME).insert(0, text);
  return Y.encodeStateAsUpdate(document);
}

/** What a document says. */
export function textOf(state: Uint8Array): string {
  return open(state).getText(NAME).toString();
}

/** What a document says after these changes, in their order. */
export function textAfter(changes: Uint8Array[]): string {
  return textOf(Y.mergeUpdates(changes));
}

/** Several changes as one. */
export function melted(changes: Uint8Array[]): Uint8Array {
  return Y.mergeUpdates(changes);
}

export interface Merged {
  state: Uint8Array;
  text: string;
}

/**
 * A document with somebody's change in it; the same one where the change is known already. Null where it is no change
 * of such a document, or one that would make it too large.
 */
export function withChange(state: Uint8Array, change: Uint8Array): Merged | null {
  const document = open(state);
  try {
    Y.applyUpdate(document, change);
  } catch {
    return null;
  }
  // What leans on words that never came can be neither shown nor sent on.
  if (document.store.pendingStructs || document.store.pendingDs) return null;
  const merged = Y.encodeStateAsUpdate(document);
  return merged.length > LARGEST_STATE ? null : { state: merged, text: document.getText(NAME).toString() };
}

/** The change that makes a document say `text`, and touches nothing that stays. */
export function changeTo(state: Uint8Array, text: string): Uint8Array {
  const document = open(state);
  const before = Y.encodeStateVector(document);
  const shared = document.getText(NAME);
  document.transact(() => {
    for (const { at, remove, insert } of edits(shared.toString(), text)) {
      if (remove > 0) shared.delete(at, remove);
      if (insert !== '') shared.insert(at, insert);
    }
  });
  return Y.encodeStateAsUpdate(document, before);
}

/** Whether two documents hold the same. */
export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.from(a).equals(b);
}
