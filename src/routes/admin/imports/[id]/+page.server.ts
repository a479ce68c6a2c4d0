import { confirmImport, readImport } from '#server/import/asked.ts';
import { importInWords } from '#server/import/in-words.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const asked = await readImport(event.locals.db, requireActor(event), event.params.id);
  return { asked: importInWords(event.locals.language, asked) };
};

export const actions = {
  confirm: formAction(
    (tx, actor, _, event) => confirmImport(tx, actor, event.params.id ?? ''),
    (_, event) => event.url.pathname,
  ),
} satisfies Actions;
