import { fileItem } from '#server/desk/file.ts';
import { formAction } from '#server/web/form.ts';

/** Where a thing of one's own stands, who sees it, and whether it is read. */
export const filingActions = {
  file: formAction(
    (tx, actor, form, { params }) =>
      fileItem(tx, actor, params.id ?? '', { watch: form.text('watch') || null }),
    (_, { url }) => `${url.pathname}?done`,
  ),
  mark: formAction(
    (tx, actor, form, { params }) => {
      const [name, value] = form.text('mark').split(' ');
      return fileItem(tx, actor, params.id ?? '', { [name ?? '']: value === 'yes' });
    },
    (_, { url }) => url.pathname,
  ),
};
