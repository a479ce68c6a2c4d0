/**
 * The text of a page as a document that merges: its Markdown in one `Y.Text`. Letters are what is merged, never blocks,
 * so that whoever splits a paragraph in which somebody else writes takes nothing of it away (decision 0028). Nothing but
 * letters stands in it: what does not show in the text would move every later change to a wrong place.
 */
import * as Y from 'yjs';
import { edits } from '../../text/differences.ts';
import { isTooLaborious } from './effort.ts';

/** The largest document that is kept: it grows with every letter ever written and taken out. */
const LARGEST_STATE = 8_000_000;
/** What the text is called in the document. */
export const NAME = 'text';

function open(state: Uint8Array): Y.Doc {
  const document = new Y.Doc();
  document.getText(NAME);
  Y.applyUpdate(document, state);
  return document;
}

/** What stands in a document and is no letter of its text: pictures, marks of form, other texts. */
function strangers(document: Y.Doc): Y.Item[] {
  const text = document.getText(NAME);
  return [...document.store.clients.values()].flatMap((structs) =>
    structs.filter(
      (each): each is Y.Item =>
        each instanceof Y.Item &&
        !each.deleted &&
        !(each.parent === text && each.parentSub === null && each.content instanceof Y.ContentString),
    ),
  );
}

function clean(document: Y.Doc): boolean {
  const found = strangers(document);
  if (found.length > 0) document.transact((transaction) => found.forEach((each) => each.delete(transaction)));
  return found.length > 0;
}

/** A document without what is no letter of its text: it says the same, and merges with every copy of it. */
export function lettersOnly(state: Uint8Array): Uint8Array {
  const document = open(state);
  return clean(document) ? Y.encodeStateAsUpdate(document) : state;
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
  /** Something stands in it from before that is no letter of its text. */
  unclean: boolean;
  /** Words came where words stand already. */
  repeats: boolean;
}

/**
 * A document with somebody's change in it; the same one where the change is known already. Null where it is no change
 * of such a document, or one that would make it too large.
 */
export function withChange(state: Uint8Array, change: Uint8Array): Merged | null {
  const document = open(state);
  let repeats: boolean;
  try {
    const { structs } = Y.decodeUpdate(change);
    if (isTooLaborious(document.getText(NAME), structs)) return null;
    repeats = structs.some(
      (each) =>
        each instanceof Y.Item &&
        each.content instanceof Y.ContentString &&
        each.id.clock < Y.getState(document.store, each.id.client),
    );
    Y.applyUpdate(document, change);
  } catch {
    return null;
  }
  // What leans on words that never came can be neither shown nor sent on.
  if (document.store.pendingStructs || document.store.pendingDs) return null;
  const merged = Y.encodeStateAsUpdate(document);
  if (merged.length > LARGEST_STATE) return null;
  return {
    state: merged,
    text: document.getText(NAME).toString(),
    unclean: strangers(document).length > 0,
    repeats,
  };
}

/** The change that makes a document say `text` and hold nothing else. It touches nothing that stays. */
export function changeTo(state: Uint8Array, text: string): Uint8Array {
  const document = open(state);
  const before = Y.encodeStateVector(document);
  const shared = document.getText(NAME);
  clean(document);
  document.transact(() => {
    for (const { at, remove, insert } of edits(shared.toString(), text)) {
      if (remove > 0) shared.delete(at, remove);
      if (insert !== '') shared.insert(at, insert);
    }
    if (shared.toString() === text) return;
    shared.delete(0, shared.length);
    shared.insert(0, text);
  });
  return Y.encodeStateAsUpdate(document, before);
}

/** Whether two documents hold the same. */
export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.from(a).equals(b);
}
