import { isModerator, type Actor } from '#server/actor.ts';
import { listCommunities } from '#server/communities/list.ts';
import { listFeed } from '#server/feed/list.ts';
import type { Db } from '#server/platform/db.ts';
import { requireActor } from '#server/web/actor.ts';
import { safeNext } from '#server/web/doors.ts';
import { openFormAction } from '#server/web/form.ts';
import { ServerOnly } from '#ui/server-only.ts';
import type { Actions, PageServerLoad } from './$types';

const YEAR = 365 * 86_400;

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const query = event.url.searchParams;
  const scope = query.get('scope') === 'all' ? 'all' : 'following';
  const order = query.get('order') === 'active' ? 'active' : 'newest';
  const { db } = event.locals;
  const entries = await listFeed(db, actor, { scope, order, cursor: query.get('cursor') });
  const suggestions = entries.items.length ? [] : await communitiesToJoin(db, actor);
  return {
    scope,
    order,
    entries: new ServerOnly(entries),
    suggestions,
    invites: isModerator(actor),
  };
};

async function communitiesToJoin(db: Db, actor: Actor) {
  const { items } = await listCommunities(db, actor, { mine: false, limit: 5 });
  return items.filter((community) => !community.archived);
}

export const actions: Actions = {
  /** Light, dark or as the device says; the choice stays with this browser. */
  theme: openFormAction(async (form, { cookies }) => {
    const theme = form.text('theme');
    if (theme === 'dark' || theme === 'light')
      cookies.set('theme', theme, { path: '/', maxAge: YEAR, sameSite: 'lax', secure: false });
    else cookies.delete('theme', { path: '/', secure: false });
    return safeNext(form.text('back'));
  }),
};
