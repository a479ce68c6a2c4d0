import { invalid } from '#server/errors.ts';
import { inTransaction } from '#server/platform/db.ts';
import { removePicture, setPicture, squaresOf } from '#server/portraits/picture.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction, openFormAction, type Form } from '#server/web/form.ts';
import type { Actions } from './$types';

const onward = (form: Form) =>
  form.text('from') === 'welcome' ? '/welcome?open=profile#profile' : '/settings?saved';

export const actions = {
  show: openFormAction(async (form, event) => {
    const actor = requireActor(event);
    const file = form.file('file');
    if (!file) throw invalid('file', 'picture_missing');
    const made = await squaresOf(file.stream());
    await inTransaction(event.locals.db, (tx) => setPicture(tx, actor, made));
    return onward(form);
  }),
  remove: formAction(removePicture, (_, __, form) => onward(form)),
} satisfies Actions;
