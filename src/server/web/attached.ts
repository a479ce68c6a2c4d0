import type { RequestEvent } from '@sveltejs/kit';
import { invalid, Refusal } from '../errors.ts';
import { addFile, keepContent, receiveFile } from '../files/upload.ts';
import { kindOf } from '../platform/files/kinds.ts';
import { inTransaction } from '../platform/db.ts';
import { requireActor } from './actor.ts';
import type { Form } from './form.ts';

/**
 * Without script, files come along with the form: those of its field `attached` are taken in, and named at the end of the
 * text; a picture in `coverFile` is named in `cover`. A refusal of one gives the text back with those that were taken.
 */
export async function takeAttached(form: Form, event: RequestEvent): Promise<void> {
  const [files, cover] = [form.files('attached'), form.file('coverFile')];
  if (files.length === 0 && !cover) return;
  const actor = requireActor(event);
  for (const file of files) {
    const { markdown } = await receiveFile(event.locals.db, actor, {
      name: file.name,
      content: file.stream(),
    });
    form.addLines('body', markdown);
  }
  if (!cover) return;
  const kept = await keepContent(event.locals.db, { name: cover.name, content: cover.stream() }).catch(
    ofCover,
  );
  if (kindOf(kept.type) !== 'image') throw invalid('coverFile', 'picture_kind');
  form.put('cover', (await inTransaction(event.locals.db, (tx) => addFile(tx, actor, kept))).url);
}

function ofCover(error: unknown): never {
  if (error instanceof Refusal && error.fields?.['file']) throw invalid('coverFile', error.fields['file']);
  throw error;
}
