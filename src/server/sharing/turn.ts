import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { readItem } from '../desk/read.ts';
import { invalid, notFound } from '../errors.ts';
import { createPage } from '../pages/create.ts';
import type { Tx } from '../platform/db.ts';
import { createPost } from '../posts/create.ts';

export interface Turning {
  into: 'post' | 'page';
  /** Slug; one's own blog where absent, for a post. */
  community?: string | null | undefined;
  title?: string | null | undefined;
  /** Markdown: what was proposed, or what became of it under his hands. */
  body: string;
}

/**
 * Turns one's own note, clip or bookmark into a post or a page. It stays on the desk; what it was made of is kept beside
 * what it became: who found it, when, who signed the page, or whose post it was.
 */
export async function turnItem(
  tx: Tx,
  actor: Actor,
  itemId: string,
  turning: Turning,
): Promise<{ id: string }> {
  const item = await readItem(tx, actor, itemId);
  if (!item.own) throw notFound();
  if (item.kind === 'bookmark' && !item.post) throw notFound();
  const source = {
    ...(item.url && {
      sourceUrl: item.url,
      sourceTitle: item.title || item.url,
      sourceAuthor: item.author || item.site,
    }),
    ...(item.post && { curatedId: item.post.id }),
  };
  const { community, title, body } = turning;
  if (turning.into === 'page' && !community) throw invalid('community', 'share_where');
  const { id } =
    turning.into === 'page'
      ? await createPage(tx, actor, { ...source, community: community ?? '', title: title ?? '', body })
      : await createPost(tx, actor, {
          ...source,
          community,
          title,
          body,
          status: 'published',
          purpose: item.url ? 'find' : 'tell',
        });
  // Where it stood for others says who may know later whose it was.
  await sql`insert into provenance (kind, subject_id, from_kind, from_id, how, person_id, author_id, finder_id, found_at,
      credit, url, community_id, everyone)
    select ${turning.into}, ${id}, i.kind, i.id, 'turned', ${actor.id},
      case i.kind when 'note' then coalesce(i.finder_id, i.owner_id) else e.author_id end,
      ${finds('i.finder_id', 'i.owner_id')}, ${finds('i.found_at', 'i.created_at')},
      ${item.author || item.site}, i.url, coalesce(e.community_id, c.community_id), coalesce(e.everyone, c.everyone)
    from desk_items i left join entries e on e.id = i.entry_id
      left join provenance c on c.subject_id = i.id and c.how = 'copied' where i.id = ${itemId}`.execute(tx);
  return { id };
}

/** A kept post is told of where the post stands: there, a colleague from whom it was kept is not. */
function finds(first: string, own: string) {
  return sql`case when i.kind = 'bookmark' and i.via = 'copy' then ${sql.ref(own)}
    else coalesce(${sql.ref(first)}, ${sql.ref(own)}) end`;
}
