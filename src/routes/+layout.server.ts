import { env } from '#env';
import { isAdmin, isModerator, type Actor } from '#server/actor.ts';
import { myCommunities } from '#server/communities/list.ts';
import { firstDayNews } from '#server/first-day/progress.ts';
import { hasNews } from '#server/notifications/list.ts';
import { feedKeyOf } from '#server/people/feed-key.ts';
import type { Db } from '#server/platform/db.ts';
import { networkName } from '#server/web/network-name.ts';
import type { Shell } from '#ui/shell/shell.ts';
import type { LayoutServerLoad } from './$types';

const MOST_COMMUNITIES = 12;

export const load: LayoutServerLoad = async ({ locals, cookies }): Promise<{ shell: Shell }> => {
  const { actor, db, language } = locals;
  const [network, own, news, feedKey, firstDay] = await Promise.all([
    networkName(db),
    ownCommunities(db, actor),
    actor ? hasNews(db, actor) : false,
    actor && feedKeyOf(db, actor),
    actor && firstDayNews(db, actor),
  ]);
  const theme = cookies.get('theme');
  return {
    shell: {
      network,
      language,
      timeZone: actor?.timeZone ?? 'Europe/Paris',
      theme: theme === 'light' || theme === 'dark' ? theme : 'light dark',
      keys: cookies.get('keys') !== 'off',
      now: new Date().toISOString(),
      person: actor && {
        handle: actor.handle,
        name: actor.name,
        picture: actor.picture ?? null,
        keepsOrder: isModerator(actor) || own.some(({ standing }) => standing === 'animator'),
        runsNetwork: isAdmin(actor),
      },
      communities: own.slice(0, MOST_COMMUNITIES),
      moreCommunities: own.length > MOST_COMMUNITIES,
      news,
      feedKey,
      firstDay,
      fileLimitMb: env.FILE_LIMIT_MB,
    },
  };
};

/** Living ones, by name; where they are many, those with something new come first. */
async function ownCommunities(db: Db, actor: Actor | null) {
  if (!actor) return [];
  const living = (await myCommunities(db, actor)).items.filter((community) => !community.archived);
  if (living.length <= MOST_COMMUNITIES) return living;
  return living.toSorted((a, b) => Number(b.unread) - Number(a.unread));
}
