import type { Actor } from '#server/actor.ts';
import type { EntryView } from '#server/conversation/present.ts';
import { markRead } from '#server/conversation/reads.ts';
import { markNotifiedOf } from '#server/notifications/list.ts';
import { inTransaction, type Db } from '#server/platform/db.ts';

/** A post that is opened is read, and what told of it has done its work. Writes only where there may be a mark. */
export async function notice(db: Db, actor: Actor, post: EntryView): Promise<void> {
  if (post.status !== 'published' || (!post.unread && post.author.id !== actor.id)) return;
  await inTransaction(db, async (tx) => {
    // What is hidden has left the lists, and with them the marks.
    if (post.unread && !post.hidden) await markRead(tx, actor, post.id);
    await markNotifiedOf(tx, actor, post.id);
  });
}
