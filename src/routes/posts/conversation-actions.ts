import { addComment, deleteComment, editComment, restoreComment } from '#server/conversation/comment.ts';
import type { ReactionKind } from '#server/conversation/present.ts';
import { react, unreact, type Reaction } from '#server/conversation/react.ts';
import { followThread } from '#server/notifications/less.ts';
import { formAction, onceAction, type Form } from '#server/web/form.ts';

const reaction = (form: Form): Reaction => ({
  on: form.text('on') === 'comment' ? 'comment' : 'entry',
  id: form.text('id'),
  kind: form.text('kind') as ReactionKind,
});

const comment = (id: string, { pathname }: URL) => `${pathname}?comment=${id}#comment-${id}`;
const reacted = (_: unknown, { url }: { url: URL }, form: Form) =>
  form.text('on') === 'comment' ? comment(form.text('id'), url) : `${url.pathname}#reactions`;
const sameComment = (_: unknown, { url }: { url: URL }, form: Form) => comment(form.text('id'), url);

/** What is said and felt under the entry that `params.id` names. */
export const conversationActions = {
  react: formAction((tx, actor, form) => react(tx, actor, reaction(form)), reacted),
  unreact: formAction((tx, actor, form) => unreact(tx, actor, reaction(form)), reacted),
  comment: onceAction(
    (tx, actor, form, { params }) =>
      addComment(tx, actor, {
        entryId: params.id ?? '',
        parentId: form.text('parentId') || null,
        body: form.text('body'),
      }),
    ({ id }, { url }) => comment(id, url),
  ),
  editComment: formAction(
    (tx, actor, form) => editComment(tx, actor, form.text('id'), { body: form.text('body') }),
    sameComment,
  ),
  deleteComment: formAction(
    (tx, actor, form) => deleteComment(tx, actor, form.text('id')),
    (_, { url }, form) => `${url.pathname}?removed=${encodeURIComponent(form.text('id'))}`,
  ),
  thread: formAction(
    (tx, actor, form, { params }) =>
      followThread(tx, actor, params.id ?? '', form.text('following') === 'yes'),
    (_, { url }) => `${url.pathname}#reactions`,
  ),
  restoreComment: formAction((tx, actor, form) => restoreComment(tx, actor, form.text('id')), sameComment),
};
