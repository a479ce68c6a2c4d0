import type { OwnCommunity } from '#server/communities/present.ts';
import type { Say } from '../../i18n/voice.ts';

/** Where a person may write: his own blog, unless he is a guest, and the living communities he belongs to. */
export function homesOf(communities: readonly OwnCommunity[], guest: boolean, t: Say) {
  const own = communities
    .filter((community) => !community.archived)
    .map(({ slug, name, emoji }) => ({ value: slug, label: `${emoji} ${name}` }));
  return guest ? own : [{ value: '', label: t('editor.ownBlog') }, ...own];
}
