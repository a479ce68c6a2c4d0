import { sql } from 'kysely';
import type { Tx } from '../platform/db.ts';
import type { StoredEvent } from '../platform/event-stream.ts';
import { renameMentions } from './mentions.ts';

/**
 * Where people named somebody by the handle that he has given up, they name him by the one he has: else the link would
 * lead nowhere, or to whoever takes that handle next.
 */
export async function forgetFormerHandles(tx: Tx, events: StoredEvent[]): Promise<void> {
  for (const { subject_id: id, data } of events) {
    if (typeof data['formerHandle'] === 'string') await rename(tx, id, data['formerHandle']);
  }
}

async function rename(tx: Tx, id: string, former: string): Promise<void> {
  const { rows } = await sql<{ handle: string }>`select handle from people
    where id = ${id} and handle <> ${former} and status <> 'erased'`.execute(tx);
  const handle = rows[0]?.handle;
  if (!handle) return;
  const written = `@${handle}`;
  await renameMentions(
    tx,
    { id, handle: former },
    { handle, written, linked: `<a href="/people/${handle}">${written}</a>` },
  );
}
