import { env } from '#env';
import { isAdmin, isModerator } from '#server/actor.ts';
import { firstDayNews } from '#server/first-day/progress.ts';
import { readSurroundings } from '#server/shell/read.ts';
import { networkName } from '#server/web/network-name.ts';
import type { Shell } from '#ui/shell/shell.ts';
import type { LayoutServerLoad } from './$types';

const MOST_COMMUNITIES = 12;

export const load: LayoutServerLoad = async ({ locals, cookies }): Promise<{ shell: Shell }> => {
  const { actor, db, language } = locals;
  const [network, around, firstDay] = await Promise.all([
    networkName(db),
    actor && readSurroundings(db, actor, MOST_COMMUNITIES),
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
        keepsOrder: isModerator(actor) || (around?.animates ?? false),
        runsNetwork: isAdmin(actor),
      },
      communities: around?.communities ?? [],
      moreCommunities: around?.moreCommunities ?? false,
      news: around?.news ?? false,
      feedKey: around?.feedKey ?? null,
      firstDay,
      newcomers: around?.newcomers ?? [],
      fileLimitMb: env.FILE_LIMIT_MB,
    },
  };
};
