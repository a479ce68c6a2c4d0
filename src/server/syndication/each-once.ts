import { createHash } from 'node:crypto';
import type { SkippedList } from './skipped.ts';
import type { ImportedPost } from './types.ts';

/** Puts a post among those that were read. A key met again is the same entry again, unless it says something else. */
export function keepOnce(
  post: ImportedPost,
  posts: Map<string, ImportedPost>,
  skipped: SkippedList,
  where: 'feed' | 'file',
): void {
  const twin = posts.get(post.key);
  if (twin && (twin.body !== post.body || twin.title !== post.title))
    post.key += `#${digestOf(post.title, post.body)}`;
  if (posts.has(post.key)) skipped.add(post.line, `The same entry stands twice in the ${where}`);
  else posts.set(post.key, post);
}

/** A short name of what somebody wrote. */
export function digestOf(...parts: (string | undefined)[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 22);
}
