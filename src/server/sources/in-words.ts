import type { Language } from '../../i18n/voice.ts';
import { say } from '../platform/words.ts';
import type { Skipped } from '../syndication/types.ts';
import { sayReason } from '../syndication/reasons.ts';
import type { ListTaken } from './opml.ts';
import type { SourceView } from './subscriptions.ts';

const SKIPPED_SHOWN = 50;

/** A source with its error as a sentence. */
export function sourceInWords(language: Language, source: SourceView): SourceView {
  return { ...source, error: source.error && say(language, `refusal.${source.error}`) };
}

/** What came of a list, its reasons as sentences. */
export function listInWords(language: Language, taken: ListTaken) {
  const skipped = taken.skipped.slice(0, SKIPPED_SHOWN).map(({ line, reason }: Skipped) => ({
    line,
    reason: sayReason(language, reason),
  }));
  return { new: taken.new, known: taken.known, skipped };
}
