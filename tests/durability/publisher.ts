/** Publishes what is due in the database of DATABASE_URL, until it is done or killed. */
import { env } from '#env';
import { openDatabase } from '#server/platform/db.ts';
import { publishScheduled } from '#server/posts/schedule.ts';

const { db, close } = openDatabase(env.DATABASE_URL ?? '', 2);
await publishScheduled(db);
await close();
