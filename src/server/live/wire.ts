/** Signals as they travel: server-sent events. */
import type { Signal } from './signals.ts';

const encoder = new TextEncoder();

/** Signals of one delivery, in one piece. Streams that are told the same share its bytes. */
export class Wire {
  readonly #id: string;
  readonly #made = new Map<string, Uint8Array>();
  readonly #written = new Map<Signal, string>();

  constructor(id: string) {
    this.#id = id;
  }

  signals(signals: Signal[]): Uint8Array {
    const text = signals.map((signal) => this.#write(signal)).join('');
    let bytes = this.#made.get(text);
    // The id comes with the last: whoever got half of them gets all of them again.
    if (!bytes) this.#made.set(text, (bytes = encoder.encode(withId(text, this.#id))));
    return bytes;
  }

  /** Thousands are told the same: it is written once. */
  #write(signal: Signal): string {
    let text = this.#written.get(signal);
    if (text === undefined) this.#written.set(signal, (text = written(signal)));
    return text;
  }

  /** The beginning of a stream. `retry` is how long the browser waits before it comes back. */
  hello(retry: number, reset: boolean): Uint8Array {
    const name = reset ? 'reset' : 'hello';
    return encoder.encode(`retry: ${retry}\nevent: ${name}\nid: ${this.#id}\ndata: {}\n\n`);
  }

  /** Nothing happened that concerns him, and the stream is alive. */
  pulse(): Uint8Array {
    return encoder.encode(`event: pulse\nid: ${this.#id}\ndata: {}\n\n`);
  }
}

function written({ name, ...ids }: Signal): string {
  return `event: ${name}\ndata: ${JSON.stringify(ids)}\n\n`;
}

function withId(text: string, id: string): string {
  const last = text.lastIndexOf('event: ');
  return `${text.slice(0, last)}id: ${id}\n${text.slice(last)}`;
}
