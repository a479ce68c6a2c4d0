import { undoTurning } from '#server/sharing/undo.ts';
import { stopSharing } from '#server/sharing/watch.ts';
import { formAction } from '#server/web/form.ts';

/** One step back from what was shared. */
export const undoActions = {
  stop: formAction(
    (tx, actor, form) => stopSharing(tx, actor, form.text('watch')),
    (_, __, form) => `/desk/watches/${encodeURIComponent(form.text('watch'))}?unshared`,
  ),
  undo: formAction(
    (tx, actor, form) => undoTurning(tx, actor, form.text('entry')),
    ({ item }) => `/desk/items/${item}?undone`,
  ),
};
