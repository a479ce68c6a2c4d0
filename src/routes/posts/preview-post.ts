import type { Actor } from '#server/actor.ts';
import { renderDraft } from '#server/conversation/text.ts';
import type { Db } from '#server/platform/db.ts';
import { alreadyThere } from '#server/twins/existing.ts';
import type { Form } from '#server/web/form.ts';

/** The text as it would be read, and what says it already. Outside a transaction, which would wait for the comparison. */
export async function previewPost(db: Db, actor: Actor, form: Form) {
  const [title, body] = [form.text('title'), form.text('body')];
  const [{ html }, already] = await Promise.all([
    renderDraft(db, actor, body),
    alreadyThere(db, actor, { title, body }),
  ]);
  return { preview: html, already, values: form.values };
}
