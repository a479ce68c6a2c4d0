import { isAdmin, isModerator } from '#server/actor.ts';
import type { Shell, Theme } from '#ui/shell/shell.ts';
import type { LayoutServerLoad } from './$types';

const THEMES: readonly string[] = ['light', 'dark'] satisfies Theme[];

export const load: LayoutServerLoad = ({ locals, cookies }): { shell: Shell } => {
  const { actor, language } = locals;
  const theme = cookies.get('theme') ?? '';
  return {
    shell: {
      network: 'Essaim',
      language,
      timeZone: actor?.timeZone ?? 'Europe/Paris',
      theme: THEMES.includes(theme) ? (theme as Theme) : 'light dark',
      now: new Date().toISOString(),
      person: actor && {
        handle: actor.handle,
        name: actor.name,
        keepsOrder: isModerator(actor),
        runsNetwork: isAdmin(actor),
      },
      communities: [],
      news: false,
    },
  };
};
