import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Compilable } from 'kysely';
import pg from 'pg';
import type { Db } from '#server/platform/db.ts';

/** The same SQL through the bare driver, planned once per connection, as the product plans it. */
export class BareDriver {
  readonly #pool: pg.Pool;

  constructor(url: string, connections: number) {
    this.#pool = new pg.Pool({ connectionString: url, max: connections, options: '-c max_parallel_workers_per_gather=0 -c jit=off' });
  }

  /** What a query does, over and over. */
  repeat(queries: { sql: string; parameters: readonly unknown[] }[]): () => Promise<void> {
    const named = queries.map(({ sql, parameters }, index) => ({ name: `bare${index}`, text: sql, values: [...parameters] }));
    return async () => {
      for (const query of named) await this.#pool.query(query);
    };
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}

/** Catches the SQL that a capability runs, to run the very same without it. */
export async function sqlOf(db: Db, read: (db: Db) => Promise<unknown>): Promise<{ sql: string; parameters: readonly unknown[] }[]> {
  const caught: { sql: string; parameters: readonly unknown[] }[] = [];
  const listening = db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: ({ result }) => Promise.resolve(result),
  });
  const executor = listening.getExecutor();
  const compile = executor.compileQuery.bind(executor);
  Object.assign(executor, {
    compileQuery: (...args: Parameters<typeof compile>) => {
      const compiled = compile(...args);
      caught.push({ sql: compiled.sql, parameters: compiled.parameters });
      return compiled;
    },
  });
  await read(listening as Db & Compilable<unknown>);
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
