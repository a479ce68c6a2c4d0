import { sql } from 'kysely';
import { inTransaction, type Db, type Tx } from '../platform/db.ts';
import { insistedOn } from '../quiet/insisted.ts';
import { ringsAt } from '../quiet/rings.ts';

/** Something that is to reach a person outside the network. Its words are read when it leaves. */
export interface Delivery {
  id: string;
  personId: string;
  what: 'notice' | 'digest';
  /** The entry, or the community, that its notices are about; null for a digest. */
  thingId: string | null;
  attempts: number;
  /** When whoever was to take it first put it off; null where nobody has. */
  putOffAt: Date | null;
}

/** What became of one. */
export type Fate =
  | { sent: string | null; with?: (tx: Tx) => Promise<void> }
  /** Nothing is left to say, or nobody to say it to. */
  | { dropped: string; with?: (tx: Tx) => Promise<void> }
  | { later: string };

/**
 * Sends some of them, and says what became of each as soon as it knows. Throws, or says nothing of some: those are tried
 * again later.
 */
export type Send = (
  db: Db,
  deliveries: Delivery[],
  tell: (delivery: Delivery, fate: Fate) => Promise<void>,
) => Promise<void>;

const BATCH = 200;
/** Longer than any batch takes. Whoever is killed meanwhile leaves what he had taken to the next, after that long. */
const LEASE_MINUTES = 15;
const AGAIN_AFTER_MINUTES = [1, 5, 15, 60, 120, 240, 480];
/** Counted from the first time that it is put off: what waited for its reader's hours was not tried. */
const DAYS_OF_TRYING = 7;
/** Longer than a weekend with its holidays: who comes back from it is tried anew. */
const DAYS_AWAY = 4;

/**
 * Sends what is due on a channel to those who may be rung at `now`; what others are to get waits for their hours, unless
 * somebody insisted. Any
 * number of processes may do it at once. Each is sent once; only a process that ends between the acceptance of a message
 * and the note of it, or loses its database just then, lets that one message be sent again.
 * @returns how many were settled
 */
export async function deliverDue(
  db: Db,
  channel: 'mail' | 'push',
  send: Send,
  now = new Date(),
): Promise<number> {
  let taken = 0;
  for (;;) {
    const { deliveries, more } = await inTransaction(db, (tx) => takeDue(tx, channel, now));
    const open = new Map(deliveries.map((delivery) => [delivery.id, delivery]));
    try {
      if (open.size > 0) {
        await send(db, deliveries, async (delivery, fate) => {
          await inTransaction(db, (tx) => settle(tx, delivery, fate, now));
          open.delete(delivery.id);
        });
      }
    } finally {
      await leave(db, [...open.keys()], now);
    }
    taken += deliveries.length - open.size;
    // Nothing leaves any more: what is behind is not even tried.
    if (open.size > 0) return taken;
    if (!more) return taken;
  }
}

async function takeDue(
  tx: Tx,
  channel: string,
  now: Date,
): Promise<{ deliveries: Delivery[]; more: boolean }> {
  const { rows: due } = await sql<{
    id: string;
    personId: string;
    insisted: boolean;
  }>`select id, person_id as "personId", ${insistedOn()} as insisted from deliveries
    where channel = ${channel} and due_at <= ${now} and sent_at is null and dropped_at is null
    order by due_at limit ${BATCH} for update skip locked`.execute(tx);
  if (due.length === 0) return { deliveries: [], more: false };
  const rings = await ringsAt(tx, [...new Set(due.map(({ personId }) => personId))], now);
  const moment = ({ personId, insisted }: (typeof due)[number]) =>
    insisted ? now : (rings.get(personId) ?? now);
  const waiting = due.filter((one) => moment(one) > now);
  const ready = due.filter((one) => moment(one) <= now);
  await sql`update deliveries set due_at = waiting.at, put_off_at =
      case when waiting.at <= ${now}::timestamptz + make_interval(days => ${DAYS_AWAY}) then put_off_at end
    from unnest(${waiting.map(({ id }) => id)}::uuid[], ${waiting.map(moment)}::timestamptz[]) waiting(id, at)
    where deliveries.id = waiting.id`.execute(tx);
  const { rows } = await sql<Delivery>`update deliveries set attempts = attempts + 1,
      due_at = ${now}::timestamptz + make_interval(mins => ${LEASE_MINUTES})
    where id = any(${ready.map(({ id }) => id)}::uuid[])
    returning id, person_id as "personId", what, thing_id as "thingId", attempts, put_off_at as "putOffAt"`.execute(
    tx,
  );
  return { deliveries: rows, more: due.length === BATCH };
}

async function settle(tx: Tx, { id, attempts, putOffAt }: Delivery, fate: Fate, now: Date): Promise<void> {
  if ('sent' in fate) {
    await sql`update deliveries set sent_at = ${now}, message_id = ${fate.sent}, error = null where id = ${id}`.execute(
      tx,
    );
    await fate.with?.(tx);
  } else if ('dropped' in fate) {
    await sql`update deliveries set dropped_at = ${now}, error = ${fate.dropped} where id = ${id}`.execute(
      tx,
    );
    await fate.with?.(tx);
  } else if (putOffAt && now.getTime() - putOffAt.getTime() > DAYS_OF_TRYING * 86_400_000) {
    await sql`update deliveries set dropped_at = ${now}, error = ${fate.later} where id = ${id}`.execute(tx);
  } else {
    const minutes = AGAIN_AFTER_MINUTES[attempts - 1] ?? 720;
    await sql`update deliveries set due_at = ${now}::timestamptz + make_interval(mins => ${minutes}),
      put_off_at = coalesce(put_off_at, ${now}), error = ${fate.later} where id = ${id}`.execute(tx);
  }
}

async function leave(db: Db, ids: string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await sql`update deliveries set due_at = ${now}::timestamptz + interval '1 minute', attempts = greatest(1, attempts - 1)
    where id = any(${ids}::uuid[])`.execute(db);
}

/** Forgets what was done with more than 90 days ago. */
export async function purgeDeliveries(tx: Tx): Promise<void> {
  await sql`delete from deliveries where created_at < now() - interval '90 days'
    and (sent_at is not null or dropped_at is not null)`.execute(tx);
}
