import { sql } from 'kysely';
import webpush from 'web-push';
import { env } from '#env';
import type { Delivery, Send } from '../notifications/deliver.ts';
import { standing } from '../notifications/sight.ts';
import { wanted } from '../notifications/tell.ts';
import { mailAddress } from '../people/address.ts';
import { inTransaction, type Db } from '../platform/db.ts';
import { FetchRefused, postGuarded } from '../platform/fetcher.ts';
import { pushKeys, type PushKeys } from './keys.ts';

interface Ring {
  delivery: string;
  /** Of the latest notice; null where nothing is left to say. */
  notice: string | null;
  devices: { id: string; endpoint: string; p256dh: string; auth: string }[] | null;
}

const AT_ONCE = 8;
/** Who is away longer reads it on the page. */
const KEPT_SECONDS = 86_400;
const PATIENCE = { totalMs: 10_000, idleMs: 5_000, maxBytes: 50_000 };

/**
 * Rings the devices of these people. What travels is a name and an id, sealed for the device alone; its worker reads the
 * words with its own right when it rings. A device that its push service knows no longer is left alone until it has
 * another address.
 */
export function sendPushes(): Send {
  return async (db, deliveries, tell) => {
    if (deliveries.length === 0) return;
    const [rings, keys, address] = await Promise.all([
      readRings(db, deliveries),
      pushKeys(db),
      mailAddress(db),
    ]);
    const found = new Map(rings.map((ring) => [ring.delivery, ring]));
    const left = [...deliveries];
    const work = async () => {
      for (let next = left.shift(); next; next = left.shift()) {
        const ring = found.get(next.id);
        if (!ring?.notice || !ring.devices) await tell(next, { dropped: 'nothing to say' });
        else await tell(next, await ringDevices(db, ring, keys, subjectOf(address)));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  };
}

/** The latest notice of each that still stands, and the devices whose session lives. */
async function readRings(db: Db, deliveries: Delivery[]): Promise<Ring[]> {
  const { rows } = await sql<Ring>`select d.id as delivery,
      (select n.id from delivery_notices link join notifications n on n.id = link.notification_id
        where link.delivery_id = d.id and n.read_at is null and ${wanted('n')} and ${standing()}
        order by n.created_at desc, n.id desc limit 1) as notice,
      (select json_agg(json_build_object('id', s.id, 'endpoint', s.endpoint, 'p256dh', s.p256dh, 'auth', s.auth))
        from push_subscriptions s join auth_session on auth_session.id = s.session_id
        where s.person_id = d.person_id and s.lost_at is null and auth_session."expiresAt" > now()) as devices
    from deliveries d join people viewer on viewer.id = d.person_id and viewer.status = 'active'
    where d.id = any(${deliveries.map(({ id }) => id)}::uuid[])`.execute(db);
  return rows;
}

async function ringDevices(db: Db, { notice, devices }: Ring, keys: PushKeys, subject: string) {
  const payload = JSON.stringify({ name: 'notice', id: notice });
  const answers = await Promise.all(
    (devices ?? []).map(async ({ id, endpoint, p256dh, auth }) => {
      try {
        const subscription = { endpoint, keys: { p256dh, auth } };
        const { headers, body } = webpush.generateRequestDetails(subscription, payload, {
          vapidDetails: { subject, ...keys },
          TTL: KEPT_SECONDS,
        });
        await postGuarded(endpoint, body, { ...PATIENCE, allow: env.FETCH_ALLOW, headers: textual(headers) });
        return null;
      } catch (error) {
        if (isGone(error)) await lose(db, id);
        return error instanceof Error ? error.message : String(error);
      }
    }),
  );
  if (answers.includes(null)) return { sent: null };
  const trouble = answers.find((answer) => answer !== null) ?? 'no device';
  return (await anyLeft(db, devices ?? [])) ? { later: trouble } : { dropped: trouble };
}

function isGone(error: unknown): boolean {
  // What cannot be sealed for a device, or stands at a forbidden address, never will be.
  if (!(error instanceof FetchRefused)) return true;
  return error.status === 404 || error.status === 410 || error.code === 'address' || error.code === 'scheme';
}

async function lose(db: Db, id: string): Promise<void> {
  await inTransaction(db, (tx) =>
    tx.updateTable('push_subscriptions').set({ lost_at: new Date() }).where('id', '=', id).execute(),
  );
}

async function anyLeft(db: Db, devices: { id: string }[]): Promise<boolean> {
  const ids = devices.map(({ id }) => id);
  const row = ids.length
    ? await db
        .selectFrom('push_subscriptions')
        .select('id')
        .where('id', 'in', ids)
        .where('lost_at', 'is', null)
        .executeTakeFirst()
    : undefined;
  return row !== undefined;
}

function textual(headers: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

/** Whom a push service may write to about what this network sends. */
function subjectOf(address: string): string {
  const url = URL.parse(address);
  return url?.protocol === 'https:' ? url.origin : `mailto:essaim@${url?.hostname ?? 'localhost'}`;
}
