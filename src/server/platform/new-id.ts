import { randomInt, randomUUID } from 'node:crypto';

let moment = 0;
let turn = 0;

/**
 * An id (UUID, version 7) behind all that this process has made before. Those of the platform are in order from one
 * millisecond to the next only: what is said twice in the same one would be read in an order left to chance. Turns
 * begin and go on by chance, so that none tells whether something was made before it.
 */
export function newId(): string {
  const now = Date.now();
  turn = now > moment ? randomInt(2048) : turn + randomInt(1, 17);
  moment = Math.max(now, moment + (turn >> 12));
  turn &= 0xfff;
  const [stamp, place] = [moment.toString(16).padStart(12, '0'), turn.toString(16).padStart(3, '0')];
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${place}-${randomUUID().slice(19)}`;
}
