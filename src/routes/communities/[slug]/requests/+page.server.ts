import { acceptRequest, declineRequest, joinRequests } from '#server/communities/requests.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  requests: (await joinRequests(event.locals.db, requireActor(event), event.params.slug)).items,
});

const here = (_: unknown, { params }: { params: { slug?: string } }) =>
  `/communities/${params.slug}/requests`;

export const actions = {
  accept: formAction(
    (tx, actor, form, { params }) => acceptRequest(tx, actor, params.slug ?? '', form.text('handle')),
    here,
  ),
  decline: formAction(
    (tx, actor, form, { params }) => declineRequest(tx, actor, params.slug ?? '', form.text('handle')),
    here,
  ),
} satisfies Actions;
