import type { Seat, Stream } from './streams.ts';

/** Streams that one key may have open in one process: more windows than anybody looks at. */
const MOST_STREAMS = 24;

/** The keys that streams were opened with, each once. */
export class Seats {
  readonly #taken = new Map<string, { seat: Seat; streams: Set<Stream> }>();

  /** The seat of this key, the same for all its streams. */
  take(seat: Seat): Seat {
    return this.#taken.get(nameOf(seat))?.seat ?? seat;
  }

  /** Notes a stream; gives those, the oldest, that are too many then. */
  sit(stream: Stream): Stream[] {
    const name = nameOf(stream.seat);
    const place = this.#taken.get(name) ?? { seat: stream.seat, streams: new Set<Stream>() };
    this.#taken.set(name, place);
    place.streams.add(stream);
    return [...place.streams].slice(0, Math.max(0, place.streams.size - MOST_STREAMS));
  }

  leave(stream: Stream): void {
    const name = nameOf(stream.seat);
    const streams = this.#taken.get(name)?.streams;
    streams?.delete(stream);
    if (streams?.size === 0) this.#taken.delete(name);
  }

  of(seat: Seat): Stream[] {
    return [...(this.#taken.get(nameOf(seat))?.streams ?? [])];
  }
}

function nameOf({ session, token }: Seat): string {
  return session ? `session ${session}` : `token ${token}`;
}
