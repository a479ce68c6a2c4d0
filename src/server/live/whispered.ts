import { noticesReadNews, pageNews, readNews, writingNews, type News } from './signals.ts';

/** The news in what processes whisper to each other (`platform/live-channel.ts`). */
export function whisperedNews(words: string): News[] {
  const whispers = JSON.parse(words) as string[][];
  return whispers.flatMap(([about, ...names]) => MEANINGS[about ?? '']?.(...names) ?? []);
}

const MEANINGS: Record<string, (...names: string[]) => News> = {
  writing: (entryId = '', personId = '', handle = '') => writingNews(entryId, personId, handle),
  page: (id = '') => pageNews(id),
  read: (personId = '', entryId) => readNews(personId, entryId ?? null),
  'notices read': (personId = '') => noticesReadNews(personId),
};
