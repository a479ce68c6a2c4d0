import { sql } from 'kysely';
import type { Db, Tx } from '../platform/db.ts';
import type { StoredEvent } from '../platform/event-stream.ts';
import { ringFor } from '../platform/jobs.ts';
import { renameSome, type Called, type Progress } from './mentions.ts';

/** Name of the job, and of its queue. */
export const RENAME_MENTIONS = 'rename_mentions';

/** Texts gone through in one transaction, and handles that are looked for at once. */
const TEXTS_AT_ONCE = 200;
const HANDLES_AT_ONCE = 100;

/** Where somebody was given another handle, the job is rung. */
export async function forgetFormerHandles(tx: Tx, events: StoredEvent[]): Promise<void> {
  if (events.some(({ data }) => typeof data['formerHandle'] === 'string'))
    await ringFor(tx, RENAME_MENTIONS, RENAME_MENTIONS);
}

/**
 * Where people named somebody by the handle that he has given up, they name him by the one he has: else the link would
 * lead nowhere, or to whoever takes that handle next. Until it is done nobody does. All who changed theirs are looked for
 * at once, in short transactions that remember how far they came: a run that is killed is finished by the next.
 * @returns how many transactions it took
 */
export async function renameMentions(db: Db): Promise<number> {
  let batches = 0;
  while (await db.transaction().execute(nextBatch)) batches++;
  return batches;
}

interface Former extends Progress {
  handle: string;
  person_id: string;
  present: string;
}

/** Those that have come furthest go on first, with all that have come as far. */
async function nextBatch(tx: Tx): Promise<boolean> {
  const { rows } = await sql<Former>`select f.handle, f.person_id, f.stage, f.after, people.handle as present
    from former_handles f join people on people.id = f.person_id
    where (f.stage, f.after) = (select stage, after from former_handles order by stage desc, after desc limit 1)
    order by f.handle limit ${HANDLES_AT_ONCE} for update of f skip locked`.execute(tx);
  const [first] = rows;
  if (!first) return false;
  const renaming = {
    people: [...new Set(rows.map(({ person_id }) => person_id))],
    called: new Map(rows.map(({ handle, present }) => [handle, calledNow(present)])),
  };
  const next = await renameSome(tx, renaming, first, TEXTS_AT_ONCE);
  const handles = rows.map(({ handle }) => handle);
  await (
    next
      ? sql`update former_handles set stage = ${next.stage}, after = ${next.after}::text[]
          where handle = any(${handles}::text[])`
      : sql`delete from former_handles where handle = any(${handles}::text[])`
  ).execute(tx);
  return true;
}

function calledNow(handle: string): Called {
  const written = `@${handle}`;
  return { handle, written, linked: `<a href="/people/${handle}">${written}</a>` };
}

/** The handles that a person had, by which texts may still name him. Nobody goes on with them in the meantime. */
export async function formerHandlesOf(tx: Tx, personId: string): Promise<string[]> {
  const { rows } = await sql<{ handle: string }>`select handle from former_handles
    where person_id = ${personId} for update`.execute(tx);
  return rows.map(({ handle }) => handle);
}
