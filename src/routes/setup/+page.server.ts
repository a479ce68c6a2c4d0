import { loadDemonstration } from '#server/demonstration/load.ts';
import { checkSetupKey, hasOwner, setUp } from '#server/people/setup.ts';
import { signIn } from '#server/people/sign-in.ts';
import { inTransaction } from '#server/platform/db.ts';
import { openFormAction } from '#server/web/form.ts';
import { carry, visitorOf } from '#server/web/visitor.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const key = url.searchParams.get('key');
  const done = await hasOwner(locals.db);
  if (key !== null && !done) await checkSetupKey(locals.db, key);
  return { key, done, language: locals.language };
};

export const actions = {
  open: openFormAction(async (form, event) => {
    const owner = { email: form.text('email'), password: form.text('password') };
    await inTransaction(event.locals.db, (tx) =>
      setUp(tx, {
        ...owner,
        key: event.url.searchParams.get('key') ?? '',
        network: form.text('network'),
        language: form.text('language') === 'en' ? 'en' : 'fr',
        address: event.url.origin,
        name: form.text('name'),
      }),
    );
    carry(event, (await signIn(event.locals.db, visitorOf(event), owner)).cookies);
    return '/';
  }),

  demonstrate: openFormAction(async (_, { locals, url }) => {
    await checkSetupKey(locals.db, url.searchParams.get('key') ?? '');
    return { demonstration: await loadDemonstration(locals.db) };
  }),
} satisfies Actions;
