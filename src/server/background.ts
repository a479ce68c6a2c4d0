/** What a process does without being asked: the consequences of events, and the jobs that come with time. */
import { drawConsequences } from './consequences.ts';
import { sweepFiles } from './files/sweep.ts';
import { pollBlogs } from './import/poll.ts';
import { runImports } from './import/run-asked.ts';
import { openMailIn } from './mail-in/open.ts';
import { purgeMailsTaken } from './mail-in/taken.ts';
import { deliverDue, purgeDeliveries } from './notifications/deliver.ts';
import { prepareDigests } from './notifications/digest.ts';
import { sendMails } from './notifications/send-mails.ts';
import { readPages } from './clips/read.ts';
import { READ_PAGES } from './desk/keep.ts';
import { purgeDesks } from './desk/remove.ts';
import { purgeDossiers } from './dossiers/found.ts';
import { RENAME_MENTIONS, renameMentions } from './erasure/former-handle.ts';
import { fetchCards } from './links/fetch.ts';
import { UNFOLD_LINKS } from './links/note.ts';
import { purgeAccounts } from './people/purge.ts';
import { onRing } from './platform/doorbell.ts';
import { inTransaction, type Db } from './platform/db.ts';
import { startJobs, type Job } from './platform/jobs.ts';
import { log } from './platform/log.ts';
import { purgeIdempotencyKeys } from './platform/api/idempotency.ts';
import { meltOldChanges } from './pages/changes.ts';
import { purgeDeleted } from './posts/remove.ts';
import { keepHolidays } from './quiet/calendar.ts';
import { SKETCH_TEXTS, sketchTexts, sketchWaiting } from './twins/sketch.ts';
import { sendPushes } from './push/send.ts';
import { publishScheduled } from './posts/schedule.ts';
import { LOOK_AT_SOURCES, lookAtSources, SOURCES } from './sources/first-reading.ts';
import { turnWeeks } from './weeks/turn.ts';
import { weekWords } from './weeks/words.ts';
import { pollSources } from './sources/poll.ts';
import { purgeSources } from './sources/purge.ts';

const LOOK_EVERY_MILLISECONDS = 1_000;

/** Starts it, on a database that is there or will be. */
export function startBackground(db: Db, url: string): { stop(): Promise<void> } {
  const consequences = keepDrawing(db);
  const jobs = startJobs(url, jobsOf(db));
  const mailIn = openMailIn(db);
  return {
    async stop() {
      await Promise.all([consequences.stop(), jobs.stop(), mailIn.stop()]);
    },
  };
}

function jobsOf(db: Db): Job[] {
  return [
    { name: 'purge_deleted', cron: '20 3 * * *', run: () => inTransaction(db, purgeDeleted) },
    { name: 'poll_blogs', cron: '*/5 * * * *', run: () => pollBlogs(db).then(() => undefined) },
    { name: 'purge_accounts', cron: '40 3 * * *', run: () => inTransaction(db, purgeAccounts) },
    { name: 'publish_scheduled', cron: '* * * * *', run: () => publishScheduled(db).then(() => undefined) },
    { name: 'melt_page_changes', cron: '15 4 * * *', run: () => inTransaction(db, meltOldChanges) },
    { name: 'sweep_files', cron: '30 2,14 * * *', run: () => sweepFiles(db) },
    { name: 'send_mails', cron: '* * * * *', run: () => sendDue(db) },
    {
      name: 'send_pushes',
      cron: '* * * * *',
      run: () => deliverDue(db, 'push', sendPushes()).then(() => undefined),
    },
    { name: 'turn_weeks', cron: '*/5 * * * *', run: () => turnWeeks(db).then(() => undefined) },
    { name: 'purge_deliveries', cron: '50 3 * * *', run: () => inTransaction(db, purgeDeliveries) },
    { name: 'purge_mails_taken', cron: '55 3 * * *', run: () => inTransaction(db, purgeMailsTaken) },
    { name: UNFOLD_LINKS, cron: '* * * * *', run: () => fetchCards(db) },
    { name: READ_PAGES, cron: '* * * * *', queue: READ_PAGES, run: () => readPages(db) },
    { name: 'purge_dossiers', cron: '45 3 * * *', run: () => inTransaction(db, purgeDossiers) },
    { name: 'purge_desks', cron: '25 3 * * *', run: () => inTransaction(db, purgeDesks) },
    {
      name: 'poll_sources',
      cron: '* * * * *',
      queue: SOURCES,
      run: () => pollSources(db).then(() => undefined),
    },
    {
      name: LOOK_AT_SOURCES,
      cron: '* * * * *',
      queue: SOURCES,
      run: () => lookAtSources(db).then(() => undefined),
    },
    { name: 'purge_sources', cron: '35 3 * * *', run: () => inTransaction(db, purgeSources) },
    { name: SKETCH_TEXTS, cron: '*/2 * * * *', run: () => sketchWaiting(db) },
    { name: 'sketch_missed_texts', cron: '*/10 * * * *', run: () => sketchTexts(db) },
    {
      name: RENAME_MENTIONS,
      cron: '* * * * *',
      queue: RENAME_MENTIONS,
      run: () => renameMentions(db).then(() => undefined),
    },
    { name: 'run_imports', cron: '* * * * *', run: () => runImports(db) },
    { name: 'keep_holidays', cron: '50 3 1 * *', run: () => inTransaction(db, keepHolidays) },
    {
      name: 'purge_idempotency_keys',
      cron: '10 * * * *',
      run: () => inTransaction(db, purgeIdempotencyKeys),
    },
  ];
}

async function sendDue(db: Db): Promise<void> {
  await prepareDigests(db);
  await deliverDue(db, 'mail', sendMails(new Date(), weekWords));
}

/** Draws consequences after each commit of this process, and looks every second for those of others. */
function keepDrawing(db: Db): { stop(): Promise<void> } {
  let under: Promise<void> | undefined;
  let wanted = false;
  const draw = () => {
    wanted = true;
    under ??= (async () => {
      while (wanted) {
        wanted = false;
        await drawConsequences(db).catch((error: unknown) => log.debug('consequences wait', { error }));
      }
    })().finally(() => (under = undefined));
  };
  const stopListening = onRing(draw);
  const timer = setInterval(draw, LOOK_EVERY_MILLISECONDS);
  return {
    async stop() {
      stopListening();
      clearInterval(timer);
      await under;
    },
  };
}
