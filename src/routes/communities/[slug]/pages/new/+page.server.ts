import { Refusal } from '#server/errors.ts';
import { createPage } from '#server/pages/create.ts';
import { templatesFor } from '#server/pages/templates.ts';
import { pagesOf } from '#server/pages/tree.ts';
import { requireActor } from '#server/web/actor.ts';
import { onceAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const query = event.url.searchParams;
  const { items, may } = await pagesOf(event.locals.db, actor, event.params.slug);
  if (!may.write) throw new Refusal('forbidden', 'page_editors_only');
  const templates = templatesFor(actor);
  const template = templates.find(({ key }) => key === query.get('template'));
  const missing = query.get('title') ?? '';
  return {
    missing,
    fields: {
      title: missing || (template?.title ?? ''),
      body: template?.body ?? '',
      parentId: query.get('parent') ?? '',
    },
    pages: items.map(({ id, title, depth }) => ({ id, title, depth })),
    templates: template ? [] : templates.map(({ key, name, about }) => ({ key, name, about })),
  };
};

export const actions = {
  create: onceAction(
    (tx, actor, form, { params }) =>
      createPage(tx, actor, {
        community: params.slug ?? '',
        title: form.text('title'),
        body: form.text('body'),
        parentId: form.text('parentId') || null,
        tags: form.text('tags').split(','),
      }),
    ({ id }) => `/pages/${id}`,
  ),
} satisfies Actions;
