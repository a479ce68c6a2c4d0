import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { setFileUses } from '../conversation/attachments.ts';
import { readCurated, readSource, type NewCredit } from '../conversation/credit.ts';
import { setMentions } from '../conversation/mentions.ts';
import { readTags, setTags } from '../conversation/tags.ts';
import { renderDraft } from '../conversation/text.ts';
import type { Tx } from '../platform/db.ts';
import { newId } from '../platform/new-id.ts';
import { documentOf } from './document.ts';
import { readTitle } from './input.ts';
import { addressOf, setLinks, takeName } from './names.ts';
import { tellNamed } from './named.ts';
import { requireDepth } from './move.ts';
import { communityForPages } from './rights.ts';
import { keepVersion } from './versions.ts';

/** What a person gives to write a page. */
export interface NewPage extends NewCredit {
  /** Slug of the community. */
  community: string;
  title: string;
  /** Markdown; `[[Name]]` links to another page of the community. */
  body?: string | null;
  /** The page below which it stands; at the top where absent. */
  parentId?: string | null;
  tags?: string[] | null;
}

/**
 * Writes a page in a community whose pages the actor may change. Two pages may have one name: refusing it would tell of
 * a page that he does not see.
 */
export async function createPage(tx: Tx, actor: Actor, input: NewPage): Promise<{ id: string }> {
  const title = readTitle(input.title);
  const home = await communityForPages(tx, actor, input.community);
  const parentId = input.parentId || null;
  if (parentId) await requireDepth(tx, actor, { communityId: home.id, parentId, height: 0 });
  const source = readSource(input);
  const curatedId = await readCurated(tx, actor, input);
  const tags = readTags(input.tags);
  const id = newId();
  const text = await renderDraft(tx, actor, input.body ?? '', 'body', addressOf(id));
  const state = documentOf(text.body);
  const now = new Date();
  await tx
    .insertInto('entries')
    .values({
      id,
      kind: 'page',
      author_id: actor.id,
      community_id: home.id,
      everyone: home.open,
      title,
      body: text.body,
      html: text.html,
      excerpt: text.excerpt,
      reading_minutes: text.readingMinutes,
      ...source,
      curated_id: curatedId,
      status: 'published',
      created_at: now,
      published_at: now,
    })
    .execute();
  await sql`insert into pages (id, community_id, parent_id, position, state)
    select ${id}, ${home.id}, ${parentId}::uuid, coalesce(max(position), 0) + 1, ${Buffer.from(state)}
    from pages where community_id = ${home.id} and parent_id is not distinct from ${parentId}::uuid`.execute(
    tx,
  );
  await sql`insert into page_changes (page_id, version, change) values (${id}, 1, ${Buffer.from(state)})`.execute(
    tx,
  );
  const page = { id, communityId: home.id, title, body: text.body };
  await keepVersion(tx, actor, { ...page, created: true });
  await takeName(tx, page);
  await setLinks(tx, page, text.names);
  if (tags.length > 0) await setTags(tx, id, now, tags);
  await setMentions(tx, { entryId: id }, text.mentioned, true);
  await setFileUses(tx, { entryId: id }, text.files, 'none');
  await tellNamed(tx, actor, page, text.mentioned);
  return { id };
}
