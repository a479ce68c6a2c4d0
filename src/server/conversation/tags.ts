import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { invalid, notFound } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import type { Page, TagRef } from './present.ts';
import { listedEntries } from './sight.ts';

/** Of one entry. */
export const MOST_TAGS = 50;
const LONGEST_TAG = 60;

/** `Appels d'offres` -> `appels-d-offres`: lower case, accents folded, one dash between words. */
export function tagSlug(label: string): string {
  return label
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, LONGEST_TAG);
}

/** Where a tag is read; null of a label that is none. */
export function tagPath(label: string): string | null {
  const slug = tagSlug(label);
  return slug === '' ? null : `/tags/${encodeURIComponent(slug)}`;
}

/** Labels as typed (with or without #) -> one per slug. Refuses more than 50, or one without a letter. */
export function readTags(labels: unknown): TagRef[] {
  if (labels === undefined || labels === null) return [];
  if (!Array.isArray(labels) || labels.some((label) => typeof label !== 'string'))
    throw invalid('tags', 'not_text');
  const tags = new Map<string, TagRef>();
  for (const typed of labels as string[]) {
    const label = typed
      .toWellFormed()
      .replaceAll('\u0000', '')
      .trim()
      .replace(/^#+/, '')
      .trim()
      .slice(0, LONGEST_TAG);
    if (label === '') continue;
    const slug = tagSlug(label);
    if (slug === '') throw invalid('tags', 'tag_without_letters');
    if (!tags.has(slug)) tags.set(slug, { slug, label });
  }
  if (tags.size > MOST_TAGS) throw invalid('tags', 'too_many_tags');
  return [...tags.values()];
}

/** The tags of an entry that is out: those that its author gave it, and those that its text names. */
export function withNamed(given: TagRef[], named: string[]): TagRef[] {
  const tags = new Map(given.map((tag) => [tag.slug, tag]));
  for (const label of named) {
    const slug = tagSlug(label);
    if (!tags.has(slug) && tags.size < MOST_TAGS) tags.set(slug, { slug, label });
  }
  return [...tags.values()];
}

/** The tags that an entry bears. */
export async function tagsOf(db: Db, entryId: string): Promise<TagRef[]> {
  const { rows } = await sql<TagRef>`select slug, label from entry_tags join tags on tags.id = tag_id
    where entry_id = ${entryId} order by slug`.execute(db);
  return rows;
}

/** Makes the entry's tags exactly `tags`. */
export async function setTags(
  tx: Tx,
  entryId: string,
  publishedAt: Date | null,
  tags: TagRef[],
): Promise<void> {
  const slugs = tags.map((tag) => tag.slug);
  await Promise.all([
    slugs.length > 0 &&
      sql`insert into tags (slug) select * from unnest(${slugs}::text[]) order by 1
        on conflict (slug) do nothing`.execute(tx),
    sql`delete from entry_tags using tags
      where entry_tags.entry_id = ${entryId} and tags.id = entry_tags.tag_id
        and tags.slug <> all(${slugs}::text[])`.execute(tx),
    sql`insert into entry_tags (tag_id, entry_id, label, published_at)
      select tags.id, ${entryId}, typed.label, ${publishedAt}
      from unnest(${slugs}::text[], ${tags.map((tag) => tag.label)}::text[]) typed(slug, label)
        join tags on tags.slug = typed.slug
      on conflict (entry_id, tag_id) do update
        set label = excluded.label, published_at = excluded.published_at`.execute(tx),
  ]);
}

/** How the latest entry that the actor may see spells the tag; null where no entry that he may see bears it. */
export function spelling(actor: Actor): RawBuilder<string | null> {
  return sql<
    string | null
  >`(select entry_tags.label from entry_tags join entries on entries.id = entry_tags.entry_id
    where entry_tags.tag_id = tags.id and ${listedEntries(actor)}
    order by entry_tags.published_at desc, entry_tags.entry_id desc limit 1)`;
}

/**
 * Tags that stand on at least one entry the actor may see, by name.
 * @param where.prefix beginning of the label, accents and case folded
 */
export async function listTags(
  db: Db,
  actor: Actor,
  where: { prefix?: string; after?: string; limit?: number } = {},
): Promise<Page<TagRef>> {
  const limit = Math.min(where.limit ?? 100, 100);
  const prefix = tagSlug(where.prefix ?? '');
  const { rows } =
    await sql<TagRef>`select slug, label from tags cross join lateral ${spelling(actor)} seen(label)
    where starts_with(slug, ${prefix}) and slug > ${where.after ?? ''}
    order by slug limit ${limit + 1}`.execute(db);
  return { items: rows.slice(0, limit), next: rows.length > limit ? rows[limit - 1]!.slug : null };
}

/** One tag and whether the actor follows it. One that stands on nothing he may see does not exist for him. */
export async function readTag(
  db: Db,
  actor: Actor,
  slug: string,
): Promise<TagRef & { id: string; followed: boolean }> {
  const { rows } = await sql<TagRef & { id: string; followed: boolean }>`select id, slug, label,
      exists (select 1 from follows where person_id = ${actor.id} and kind = 'tag' and target_id = tags.id) as followed
    from tags cross join lateral ${spelling(actor)} seen(label) where slug = ${tagSlug(slug)}`.execute(db);
  return rows[0] ?? throwNotFound();
}

function throwNotFound(): never {
  throw notFound();
}
