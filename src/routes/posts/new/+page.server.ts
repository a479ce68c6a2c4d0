import { isGuest } from '#server/actor.ts';
import { communityChoices } from '#server/communities/choices.ts';
import { listTags } from '#server/conversation/tags.ts';
import { comparedBy } from '#server/platform/likeness/plugged.ts';
import { readPost } from '#server/posts/read.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction, onceAction, openFormAction } from '#server/web/form.ts';
import { savePost } from '../post-form.ts';
import { previewPost } from '../preview-post.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const query = event.url.searchParams;
  const curated = query.get('curate');
  const [communities, tags, source] = await Promise.all([
    communityChoices(db, actor, { also: query.getAll('community') }),
    listTags(db, actor),
    curated ? readPost(db, actor, curated) : null,
  ]);
  const fields = {
    community: query.get('community') ?? '',
    purpose: query.get('kind') ?? '',
    sourceUrl: query.get('url') ?? '',
    ...(query.get('url') && { sourceTitle: query.get('title') ?? '' }),
    ...(source && {
      curatedId: source.id,
      title: source.title,
      body: source.excerpt && `> ${source.excerpt}\n\n`,
    }),
  };
  return {
    fields,
    source: source && { id: source.id, title: source.title, author: source.author.name },
    communities,
    guest: isGuest(actor),
    comparedBy: comparedBy(),
    knownTags: tags.items.map((tag) => tag.label),
  };
};

export const actions: Actions = {
  /** From the box on the feed: what was begun there goes on here. */
  begin: formAction(
    async () => undefined,
    (_, __, form) => ({ values: form.values }),
  ),
  save: onceAction(
    (tx, actor, form) => savePost(tx, actor, form),
    (address) => address,
  ),
  preview: openFormAction((form, event) => previewPost(event.locals.db, requireActor(event), form)),
};
