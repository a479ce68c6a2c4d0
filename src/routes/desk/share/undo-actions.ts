import { undoTurning } from '#server/sharing/undo.ts';
import { changeSharing, stopSharing } from '#server/sharing/watch.ts';
import { formAction } from '#server/web/form.ts';

/** One step back from what was shared, or aside. */
export const undoActions = {
  change: formAction(
    (tx, actor, form) =>
      changeSharing(tx, actor, form.text('watch'), {
        community: form.text('community'),
        items: form.list('items'),
      }),
    (_, __, form) => `/desk/watches/${encodeURIComponent(form.text('watch'))}?shared`,
  ),
  stop: formAction(
    (tx, actor, form) => stopSharing(tx, actor, form.text('watch')),
    (_, __, form) => `/desk/watches/${encodeURIComponent(form.text('watch'))}?unshared`,
  ),
  undo: formAction(
    (tx, actor, form) => undoTurning(tx, actor, form.text('entry')),
    ({ item, was }) => `/desk/items/${item}?undone=${was}`,
  ),
};
