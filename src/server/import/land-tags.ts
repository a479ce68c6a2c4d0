import { sql } from 'kysely';
import { MOST_TAGS, tagSlug } from '../conversation/tags.ts';
import type { Tx } from '../platform/db.ts';
import type { LandingEntry } from './landing-entry.ts';
import type { ImportedPost } from '../syndication/types.ts';

/** Ties imported posts to their tags, as many as an entry may have, making those that are new. Gives how many ties were made. */
export async function landTags(tx: Tx, posts: { post: ImportedPost; row: LandingEntry }[]): Promise<number> {
  const ties: { slug: string; label: string; entry: string; at: Date | null }[] = [];
  for (const { post, row } of posts) {
    const slugs = new Set<string>();
    for (const tag of post.tags) {
      const label = tag.trim().slice(0, 60).toWellFormed();
      const slug = tagSlug(label);
      if (slug === '' || slugs.has(slug) || slugs.size === MOST_TAGS) continue;
      slugs.add(slug);
      ties.push({ slug, label, entry: row.id, at: row.status === 'published' ? row.published_at : null });
    }
  }
  if (ties.length === 0) return 0;
  const slugs = [...new Set(ties.map((tie) => tie.slug))];
  await sql`insert into tags (slug) select * from unnest(${slugs}::text[]) order by 1
    on conflict (slug) do nothing`.execute(tx);
  const tied = await sql`insert into entry_tags (tag_id, entry_id, label, published_at)
    select tags.id, tie.entry, tie.label, tie.at from unnest(${ties.map((tie) => tie.slug)}::text[],
      ${ties.map((tie) => tie.label)}::text[], ${ties.map((tie) => tie.entry)}::uuid[],
      ${ties.map((tie) => tie.at)}::timestamptz[]) tie(slug, label, entry, at)
    join tags on tags.slug = tie.slug on conflict do nothing`.execute(tx);
  return Number(tied.numAffectedRows ?? 0);
}
