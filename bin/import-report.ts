/** The report of an import, on a terminal. */
import { inWords } from '#env';
import type { ImportReport } from '#server/import/report.ts';

const SKIPPED_SHOWN = 40;

/** Prints what came, or would. */
export function tell({ posts, comments, people, tags, skipped }: ImportReport, dry: boolean, print: (line: string) => void): void {
  if (dry) print(inWords('Essai à blanc : rien n’a été écrit.', 'Dry run: nothing was written.'));
  const line = (french: string, english: string, fresh: number, known: number, more = '') => {
    const already = known > 0 ? inWords(`, ${known} déjà là`, `, ${known} already here`) : '';
    print(`${inWords(french, english).padEnd(16)}${fresh}${already}${more}`);
  };
  const drafts = posts.drafts > 0 ? inWords(`, dont ${posts.drafts} brouillons`, `, ${posts.drafts} of them drafts`) : '';
  const kept = posts.private > 0 ? inWords(`, ${posts.private} privés gardés en brouillon`, `, ${posts.private} private ones kept as drafts`) : '';
  line('Billets', 'Posts', posts.new, posts.known, drafts + kept);
  line('Commentaires', 'Comments', comments.new, comments.known);
  line('Personnes', 'People', people.new, people.known);
  line('Sujets', 'Tags', tags, 0);
  if (comments.pingbacks > 0) line('Rétroliens', 'Pingbacks', 0, 0, inWords(` (${comments.pingbacks} laissés de côté)`, ` (${comments.pingbacks} left out)`));
  for (const { source, line: at, reason } of skipped.slice(0, SKIPPED_SHOWN)) {
    print(`  ${source}, ${inWords('ligne', 'line')} ${at} : ${reason}`);
  }
  if (skipped.length > SKIPPED_SHOWN) print(inWords(`  … et ${skipped.length - SKIPPED_SHOWN} autres`, `  … and ${skipped.length - SKIPPED_SHOWN} more`));
}
