import { Refusal } from '#server/errors.ts';
import { readPage } from '#server/pages/read.ts';
import { savePage } from '#server/pages/save.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const page = await readPage(event.locals.db, requireActor(event), event.params.id);
  if (!page.may.edit) throw new Refusal('forbidden', 'page_editors_only');
  return { page };
};

export const actions = {
  save: formAction(
    (tx, actor, form, { params }) =>
      savePage(tx, actor, params.id ?? '', {
        title: form.text('title'),
        body: form.text('body'),
        version: form.text('version'),
        tags: form.text('tags').split(','),
      }),
    ({ version, body, merged, conflicts }, { params }, form) => {
      if (conflicts.length === 0) return `/pages/${params.id}${merged ? '?merged' : ''}`;
      return { conflicts, values: { ...form.values, body, version: String(version) } };
    },
  ),
} satisfies Actions;
