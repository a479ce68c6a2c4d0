import type { Actor } from '../actor.ts';
import type { ItemView } from '../desk/present.ts';
import { readItem } from '../desk/read.ts';
import { notFound } from '../errors.ts';
import type { Db } from '../platform/db.ts';

/** A thing of a desk as the beginning of a text for others: to be changed before it leaves. */
export interface Proposal {
  item: ItemView;
  title: string;
  /** Markdown. */
  body: string;
}

/**
 * What one's own note, clip or bookmark becomes where it is shared: one's own words, and what was marked, each quote with
 * what one said of it. The page itself is not passed on: the address leads to it.
 */
export async function proposal(db: Db, actor: Actor, itemId: string): Promise<Proposal> {
  const item = await readItem(db, actor, itemId);
  if (!item.own) throw notFound();
  const quotes = item.highlights.map(({ quote, note }) => [`> ${quote}`, note].filter(Boolean).join('\n\n'));
  const words = [item.body, ...quotes].filter((text) => text.trim() !== '');
  const summary = item.kind === 'clip' && words.length === 0 && item.summary ? [`> ${item.summary}`] : [];
  return {
    item,
    title: item.kind === 'bookmark' ? (item.post?.title ?? '') : item.title,
    body: [...words, ...summary].join('\n\n') || (item.post?.excerpt ? `> ${item.post.excerpt}` : ''),
  };
}
