import { readAgain } from '#server/clips/again.ts';
import { addHighlight, noteHighlight, removeHighlight } from '#server/desk/highlights.ts';
import { formAction, onceAction } from '#server/web/form.ts';

/** Words marked in a kept page, and what is said about them. */
export const markingActions = {
  highlight: onceAction(
    (tx, actor, form, { params }) =>
      addHighlight(tx, actor, params['id'] ?? '', {
        quote: form.text('quote'),
        before: form.text('before'),
        behind: form.text('behind'),
        note: form.text('note'),
      }),
    ({ id }, { url }) => `${url.pathname}#highlight-${id}`,
  ),
  note: formAction(
    (tx, actor, form) => noteHighlight(tx, actor, form.text('id'), form.text('note')),
    (_, { url }, form) => `${url.pathname}#highlight-${form.text('id')}`,
  ),
  unmark: formAction(
    (tx, actor, form) => removeHighlight(tx, actor, form.text('id')),
    (_, { url }) => url.pathname,
  ),
  again: formAction(
    (tx, actor, _, { params }) => readAgain(tx, actor, params.id ?? ''),
    (_, { url }) => url.pathname,
  ),
};
