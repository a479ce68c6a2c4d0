/** The bell between processes: what one of them did, all of them hear of at once. Nothing of it is kept. */
import { sql } from 'kysely';
import pg from 'pg';
import { afterCommit, type Db, type Tx } from './db.ts';
import { log } from './log.ts';

const CHANNEL = 'essaim_live';
const FIRST_PAUSE_MILLISECONDS = 100;
const LONGEST_PAUSE_MILLISECONDS = 5_000;

/**
 * Rings in every process once the transaction has committed. Whoever rings waits for others who ring: once for a batch
 * of events, never once for each.
 */
export async function ringProcesses(tx: Tx): Promise<void> {
  await sql`select pg_notify(${CHANNEL}, '')`.execute(tx);
}

/** Told together: writers who ring wait for each other. */
const GATHER_MILLISECONDS = 150;
/** PostgreSQL carries 8,000 bytes at once. */
const MOST_AT_ONCE = 7_900;
const gathered = new WeakMap<Db, Set<string>>();

/**
 * Says a few words to every process once the transaction has committed, with what others say in that moment. They are
 * kept nowhere: whoever does not listen then has missed them.
 */
export function whisper(tx: Tx, words: (string | null)[]): void {
  afterCommit(tx, (db) => {
    let waiting = gathered.get(db);
    if (!waiting) {
      gathered.set(db, (waiting = new Set()));
      setTimeout(() => void say(db), GATHER_MILLISECONDS).unref();
    }
    waiting.add(JSON.stringify(words));
  });
}

async function say(db: Db): Promise<void> {
  const waiting = [...(gathered.get(db) ?? [])];
  gathered.delete(db);
  const texts = [''];
  for (const words of waiting) {
    const text = texts.at(-1) ?? '';
    if (text.length + words.length < MOST_AT_ONCE)
      texts[texts.length - 1] = text ? `${text},${words}` : words;
    else texts.push(words);
  }
  await sql`select pg_notify(${CHANNEL}, '[' || said || ']') from unnest(${texts}::text[]) said`
    .execute(db)
    .catch((error: unknown) => log.debug('nothing was whispered', { error }));
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
      if (!this.#closed) log.debug('live bell waits', { error });
      again();
    }
  }

  #openLater(): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.#open(), this.#pause).unref();
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MILLISECONDS);
  }
}
