import { sql } from 'kysely';
import { env } from '#env';
import { replyAddress, replySecret, type ReplyPlace } from '../conversation/reply-address.ts';
import type { Db } from '../platform/db.ts';
import type { Delivery } from './deliver.ts';
import { isDecided, isOwn } from './sight.ts';

/**
 * Where answers to these mails go, by the id of the delivery: the comment that the mail tells of, or the post where it
 * tells of several. One that is not named is answered to the network itself, which does not read it.
 */
export async function replyAddresses(db: Db, deliveries: Delivery[]): Promise<Map<string, string>> {
  const domain = env.MAIL_DOMAIN;
  if (!domain || deliveries.length === 0) return new Map();
  const [secret, { rows }] = await Promise.all([
    replySecret(db),
    sql<{ delivery: string } & Omit<ReplyPlace, 'personId'>>`select link.delivery_id as delivery,
        coalesce(n.by_entry_id, n.entry_id) as "entryId",
        case when count(*) = 1 and bool_and(n.by_entry_id is null)
          then (array_agg(n.comment_id))[1] end as "commentId"
      from delivery_notices link join notifications n on n.id = link.notification_id
      where link.delivery_id = any(${deliveries.map(({ id }) => id)}::uuid[]) and n.read_at is null
        and coalesce(n.by_entry_id, n.entry_id) is not null and not ${isOwn('n')} and not ${isDecided('n')}
      group by 1, 2`.execute(db),
  ]);
  const readers = new Map(deliveries.map(({ id, personId }) => [id, personId]));
  return new Map(
    rows.map(({ delivery, ...place }) => [
      delivery,
      replyAddress(secret, domain, { ...place, personId: readers.get(delivery)! }),
    ]),
  );
}
