/** The bell between processes: what one of them did, all of them hear of at once. Nothing of it is kept. */
import { sql } from 'kysely';
import pg from 'pg';
import type { Tx } from './db.ts';
import { log } from './log.ts';

const CHANNEL = 'essaim_live';
const FIRST_PAUSE_MILLISECONDS = 100;
const LONGEST_PAUSE_MILLISECONDS = 5_000;

/**
 * Rings in every process once the transaction has committed, with a few words that are not kept anywhere. Whoever rings
 * waits for others who ring: once for a batch of events, never once for each.
 */
export async function ringProcesses(tx: Tx, words = ''): Promise<void> {
  await sql`select pg_notify(${CHANNEL}, ${words})`.execute(tx);
}

/** Hears the bell on a connection of its own. One that breaks is opened again, and then rings: something may have been missed. */
export class ProcessBell {
  readonly #url: string;
  readonly #heard: (words: string) => void;
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #pause = FIRST_PAUSE_MILLISECONDS;
  #closed = false;

  constructor(url: string, heard: (words: string) => void) {
    this.#url = url;
    this.#heard = heard;
    void this.#open();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#client?.end().catch(() => undefined);
  }

  async #open(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url, keepAlive: true });
    this.#client = client;
    let lost = false;
    const again = () => {
      if (lost) return;
      lost = true;
      this.#openLater();
    };
    client.on('error', again);
    client.on('end', again);
    client.on('notification', ({ payload }) => this.#heard(payload ?? ''));
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      this.#pause = FIRST_PAUSE_MILLISECONDS;
      this.#heard('');
    } catch (error) {
      log.debug('live bell waits', { error });
      again();
    }
  }

  #openLater(): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.#open(), this.#pause).unref();
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MILLISECONDS);
  }
}
