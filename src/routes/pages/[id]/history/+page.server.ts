import { compareVersions, pageHistory, restoreVersion } from '#server/pages/history.ts';
import { readPage } from '#server/pages/read.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { db } = event.locals;
  const actor = requireActor(event);
  const query = event.url.searchParams;
  const { id } = event.params;
  const { title, may } = await readPage(db, actor, id);
  const versions = await pageHistory(db, actor, id, { cursor: query.get('cursor'), limit: 50 });
  const asked = query.get('version');
  const latest = versions.items[0]?.number ?? 1;
  const number = asked === null ? latest : numberOf(asked);
  const since = query.get('since');
  const comparison = await compareVersions(db, actor, id, { number, since: since ? numberOf(since) : null });
  return {
    id,
    title,
    versions,
    comparison,
    latest,
    may: { restore: may.edit && (query.has('cursor') || number !== latest) },
    done: query.has('done'),
  };
};

function numberOf(text: string): number {
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 0;
}

export const actions = {
  restore: formAction(
    (tx, actor, form, { params }) =>
      restoreVersion(tx, actor, params.id ?? '', numberOf(form.text('number'))),
    (_, { params }) => `/pages/${params.id}/history?done`,
  ),
} satisfies Actions;
