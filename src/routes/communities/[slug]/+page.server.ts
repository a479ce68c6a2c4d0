import { stepForward } from '#server/communities/animate.ts';
import { declineInvitation } from '#server/communities/invite.ts';
import { joinCommunity, leaveCommunity } from '#server/communities/join.ts';
import { markSeen } from '#server/communities/list.ts';
import { readCommunity } from '#server/communities/read.ts';
import { follow, unfollow } from '#server/conversation/follow.ts';
import { listFeed } from '#server/feed/list.ts';
import { levelIn, setLevel } from '#server/notifications/less.ts';
import { markNotifiedIn } from '#server/notifications/read.ts';
import { inTransaction } from '#server/platform/db.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const { slug } = event.params;
  const query = event.url.searchParams;
  const order = query.get('order') === 'active' ? 'active' : 'newest';
  const { community } = await event.parent();
  const level = await levelIn(db, actor, community.id);
  if (!community.may.read) return { order, level, entries: null };
  const entries = await listFeed(db, actor, { community: slug, order, cursor: query.get('cursor') });
  await inTransaction(db, async (tx) => {
    await markSeen(tx, actor, community.id);
    await markNotifiedIn(tx, actor, community.id);
  });
  return { order, level, entries };
};

type At = { params: { slug?: string } };
const slugOf = ({ params }: At) => params.slug ?? '';
const here = (_: unknown, at: At) => `/communities/${slugOf(at)}`;
const list = () => '/communities';

export const actions = {
  join: formAction((tx, actor, form, at) => joinCommunity(tx, actor, slugOf(at), form.text('message')), here),
  leave: formAction(
    async (tx, actor, _, at) => {
      const { access } = await readCommunity(tx, actor, slugOf(at));
      await leaveCommunity(tx, actor, slugOf(at));
      return access;
    },
    (access, event) => (access === 'secret' ? list() : here(access, event)),
  ),
  decline: formAction((tx, actor, _, at) => declineInvitation(tx, actor, slugOf(at)), list),
  stepForward: formAction((tx, actor, _, at) => stepForward(tx, actor, slugOf(at)), here),
  level: formAction((tx, actor, form, at) => setLevel(tx, actor, slugOf(at), form.text('level')), here),
  follow: followAction(follow),
  unfollow: followAction(unfollow),
} satisfies Actions;

function followAction(change: typeof follow) {
  return formAction(async (tx, actor, _, at) => {
    const { id } = await readCommunity(tx, actor, slugOf(at));
    await change(tx, actor, { kind: 'community', id });
  }, here);
}
