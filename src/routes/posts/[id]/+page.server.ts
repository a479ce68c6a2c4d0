import { readProfile } from '#server/communities/profile.ts';
import { addComment, deleteComment, editComment, restoreComment } from '#server/conversation/comment.ts';
import type { ReactionKind } from '#server/conversation/present.ts';
import { react, unreact, type Reaction } from '#server/conversation/react.ts';
import { threadsOf } from '#server/conversation/thread.ts';
import { editPost } from '#server/posts/edit.ts';
import { readPost } from '#server/posts/read.ts';
import { deletePost } from '#server/posts/remove.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction, type Form } from '#server/web/form.ts';
import { notice } from '../notice.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const { id } = event.params;
  const post = await readPost(db, actor, id);
  const [threads, author] = await Promise.all([
    threadsOf(db, actor, id, { cursor: event.url.searchParams.get('cursor'), limit: 100 }),
    readProfile(db, actor, post.author.handle).catch(() => null),
  ]);
  await notice(db, actor, post);
  return { post, threads, headline: author?.headline ?? '' };
};

const reaction = (form: Form): Reaction => ({
  on: form.text('on') === 'comment' ? 'comment' : 'entry',
  id: form.text('id'),
  kind: form.text('kind') as ReactionKind,
});
const back = (_: unknown, { url }: { url: URL }, form: Form) =>
  form.text('on') === 'comment' ? `${url.pathname}#comment-${form.text('id')}` : `${url.pathname}#reactions`;
const comment = (id: string, url: URL) => `${url.pathname}#comment-${id}`;

export const actions: Actions = {
  react: formAction((tx, actor, form) => react(tx, actor, reaction(form)), back),
  unreact: formAction((tx, actor, form) => unreact(tx, actor, reaction(form)), back),
  comment: formAction(
    (tx, actor, form, { params }) =>
      addComment(tx, actor, { entryId: params.id ?? '', parentId: form.text('parentId') || null, body: form.text('body') }),
    ({ id }, { url }) => comment(id, url),
  ),
  editComment: formAction(
    (tx, actor, form) => editComment(tx, actor, form.text('id'), { body: form.text('body') }),
    (_, { url }, form) => comment(form.text('id'), url),
  ),
  deleteComment: formAction(
    (tx, actor, form) => deleteComment(tx, actor, form.text('id')),
    (_, { url }, form) => `${url.pathname}?removed=${encodeURIComponent(form.text('id'))}`,
  ),
  restoreComment: formAction(
    (tx, actor, form) => restoreComment(tx, actor, form.text('id')),
    (_, { url }, form) => comment(form.text('id'), url),
  ),
  publish: formAction((tx, actor, _, { params }) => editPost(tx, actor, params.id ?? '', { status: 'published' }), (_, { url }) => url.pathname),
  delete: formAction((tx, actor, _, { params }) => deletePost(tx, actor, params.id ?? ''), () => '/drafts?deleted'),
};
