import { forgetSearch, saveSearch } from '#server/desk/saved.ts';
import { formAction } from '#server/web/form.ts';

/** Searches kept under a name, over the desk or over the network. */
export const searchActions = {
  save: formAction(
    (tx, actor, form) => saveSearch(tx, actor, { place: form.text('place'), query: form.text('query') }),
    (_, __, form) => {
      const asked = new URLSearchParams(form.text('query'));
      return `/${form.text('place') === 'network' ? 'search' : 'desk'}?${asked}&saved`;
    },
  ),
  forget: formAction(
    (tx, actor, form) => forgetSearch(tx, actor, form.text('id')),
    () => '/desk',
  ),
};
