import { keepCopy } from '#server/desk/copy.ts';
import { formAction } from '#server/web/form.ts';

/** From a list: keeps what a colleague shared; the page comes back as it was, at the same thing. */
export const copyActions = {
  copy: formAction(
    (tx, actor, form) => keepCopy(tx, actor, form.text('item'), { watch: form.text('watch') }),
    ({ id }, { url }, form) => {
      const query = [...url.searchParams].filter(([name]) => !name.startsWith('/') && name !== 'copied');
      const told = new URLSearchParams([...query, ['copied', id]]);
      return `${url.pathname}?${told}#thing-${encodeURIComponent(form.text('item'))}`;
    },
  ),
};

/** The same from its own page, to one's own of it. */
export const copyOne = {
  copy: formAction(
    (tx, actor, form, { params }) => keepCopy(tx, actor, params.id ?? '', { watch: form.text('watch') }),
    ({ id }) => `/desk/items/${id}?copied`,
  ),
};
