import { createHmac, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import { Refusal } from '../errors.ts';
import { sharedSecret } from '../people/secret.ts';
import type { Db, Tx } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { recordEvent } from '../platform/events.ts';
import { FROM_NOW } from './settings.ts';

/** What one link ends: one thread, the posts of one community, one dossier, all notices by mail, or the digest. */
export type Stream = 'thread' | 'community' | 'dossier' | 'notices' | 'digest';

interface Stop {
  personId: string;
  stream: Stream;
  thingId: string | null;
}

const STREAMS: readonly string[] = ['thread', 'community', 'dossier', 'notices', 'digest'];

/** What stop links are signed with. */
export function stopSecret(db: Db): Promise<string> {
  return sharedSecret(db, 'stop links');
}

/** The path that ends a stream of mails for its reader, whoever holds it: it came in his mail. */
export function stopPath(secret: string, { personId, stream, thingId }: Stop): string {
  const told = [personId, stream, ...(thingId ? [thingId] : [])].join('.');
  return `/stop/${told}.${signatureOf(secret, told)}`;
}

/** What a link ends. One that we did not sign is refused, whatever is wrong with it. */
export async function readStop(db: Db, token: string): Promise<Stop> {
  const dot = token.lastIndexOf('.');
  const told = token.slice(0, Math.max(0, dot));
  const [personId = '', stream = '', thingId = null, ...more] = told.split('.');
  const given = Buffer.from(token.slice(dot + 1));
  const right = Buffer.from(signatureOf(await stopSecret(db), told));
  const signed = given.length === right.length && timingSafeEqual(given, right);
  if (!signed || !isId(personId) || !STREAMS.includes(stream) || more.length > 0)
    throw new Refusal('not_found', 'bad_stop_link');
  return { personId, stream: stream as Stream, thingId };
}

/** A stream that was ended: what it was, and the rhythm that the digest had. */
export interface Stopped {
  stream: Stream;
  rhythm: string;
}

/** Ends the stream of a link. Needs no session, touches nothing else, and says nothing of anybody. */
export async function stopStream(tx: Tx, token: string): Promise<Stopped> {
  const { personId, stream, thingId } = await readStop(tx, token);
  const before = await tx
    .selectFrom('notice_settings')
    .select('digest')
    .where('person_id', '=', personId)
    .executeTakeFirst();
  if (stream === 'thread') await setThread(tx, personId, thingId, false);
  else if (stream === 'digest') await setDigest(tx, personId, 'none');
  else if (stream === 'notices') await setMail(tx, personId, false);
  else if (stream === 'dossier')
    await sql`delete from dossier_follows where person_id = ${personId} and dossier_id = ${thingId}::uuid`.execute(
      tx,
    );
  else {
    await sql`delete from notice_levels where person_id = ${personId} and community_id = ${thingId}::uuid
      and level = 'everything'`.execute(tx);
  }
  await record(tx, personId, stream, 'notices.stopped');
  return { stream, rhythm: before?.digest === 'week' ? 'week' : 'day' };
}

/** Takes it up again, as it was. */
export async function resumeStream(tx: Tx, token: string, rhythm: string): Promise<Stream> {
  const { personId, stream, thingId } = await readStop(tx, token);
  if (stream === 'thread') await setThread(tx, personId, thingId, true);
  else if (stream === 'digest') await setDigest(tx, personId, rhythm === 'week' ? 'week' : 'day');
  else if (stream === 'notices') await setMail(tx, personId, true);
  else if (stream === 'dossier')
    await sql`insert into dossier_follows (person_id, dossier_id)
      select p.id, d.id from people p, dossiers d where p.id = ${personId} and d.id = ${thingId}::uuid
      on conflict do nothing`.execute(tx);
  else {
    await sql`insert into notice_levels (person_id, community_id, level)
      select p.id, c.id, 'everything' from people p, communities c where p.id = ${personId} and c.id = ${thingId}::uuid
      on conflict do nothing`.execute(tx);
  }
  await record(tx, personId, stream, 'notices.resumed');
  return stream;
}

async function setThread(
  tx: Tx,
  personId: string,
  entryId: string | null,
  following: boolean,
): Promise<void> {
  await sql`insert into thread_follows (person_id, entry_id, following)
    select p.id, e.id, ${following} from people p, entries e where p.id = ${personId} and e.id = ${entryId}::uuid
    on conflict (person_id, entry_id) do update set following = excluded.following`.execute(tx);
}

async function setMail(tx: Tx, personId: string, mail: boolean): Promise<void> {
  await sql`insert into notice_settings (person_id, mail) select id, ${mail} from people where id = ${personId}
    on conflict (person_id) do update set mail = excluded.mail`.execute(tx);
}

async function setDigest(tx: Tx, personId: string, digest: 'none' | 'day' | 'week'): Promise<void> {
  await sql`insert into notice_settings (person_id, digest, digest_upto) select id, ${digest}, ${FROM_NOW} from people where id = ${personId}
    on conflict (person_id) do update set digest = excluded.digest, digest_due = null,
      digest_upto = case when notice_settings.digest = 'none' then ${FROM_NOW} else notice_settings.digest_upto end`.execute(
    tx,
  );
}

function record(tx: Tx, personId: string, stream: Stream, name: string): Promise<void> {
  return recordEvent(tx, { name, actorId: personId, subjectId: personId, data: { stream } });
}

function signatureOf(secret: string, told: string): string {
  return createHmac('sha256', secret).update(told).digest('base64url');
}
