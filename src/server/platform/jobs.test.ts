import pg from 'pg';
import { afterAll, expect, inject, test } from 'vitest';
import { createDatabase, dropDatabase, urlOf } from '../../../tests/postgres.ts';
import { startJobs } from './jobs.ts';

const server = inject('postgres');
const name = 'jobs_lost';
await createDatabase(server, name, 'empty');
afterAll(() => dropDatabase(server, name));
const [url, aside] = [urlOf(server, name), urlOf(server, 'postgres')];

/** From the server's own place: the database takes nobody in, and whoever is there is put out; or takes people in again. */
async function letIn(yes: boolean): Promise<void> {
  const client = new pg.Client(aside);
  await client.connect();
  await client.query(`alter database ${pg.escapeIdentifier(name)} with allow_connections ${yes}`);
  if (!yes) {
    // The server's own workers may be at home there, and are not ours to put out.
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename = current_user',
      [name],
    );
  }
  await client.end();
}

test.each(['done', 'failed'])(
  'a job that is %s while the database is away ends nothing but itself',
  async (end) => {
    let began = 0;
    const lost = Promise.withResolvers<void>();
    const jobs = startJobs(url, [
      {
        name: `lost_${end}`,
        run: async () => {
          began += 1;
          if (began > 1) return;
          await letIn(false);
          lost.resolve();
          if (end === 'failed') throw new Error('while it was away');
        },
      },
    ]);
    const rung = new pg.Client(url);
    await rung.connect();
    rung.on('error', () => undefined);
    await expect
      .poll(() =>
        rung.query(`select graphile_worker.add_job('lost_${end}')`).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    await lost.promise;
    await letIn(true);
    const after = new pg.Client(url);
    await after.connect();
    const waiting = `select count(*)::int as left from graphile_worker.jobs where locked_at is not null`;
    await expect.poll(async () => (await after.query(waiting)).rows[0].left, { timeout: 15_000 }).toBe(0);
    await after.end();
    await jobs.stop();
  },
);
