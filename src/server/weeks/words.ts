import type { Language } from '../../i18n/voice.ts';
import type { ToldWeek } from '../notifications/notice-mail.ts';
import { lastDayBefore } from '../notifications/paths.ts';
import { quoted } from '../notifications/sentence.ts';
import type { Db } from '../platform/db.ts';
import { log } from '../platform/log.ts';
import { isOutage } from '../platform/outage.ts';
import { say } from '../platform/words.ts';
import { newsOf, type News } from './news.ts';

const MOST_NAMED = 5;

/**
 * What each of these weeks brought, as its reader may see it now, in a few lines; of those that brought nothing, nothing.
 * One that cannot be read is left out: other mails leave with it.
 */
export async function weekWords(db: Db, weeks: ToldWeek[]): Promise<Map<string, string>> {
  const words = new Map<string, string>();
  for (const { id, personId, dossierId, at } of weeks) {
    const found = await newsOf(db, { personId, dossierId, until: lastDayBefore(at) }).catch(
      (error: unknown) => {
        if (isOutage(error)) throw error;
        log.error('a week is not told', { dossier: dossierId, person: personId, error });
        return null;
      },
    );
    if (found) words.set(id, inWords(found.reader.language, found.news));
  }
  return words;
}

function inWords(language: Language, { things, watches, contradictions }: News): string {
  const named = things.slice(0, MOST_NAMED).map(({ title, finds }) => {
    const name = finds[0]?.finder.name ?? '';
    return `– ${title || say(language, 'dossiers.untitled')} (${name})`;
  });
  const more = things.length - named.length;
  const paragraphs = [
    things.length > 0 && [
      say(language, 'weeks.things', { count: things.length }),
      ...named,
      ...(more > 0 ? [say(language, 'weeks.more', { count: more })] : []),
    ],
    watches.length > 0 &&
      watches
        .slice(0, MOST_NAMED)
        .map(({ name, owner }) =>
          say(language, 'weeks.watch', { watch: quoted(language, name), name: owner.name }),
        ),
    contradictions.length > 0 && [say(language, 'weeks.contradictions', { count: contradictions.length })],
  ];
  return paragraphs
    .filter((lines) => lines !== false)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}
