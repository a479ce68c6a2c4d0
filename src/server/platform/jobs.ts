import { Logger, parseCrontab, run, type Runner, type TaskList } from 'graphile-worker';
import pg from 'pg';
import { log } from './log.ts';

/** A piece of work that the queue rings for: the work itself lives with its noun. */
export interface Job {
  name: string;
  /** When it comes by itself, as a crontab says it, UTC. */
  cron?: string;
  run: (payload: unknown) => Promise<void>;
}

/** Only what went wrong is worth a line. */
const quietLogger = new Logger(() => (level, message) => {
  if (level === 'error') log.error('job', { message });
});

const AGAIN_AFTER_MILLISECONDS = 2_000;

/**
 * Works off the queue in this process until told to stop. A database that goes away is waited for: jobs are kept
 * there, and one that was under way is tried again.
 */
export function startJobs(url: string, jobs: Job[]): { stop(): Promise<void> } {
  const taskList: TaskList = Object.fromEntries(jobs.map((job) => [job.name, (payload) => job.run(payload)]));
  const crontab = jobs.flatMap((job) => (job.cron ? [`${job.cron} ${job.name} ?max=3`] : [])).join('\n');
  const pool = new pg.Pool({ connectionString: url, max: 3 });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  let stopped = false;
  let runner: Runner | undefined;
  let again: NodeJS.Timeout | undefined;

  const start = async () => {
    try {
      runner = await run({
        pgPool: pool,
        taskList,
        parsedCronItems: parseCrontab(crontab),
        concurrency: 2,
        noHandleSignals: true,
        logger: quietLogger,
      });
      if (stopped) return void (await runner.stop());
      await runner.promise;
    } catch (error) {
      log.debug('jobs interrupted', { error });
    }
    if (!stopped) again = setTimeout(() => void start(), AGAIN_AFTER_MILLISECONDS);
  };
  void start();

  return {
    async stop() {
      stopped = true;
      clearTimeout(again);
      await runner?.stop().catch(() => undefined);
      await pool.end();
    },
  };
}
