import { sql } from 'kysely';
import { LONGEST_TEXT } from '../conversation/text.ts';
import { recount } from '../conversation/comment.ts';
import type { Tx } from '../platform/db.ts';
import { renderMarkdown } from '../platform/markdown.ts';
import { newId } from '../platform/new-id.ts';
import type { LandingEntry } from './landing-entry.ts';
import { keyText } from '../syndication/origin.ts';
import type { ImportReport } from './report.ts';
import type { ImportedBlog, ImportedComment, ImportedCommenter, ImportedPost } from '../syndication/types.ts';

interface Under {
  blog: ImportedBlog;
  post: ImportedPost;
  row: LandingEntry;
  entryId: string;
}

/** Writes the comments of imported posts that are not there yet, threads kept, and counts them. */
export async function landComments(
  tx: Tx,
  posts: Under[],
  authorId: (blog: ImportedBlog, commenter: ImportedCommenter) => string,
  report: ImportReport,
): Promise<void> {
  const said = posts.flatMap((under) => under.post.comments.map((comment) => ({ under, comment })));
  report.comments.pingbacks += said.filter(({ comment }) => comment.kind === 'pingback').length;
  const kept = said.filter(({ comment }) => comment.kind === 'comment');
  if (kept.length === 0) return;
  const keys = kept.map(({ under, comment }) => commentKey(under, comment.key));
  const { rows } = await sql<{ origin_key: string; id: string; root_id: string | null }>`
    select origin_key, id, root_id from comments where origin_key = any(${keys}::text[])`.execute(tx);
  const placed = new Map(rows.map((row) => [row.origin_key, row]));
  const fresh = kept.flatMap(({ under, comment }, index) => {
    const key = keys[index]!;
    if (placed.has(key)) return [];
    const parent = comment.parentKey ? placed.get(commentKey(under, comment.parentKey)) : undefined;
    const row = {
      ...commentRow(comment),
      id: newId(),
      origin_key: key,
      entry_id: under.entryId,
      author_id: authorId(under.blog, comment.author),
      parent_id: parent?.id ?? null,
      root_id: parent ? (parent.root_id ?? parent.id) : null,
    };
    placed.set(key, row);
    return [row];
  });
  report.comments.known += kept.length - fresh.length;
  report.comments.new += fresh.length;
  const BATCH = 500;
  for (let from = 0; from < fresh.length; from += BATCH) {
    await tx
      .insertInto('comments')
      .values(fresh.slice(from, from + BATCH))
      .execute();
  }
  await recount(tx, [...new Set(fresh.map((row) => row.entry_id))]);
}

function commentKey({ row }: Under, key: string): string {
  return keyText(`${row.origin_key} # ${key}`);
}

function commentRow({ body, at }: ImportedComment) {
  const text = body.slice(0, LONGEST_TEXT).toWellFormed().replaceAll('\u0000', '');
  return { body: text, html: renderMarkdown(text).html, created_at: at };
}
