import { sql } from 'kysely';
import { actorOfPerson } from '../people/actor.ts';
import { Refusal } from '../errors.ts';
import { inTransaction, type Db, type Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { log } from '../platform/log.ts';
import { editPost } from './edit.ts';

type Reason = 'place' | 'archived' | 'empty' | 'account' | 'refused';

const REASONS: Record<string, Reason> = {
  not_found: 'place',
  community_members_only: 'place',
  guests_write_in_communities: 'place',
  community_archived: 'archived',
  text_empty: 'empty',
};

/**
 * Brings out the drafts whose time has come, each in a transaction of its own: whatever stops in between, a post is out
 * once or still waits. Its author must have the right to write there now; where he has not, the draft stays and says
 * why. Gives how many came out.
 */
export async function publishScheduled(db: Db): Promise<number> {
  const failed: string[] = [];
  for (let out = 0; ;) {
    const due = await inTransaction(db, (tx) => publishNext(tx, failed));
    if (!due) return out;
    if (due.error) {
      failed.push(due.id);
      log.error('scheduled post waits', { id: due.id, error: due.error });
    } else if (due.published) out += 1;
  }
}

async function publishNext(
  tx: Tx,
  failed: string[],
): Promise<{ id: string; published?: boolean; error?: unknown } | null> {
  const { rows } = await sql<{ id: string; author_id: string; community_id: string | null }>`
    select id, author_id, community_id from entries
    where publish_at <= now() and deleted_at is null and id <> all(${failed}::uuid[])
    order by publish_at, id limit 1 for update skip locked`.execute(tx);
  const due = rows[0];
  if (!due) return null;
  await sql`savepoint before_publishing`.execute(tx);
  try {
    const author = await actorOfPerson(tx, due.author_id);
    if (author) await editPost(tx, author, due.id, { status: 'published' });
    else await holdBack(tx, due, 'account');
    return { id: due.id, published: author !== null };
  } catch (error) {
    await sql`rollback to savepoint before_publishing`.execute(tx);
    if (!(error instanceof Refusal)) return { id: due.id, error };
    await holdBack(tx, due, REASONS[error.reason] ?? 'refused');
    return { id: due.id, published: false };
  }
}

/** The draft stays; its author finds the reason among his drafts, and whatever tells him follows from the event. */
async function holdBack(
  tx: Tx,
  {
    id,
    author_id: authorId,
    community_id: communityId,
  }: { id: string; author_id: string; community_id: string | null },
  reason: Reason,
): Promise<void> {
  await sql`update entries set publish_at = null, held_back = ${reason} where id = ${id}`.execute(tx);
  await recordEvent(tx, {
    name: 'post.held_back',
    actorId: authorId,
    subjectId: id,
    communityId,
    data: { reason },
  });
}
