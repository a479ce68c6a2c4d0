import { invalid } from '#server/errors.ts';
import type { NewPost } from '#server/posts/input.ts';
import type { Form } from '#server/web/form.ts';
import { labelsIn } from '#ui/posts/draft.ts';

/** What the editor's form says of a post. A field that the form does not have is not said. */
export function newPostOf(form: Form): NewPost {
  return {
    title: form.text('title'),
    body: form.text('body'),
    community: form.optional('community'),
    tags: labelsIn(form.text('tags')),
    cover: coverOf(form),
    coverAlt: form.text('coverAlt'),
    sourceUrl: form.optional('sourceUrl'),
    sourceTitle: form.optional('sourceTitle'),
    sourceAuthor: form.optional('sourceAuthor'),
    curatedId: form.optional('curatedId'),
    purpose: form.optional('purpose') as NewPost['purpose'],
  };
}

/** A picture that was chosen in the place of the one that goes comes instead of it. */
export function coverOf(form: Form): string {
  return form.flag('coverGone') && !form.file('coverFile') ? '' : form.text('cover');
}

/** A title or an author of an outside article without its address would be kept nowhere. */
export function refuseLostCredit(form: Form): void {
  if (form.text('sourceUrl').trim() || !(form.text('sourceTitle') + form.text('sourceAuthor')).trim()) return;
  throw invalid('sourceUrl', 'source_needs_address');
}
