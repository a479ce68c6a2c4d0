import { readsEnglish, spaced } from '../i18n/typography.ts';

/** A title that somebody wrote, as it is shown: set as the texts below it are, so that no line begins with a colon. */
export function titled(title: string): string {
  return readsEnglish(title) ? title : spaced(title);
}
