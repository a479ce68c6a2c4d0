import type { Actor } from '#server/actor.ts';
import type { EntryView } from '#server/conversation/present.ts';
import { markRead } from '#server/conversation/reads.ts';
import { isToldOf, markNotifiedOf } from '#server/notifications/read.ts';
import { inTransaction, type Db } from '#server/platform/db.ts';

type Read = Pick<EntryView, 'id' | 'status' | 'unread' | 'hidden'>;

/** A post or a page that is opened is read, and what told of it has done its work. Writes only where there is a mark. */
export async function notice(db: Db, actor: Actor, post: Read): Promise<void> {
  if (post.status !== 'published') return;
  // What is hidden has left the lists, and with them the marks.
  const unread = post.unread && !post.hidden;
  if (!unread && !(await isToldOf(db, actor, post.id))) return;
  await inTransaction(db, async (tx) => {
    if (unread) await markRead(tx, actor, post.id);
    await markNotifiedOf(tx, actor, post.id);
  });
}
