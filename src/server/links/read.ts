import { sql } from 'kysely';
import type { EntryView, Page, ThreadView } from '../conversation/present.ts';
import type { Db } from '../platform/db.ts';
import { mayUnfold, unfold } from './bare.ts';
import type { LinkCard } from './card.ts';

/**
 * An entry and the conversation under it, that the caller has read as he may, with its links unfolded. Cards hang on the
 * very texts they stand in: nothing is told of anybody else's.
 */
export async function withCards(
  db: Db,
  post: EntryView,
  threads: Page<ThreadView>,
): Promise<{ post: EntryView; threads: Page<ThreadView> }> {
  const texts = [post, ...threads.items.flatMap((thread) => [thread, ...thread.replies])];
  if (!texts.some(({ html }) => mayUnfold(html))) return { post, threads };
  const { rows } = await sql<LinkCard & { comment_id: string | null; url: string }>`
    select comment_id, url, title, site, description from link_cards
    where entry_id = ${post.id} and state = 'ready'
      and (comment_id is null or comment_id = any(${texts.map(({ id }) => id)}::uuid[]))`.execute(db);
  const cards = Map.groupBy(rows, (row) => row.comment_id);
  const unfolded = <Text extends { html: string }>(text: Text, id: string | null): Text => ({
    ...text,
    html: unfold(text.html, new Map(cards.get(id)?.map((card) => [card.url, card]))),
  });
  const items = threads.items.map((thread) => ({
    ...unfolded(thread, thread.id),
    replies: thread.replies.map((reply) => unfolded(reply, reply.id)),
  }));
  return { post: unfolded(post, null), threads: { ...threads, items } };
}
