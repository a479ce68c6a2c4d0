import { cleanLine } from '../conversation/text.ts';
import { invalid } from '../errors.ts';

/** A title has a name's length: it stands in links, in the tree and in addresses. */
const LONGEST_TITLE = 200;

/** The title of a page: a page without a name could not be linked to. Brackets and bars would end the link. */
export function readTitle(text: unknown): string {
  const title = cleanLine(text, 'title', LONGEST_TITLE).replace(/\s+/gu, ' ');
  if (title === '') throw invalid('title', 'page_without_title');
  if (/[[\]|]/.test(title)) throw invalid('title', 'page_title_signs');
  return title;
}

/** A number of a version that a form or a caller gives. */
export function readVersion(version: unknown): number {
  const number = Number(version);
  if (!Number.isInteger(number) || number < 1) throw invalid('version', 'page_version_missing');
  return number;
}
