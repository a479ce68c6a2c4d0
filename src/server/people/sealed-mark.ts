import { createHmac } from 'node:crypto';
import type { Db } from '../platform/db.ts';
import { sharedSecret } from './secret.ts';

/**
 * What stands in place of the marks by which an import would know an erased person again: the next import still puts
 * his words under his pseudonym, and nobody reads a name or an address out of it.
 */
export async function sealedMarks(db: Db, marks: string[]): Promise<string[]> {
  const secret = await sharedSecret(db, 'erased marks');
  return marks.map((mark) => `erased ${createHmac('sha256', secret).update(mark).digest('base64url')}`);
}
