/** The report of an import, on a terminal. */
import { inWords } from '#env';
import { sayReason } from '#server/syndication/reasons.ts';
import type { ImportReport } from '#server/import/report.ts';

const SKIPPED_SHOWN = 40;

/** Prints what came, or would. */
export function tell(
  { posts, comments, people, tags, skipped }: ImportReport,
  dry: boolean,
  print: (line: string) => void,
): void {
  if (dry) print(inWords('Essai à blanc : rien n’a été écrit.', 'Dry run: nothing was written.'));
  const line = (french: string, english: string, fresh: number, known: number, more = '') => {
    const already = known > 0 ? inWords(`, ${known} déjà là`, `, ${known} already here`) : '';
    print(`${inWords(french, english).padEnd(16)}${fresh}${already}${more}`);
  };
  line('Billets', 'Posts', posts.new, posts.known, draftsIn(posts));
  line('Commentaires', 'Comments', comments.new, comments.known, pingbacksIn(comments.pingbacks));
  line('Personnes', 'People', people.new, people.known);
  line('Sujets', 'Tags', tags, 0);
  if (skipped.length > 0) print(inWords('Laissé de côté :', 'Left out:'));
  const language = inWords('fr', 'en') as 'fr' | 'en';
  for (const { source, line: at, reason } of skipped.slice(0, SKIPPED_SHOWN)) {
    print(
      `  ${source}, ${inWords('ligne', 'line')} ${at}${inWords(' :', ':')} ${sayReason(language, reason)}`,
    );
  }
  if (skipped.length > SKIPPED_SHOWN)
    print(
      inWords(
        `  … et ${skipped.length - SKIPPED_SHOWN} autres`,
        `  … and ${skipped.length - SKIPPED_SHOWN} more`,
      ),
    );
}

function draftsIn({ drafts, private: kept }: ImportReport['posts']): string {
  const told = drafts > 0 ? inWords(`, dont ${many(drafts, 'brouillon')}`, `, ${drafts} of them drafts`) : '';
  return (
    told +
    (kept > 0 ? inWords(`, ${many(kept, 'privé')} en brouillon`, `, ${kept} private, kept as drafts`) : '')
  );
}

function pingbacksIn(pingbacks: number): string {
  const left = `${many(pingbacks, 'rétrolien')} ${pingbacks > 1 ? 'laissés' : 'laissé'} de côté`;
  return pingbacks > 0 ? inWords(` (${left})`, ` (${pingbacks} pingbacks left out)`) : '';
}

function many(count: number, noun: string): string {
  return `${count} ${noun}${count > 1 ? 's' : ''}`;
}
