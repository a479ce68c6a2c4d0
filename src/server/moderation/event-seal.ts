import { createCipheriv, createDecipheriv } from 'node:crypto';
import { Refusal } from '../errors.ts';
import { sharedSecret } from '../people/secret.ts';
import type { Db } from '../platform/db.ts';

/** Turns the number of an event into an id, and back. */
export interface EventSeal {
  idOf(event: number): string;
  eventOf(id: string): number;
}

/**
 * Events are numbered one after the other, so two numbers tell how much happened in between, hidden things included:
 * they leave the house encrypted, one block each, in the shape of an id.
 */
export async function eventSeal(db: Db): Promise<EventSeal> {
  const key = Buffer.from(await sharedSecret(db, 'events'), 'base64url').subarray(0, 16);
  return {
    idOf(event) {
      const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
      const block = Buffer.alloc(16);
      block.writeBigUInt64BE(BigInt(event), 8);
      const hex = cipher.update(block).toString('hex');
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    },
    eventOf(id) {
      const decipher = createDecipheriv('aes-128-ecb', key, null).setAutoPadding(false);
      const block = decipher.update(Buffer.from(id.replaceAll('-', ''), 'hex'));
      const event = block.readBigUInt64BE(8);
      if (block.readBigUInt64BE(0) !== 0n || event > BigInt(Number.MAX_SAFE_INTEGER)) {
        throw new Refusal('invalid', 'bad_cursor', { cursor: 'bad_cursor' });
      }
      return Number(event);
    },
  };
}
