import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { isPlannedOnce, type Db } from '#server/platform/db.ts';
import type { DB } from '#server/platform/schema.ts';

/** The same SQL through the bare driver, planned as the product plans it. */
export class BareDriver {
  readonly #pool: pg.Pool;
  readonly #queries: pg.QueryConfig[];

  constructor(url: string, connections: number, queries: Queries) {
    const mode = queries.some(({ sql }) => isPlannedOnce(sql)) ? 'force_generic_plan' : 'auto';
    this.#pool = new pg.Pool({
      connectionString: url,
      max: connections,
      options: `-c max_parallel_workers_per_gather=0 -c jit=off -c plan_cache_mode=${mode}`,
    });
    this.#queries = queries.map(({ sql, parameters }, index) => ({
      name: `bare${index}`,
      text: sql,
      values: [...parameters],
    }));
  }

  /** What a read does. */
  async read(): Promise<void> {
    for (const query of this.#queries) await this.#pool.query(query);
  }

  /** The same in a transaction of its own: begin, the statements, commit. */
  async write(): Promise<void> {
    const client = await this.#pool.connect();
    await client.query('begin');
    for (const query of this.#queries) await client.query(query);
    await client.query('commit');
    client.release();
  }

  close(): Promise<void> {
    return this.#pool.end();
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
