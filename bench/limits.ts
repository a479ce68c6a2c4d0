import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { isPlannedOnce, type Db } from '#server/platform/db.ts';
import type { DB } from '#server/platform/schema.ts';

/** The same SQL through the bare driver, planned once per connection, as the product plans it. */
export class BareDriver {
  readonly #pool: pg.Pool;
  /** For statements that are planned alike whatever is asked. */
  readonly #once: pg.Pool;
  #statements = 0;

  constructor(url: string, connections: number) {
    const settings = '-c max_parallel_workers_per_gather=0 -c jit=off';
    const pool = (options: string) => new pg.Pool({ connectionString: url, max: connections, options });
    this.#pool = pool(settings);
    this.#once = pool(`${settings} -c plan_cache_mode=force_generic_plan`);
  }

  /** What a query does, over and over. */
  repeat(queries: Queries): () => Promise<void> {
    const named = this.#named(queries);
    return async () => {
      for (const query of named) await (isPlannedOnce(query.text) ? this.#once : this.#pool).query(query);
    };
  }

  /** The same in a transaction of its own: begin, the statements, commit. */
  transaction(queries: Queries): () => Promise<void> {
    const named = this.#named(queries);
    return async () => {
      const client = await this.#pool.connect();
      await client.query('begin');
      for (const query of named) await client.query(query);
      await client.query('commit');
      client.release();
    };
  }

  #named(queries: Queries) {
    return queries.map(({ sql, parameters }) => ({
      name: `bare${++this.#statements}`,
      text: sql,
      values: [...parameters],
    }));
  }

  async close(): Promise<void> {
    await Promise.all([this.#pool.end(), this.#once.end()]);
  }
}

export type Queries = { sql: string; parameters: readonly unknown[] }[];

/** Catches the SQL that a capability runs, to run the very same without it. */
export async function sqlOf(url: string, read: (db: Db) => Promise<unknown>): Promise<Queries> {
  const caught: Queries = [];
  const dialect = new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 2 }) });
  const db = new Kysely<DB>({
    dialect,
    log: ({ query }) => void caught.push({ sql: query.sql, parameters: query.parameters }),
  });
  try {
    await read(db);
  } finally {
    await db.destroy();
  }
  return caught;
}

/** A bare `node:http` server that answers the same bytes. */
export async function bareServer(bytes: number): Promise<{ port: number; close: () => void }> {
  const body = Buffer.alloc(bytes, 'x');
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}
