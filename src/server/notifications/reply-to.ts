import type { Db } from '../platform/db.ts';
import type { Delivery } from './deliver.ts';

/**
 * Where answers to these mails go, by the id of the delivery. One that is not named is answered to the network itself,
 * which does not read it.
 */
export function replyAddresses(_db: Db, _deliveries: Delivery[]): Promise<Map<string, string>> {
  return Promise.resolve(new Map());
}
