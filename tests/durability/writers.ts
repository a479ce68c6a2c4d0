/** Writers that repeat each write with its key until it is acknowledged, and remember what they were told. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

export interface Acknowledged {
  id: string;
  body: string;
}

export class Writers {
  /** What was acknowledged. */
  readonly ledger: Acknowledged[] = [];
  /** Answers that no failure of a machine explains. */
  readonly wrong: string[] = [];
  /** Writes sent again because nothing, or a failure, came back. */
  repeated = 0;
  readonly #address: string;
  readonly #token: string;
  #stopping = false;
  #loops: Promise<void>[] = [];
  #waiting: { count: number; resolve: () => void }[] = [];

  constructor(address: string, token: string) {
    this.#address = address;
    this.#token = token;
  }

  start(count: number): void {
    this.#loops = Array.from({ length: count }, () => this.#write());
  }

  /** Lets every writer finish the write it is at. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#loops);
  }

  /** Settles when that many writes are acknowledged in all. */
  reach(count: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.ledger.length >= count) resolve();
      else this.#waiting.push({ count, resolve });
    });
  }

  /** The body that an id has now, or the reason why it has none. */
  async read(id: string): Promise<string> {
    const response = await fetch(`${this.#address}/api/v1/posts/${id}`, { headers: this.#headers() });
    const answer = (await response.json()) as { body?: string };
    return answer.body ?? `${response.status} ${JSON.stringify(answer)}`;
  }

  async #write(): Promise<void> {
    for (let written = 1; !this.#stopping; written++) {
      const key = randomUUID();
      const body = `durability ${key}`;
      const id = await this.#until(key, body);
      if (written % 5 === 0 && id !== (await this.#until(key, body)))
        this.wrong.push(`${key}: a repeat has another id`);
      this.ledger.push({ id, body });
      this.#waiting = this.#waiting.filter(({ count, resolve }) => this.ledger.length < count || resolve());
    }
  }

  async #until(key: string, body: string): Promise<string> {
    for (;;) {
      const id = await this.#send(key, body).catch(() => null);
      if (id) return id;
      this.repeated++;
      await pause(50);
    }
  }

  async #send(key: string, body: string): Promise<string | null> {
    const response = await fetch(`${this.#address}/api/v1/posts`, {
      method: 'POST',
      headers: { ...this.#headers(), 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ body, status: 'published' }),
      signal: AbortSignal.timeout(10_000),
    });
    const text = await response.text();
    if (response.ok) return (JSON.parse(text) as { id: string }).id;
    if (response.status < 500) this.wrong.push(`${key}: ${response.status} ${text.slice(0, 200)}`);
    return null;
  }

  #headers(): Record<string, string> {
    return { authorization: `Bearer ${this.#token}` };
  }
}
