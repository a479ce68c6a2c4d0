type Listener = () => void;

const listeners = new Set<Listener>();
let pressed = false;

/** Says that something was committed. Rings once for all that is committed in the same turn. */
export function ring(): void {
  if (pressed || listeners.size === 0) return;
  pressed = true;
  setImmediate(() => {
    pressed = false;
    for (const listener of listeners) listener();
  });
}

/** Calls `listener` after commits of this process; others have to be looked for. Gives the way to stop. */
export function onRing(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
