import type { Actor } from '../actor.ts';
import { invalid, notFound } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';

/** Where a browser can be told, as its push service said. */
export interface Device {
  endpoint: string;
  p256dh: string;
  auth: string;
}

const KEY = /^[\w-]{16,200}={0,2}$/;

/** Tells this browser from now on; it ends with its session. A browser is told for one person only. */
export async function addDevice(tx: Tx, actor: Actor, sessionId: string, device: Device): Promise<void> {
  const { endpoint, p256dh, auth } = checked(device);
  await tx
    .deleteFrom('push_subscriptions')
    .where((eb) => eb.or([eb('endpoint', '=', endpoint), eb('session_id', '=', sessionId)]))
    .execute();
  await tx
    .insertInto('push_subscriptions')
    .values({ person_id: actor.id, session_id: sessionId, endpoint, p256dh, auth })
    .execute();
  await recordEvent(tx, { name: 'person.device_added', actorId: actor.id, subjectId: actor.id });
}

/**
 * The browser's push service gave it another address. Only a browser that asked to be told, in this very session, goes
 * on being told.
 */
export async function renewDevice(tx: Tx, actor: Actor, sessionId: string, device: Device): Promise<void> {
  const { endpoint, p256dh, auth } = checked(device);
  await tx
    .deleteFrom('push_subscriptions')
    .where('endpoint', '=', endpoint)
    .where('session_id', '<>', sessionId)
    .execute();
  const { numUpdatedRows } = await tx
    .updateTable('push_subscriptions')
    .set({ endpoint, p256dh, auth, lost_at: null })
    .where('session_id', '=', sessionId)
    .where('person_id', '=', actor.id)
    .executeTakeFirst();
  if (!numUpdatedRows) throw notFound();
  await recordEvent(tx, { name: 'person.device_renewed', actorId: actor.id, subjectId: actor.id });
}

function checked(device: Device): Device {
  const { endpoint, p256dh, auth } = device;
  const address = URL.parse(endpoint);
  if (!address || !/^https?:$/.test(address.protocol) || address.username || endpoint.length > 2_000)
    throw invalid('endpoint', 'bad_device');
  if (!KEY.test(p256dh) || !KEY.test(auth)) throw invalid('endpoint', 'bad_device');
  return device;
}

/** Tells this browser no longer. */
export async function removeDevice(tx: Tx, actor: Actor, sessionId: string): Promise<void> {
  const { numDeletedRows } = await tx
    .deleteFrom('push_subscriptions')
    .where('session_id', '=', sessionId)
    .where('person_id', '=', actor.id)
    .executeTakeFirst();
  if (!numDeletedRows) return;
  await recordEvent(tx, { name: 'person.device_removed', actorId: actor.id, subjectId: actor.id });
}

/** Whether this browser is told. */
export async function isTold(db: Db, actor: Actor, sessionId: string): Promise<boolean> {
  const row = await db
    .selectFrom('push_subscriptions')
    .select('id')
    .where('session_id', '=', sessionId)
    .where('person_id', '=', actor.id)
    .where('lost_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}
