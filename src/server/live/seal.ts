import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { sharedSecret } from '../people/secret.ts';
import type { Db } from '../platform/db.ts';
import type { Position } from '../platform/live-events.ts';

const NONCE = 12;
const PLACE = 24;
const TAG = 16;

/** A place in the event table, and when it was the latest. */
export interface Mark extends Position {
  at: number;
}

/**
 * Makes the ids of signals. Places count what happens on the network, hidden things included: they leave the house
 * encrypted, each time differently, so that two ids tell nothing, not even whether they are the same place.
 */
export class Seal {
  readonly #key: Buffer;

  constructor(key: Buffer) {
    this.#key = key;
  }

  /** With the key that every process of the network shares. */
  static async of(db: Db): Promise<Seal> {
    return new Seal(Buffer.from(await sharedSecret(db, 'live'), 'base64url'));
  }

  close({ transaction, id, at }: Mark): string {
    const place = Buffer.alloc(PLACE);
    place.writeBigUInt64BE(transaction, 0);
    place.writeBigUInt64BE(BigInt(id), 8);
    place.writeBigUInt64BE(BigInt(at), 16);
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
    const sealed = [nonce, cipher.update(place), cipher.final(), cipher.getAuthTag()];
    return Buffer.concat(sealed).toString('base64url');
  }

  /** Null for whatever this network did not seal. */
  open(text: string): Mark | null {
    const bytes = Buffer.from(text, 'base64url');
    if (bytes.length !== NONCE + PLACE + TAG) return null;
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, NONCE));
    decipher.setAuthTag(bytes.subarray(-TAG));
    try {
      const place = Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]);
      return {
        transaction: place.readBigUInt64BE(0),
        id: Number(place.readBigUInt64BE(8)),
        at: Number(place.readBigUInt64BE(16)),
      };
    } catch {
      return null;
    }
  }
}
