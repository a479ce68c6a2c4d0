type Listener = () => void;

const listeners = new Set<Listener>();
let pressed = false;

/** How long a ring waits for others: what is committed meanwhile is handled together. */
const GATHER_MILLISECONDS = 25;

/** Says that something was committed. Rings once for all that is committed within a moment. */
export function ring(): void {
  if (pressed || listeners.size === 0) return;
  pressed = true;
  setTimeout(() => {
    pressed = false;
    for (const listener of listeners) listener();
  }, GATHER_MILLISECONDS).unref();
}

/** Calls `listener` after commits of this process; others have to be looked for. Gives the way to stop. */
export function onRing(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
