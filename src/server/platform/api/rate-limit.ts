import { env } from '#env';
import { Refusal } from '../../errors.ts';

/**
 * How much one person may ask of one process: `perSecond` for ever, `burst` at once. N processes allow N times that;
 * it protects the machine, and is no quota.
 */
class Limit {
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #buckets = new Map<string, { left: number; at: number }>();

  constructor(perSecond: number, burst: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
  }

  /** Takes one; answers how many seconds to wait where there is none. */
  take(who: string, now: number): number {
    const bucket = this.#buckets.get(who);
    const left = bucket
      ? Math.min(this.#burst, bucket.left + ((now - bucket.at) / 1000) * this.#perSecond)
      : this.#burst;
    if (left < 1) return (1 - left) / this.#perSecond;
    if (bucket) Object.assign(bucket, { left: left - 1, at: now });
    else this.#buckets.set(who, { left: left - 1, at: now });
    if (this.#buckets.size > 10_000) this.#forgetFull(now);
    return 0;
  }

  #forgetFull(now: number): void {
    const refilled = (this.#burst / this.#perSecond) * 1000;
    for (const [who, bucket] of this.#buckets) if (now - bucket.at > refilled) this.#buckets.delete(who);
  }
}

let limits: { reads: number; read: Limit; write: Limit } | undefined;

/** Refuses (`too_many`) whoever asks more than his share. `RATE_LIMIT` moves the limit; 0 takes it away. */
export function refuseTooMany(who: string, method: string): void {
  const reads = env.RATE_LIMIT;
  if (reads === 0) return;
  if (limits?.reads !== reads) limits = limitsOf(reads);
  const limit = method === 'GET' || method === 'HEAD' ? limits.read : limits.write;
  const wait = limit.take(who, performance.now());
  if (wait > 0) throw new Refusal('too_many', 'rate_limited', undefined, Math.ceil(wait));
}

/** Reads per second; a quarter of that for writes; four seconds' worth at once. */
function limitsOf(reads: number) {
  const writes = reads / 4;
  return { reads, read: new Limit(reads, reads * 4), write: new Limit(writes, writes * 4) };
}
