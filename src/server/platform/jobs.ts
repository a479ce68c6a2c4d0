import { EventEmitter } from 'node:events';
import { Logger, parseCrontab, run, type Runner, type TaskList, type WorkerEvents } from 'graphile-worker';
import { sql } from 'kysely';
import pg from 'pg';
import type { Tx } from './db.ts';
import { log } from './log.ts';

/** A piece of work that the queue rings for: the work itself lives with its noun. */
export interface Job {
  name: string;
  /** When it comes by itself, as a crontab says it, UTC. */
  cron?: string;
  /** Those of one queue follow each other, and so take one place among the jobs that run at once. */
  queue?: string;
  run: (payload: unknown) => Promise<void>;
}

/**
 * Rings for a job that has a crontab, so that it need not wait for its time. Once is enough for all who ring before it
 * has begun. Where no process has worked off the queue yet there is no queue either, and its time will come.
 */
export async function ringFor(tx: Tx, job: string, queue?: string): Promise<void> {
  const { rows } = await sql<{
    there: boolean;
  }>`select to_regnamespace('graphile_worker') is not null as there`.execute(tx);
  if (rows[0]?.there)
    await sql`select graphile_worker.add_job(${job}, job_key => ${job},
    queue_name => ${queue ?? null})`.execute(tx);
}

/**
 * The end of a job is written down in a batch of one: alone, where the database is gone in that moment, nobody hears of
 * the failure, which ends the process.
 */
const SURVIVING = { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } };

/** Longer than any job takes. Work is safe to do twice. */
const LOST = '15 minutes';

/** Gives back what somebody had taken who is not there any more: by itself that would take four hours. */
const RELEASE = {
  name: 'release_lost_jobs',
  cron: '*/5 * * * *',
  sql: `select graphile_worker.force_unlock_workers(array_agg(distinct locked_by))
    from graphile_worker.jobs where locked_at < now() - interval '${LOST}' or locked_by = any($1::text[])`,
};

const AGAIN_AFTER_MILLISECONDS = 2_000;

/**
 * Works off the queue in this process until told to stop. A database that goes away is waited for: jobs are kept
 * there, and one that was under way is tried again.
 */
export function startJobs(url: string, jobs: Job[]): { stop(): Promise<void> } {
  const pool = new pg.Pool({ connectionString: url, max: 3 });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const release = async (own: string[]) => void (await pool.query(RELEASE.sql, [own]));
  const all = [...jobs, { ...RELEASE, run: () => release([]) }];
  const taskList: TaskList = Object.fromEntries(all.map((job) => [job.name, (payload) => job.run(payload)]));
  const crontab = all.flatMap(crontabOf).join('\n');
  const events: WorkerEvents = new EventEmitter();
  /** Under which names this process has worked. */
  const names: string[] = [];
  events.on('pool:create', ({ workerPool }) => names.push(workerPool.id));
  let stopped = false;
  /** Only what went wrong is worth a line; what the end of the process cuts short is tried again. */
  const logger = new Logger(() => (level, message) => {
    if (level === 'error') log[stopped ? 'debug' : 'error']('job', { message });
  });
  let runner: Runner | undefined;
  let again: NodeJS.Timeout | undefined;

  const start = async () => {
    try {
      if (names.length > 0) await release(names);
      runner = await run({
        pgPool: pool,
        taskList,
        parsedCronItems: parseCrontab(crontab),
        concurrency: 2,
        noHandleSignals: true,
        logger,
        preset: SURVIVING,
        events,
      });
      if (stopped) return void (await runner.stop());
      await runner.promise;
    } catch (error) {
      log.debug('jobs interrupted', { error });
    }
    if (!stopped) again = setTimeout(startAgain, AGAIN_AFTER_MILLISECONDS);
  };
  let working = start();
  function startAgain(): void {
    working = start();
  }

  return {
    async stop() {
      stopped = true;
      clearTimeout(again);
      await runner?.stop().catch(() => undefined);
      // One that has only begun to work needs the pool until it has stopped.
      await working;
      await pool.end();
    },
  };
}

/** One that is still to begin is not asked for twice. */
function crontabOf({ name, cron, queue }: Job): string[] {
  if (!cron) return [];
  return [`${cron} ${name} ?max=3${queue ? `&queue=${queue}&jobKey=${name}` : ''}`];
}
