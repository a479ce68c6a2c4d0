/** Databases of the test server, from outside any of them. */
import pg from 'pg';

/** The address of another database of the same server. */
export function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

/** Runs one statement that stands in no transaction: creating and dropping databases. */
export async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client(urlOf(server, 'postgres'));
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
