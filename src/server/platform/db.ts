import { Kysely, PostgresDialect, sql as statement, type PostgresPoolClient, type Transaction } from 'kysely';
import type { Socket } from 'node:net';
import pg from 'pg';
import { ring } from './doorbell.ts';
import type { DB } from './schema.ts';
import { transact } from './transaction.ts';

/** A connection to read with. A transaction is one too. */
export type Db = Kysely<DB>;
/** A transaction: what every write asks for. The compiler refuses a plain connection in its place. */
export type Tx = Transaction<DB>;

const INT8 = 20;
const DATE = 1082;
pg.types.setTypeParser(INT8, Number);
pg.types.setTypeParser(DATE, (text) => text);

const NAMED_STATEMENTS = 400;
/** Connections that stay when nobody asks: a fresh one plans every statement of a page anew. */
const KEPT = 8;
/**
 * How near a name must be to what was typed (pg_trgm): two letters wrong in seven still find it. Many small queries
 * share the processors better than one that takes them all.
 */
const SETTINGS = '-c pg_trgm.word_similarity_threshold=0.45 -c max_parallel_workers_per_gather=0 -c jit=off';

const ONCE = '/* planned once */';
/**
 * Begins a statement whose best plan is the same whatever is asked of it. PostgreSQL would guess a shared plan of a long
 * statement to be dearer than it is, and plan each time anew: twice the cost of a feed of a large network.
 */
export const PLANNED_ONCE = statement.raw<never>(ONCE);

/** Whether a text begins with `PLANNED_ONCE`. */
export function isPlannedOnce(text: string): boolean {
  return text.startsWith(ONCE);
}

export interface OpenDatabase {
  db: Db;
  pool: pg.Pool;
  close(): Promise<void>;
}

/**
 * Opens a pool of connections on `url` (a PostgreSQL address; a unix socket as `?host=/folder`).
 * @param connections how many at most; whoever waits for one holds what he has read so far, so few are dearer than many
 */
export function openDatabase(url: string, connections = 32): OpenDatabase {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    min: KEPT,
    pipeline: true,
    options: SETTINGS,
  });
  // An idle connection that breaks (the server restarts) is replaced by the pool at the next use.
  pool.on('error', () => undefined);
  // One that breaks while it is lent tells whoever borrowed it.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const names = new Map<string, string>();
  const dialect = new PostgresDialect({
    pool: {
      async connect() {
        return quickClient(await pool.connect(), names);
      },
      end: () => pool.end(),
      options: pool.options,
    },
  });
  const db = new Kysely<DB>({ dialect });
  addresses.set(db, url);
  return { db, pool, close: () => db.destroy() };
}

const addresses = new WeakMap<Db, string>();

/** Where the database of a pool is, for a connection that no pool may lend: one that listens. */
export function addressOf(db: Db): string {
  const url = addresses.get(db);
  if (!url) throw new Error('not a pool of openDatabase');
  return url;
}

interface QuickClient {
  query(sql: string, values?: readonly unknown[]): Promise<pg.QueryResult>;
  release(): void;
}
const quick = new WeakMap<pg.PoolClient, QuickClient>();

/**
 * The same client with a few savings: a statement is planned once per connection (named by its text), `begin` travels
 * with the statement behind it instead of waiting for an answer of its own, and what is asked in one turn is sent in one
 * packet.
 */
function quickClient(client: pg.PoolClient, names: Map<string, string>): PostgresPoolClient {
  let wrapped = quick.get(client);
  if (!wrapped) {
    const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
    let once: boolean | undefined = false;
    wrapped = {
      query(sql, values) {
        stream.cork();
        process.nextTick(() => stream.uncork());
        if (sql === 'begin') {
          // If it fails the connection is gone, and the next statement says so.
          client.query('begin').catch(() => undefined);
          return Promise.resolve({ command: 'BEGIN', rowCount: null, oid: 0, fields: [], rows: [] });
        }
        if (sql === 'commit') return client.query(sql).then(committed);
        // What was set in a transaction goes with it.
        if (sql === 'rollback') once = undefined;
        if (!values || values.length === 0) return client.query(sql);
        if (once !== (once = isPlannedOnce(sql)))
          client
            .query(`set plan_cache_mode = ${once ? 'force_generic_plan' : 'auto'}`)
            .catch(() => undefined);
        let name = names.get(sql);
        if (!name && names.size < NAMED_STATEMENTS) names.set(sql, (name = `s${names.size}`));
        return client.query({ ...(name ? { name } : {}), text: sql, values: [...values] });
      },
      release: () => client.release(),
    };
    quick.set(client, wrapped);
  }
  // Kysely's type also covers cursors, which nothing here opens.
  return wrapped as unknown as PostgresPoolClient;
}

/** PostgreSQL answers the commit of a transaction in which something failed by rolling it back. */
function committed(result: pg.QueryResult): pg.QueryResult {
  if (result.command !== 'COMMIT') throw new Error('nothing was committed: a statement before had failed');
  return result;
}

/**
 * Runs `write` in one transaction: all of it lands, or none. What follows from it is drawn after the commit.
 * @param alone nothing but one capability's change runs in it, so that one of a single statement needs no BEGIN and COMMIT
 *   (`lastStatement`)
 */
export async function inTransaction<T>(db: Db, write: (tx: Tx) => Promise<T>, alone = false): Promise<T> {
  if (db.isTransaction) return write(db as Tx);
  const { result, tx } = await transact(db, write, alone);
  for (const effect of effects.get(tx) ?? []) effect(db);
  ring();
  return result;
}

type Effect = (db: Db) => void;
const effects = new WeakMap<Tx, Effect[]>();

/** Runs `effect` once `inTransaction` has committed, and never where it has not. It is lost with the process. */
export function afterCommit(tx: Tx, effect: Effect): void {
  effects.set(tx, [...(effects.get(tx) ?? []), effect]);
}
