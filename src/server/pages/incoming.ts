/** What may come into the document of a page from outside: letters written and letters taken out, and not too many. */
import * as Y from 'yjs';
import { invalid } from '../errors.ts';
import { NAME } from './document.ts';

/** What a change carries at most: a text of the longest kind, pasted at once. */
const LARGEST_CHANGE = 2_000_000;
/**
 * Of how many pieces it is made at most. Whoever writes offline for a day sends hundreds in one go, and our editor no
 * more than 2,000 letters typed one by one.
 */
const MOST_PIECES = 20_000;

/** The bytes of a change that somebody sends. Refuses what an editor of texts does not send. */
export function readChange(sent: unknown): Uint8Array {
  const bytes = typeof sent === 'string' ? Buffer.from(sent, 'base64') : Buffer.alloc(0);
  if (bytes.length === 0) throw invalid('change', 'page_change_unreadable');
  if (bytes.length > LARGEST_CHANGE) throw invalid('change', 'page_change_too_large');
  const { structs, ds } = decoded(bytes);
  const taken = ds.clients.values().reduce((sum, ranges) => sum + ranges.length, 0);
  if (structs.length + taken > MOST_PIECES) throw invalid('change', 'page_change_too_large');
  if (!structs.every(isLetters)) throw invalid('change', 'page_change_not_text');
  return bytes;
}

function decoded(bytes: Uint8Array): ReturnType<typeof Y.decodeUpdate> {
  try {
    return Y.decodeUpdate(bytes);
  } catch {
    throw invalid('change', 'page_change_unreadable');
  }
}

/** Where it stands behind or before other letters, it stands where they do. */
function isLetters(piece: Y.Item | Y.GC | Y.Skip): boolean {
  if (piece.length < 1) return false;
  if (piece instanceof Y.Skip) return true;
  if (!(piece instanceof Y.Item) || piece.parentSub !== null) return false;
  const parent: unknown = piece.parent;
  if (parent !== null && parent !== NAME) return false;
  return piece.content instanceof Y.ContentString || piece.content instanceof Y.ContentDeleted;
}
