import { ROLES, checkRole } from '#server/people/rank.ts';
import { changeRole, deactivatePerson, liftSecondFactor, reactivatePerson } from '#server/people/roles.ts';
import { listRoster } from '#server/people/roster.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction, type Form } from '#server/web/form.ts';
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
  };
};

type Said = 'role' | 'deactivated' | 'reactivated' | 'lifted';
const tell = (said: Said) => (_: unknown, __: unknown, form: Form) => ({ said, name: form.text('name') });

export const actions = {
  role: formAction(
    (tx, actor, form) => changeRole(tx, actor, form.text('id'), checkRole(form.text('role'))),
    tell('role'),
  ),
  deactivate: formAction(
    (tx, actor, form) => deactivatePerson(tx, actor, form.text('id')),
    tell('deactivated'),
  ),
  reactivate: formAction(
    (tx, actor, form) => reactivatePerson(tx, actor, form.text('id')),
    tell('reactivated'),
  ),
  lift: formAction((tx, actor, form) => liftSecondFactor(tx, actor, form.text('id')), tell('lifted')),
} satisfies Actions;
