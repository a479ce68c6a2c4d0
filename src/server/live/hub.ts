import { addressOf, type Db } from '../platform/db.ts';
import { eventsAfter, handledUpTo, isAfter, positionOf, type Position } from '../platform/live-events.ts';
import { ProcessBell } from '../platform/live-channel.ts';
import { log } from '../platform/log.ts';
import { weighEvents, weighNews, type Delivery } from './deliver.ts';
import { later, Past } from './past.ts';
import { Seal } from './seal.ts';
import { Seats } from './seats.ts';
import { Stream, Streams, type Interest, type Seat } from './streams.ts';
import { weigh } from './weigh.ts';
import { Wire } from './wire.ts';
import { whisperedNews } from './whispered.ts';

const FOLLOWER = 'consequences';
const BATCH = 500;
const LOOK_EVERY_MILLISECONDS = 5_000;
const PULSE_EVERY_SECONDS = 25;
const CHECK_EVERY_SECONDS = 30;
/** Browsers come back within this time, not all at once. */
const RETRY_MILLISECONDS = 4_000;

/** From where a stream goes on: an id it was sent, or the time at which the page was read. */
export interface Since {
  id: string | null;
  time: number | null;
}

/**
 * All open streams of a process. It follows the event table behind the consequences, so that what a signal names is
 * there, notices included, and asks once for a batch who may hear it.
 */
export class Hub {
  readonly #db: Db;
  readonly #seal: Seal;
  readonly #bell: ProcessBell;
  readonly #streams = new Streams();
  readonly #seats = new Seats();
  readonly #joining = new Set<Stream>();
  readonly #past = new Past();
  readonly #timers: NodeJS.Timeout[];
  /** Everything up to here has been told. */
  #place: Position;
  /** The end of what is being weighed just now. */
  #arriving: Position | undefined;
  #looking: Promise<void> | undefined;
  #lookAgain = false;
  /** One after the other: who reads and then writes is told so in that order. */
  #whispers = Promise.resolve();
  #catching: Promise<void> | undefined;
  #seconds = 0;

  private constructor(db: Db, seal: Seal, place: Position) {
    this.#db = db;
    this.#seal = seal;
    this.#place = place;
    this.#past.note(place, Date.now());
    this.#bell = new ProcessBell(addressOf(db), (words) => this.#hear(words));
    this.#timers = [
      setInterval(() => this.#look(), LOOK_EVERY_MILLISECONDS).unref(),
      setInterval(() => this.#tick(), 1_000).unref(),
    ];
  }

  static async open(db: Db): Promise<Hub> {
    const [seal, place] = await Promise.all([Seal.of(db), handledUpTo(db, FOLLOWER)]);
    return new Hub(db, seal, place);
  }

  /** How many streams are open. */
  readonly streams = (): number => this.#streams.all.size + this.#joining.size;

  /** Opens a stream. It is sent first what it missed; then it hears what happens. */
  async listen(seat: Seat, interest: Interest, since: Since): Promise<ReadableStream<Uint8Array>> {
    const from = await this.#placeFor(since);
    const stream = new Stream(this.#seats.take(seat), interest, from ?? this.#place);
    const body = stream.body(() => this.#forget(stream));
    const retry = Math.round(1_000 + Math.random() * RETRY_MILLISECONDS);
    stream.send(this.#wire(stream.after).hello(retry, from === null));
    for (const oldest of this.#seats.sit(stream)) this.#end(oldest);
    if (this.#isBehind(stream.after)) {
      this.#joining.add(stream);
      this.#catching ??= this.#catchUp().finally(() => (this.#catching = undefined));
    } else {
      this.#streams.add(stream);
    }
    return body;
  }

  /** Where a stream goes on; null where that is too long ago. One that asks for nothing begins now. */
  #placeFor({ id, time }: Since): Position | Promise<Position> | null {
    const now = Date.now();
    if (id !== null) return this.#past.resume(this.#seal.open(id), now);
    return time === null ? handledUpTo(this.#db, FOLLOWER) : this.#past.placeAt(time, now);
  }

  /** Ends every stream; their browsers come back, to whoever answers then. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    for (const stream of [...this.#streams.all, ...this.#joining]) this.#end(stream);
    await Promise.all([this.#bell.close(), this.#looking, this.#catching]);
  }

  /** Whether the streams that are told at once have been told of more. */
  #isBehind(place: Position): boolean {
    return isAfter(this.#arriving ?? this.#place, place);
  }

  #hear(words: string): void {
    if (words === '') return this.#look();
    this.#whispers = this.#whispers
      .then(() => weighNews(this.#db, whisperedNews(words), this.#streams))
      .then((delivery) => this.#tell(delivery, this.#place))
      .catch((error: unknown) => log.debug('live waits', { error }));
  }

  #look(): void {
    this.#lookAgain = true;
    this.#looking ??= (async () => {
      while (this.#lookAgain) {
        this.#lookAgain = false;
        await this.#follow().catch((error: unknown) => log.debug('live waits', { error }));
      }
    })().finally(() => (this.#looking = undefined));
  }

  /** Tells what has happened since. Where it fails nobody was told, and the next look begins at the same place. */
  async #follow(): Promise<void> {
    for (;;) {
      if (this.#streams.all.size === 0) {
        const place = await handledUpTo(this.#db, FOLLOWER);
        // Whoever came meanwhile goes on from the place he was given.
        if (this.#streams.all.size === 0) return this.#moveTo(place);
      }
      const events = await eventsAfter(this.#db, FOLLOWER, this.#place, BATCH);
      const last = events.at(-1);
      if (!last) return this.#moveTo(this.#place);
      this.#arriving = positionOf(last);
      try {
        this.#tell(await weighEvents(this.#db, events, this.#streams), this.#arriving);
        this.#moveTo(this.#arriving);
      } finally {
        this.#arriving = undefined;
      }
    }
  }

  #moveTo(place: Position): void {
    this.#place = later(this.#place, place);
    this.#past.note(this.#place, Date.now());
  }

  /** Brings those who come back to where the others are. Events are read once for all who come at the same time. */
  async #catchUp(): Promise<void> {
    while (this.#joining.size > 0) {
      const group = new Streams();
      for (const stream of this.#joining) group.add(stream);
      try {
        await this.#tellMissed(group);
      } catch (error) {
        log.debug('live waits', { error });
        for (const stream of group.all) this.#end(stream);
      }
      for (const stream of group.all) {
        this.#joining.delete(stream);
        if (stream.isOpen) this.#streams.add(stream);
      }
    }
  }

  async #tellMissed(group: Streams): Promise<void> {
    let at = [...group.all].map(({ after }) => after).reduce((a, b) => (isAfter(a, b) ? b : a));
    for (;;) {
      const events = await eventsAfter(this.#db, FOLLOWER, at, BATCH);
      const last = events.at(-1);
      if (last) {
        const delivery = await weighEvents(this.#db, events, group);
        at = positionOf(last);
        this.#tell(delivery, at);
        for (const stream of group.all) stream.after = later(stream.after, at);
      }
      if (events.length < BATCH && !this.#isBehind(at)) return;
    }
  }

  #tell({ told, ended }: Delivery, place: Position): void {
    const wire = this.#wire(place);
    for (const [stream, signals] of told) {
      if (!ended.has(stream.seat)) this.#send(stream, wire.signals(signals));
    }
    for (const seat of ended) for (const stream of this.#seats.of(seat)) this.#end(stream);
  }

  #send(stream: Stream, bytes: Uint8Array): void {
    stream.send(bytes);
    if (stream.isSlow) this.#end(stream);
  }

  #end(stream: Stream): void {
    stream.end();
    this.#forget(stream);
  }

  #forget(stream: Stream): void {
    this.#streams.delete(stream);
    this.#joining.delete(stream);
    this.#seats.leave(stream);
  }

  #wire(place: Position): Wire {
    return new Wire(this.#seal.close({ ...place, at: Date.now() }));
  }

  /** Each second a part of the streams is told that it lives: ten thousand are never written to at once. */
  #tick(): void {
    this.#seconds += 1;
    const pulse = this.#wire(this.#place).pulse();
    for (const stream of this.#streams.all) {
      if (stream.turn % PULSE_EVERY_SECONDS === this.#seconds % PULSE_EVERY_SECONDS)
        this.#send(stream, pulse);
    }
    if (this.#seconds % CHECK_EVERY_SECONDS > 0) return;
    // A session that expires, or that its person signs out of, leaves no event.
    weigh(this.#db, [], this.#streams.all).then(
      ({ ended }) => this.#tell({ told: new Map(), ended }, this.#place),
      (error: unknown) => log.debug('live waits', { error }),
    );
  }
}
