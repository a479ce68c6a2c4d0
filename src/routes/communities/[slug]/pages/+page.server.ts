import { pagesOf } from '#server/pages/tree.ts';
import { templatesFor } from '#server/pages/templates.ts';
import { requireActor } from '#server/web/actor.ts';
import { restore } from './restore-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { items, more, may } = await pagesOf(event.locals.db, actor, event.params.slug);
  return {
    pages: items,
    more,
    may,
    templates:
      items.length === 0 ? templatesFor(actor).map(({ key, name, about }) => ({ key, name, about })) : [],
    removed: event.url.searchParams.get('removed'),
  };
};

export const actions = { restore } satisfies Actions;
