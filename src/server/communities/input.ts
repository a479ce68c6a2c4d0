import { invalid } from '../errors.ts';
import { renderMarkdown } from '../platform/markdown.ts';
import type { Access } from './present.ts';

const LONGEST = { name: 90, description: 20_000, emoji: 16, theme: 60, message: 1000 };
const MOST_THEMES = 30;
const DEFAULT_EMOJI = '🐝';

export function checkName(typed: unknown): string {
  const name = oneLine(typed, 'name', LONGEST.name);
  if (!name) throw invalid('name', 'community_name_missing');
  return name;
}

export function checkAccess(typed: unknown): Access {
  if (typed === 'open' || typed === 'closed' || typed === 'secret') return typed;
  throw invalid('access', 'community_access_unknown');
}

/** A sign that stands for the community: an emoji, or a letter or two. */
export function checkEmoji(typed: unknown): string {
  return oneLine(typed, 'emoji', LONGEST.emoji) || DEFAULT_EMOJI;
}

/** The description as the columns of a community: as typed, and as it is read. */
export function readDescription(typed: unknown) {
  const description = manyLines(typed, 'description', LONGEST.description);
  const { html, excerpt } = renderMarkdown(description);
  return { description, description_html: html, excerpt };
}

/** What somebody says at the door. */
export function checkMessage(typed: unknown): string {
  return manyLines(typed, 'message', LONGEST.message);
}

/** Themes as typed, once each whatever their case. */
export function checkThemes(typed: unknown): string[] {
  if (typed === undefined || typed === null) return [];
  if (!Array.isArray(typed)) throw invalid('themes', 'not_text');
  const themes = new Map<string, string>();
  for (const each of typed as unknown[]) {
    const theme = oneLine(each, 'themes', LONGEST.theme).replace(/^#+\s*/, '');
    if (theme && !themes.has(theme.toLowerCase())) themes.set(theme.toLowerCase(), theme);
  }
  if (themes.size > MOST_THEMES) throw invalid('themes', 'community_too_many_themes');
  return [...themes.values()];
}

function oneLine(typed: unknown, field: string, longest: number): string {
  return bounded(
    text(typed, field)
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim(),
    field,
    longest,
  );
}

function manyLines(typed: unknown, field: string, longest: number): string {
  return bounded(text(typed, field).replaceAll('\r\n', '\n').replaceAll('\0', '').trim(), field, longest);
}

/** PostgreSQL keeps no lone surrogates. */
function text(typed: unknown, field: string): string {
  if (typed === undefined || typed === null) return '';
  if (typeof typed !== 'string') throw invalid(field, 'not_text');
  return typed.toWellFormed();
}

function bounded(value: string, field: string, longest: number): string {
  if ([...value].length > longest) throw invalid(field, 'text_too_long');
  return value;
}
