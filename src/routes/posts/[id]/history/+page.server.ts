import { renderDraft } from '#server/conversation/text.ts';
import { notFound } from '#server/errors.ts';
import { postHistory } from '#server/posts/history.ts';
import { requireActor } from '#server/web/actor.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { db } = event.locals;
  const actor = requireActor(event);
  const versions = await postHistory(db, actor, event.params.id);
  const shown = Number(event.url.searchParams.get('version') ?? versions.length);
  const version = versions[versions.length - shown];
  if (!version) throw notFound();
  const { html } = await renderDraft(db, actor, version.body);
  return {
    id: event.params.id,
    shown,
    title: version.title,
    html,
    versions: versions.map(({ writtenAt }, index) => ({ number: versions.length - index, writtenAt })),
  };
};
