import { restoreComment } from '#server/conversation/comment.ts';
import { concealedCommentsOf } from '#server/conversation/concealed.ts';
import { deletedCommentsOf } from '#server/conversation/regret.ts';
import { concealedPostsOf } from '#server/posts/concealed.ts';
import { draftsOf } from '#server/posts/drafts.ts';
import { editPost } from '#server/posts/edit.ts';
import { deletedPostsOf, restorePost } from '#server/posts/remove.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const [drafts, concealed, hiddenComments, deleted, comments] = await Promise.all([
    draftsOf(event.locals.db, actor),
    concealedPostsOf(event.locals.db, actor),
    concealedCommentsOf(event.locals.db, actor),
    deletedPostsOf(event.locals.db, actor),
    deletedCommentsOf(event.locals.db, actor),
  ]);
  return {
    drafts: drafts.items,
    concealed: concealed.items,
    hiddenComments: hiddenComments.items,
    deleted: deleted.items,
    comments: comments.items,
  };
};

export const actions: Actions = {
  unschedule: formAction(
    (tx, actor, form) => editPost(tx, actor, form.text('id'), { publishAt: null }),
    () => '/drafts?unscheduled',
  ),
  restore: formAction(
    async (tx, actor, form) => {
      await restorePost(tx, actor, form.text('id'));
      return form.text('id');
    },
    (id) => `/posts/${id}`,
  ),
  restoreComment: formAction(
    (tx, actor, form) => restoreComment(tx, actor, form.text('id')),
    (_, __, form) => `/posts/${encodeURIComponent(form.text('entryId'))}#comment-${form.text('id')}`,
  ),
};
