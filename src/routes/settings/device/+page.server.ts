import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

const YEAR = 365 * 86_400;

export const load: PageServerLoad = ({ cookies }) => ({ keys: cookies.get('keys') !== 'off' });

export const actions: Actions = {
  /** The letters that act, or not; the choice stays with this browser. */
  keys: async ({ request, cookies }) => {
    const form = await request.formData();
    if (form.get('keys') === 'off')
      cookies.set('keys', 'off', { path: '/', maxAge: YEAR, sameSite: 'lax', secure: false });
    else cookies.delete('keys', { path: '/', secure: false });
    redirect(303, '/settings/device');
  },
};
