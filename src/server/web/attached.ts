import type { RequestEvent } from '@sveltejs/kit';
import { receiveFile } from '../files/upload.ts';
import { requireActor } from './actor.ts';
import type { Form } from './form.ts';

/**
 * Without script, files come along with the form, in its field `attached`: they are taken in, and named at the end of the
 * text. A refusal of one gives the text back with those that were taken.
 */
export async function takeAttached(form: Form, event: RequestEvent): Promise<void> {
  const files = form.files('attached');
  if (files.length === 0) return;
  const actor = requireActor(event);
  for (const file of files) {
    const { markdown } = await receiveFile(event.locals.db, actor, {
      name: file.name,
      content: file.stream(),
    });
    form.addLines('body', markdown);
  }
}
