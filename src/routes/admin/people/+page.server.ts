import { ROLES, checkRole } from '#server/people/rank.ts';
import { changeRole, deactivatePerson, reactivatePerson } from '#server/people/roles.ts';
import { listRoster } from '#server/people/roster.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const query = event.url.searchParams;
  const actor = requireActor(event);
  const status = query.get('status') === 'deactivated' ? 'deactivated' : 'active';
  const search = { query: query.get('q'), status, cursor: query.get('cursor') } as const;
  return {
    people: await listRoster(event.locals.db, actor, search),
    roles: ROLES.slice(0, ROLES.indexOf(actor.role) + 1),
    self: actor.id,
    status,
    query: query.get('q') ?? '',
    saved: query.has('saved'),
  };
};

const saved = () => '/admin/people?saved';

export const actions = {
  role: formAction(
    (tx, actor, form) => changeRole(tx, actor, form.text('id'), checkRole(form.text('role'))),
    saved,
  ),
  deactivate: formAction((tx, actor, form) => deactivatePerson(tx, actor, form.text('id')), saved),
  reactivate: formAction((tx, actor, form) => reactivatePerson(tx, actor, form.text('id')), saved),
} satisfies Actions;
