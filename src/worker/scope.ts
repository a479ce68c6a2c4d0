/**
 * The parts of a worker's surroundings that are used here. TypeScript has them in a library of their own, which would
 * change what every other file of the project means by `self`, `Event` and `postMessage`.
 */
export interface LastingEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

export interface AskingEvent extends LastingEvent {
  readonly request: Request;
  /** The window that asks. */
  readonly clientId: string;
  /** The window that will show the answer. */
  readonly resultingClientId: string;
  respondWith(answer: Promise<Response>): void;
}

export interface OpenWindow {
  readonly id: string;
  postMessage(message: unknown): void;
  focus(): Promise<unknown>;
  navigate(url: string): Promise<unknown>;
}

export interface SaidEvent extends LastingEvent {
  readonly data: unknown;
  readonly source: OpenWindow | null;
}

export interface PushedEvent extends LastingEvent {
  readonly data: { json(): unknown } | null;
}

export interface ClickedEvent extends LastingEvent {
  readonly notification: Notification;
}

interface Happenings {
  install: LastingEvent;
  activate: LastingEvent;
  fetch: AskingEvent;
  message: SaidEvent;
  push: PushedEvent;
  notificationclick: ClickedEvent;
  sync: LastingEvent;
}

interface Scope {
  readonly location: Location;
  readonly registration: ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } };
  readonly clients: {
    claim(): Promise<void>;
    matchAll(which: { type: 'window' }): Promise<OpenWindow[]>;
    openWindow(url: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
  addEventListener<Name extends keyof Happenings>(
    name: Name,
    listener: (event: Happenings[Name]) => void,
  ): void;
}

/** The worker's `self`. */
export const scope = globalThis as unknown as Scope;
