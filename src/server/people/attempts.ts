import { sql } from 'kysely';
import { Refusal } from '../errors.ts';
import type { Db } from '../platform/db.ts';

/** At most `most` attempts under `key` in each window of `seconds`. */
export interface Limit {
  key: string;
  most: number;
  seconds: number;
}

/**
 * Counts one attempt under each limit, before it is made, so that attempts that run at once cannot slip through.
 * Refuses (`too_many`) when one is over; under the others a refused attempt is none. Else whoever goes on at one place,
 * refused there, would use up what an address is allowed from everywhere.
 */
export async function countAttempt(db: Db, limits: Limit[]): Promise<void> {
  const { rows } = await sql<{ key: string; count: number; wait: number }>`
    insert into attempts (key, window_start)
    select key, date_bin(make_interval(secs => seconds), now(), 'epoch')
    from ${asRows(limits)} order by key
    on conflict (key, window_start) do update set count = attempts.count + 1
    returning key, count, extract(epoch from now() - window_start)::int as wait`.execute(db);
  const waits = new Map(
    rows.flatMap(({ key, count, wait }): [string, number][] => {
      const limit = limits.find((one) => one.key === key);
      return limit && count > limit.most ? [[key, limit.seconds - wait]] : [];
    }),
  );
  if (waits.size === 0) return;
  await forgiveAttempt(
    db,
    limits.filter(({ key }) => !waits.has(key)),
  );
  throw new Refusal('too_many', 'too_many_attempts', undefined, Math.max(...waits.values()));
}

/** Takes one attempt back: it succeeded, and only failures count. */
export async function forgiveAttempt(db: Db, limits: Limit[]): Promise<void> {
  await sql`update attempts set count = greatest(count - 1, 0) from ${asRows(limits)}
    where attempts.key = limited.key
      and window_start = date_bin(make_interval(secs => seconds), now(), 'epoch')`.execute(db);
}

/**
 * The place that an address stands for, to count attempts by. Whoever has one IPv6 address has the 2^64 of its network,
 * a new one for each attempt. Some proxies write the port behind the address, others a word where they know none.
 */
export function placeOf(told: string): string {
  const ip = told.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^([\d.]+):\d+$/, '$1');
  const url = `http://[${ip.replace(/%.*/, '')}]`;
  if (!ip.includes(':') || !URL.canParse(url)) return ip.slice(0, 100);
  const address = new URL(url).hostname.slice(1, -1);
  // An IPv4 address in the words of IPv6 stands for itself.
  if (address.startsWith('::ffff:')) return address;
  const [head = '', tail = ''] = address.split('::');
  const [left, right] = [head, tail].map((part) => part.split(':').filter(Boolean)) as [string[], string[]];
  const zeros = Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
}

function asRows(limits: Limit[]) {
  const keys = limits.map(({ key }) => key);
  const seconds = limits.map((limit) => limit.seconds);
  return sql`unnest(${keys}::text[], ${seconds}::int[]) as limited (key, seconds)`;
}
