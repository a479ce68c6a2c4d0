import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { readTags, setTags } from '../conversation/tags.ts';
import { LONGEST_TEXT } from '../conversation/text.ts';
import { invalid, Refusal } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { applyChange } from './change.ts';
import { changeTo, textAfter } from './document.ts';
import { readTitle, readVersion } from './input.ts';
import { mergeTexts, type Conflict } from '../../text/merge.ts';
import { takeName } from './names.ts';
import { pageForEditing, type HeldPage } from './rights.ts';
import { keepVersion } from './versions.ts';

/** What somebody makes of a page whole, as a form or a program sends it. What is not given stays. */
export interface PageChange {
  title?: string;
  body?: string;
  /** The version that he had before him: needed with `body`, so that what others wrote since stays. */
  version?: number | string;
  tags?: string[] | null;
}

/** What became of it. With `conflicts` nothing was written: `body` holds what both wrote, to be looked over. */
export interface Saved {
  version: number;
  body: string;
  /** Others wrote meanwhile, and both stand there now. */
  merged: boolean;
  conflicts: Conflict[];
}

/** Changes a page by hand. What others wrote meanwhile is kept; where both changed the same words, he is asked. */
export async function savePage(tx: Tx, actor: Actor, id: string, input: PageChange): Promise<Saved> {
  const page = await pageForEditing(tx, actor, id);
  const title = input.title === undefined ? page.title : readTitle(input.title);
  const merge = input.body === undefined ? null : await mergeInto(tx, page, input.body, input.version);
  if (merge && merge.conflicts.length > 0)
    return { version: page.version, body: merge.text, merged: true, conflicts: merge.conflicts };
  let { version, body } = page;
  if (merge && merge.text !== page.body)
    ({ version, body } = await applyChange(tx, actor, { ...page, title }, changeTo(page.state, merge.text)));
  if (title !== page.title) {
    await sql`update entries set title = ${title}, edited_at = now() where id = ${id}`.execute(tx);
    await takeName(tx, { id, communityId: page.communityId, title });
    await keepVersion(tx, actor, { id, communityId: page.communityId, title, body });
  }
  if (input.tags !== undefined) await setTags(tx, id, await publishedAt(tx, id), readTags(input.tags));
  const merged = merge !== null && page.body !== merge.base && input.body !== page.body;
  return { version, body, merged, conflicts: [] };
}

/** The same where nobody is there to be asked: a conflict refuses. */
export async function savePageOrRefuse(tx: Tx, actor: Actor, id: string, input: PageChange): Promise<Saved> {
  const saved = await savePage(tx, actor, id, input);
  if (saved.conflicts.length > 0) throw new Refusal('conflict', 'page_same_words');
  return saved;
}

async function mergeInto(tx: Tx, page: HeldPage, typed: unknown, version: unknown) {
  if (typeof typed !== 'string') throw invalid('body', 'not_text');
  if (typed.length > LONGEST_TEXT) throw invalid('body', 'text_too_long');
  const mine = typed.replaceAll('\r\n', '\n').replaceAll('\u0000', '\uFFFD').toWellFormed();
  const base = await bodyAt(tx, page, readVersion(version));
  return { ...mergeTexts(base, mine, page.body), base };
}

/** What a page said at a version. Refuses one that is yet to come, or that was melted into later ones long ago. */
async function bodyAt(tx: Tx, page: HeldPage, version: number): Promise<string> {
  if (version === page.version) return page.body;
  const { rows } = await sql<{ change: Buffer; version: number }>`select change, version from page_changes
    where page_id = ${page.id} and version <= ${version} order by version`.execute(tx);
  if (rows.at(-1)?.version !== version) throw new Refusal('conflict', 'page_opened_long_ago');
  return textAfter(rows.map(({ change }) => change));
}

async function publishedAt(tx: Tx, id: string): Promise<Date | null> {
  const { published_at } = await tx
    .selectFrom('entries')
    .select('published_at')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return published_at;
}
