/**
 * The smallest server that keeps the promise under test, straight on the embedded database: what it loses, the database
 * loses. It answers like the API: `POST /api/v1/posts`, `GET /api/v1/posts/ID`, `/readyz`.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import pg from 'pg';
import { startEmbedded } from '#server/platform/postgres/embedded.ts';

const { url, stop } = await startEmbedded({
  dataDir: process.env.DATA_DIR!,
  server: true,
  onLost: () => process.exit(1),
});
const pool = new pg.Pool({ connectionString: url });
pool.on('error', () => {});
await pool.query(`create table if not exists posts (
  id uuid primary key default uuidv7(), key text unique not null, body text not null)`);

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = (status: number, body: unknown) => void response.writeHead(status).end(JSON.stringify(body));
  try {
    if (request.method === 'POST') {
      const { body } = (await json(request)) as { body: string };
      const { rows } = await pool.query(
        `insert into posts (key, body) values ($1, $2) on conflict (key) do update set key = excluded.key returning id`,
        [request.headers['idempotency-key'], body],
      );
      return answer(201, rows[0]);
    }
    if (request.url === '/readyz') return answer(200, (await pool.query('select 1')).rows);
    const { rows } = await pool.query('select id, body from posts where id = $1', [
      request.url?.split('/').at(-1),
    ]);
    return answer(rows[0] ? 200 : 404, rows[0] ?? {});
  } catch {
    answer(503, {});
  }
}

const server = createServer((request, response) => void serve(request, response)).listen(
  Number(process.env.PORT),
);

await once(process, 'SIGTERM');
server.close();
server.closeAllConnections();
await pool.end();
await stop();
process.exit(0);
