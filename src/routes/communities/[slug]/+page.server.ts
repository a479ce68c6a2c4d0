import { stepForward } from '#server/communities/animate.ts';
import { declineInvitation } from '#server/communities/invite.ts';
import { joinCommunity, leaveCommunity } from '#server/communities/join.ts';
import { markSeen } from '#server/communities/list.ts';
import { readCommunity } from '#server/communities/read.ts';
import { follow, unfollow } from '#server/conversation/follow.ts';
import { listFeed } from '#server/feed/list.ts';
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
  if (!community.may.read) return { order, entries: null };
  const entries = await listFeed(db, actor, { community: slug, order, cursor: query.get('cursor') });
  await inTransaction(db, (tx) => markSeen(tx, actor, community.id));
  return { order, entries };
};

const here = (_: unknown, { params }: { params: { slug?: string } }) => `/communities/${params.slug}`;
const list = () => '/communities';

export const actions = {
  join: formAction(
    (tx, actor, form, { params }) => joinCommunity(tx, actor, params.slug ?? '', form.text('message')),
    here,
  ),
  leave: formAction(
    async (tx, actor, _, { params }) => {
      const { access } = await readCommunity(tx, actor, params.slug ?? '');
      await leaveCommunity(tx, actor, params.slug ?? '');
      return access;
    },
    (access, event) => (access === 'secret' ? list() : here(access, event)),
  ),
  decline: formAction((tx, actor, _, { params }) => declineInvitation(tx, actor, params.slug ?? ''), list),
  stepForward: formAction((tx, actor, _, { params }) => stepForward(tx, actor, params.slug ?? ''), here),
  follow: formAction(async (tx, actor, _, { params }) => {
    const { id } = await readCommunity(tx, actor, params.slug ?? '');
    await follow(tx, actor, { kind: 'community', id });
  }, here),
  unfollow: formAction(async (tx, actor, _, { params }) => {
    const { id } = await readCommunity(tx, actor, params.slug ?? '');
    await unfollow(tx, actor, { kind: 'community', id });
  }, here),
} satisfies Actions;
