import { checkPasswordLink, choosePassword } from '#server/people/password-link.ts';
import { inTransaction } from '#server/platform/db.ts';
import { openFormAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) => checkPasswordLink(locals.db, params.token);

export const actions = {
  default: openFormAction(async (form, { locals, params }) => {
    await inTransaction(locals.db, (tx) => choosePassword(tx, params.token ?? '', form.text('password')));
    return '/sign-in?news=password';
  }),
} satisfies Actions;
