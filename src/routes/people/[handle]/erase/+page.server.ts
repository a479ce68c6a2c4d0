import { personToErase, erasePerson } from '#server/erasure/erase.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import { dropSessionCookie } from '#server/web/session-cookie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const person = await personToErase(event.locals.db, actor, event.params.handle);
  return { person, self: person.id === actor.id, sure: event.url.searchParams.has('sure') };
};

export const actions: Actions = {
  default: formAction(
    async (tx, actor, form, { params }) => {
      const person = await personToErase(tx, actor, params.handle ?? '');
      const input = { personId: person.id, confirm: form.text('confirm') };
      return { self: person.id === actor.id, ...(await erasePerson(tx, actor, input)) };
    },
    ({ self, handle }, gone) => {
      if (!self) return `/people/${handle}`;
      dropSessionCookie(gone);
      return '/sign-in?news=erased';
    },
  ),
};
