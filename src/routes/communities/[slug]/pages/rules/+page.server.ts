import { communityForAnimators } from '#server/communities/standing.ts';
import { pageRules, setPageRules } from '#server/pages/rules.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  await communityForAnimators(db, actor, event.params.slug);
  return {
    rules: await pageRules(db, actor, event.params.slug),
    done: event.url.searchParams.has('done'),
  };
};

export const actions = {
  save: formAction(
    (tx, actor, form, { params }) =>
      setPageRules(tx, actor, params.slug ?? '', {
        editing: form.text('editing'),
        editors: form.text('editors').split(/[,;\s]+/),
      }),
    (_, { params }) => `/communities/${params.slug}/pages/rules?done`,
  ),
} satisfies Actions;
