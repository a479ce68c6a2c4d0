/** What the stream says, handed on within the page as an event of the document. */
export interface Signal {
  name: string;
  id?: string;
  entryId?: string;
  /** The handle of who writes, or has another name. */
  person?: string;
  /** The slug of a community that has another name. */
  community?: string;
}

const EVENT = 'essaim:signal';

export function hand(signal: Signal): void {
  document.dispatchEvent(new CustomEvent<Signal>(EVENT, { detail: signal }));
}

/** Calls `hear` with each signal. Gives the way to stop. */
export function onSignal(hear: (signal: Signal) => void): () => void {
  const listener = (event: Event) => hear((event as CustomEvent<Signal>).detail);
  document.addEventListener(EVENT, listener);
  return () => document.removeEventListener(EVENT, listener);
}
