/** What it costs to put a change in its place: letters that claim a place between others far apart are compared with all these. */
import * as Y from 'yjs';

/** Comparisons. What an editor sends needs few, however long somebody was away. */
const MOST = 300_000;

/** How far letters that come in are followed from one to the next. */
const FARTHEST = 100;

const keyOf = (id: Y.ID | null) => (id ? `${id.client}.${id.clock}` : '');

/**
 * Whether a change costs more than an editor's ever does. Letters come in between two that stood side by side when they
 * were written: what stands between these by now is looked at for each of them, and where they never did, all that comes
 * in may be.
 */
export function isTooLaborious(text: Y.Text, pieces: (Y.Item | Y.GC | Y.Skip)[]): boolean {
  const { store } = text.doc!;
  const isKnown = ({ client, clock }: Y.ID) => clock < Y.getState(store, client);
  const fresh = pieces.filter((each): each is Y.Item => each instanceof Y.Item && !isKnown(each.id));
  const rights = new Map(fresh.map((each) => [keyOf(each.id), each.rightOrigin]));
  const behind = new Map(fresh.map((each) => [keyOf(each.lastId), each.rightOrigin]));
  let left = MOST;
  for (const { id, origin, rightOrigin } of fresh) {
    const place = keyOf(origin);
    const right = behind.get(place);
    const apart = origin && !isKnown(origin) ? 0 : distance(text, origin, knownFrom(rightOrigin));
    const known = right === undefined && (!origin || isKnown(origin));
    const beside = known || keyOf(right === undefined ? nextOf(origin) : right) === keyOf(rightOrigin);
    left -= apart + (apart > 0 || !beside ? fresh.length : 0);
    if (left < 0) return true;
    behind.set(place, id);
  }
  return false;

  /** Of a neighbour that comes in as well, the one that it has there already. */
  function knownFrom(neighbour: Y.ID | null): Y.ID | null {
    let at = neighbour;
    for (let steps = 0; at && !isKnown(at) && steps < FARTHEST; steps += 1)
      at = rights.get(keyOf(at)) ?? null;
    if (neighbour && at !== neighbour) rights.set(keyOf(neighbour), at);
    return at;
  }
}

function nextOf(id: Y.ID | null): Y.ID | null {
  return id && Y.createID(id.client, id.clock + 1);
}

/** How much of a document stands between two of its letters. */
function distance(text: Y.Text, from: Y.ID | null, to: Y.ID | null): number {
  const start = from && Y.getItem(text.doc!.store, from);
  const end = to && Y.getItem(text.doc!.store, to);
  if (start && start === end) return from!.clock + 1 === to!.clock ? 0 : 1;
  let steps = 0;
  let at = start ? start.right : text._start;
  for (; at && at !== end && steps < MOST; at = at.right) steps += 1;
  return steps;
}
