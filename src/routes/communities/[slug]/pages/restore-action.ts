import { restorePage } from '#server/pages/remove.ts';
import { formAction } from '#server/web/form.ts';

/** Brings a deleted page back, and leads to it. */
export const restore = formAction(
  async (tx, actor, form) => {
    const id = form.text('id');
    await restorePage(tx, actor, id);
    return id;
  },
  (id) => `/pages/${id}`,
);
