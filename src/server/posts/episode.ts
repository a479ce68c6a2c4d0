import { sql } from 'kysely';
import type { Enclosure } from '../conversation/present.ts';
import type { Tx } from '../platform/db.ts';
import { kindOf } from '../platform/files/kinds.ts';
import type { FileFacts } from '../platform/markdown-files.ts';

/**
 * What a post gives to be heard: its first recording, or what an import brought with it. Once the post is out it is an
 * episode of its community or of its author's blog, and keeps its number whatever becomes of its text.
 */
export async function enclosureOf(
  tx: Tx,
  files: FileFacts[],
  post: { communityId: string | null; authorId: string; published: boolean; before: Enclosure | null },
): Promise<Enclosure | null> {
  const { before } = post;
  const recording = files.find((file) => kindOf(file.type) === 'audio');
  if (!recording) return before && !isOurs(before) ? before : null;
  const episode = before?.episode ?? (post.published ? await nextEpisode(tx, post) : undefined);
  return {
    url: `/files/${recording.id}`,
    type: recording.type,
    length: recording.bytes,
    ...(recording.seconds !== null && { seconds: Math.round(recording.seconds) }),
    ...(episode !== undefined && { episode }),
  };
}

function isOurs({ url }: Enclosure): boolean {
  return url.startsWith('/files/');
}

async function nextEpisode(
  tx: Tx,
  { communityId, authorId }: { communityId: string | null; authorId: string },
): Promise<number> {
  // Two episodes of one place come out one after the other.
  await sql`select pg_advisory_xact_lock(hashtext('episodes'), hashtext(${communityId ?? authorId}))`.execute(
    tx,
  );
  const { rows } = await sql<{ next: number }>`
    select coalesce(max((enclosure ->> 'episode')::integer), 0) + 1 as next from entries
    where enclosure ? 'episode' and ${
      communityId === null
        ? sql`community_id is null and author_id = ${authorId}`
        : sql`community_id = ${communityId}`
    }`.execute(tx);
  return rows[0]!.next;
}
