import { labelsIn } from '#ui/posts/draft.ts';
import type { NewPost } from '#server/posts/input.ts';
import type { Form } from '#server/web/form.ts';

/** What the editor's form says of a post. A field that the form does not have is not said. */
export function newPostOf(form: Form): NewPost {
  return {
    title: form.text('title'),
    body: form.text('body'),
    community: form.optional('community'),
    tags: labelsIn(form.text('tags')),
    cover: form.text('cover'),
    sourceUrl: form.optional('sourceUrl'),
    sourceTitle: form.optional('sourceTitle'),
    sourceAuthor: form.optional('sourceAuthor'),
    curatedId: form.optional('curatedId'),
  };
}
