import { isGuest } from '#server/actor.ts';
import { myCommunities } from '#server/communities/list.ts';
import { listTags } from '#server/conversation/tags.ts';
import { renderDraft } from '#server/conversation/text.ts';
import { createPost } from '#server/posts/create.ts';
import { readPost } from '#server/posts/read.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction, onceAction } from '#server/web/form.ts';
import { newPostOf } from '../post-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const query = event.url.searchParams;
  const curated = query.get('curate');
  const [communities, tags, source] = await Promise.all([
    myCommunities(db, actor),
    listTags(db, actor),
    curated ? readPost(db, actor, curated) : null,
  ]);
  const fields = {
    community: query.get('community') ?? '',
    sourceUrl: query.get('url') ?? '',
    sourceTitle: query.get('title') ?? '',
    ...(source && {
      curatedId: source.id,
      title: source.title,
      body: source.excerpt && `> ${source.excerpt}\n\n`,
    }),
  };
  return {
    fields,
    source: source && { id: source.id, title: source.title, author: source.author.name },
    communities: communities.items,
    guest: isGuest(actor),
    knownTags: tags.items.map((tag) => tag.label),
  };
};

export const actions: Actions = {
  save: onceAction(
    async (tx, actor, form) => {
      const status = form.text('status') === 'published' ? 'published' : 'draft';
      return { status, ...(await createPost(tx, actor, { ...newPostOf(form), status })) };
    },
    ({ id, status }) => (status === 'published' ? `/posts/${id}` : '/drafts?kept'),
  ),
  preview: formAction(
    (tx, actor, form) => renderDraft(tx, actor, form.text('body')),
    ({ html }, _, form) => ({ preview: html, values: form.values }),
  ),
};
