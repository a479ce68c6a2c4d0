import type { CommunityChoices } from '#server/communities/choices.ts';
import type { Say } from '../../i18n/voice.ts';

interface Home {
  value: string;
  label: string;
  disabled?: boolean;
}

/**
 * Where a person may write: his own blog, unless he is a guest, and the living communities he belongs to.
 * @param chosen what he chose already: it stays a choice, so that his words go nowhere else
 */
export function homesOf({ items, more }: CommunityChoices, guest: boolean, t: Say, chosen = ''): Home[] {
  const own = items.map(({ slug, name, emoji }) => ({ value: slug, label: `${emoji} ${name}` }));
  const kept = chosen && !own.some(({ value }) => value === chosen) ? [{ value: chosen, label: chosen }] : [];
  return [
    ...(guest ? [] : [{ value: '', label: t('editor.ownBlog') }]),
    ...own,
    ...kept,
    ...(more ? [{ value: '', label: t('editor.otherHomes'), disabled: true }] : []),
  ];
}
