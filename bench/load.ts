import { connect, type Socket } from 'node:net';

/** What a line of the bench measured at one number of connections. */
export interface Measured {
  connections: number;
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p95: number;
  p99: number;
}

/** Repeats `work` on so many lanes at once for some seconds, after a warm-up. */
export async function measure(
  connections: number,
  seconds: number,
  work: (lane: number) => Promise<void>,
): Promise<Measured> {
  const run = async (until: number, taken: number[]) => {
    const lanes = Array.from({ length: connections }, async (_, lane) => {
      while (performance.now() < until) {
        const started = performance.now();
        await work(lane);
        taken.push(performance.now() - started);
      }
    });
    await Promise.all(lanes);
  };
  await run(performance.now() + Math.min(1_000, seconds * 300), []);
  const taken: number[] = [];
  const started = performance.now();
  await run(started + seconds * 1_000, taken);
  const elapsed = performance.now() - started;
  taken.sort((a, b) => a - b);
  const at = (part: number) => taken[Math.min(taken.length - 1, Math.floor(taken.length * part))] ?? 0;
  return {
    connections,
    perSecond: (taken.length / elapsed) * 1_000,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
  };
}

/** Several measurements of the same as one: its middle. */
export function together(measured: Measured[]): Measured {
  const middle = (of: (one: Measured) => number) =>
    measured.map(of).toSorted((a, b) => a - b)[Math.floor(measured.length / 2)]!;
  return {
    connections: measured[0]!.connections,
    perSecond: middle((one) => one.perSecond),
    p50: middle((one) => one.p50),
    p95: middle((one) => one.p95),
    p99: middle((one) => one.p99),
  };
}

export interface Answer {
  status: number;
  bytes: number;
}

/**
 * One keep-alive connection that sends ready-made requests and counts bytes: as little as possible of the machine goes
 * into asking.
 */
export class Lane {
  readonly #port: number;
  #socket: Socket | undefined;
  #buffer: Buffer = Buffer.alloc(0);
  #done: ((answer: Answer) => void) | undefined;
  #failed: ((error: Error) => void) | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  ask(request: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#done = resolve;
      this.#failed = reject;
      this.#connected().write(request);
    });
  }

  close(): void {
    this.#socket?.destroy();
  }

  #connected(): Socket {
    if (this.#socket && !this.#socket.destroyed) return this.#socket;
    this.#buffer = Buffer.alloc(0);
    this.#socket = connect(this.#port, '127.0.0.1');
    this.#socket.setNoDelay(true);
    this.#socket.on('data', (chunk: Buffer) => this.#read(chunk));
    this.#socket.on('error', (error) => this.#failed?.(error));
    return this.#socket;
  }

  #read(chunk: Buffer): void {
    this.#buffer = this.#buffer.length ? Buffer.concat([this.#buffer, chunk]) : chunk;
    const end = this.#buffer.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = this.#buffer.toString('latin1', 0, end);
    const status = Number(head.slice(9, 12));
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    const bodyStart = end + 4;
    const total = length === undefined ? this.#chunkedEnd(bodyStart, status) : bodyStart + Number(length);
    if (total === null || this.#buffer.length < total) return;
    this.#buffer = this.#buffer.subarray(total);
    this.#done?.({ status, bytes: total - bodyStart });
  }

  /** Where a chunked body ends: the last chunk is the only place of an empty line behind a zero. */
  #chunkedEnd(from: number, status: number): number | null {
    if (status === 204 || status === 304) return from;
    const end = this.#buffer.indexOf('0\r\n\r\n', Math.max(from, this.#buffer.length - 7));
    return end < 0 ? null : end + 5;
  }
}

/** A request as bytes. */
export function request(
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: string,
): Buffer {
  const all = {
    host: '127.0.0.1',
    ...headers,
    ...(body !== undefined && {
      'content-length': String(Buffer.byteLength(body)),
      'content-type': 'application/json',
    }),
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`);
}

/** Sends ready-made requests in turn over so many connections. Throws where one is not answered with success. */
export async function askInTurn(
  port: number,
  ready: Buffer[],
  connections: number,
  seconds: number,
): Promise<Measured> {
  const lanes = Array.from({ length: connections }, () => new Lane(port));
  let turn = 0;
  try {
    return await measure(connections, seconds, async (lane) => {
      const asked = ready[turn++ % ready.length]!;
      const { status } = await lanes[lane]!.ask(asked);
      if (status >= 300) throw new Error(`answered ${status}: ${asked.toString('latin1', 0, 80)}`);
    });
  } finally {
    for (const lane of lanes) lane.close();
  }
}
