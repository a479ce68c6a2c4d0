import type { Actor } from '../actor.ts';
import { visiblePeople } from '../communities/sight.ts';
import { invalid } from '../errors.ts';
import type { Db } from '../platform/db.ts';
import type { FileFacts } from '../platform/markdown-files.ts';
import { mentionCandidates, renderMarkdown, type Rendered } from '../platform/markdown.ts';
import { filesNamed } from './attachments.ts';
import { tagPath } from './tags.ts';

/** Longest text of an entry, in characters: some 150 pages of a book. */
export const LONGEST_TEXT = 400_000;

export interface RenderedText extends Rendered {
  body: string;
  /** Ids of the people it names. */
  mentioned: string[];
  /** The files that it shows, in order, of those its writer may see. */
  files: FileFacts[];
}

/**
 * Checks and renders what the actor wrote; looks up the people and files it names, of those he may know of, in one query
 * each. Refuses an empty text.
 */
export async function renderText(db: Db, actor: Actor, text: unknown, field = 'body'): Promise<RenderedText> {
  const body = cleanText(text, field);
  if (body.trim() === '') throw invalid(field, 'text_empty');
  return renderDraft(db, actor, body);
}

/** The same for a draft, which may still be empty; `addressOf` says where names in double brackets lead. */
export async function renderDraft(
  db: Db,
  actor: Actor,
  text: unknown,
  field = 'body',
  addressOf?: (name: string) => string,
): Promise<RenderedText> {
  const body = cleanText(text, field);
  const candidates = mentionCandidates(body);
  const files = await filesNamed(db, actor, body);
  const people = candidates.length
    ? await db
        .selectFrom('people')
        .select(['id', 'handle'])
        .where((eb) => eb('handle', '=', eb.fn.any(eb.val(candidates))))
        .where('status', 'in', ['active', 'deactivated'])
        .where(visiblePeople(actor))
        .execute()
    : [];
  const rendered = renderMarkdown(
    body,
    people.map((person) => person.handle),
    files,
    { tag: tagPath, name: addressOf },
  );
  const named = new Set(rendered.mentions);
  const mentioned = people.filter((person) => named.has(person.handle)).map((person) => person.id);
  return { ...rendered, body, mentioned, files };
}

/** One line without control characters, trimmed. Refuses what is longer than `longest`. */
export function cleanLine(text: unknown, field: string, longest: number): string {
  if (text === undefined || text === null) return '';
  if (typeof text !== 'string') throw invalid(field, 'not_text');
  // eslint-disable-next-line no-control-regex -- they are what is taken out
  const line = text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
  if (line.length > longest) throw invalid(field, 'text_too_long');
  return wellFormed(line);
}

/** An http(s) address, or nothing. Refuses any other scheme: it would stand in a link. */
export function webAddress(text: unknown, field: string): string | null {
  const line = cleanLine(text, field, 2000);
  if (line === '') return null;
  const url = URL.parse(line);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw invalid(field, 'not_web_address');
  return url.href;
}

/** A text as it is kept: whole lines, and nothing that a database cannot hold. Refuses what is too long. */
export function cleanText(text: unknown, field: string): string {
  if (typeof text !== 'string') throw invalid(field, 'not_text');
  if (text.length > LONGEST_TEXT) throw invalid(field, 'text_too_long');
  return wellFormed(text.replaceAll('\r\n', '\n').replaceAll('\u0000', '\uFFFD'));
}

/** PostgreSQL holds no lone surrogates. */
function wellFormed(text: string): string {
  return text.toWellFormed();
}
