import { confirmEmail, readEmailLink } from '#server/people/new-email.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  email: await readEmailLink(event.locals.db, requireActor(event), event.params.token),
});

export const actions = {
  default: formAction(
    (tx, actor, _, { params }) => confirmEmail(tx, actor, params.token ?? ''),
    () => '/settings/account?saved',
  ),
} satisfies Actions;
