import { nameAnimator, removeMember } from '#server/communities/animate.ts';
import { listPeople } from '#server/communities/directory.ts';
import { invitedPeople } from '#server/communities/invitations.ts';
import { inviteToCommunity, withdrawInvitation } from '#server/communities/invite.ts';
import { membersOf } from '#server/communities/members.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const { slug } = event.params;
  const query = event.url.searchParams;
  const search = { member: query.get('q') ?? '', invitee: (query.get('invite') ?? '').trim() };
  const { community } = await event.parent();
  const inside = community.standing === 'member' || community.standing === 'animator';
  const [members, invited, candidates] = await Promise.all([
    membersOf(db, actor, slug, { prefix: search.member, cursor: query.get('cursor') }),
    inside ? invitedPeople(db, actor, slug) : null,
    community.may.invite && search.invitee
      ? listPeople(db, actor, { prefix: search.invitee, limit: 10 })
      : null,
  ]);
  return { members, invited: invited?.items ?? [], candidates: candidates?.items ?? null, search };
};

export const actions = {
  invite: formAction(
    (tx, actor, form, { params }) => inviteToCommunity(tx, actor, params.slug ?? '', form.text('handle')),
    (_, __, form) => ({ said: 'invited' as const, name: form.text('name') }),
  ),
  takeBack: formAction(
    (tx, actor, form, { params }) => withdrawInvitation(tx, actor, params.slug ?? '', form.text('handle')),
    (_, { params }) => `/communities/${params.slug}/members`,
  ),
  makeAnimator: formAction(
    (tx, actor, form, { params }) => nameAnimator(tx, actor, params.slug ?? '', form.text('handle')),
    (_, __, form) => ({ said: 'named' as const, name: form.text('name') }),
  ),
  remove: formAction(
    (tx, actor, form, { params }) => removeMember(tx, actor, params.slug ?? '', form.text('handle')),
    (_, __, form) => ({ said: 'removed' as const, name: form.text('name') }),
  ),
} satisfies Actions;
