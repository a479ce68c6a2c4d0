import type { Position } from '../platform/live-events.ts';

/** By what somebody listens: a stream ends with the key that opened it. */
export interface Seat {
  personId: string;
  /** Id of a session, or nothing. */
  session: string;
  /** Hash of a token, or nothing. */
  token: string;
}

/** Which new posts somebody waits for. */
export interface Scope {
  of: 'following' | 'all' | 'community' | 'person' | 'tag';
  id: string | null;
}

/** What somebody looks at: only of that he is sent signals. */
export interface Interest {
  /** The post whose page is open, with all that is said under it and who writes there. */
  entry: string | null;
  /** Posts that stand in a list before him. */
  shown: string[];
  feed: Scope | null;
}

/** What a slow reader may leave waiting before he is let go; he comes back and is sent what he missed. */
const MOST_WAITING = 256;

/** One open answer. */
export class Stream {
  readonly seat: Seat;
  readonly feed: Scope | null;
  readonly topics: string[];
  /** When it is told that it lives. */
  readonly turn = Math.floor(Math.random() * 1_000);
  /** What was before has been told, or never will be. */
  after: Position;
  #out: ReadableStreamDefaultController<Uint8Array> | undefined;

  constructor(seat: Seat, { entry, shown, feed }: Interest, after: Position) {
    this.seat = seat;
    this.feed = feed;
    this.after = after;
    const entries = [...new Set(entry ? [entry, ...shown] : shown)].map((id) => `entry:${id}`);
    this.topics = [`person:${seat.personId}`, ...entries];
    if (entry) this.topics.push(`page:${entry}`);
    if (feed) this.topics.push(feed.of === 'community' ? `feed:community:${feed.id}` : `feed:${feed.of}`);
  }

  get isOpen(): boolean {
    return this.#out !== undefined;
  }

  /** The body of the answer. `left` is called when the reader goes, or is let go. */
  body(left: () => void): ReadableStream<Uint8Array> {
    return new ReadableStream({
      start: (controller) => {
        this.#out = controller;
      },
      cancel: () => {
        this.#out = undefined;
        left();
      },
    });
  }

  send(bytes: Uint8Array): void {
    this.#out?.enqueue(bytes);
  }

  get isSlow(): boolean {
    return (this.#out?.desiredSize ?? 0) < -MOST_WAITING;
  }

  end(): void {
    this.#out?.close();
    this.#out = undefined;
  }
}

/** Streams by what they listen for. */
export class Streams {
  readonly all = new Set<Stream>();
  readonly #byTopic = new Map<string, Set<Stream>>();

  add(stream: Stream): void {
    this.all.add(stream);
    for (const topic of stream.topics) {
      const listeners = this.#byTopic.get(topic);
      if (listeners) listeners.add(stream);
      else this.#byTopic.set(topic, new Set([stream]));
    }
  }

  delete(stream: Stream): void {
    if (!this.all.delete(stream)) return;
    for (const topic of stream.topics) {
      const listeners = this.#byTopic.get(topic);
      listeners?.delete(stream);
      if (listeners?.size === 0) this.#byTopic.delete(topic);
    }
  }

  /** Who listens. */
  people(): string[] {
    return [...new Set(this.all.values().map((stream) => stream.seat.personId))];
  }

  on(topic: string): ReadonlySet<Stream> {
    return topic === 'everybody' ? this.all : (this.#byTopic.get(topic) ?? NOBODY);
  }
}

const NOBODY: ReadonlySet<Stream> = new Set();
