import { redirect } from '@sveltejs/kit';
import { safeNext } from '#server/web/doors.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  const next = safeNext(url.searchParams.get('next'));
  if (locals.actor) redirect(303, next);
  return { next };
};
