import type { WatchRef } from '#server/desk/present.ts';
import type { Say } from '../../i18n/voice.ts';

/** A watch as something names it that stands in it, or feeds it. */
export type Present = Pick<WatchRef, 'id' | 'name'> & Partial<WatchRef>;

/**
 * What a choice of a watch offers: none, the one that is chosen now, and the others. The present one is always there, be it
 * archived or beyond the list: a form that is sent for something else leaves it as it was.
 */
export function watchOptions(t: Say, watches: readonly WatchRef[], present: Present | null = null) {
  const listed = watches.some(({ id }) => id === present?.id);
  const offered: readonly Present[] = present && !listed ? [present, ...watches] : watches;
  return [
    { value: '', label: t('desk.watches.none_option') },
    ...offered.map(({ id, name, shared }) => ({
      value: id,
      label: shared ? t('desk.watches.sharedNamed', { name }) : name,
    })),
  ];
}
