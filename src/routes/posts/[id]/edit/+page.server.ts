import { isGuest } from '#server/actor.ts';
import { communityChoices } from '#server/communities/choices.ts';
import { listTags } from '#server/conversation/tags.ts';
import { renderDraft } from '#server/conversation/text.ts';
import { notFound } from '#server/errors.ts';
import { localTime } from '#server/posts/publish-at.ts';
import { readPost } from '#server/posts/read.ts';
import { dropRework, readRework, reworksOf } from '#server/posts/rework.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import { savePost } from '../../post-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const post = await readPost(db, actor, event.params.id);
  if (!post.may.edit) throw notFound();
  const [communities, tags] = await Promise.all([
    communityChoices(db, actor, { also: post.community ? [post.community.slug] : [] }),
    listTags(db, actor),
  ]);
  const reworks = post.status === 'published' ? await reworksOf(db, actor, post.id) : [];
  const asked = reworks.find(({ id }) => id === event.url.searchParams.get('rework'));
  return {
    post,
    reworks,
    rework: asked ? await readRework(db, actor, post.id, asked.id) : null,
    comesOut: post.publishAt ? localTime(post.publishAt, actor.timeZone) : '',
    communities,
    guest: isGuest(actor),
    knownTags: tags.items.map((tag) => tag.label),
  };
};

export const actions: Actions = {
  save: formAction(
    (tx, actor, form, { params }) => savePost(tx, actor, form, params.id),
    (address) => address,
  ),
  discard: formAction(
    (tx, actor, form, { params }) => dropRework(tx, actor, params.id ?? '', form.text('rework')),
    (_, { url }) => url.pathname,
  ),
  preview: formAction(
    (tx, actor, form) => renderDraft(tx, actor, form.text('body')),
    ({ html }, _, form) => ({ preview: html, values: form.values }),
  ),
};
