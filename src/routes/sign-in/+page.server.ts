import { redirect } from '@sveltejs/kit';
import { readNetwork } from '#server/people/setup.ts';
import { signIn } from '#server/people/sign-in.ts';
import { safeNext } from '#server/web/doors.ts';
import { openFormAction } from '#server/web/form.ts';
import { carry, visitorOf } from '#server/web/visitor.ts';
import type { Actions, PageServerLoad } from './$types';

/** Why somebody is here, where it is not by himself. */
const NEWS = ['joined', 'password', 'code', 'ended', 'erased'] as const;

export const load: PageServerLoad = async ({ locals, url }) => {
  const next = safeNext(url.searchParams.get('next'));
  if (locals.actor) redirect(303, next);
  return {
    next,
    opened: (await readNetwork(locals.db)) !== null,
    news: NEWS.find((one) => one === url.searchParams.get('news')) ?? null,
  };
};

export const actions = {
  default: openFormAction(async (form, event) => {
    const input = { email: form.text('email'), password: form.text('password') };
    const { cookies, second } = await signIn(event.locals.db, visitorOf(event), input);
    carry(event, cookies);
    const next = safeNext(form.text('next'));
    return second ? `/sign-in/code?next=${encodeURIComponent(next)}` : next;
  }),
} satisfies Actions;
