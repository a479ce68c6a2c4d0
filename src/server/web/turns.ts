/** How many pages are made at once. What each has read so far is what the collector of memory has to carry along. */
const AT_ONCE = 8;
/** Nobody waits longer, whatever holds the others up. */
const PATIENCE_MILLISECONDS = 500;

const waiting: (() => void)[] = [];
let under = 0;

/** Does `work` in its turn: of many who come at once, the first are done before the last begin. */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (under >= AT_ONCE) await myTurn();
  under += 1;
  try {
    return await work();
  } finally {
    under -= 1;
    waiting[0]?.();
  }
}

function myTurn(): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      clearTimeout(timer);
      waiting.splice(waiting.indexOf(go), 1);
      resolve();
    };
    const timer = setTimeout(go, PATIENCE_MILLISECONDS);
    waiting.push(go);
  });
}
