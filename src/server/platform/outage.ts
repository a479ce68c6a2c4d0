import { Refusal } from '../errors.ts';
import { log } from './log.ts';

/** Connection exceptions, resources gone, the server going down or coming up: the database's own words. */
const AWAY_STATES = /^(08...|53[23]00|57P0[1-5])$/;
const AWAY_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EHOSTUNREACH',
]);
const AWAY_WORDS =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** True where the database could not be reached, or went away in the middle: worth another try, and nobody's mistake. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return AWAY_STATES.test(code) || AWAY_CODES.has(code) || AWAY_WORDS.test(error.message);
}

/** What a full disk is to whoever wanted something kept: nothing of it is, and his text is still before him. */
export function fullDisk(error: unknown): Refusal | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code !== '53100' && code !== 'ENOSPC') return null;
  log.error('no space is left on the disk', { error: (error as Error).message });
  return new Refusal('unavailable', 'disk_full');
}
