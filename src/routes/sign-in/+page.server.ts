import { redirect } from '@sveltejs/kit';
import { readNetwork } from '#server/people/setup.ts';
import { signIn } from '#server/people/sign-in.ts';
import { safeNext } from '#server/web/doors.ts';
import { openFormAction } from '#server/web/form.ts';
import { carry, visitorOf } from '#server/web/visitor.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const next = safeNext(url.searchParams.get('next'));
  if (locals.actor) redirect(303, next);
  const news = url.searchParams.get('news');
  return {
    next,
    opened: (await readNetwork(locals.db)) !== null,
    news: news === 'joined' || news === 'password' ? (news as 'joined' | 'password') : null,
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
