import { keepPost, letPostGo } from '#server/desk/bookmark.ts';
import { formAction } from '#server/web/form.ts';

/** From the page of a post: keep it, or let it go. */
export const keepActions = {
  keepPost: formAction(
    (tx, actor, form) => keepPost(tx, actor, form.text('id'), { readLater: form.flag('readLater') }),
    (_, __, form) => `/posts/${encodeURIComponent(form.text('id'))}?deskKept#reactions`,
  ),
  letPostGo: formAction(
    (tx, actor, form) => letPostGo(tx, actor, form.text('id')),
    (_, __, form) => `/posts/${encodeURIComponent(form.text('id'))}?deskReleased#reactions`,
  ),
};
