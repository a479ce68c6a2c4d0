import { sql } from 'kysely';
import { tagSlug } from '../conversation/tags.ts';
import type { Tx } from '../platform/db.ts';
import type { LandingEntry } from './landing-entry.ts';
import type { ImportedPost } from './types.ts';

/** Ties imported posts to their tags, making those that are new. Gives how many ties were made. */
export async function landTags(tx: Tx, posts: { post: ImportedPost; row: LandingEntry }[]): Promise<number> {
  const labels = new Map<string, string>();
  const ties: { slug: string; entry: string; at: Date | null }[] = [];
  for (const { post, row } of posts) {
    const slugs = new Set<string>();
    for (const tag of post.tags) {
      const label = tag.trim().slice(0, 60).toWellFormed();
      const slug = tagSlug(label);
      if (slug === '' || slugs.has(slug)) continue;
      slugs.add(slug);
      if (!labels.has(slug)) labels.set(slug, label);
      ties.push({ slug, entry: row.id, at: row.status === 'published' ? row.published_at : null });
    }
  }
  if (ties.length === 0) return 0;
  const slugs = [...labels.keys()];
  await sql`insert into tags (slug, label) select * from unnest(${slugs}::text[], ${slugs.map((slug) => labels.get(slug)!)}::text[])
    order by 1 on conflict (slug) do nothing`.execute(tx);
  const tied = await sql`insert into entry_tags (tag_id, entry_id, published_at)
    select tags.id, tie.entry, tie.at from unnest(${ties.map((tie) => tie.slug)}::text[],
      ${ties.map((tie) => tie.entry)}::uuid[], ${ties.map((tie) => tie.at)}::timestamptz[]) tie(slug, entry, at)
    join tags on tags.slug = tie.slug on conflict do nothing`.execute(tx);
  return Number(tied.numAffectedRows ?? 0);
}
