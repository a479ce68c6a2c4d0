import { redirect } from '@sveltejs/kit';
import { Refusal } from '#server/errors.ts';
import { signInWithCode } from '#server/people/sign-in.ts';
import { safeNext } from '#server/web/doors.ts';
import { openFormAction } from '#server/web/form.ts';
import { carry, visitorOf } from '#server/web/visitor.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  const next = safeNext(url.searchParams.get('next'));
  if (locals.actor) redirect(303, next);
  return { next, backup: url.searchParams.has('backup') };
};

export const actions = {
  default: openFormAction(async (form, event) => {
    const input = { code: form.text('code'), backup: form.flag('backup') };
    const next = safeNext(form.text('next'));
    try {
      carry(event, (await signInWithCode(event.locals.db, visitorOf(event), input)).cookies);
      return next;
    } catch (error) {
      if (!(error instanceof Refusal) || error.reason !== 'code_over') throw error;
      return `/sign-in?news=code&next=${encodeURIComponent(next)}`;
    }
  }),
} satisfies Actions;
