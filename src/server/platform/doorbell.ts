type Listener = () => void;

const listeners = new Set<Listener>();
let pressed = false;
let rungAt = -Infinity;

/** How long a ring waits for others: what is committed meanwhile is handled together. */
const GATHER_MILLISECONDS = 25;
/** No sooner than this after the ring before: what many commit is handled for less in larger handfuls. */
const PAUSE_MILLISECONDS = 50;

/** Says that something was committed. Rings once for all that is committed within a moment. */
export function ring(): void {
  if (pressed || listeners.size === 0) return;
  pressed = true;
  const wait = Math.max(GATHER_MILLISECONDS, rungAt + PAUSE_MILLISECONDS - performance.now());
  setTimeout(() => {
    pressed = false;
    rungAt = performance.now();
    for (const listener of listeners) listener();
  }, wait).unref();
}

/** Calls `listener` after commits of this process; others have to be looked for. Gives the way to stop. */
export function onRing(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
