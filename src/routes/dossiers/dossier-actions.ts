import { followDossier, unfollowDossier } from '#server/dossiers/follow.ts';
import {
  addWatches,
  deleteDossier,
  editDossier,
  removeWatch,
  restoreDossier,
} from '#server/dossiers/found.ts';
import { formAction, type Form } from '#server/web/form.ts';

const here = (_: unknown, { params }: { params: { id?: string } }) => `/dossiers/${params.id}`;

/** A page that is hidden is on top all the same, though nobody is shown it: only another choice takes it away. */
function chosenPage(form: Form): string | null | undefined {
  const page = form.text('page');
  return page === form.text('page_before') ? undefined : page || null;
}

/** What one may do to a dossier, on its page. */
export const dossierActions = {
  follow: formAction((tx, actor, _, { params }) => followDossier(tx, actor, params.id ?? ''), here),
  unfollow: formAction((tx, actor, _, { params }) => unfollowDossier(tx, actor, params.id ?? ''), here),
  add: formAction(
    (tx, actor, form, { params }) => addWatches(tx, actor, params.id ?? '', form.list('watch')),
    here,
  ),
  remove: formAction(
    (tx, actor, form, { params }) => removeWatch(tx, actor, params.id ?? '', form.text('watch')),
    (_, event, form) => `${here(_, event)}?taken=${form.text('watch')}`,
  ),
  edit: formAction(
    (tx, actor, form, { params }) =>
      editDossier(tx, actor, params.id ?? '', {
        name: form.text('name'),
        about: form.text('about'),
        page: chosenPage(form),
      }),
    (_, event) => `${here(_, event)}?done`,
  ),
  delete: formAction(
    (tx, actor, _, { params }) => deleteDossier(tx, actor, params.id ?? ''),
    (_, { params }) => `/dossiers?removed=${params.id}`,
  ),
  restore: formAction((tx, actor, _, { params }) => restoreDossier(tx, actor, params.id ?? ''), here),
};
