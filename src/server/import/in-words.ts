import type { Language } from '../../i18n/voice.ts';
import { say } from '../platform/words.ts';
import type { ImportView } from './asked.ts';
import type { OutsideBlog } from './blogs.ts';
import { sayReason } from '../syndication/reasons.ts';

const SKIPPED_SHOWN = 200;

/** A blog with its error as a sentence. */
export function blogInWords(language: Language, blog: OutsideBlog): OutsideBlog {
  return { ...blog, error: blog.error && say(language, `refusal.${blog.error}`) };
}

/** An import with what went wrong, and what was left out, as sentences. */
export function importInWords(language: Language, view: ImportView) {
  const skipped = view.report?.skipped ?? [];
  return {
    ...view,
    problem: view.problem && problemInWords(language, view.problem),
    report: view.report && {
      ...view.report,
      skipped: skipped
        .slice(0, SKIPPED_SHOWN)
        .map((each) => ({ ...each, reason: sayReason(language, each.reason) })),
    },
    more: Math.max(0, skipped.length - SKIPPED_SHOWN),
  };
}

export type ImportInWords = ReturnType<typeof importInWords>;

function problemInWords(language: Language, { reason, line }: NonNullable<ImportView['problem']>): string {
  if (line === undefined) return say(language, `refusal.${reason}`);
  return say(language, 'imports.atLine', { line, reason: sayReason(language, reason) });
}
