import { renderDraft } from '#server/conversation/text.ts';
import { postVersion } from '#server/posts/history.ts';
import { requireActor } from '#server/web/actor.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { db } = event.locals;
  const actor = requireActor(event);
  const asked = event.url.searchParams.get('version');
  const version = await postVersion(db, actor, event.params.id, asked === null ? null : Number(asked));
  const { html } = await renderDraft(db, actor, version.body);
  return {
    id: event.params.id,
    shown: version.number,
    title: version.title,
    html,
    versions: version.all,
  };
};
