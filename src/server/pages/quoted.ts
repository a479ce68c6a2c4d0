import { sql } from 'kysely';
import type { Tx } from '../platform/db.ts';
import { textAfter } from './document.ts';
import { plain } from './headings.ts';

/** Among the versions, those that somebody may still have before him. */
const LATEST = 20;

/**
 * Whether a passage stands in a page: as it is read now, as it was at the version that the reader had before him, or in
 * one of its latest versions. Nobody's words are quoted who did not write them there.
 */
export async function standsIn(tx: Tx, pageId: string, quote: string, version: number): Promise<boolean> {
  const { rows } = await sql<{ html: string }>`select html from entries where id = ${pageId}`.execute(tx);
  if (rows.some(({ html }) => withoutBlanks(plain(html)).includes(withoutBlanks(quote)))) return true;
  const letters = lettersOf(quote);
  if (letters === '') return false;
  if ((await versionsOf(tx, pageId)).some((body) => lettersOf(body).includes(letters))) return true;
  const before = await textAt(tx, pageId, version);
  return lettersOf(before).includes(letters);
}

async function versionsOf(tx: Tx, pageId: string): Promise<string[]> {
  const { rows } = await sql<{ body: string }>`select body from page_versions where page_id = ${pageId}
    order by number desc limit ${LATEST}`.execute(tx);
  return rows.map(({ body }) => body);
}

/** What it said within a sitting, as the log of changes tells. */
async function textAt(tx: Tx, pageId: string, version: number): Promise<string> {
  if (!Number.isInteger(version) || version < 1 || version > 2e9) return '';
  const { rows } = await sql<{ change: Buffer }>`select change from page_changes
    where page_id = ${pageId} and version <= ${version} order by version`.execute(tx);
  return rows.length === 0 ? '' : textAfter(rows.map(({ change }) => change));
}

function withoutBlanks(text: string): string {
  return text.replace(/\s+/gu, '');
}

/** Markdown as it is read: without its signs, and without where its links lead. */
function lettersOf(markdown: string): string {
  return markdown.replace(/\]\([^)\s]*\)/g, '').replace(/[^\p{L}\p{N}]+/gu, '');
}
