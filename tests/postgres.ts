/** Databases of the test server, from outside any of them. */
import pg from 'pg';

/** The address of another database of the same server. */
export function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

/** Makes a database, like `template` where one is given. Nobody may be using that one. */
export async function createDatabase(server: string, name: string, template?: string): Promise<void> {
  const like = template ? ` template ${template} strategy file_copy` : '';
  await asMaster(server, `create database ${name} owner ${new URL(server).username}${like}`);
}

/** Removes a database from under whoever uses it. */
export async function dropDatabase(server: string, name: string): Promise<void> {
  await asMaster(server, `drop database if exists ${name} with (force)`);
}

/** The server's own workers may be at home in a database that is to go: only its master can ask them out. */
async function asMaster(server: string, statement: string): Promise<void> {
  const url = new URL(urlOf(server, 'postgres'));
  url.username = 'postgres';
  const client = new pg.Client(url.href);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
