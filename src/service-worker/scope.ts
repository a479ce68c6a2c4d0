/** Sending later, when the network is back: not every browser can, and TypeScript's library does not know it. */
interface LaterSending {
  readonly sync?: { register(tag: string): Promise<void> };
}

/** The worker's `self`. */
export const scope = globalThis as unknown as Omit<ServiceWorkerGlobalScope, 'registration'> & {
  readonly registration: ServiceWorkerRegistration & LaterSending;
};
