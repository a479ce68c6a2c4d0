import { randomUUID } from 'node:crypto';
import type { Actor } from '#server/actor.ts';
import { createPost } from '#server/posts/create.ts';
import { editPost } from '#server/posts/edit.ts';
import type { NewPost } from '#server/posts/input.ts';
import { dropRework, keepRework, REWORKED, reworksOf, type ReworkFields } from '#server/posts/rework.ts';
import { instantOf } from '#server/posts/publish-at.ts';
import type { Tx } from '#server/platform/db.ts';
import type { Form } from '#server/web/form.ts';
import { coverOf, newPostOf, refuseLostCredit } from './post-fields.ts';

/** Which of the editor's buttons was pressed: they say what becomes of the post. */
type Verb = 'draft' | 'scheduled' | 'published' | 'saved' | 'kept';

/** Saves what the form holds, in the post it names or `id` does; else in a new one. Gives where to go. */
export async function savePost(tx: Tx, actor: Actor, form: Form, id?: string): Promise<string> {
  const verb = form.text('status') as Verb;
  if (verb === 'kept' && id) return keepAside(tx, actor, form, id);
  refuseLostCredit(form);
  const post: NewPost = {
    ...newPostOf(form),
    ...(verb === 'scheduled' && { publishAt: instantOf(form.text('publishAt'), actor.timeZone) }),
    ...((verb === 'draft' || verb === 'published') && { status: verb }),
  };
  const version = Number(form.text('version')) || undefined;
  const known = form.text('id') || id;
  if (known) await editPost(tx, actor, known, { ...post, version });
  const saved = known ?? (await createPost(tx, actor, post)).id;
  if (id && form.text('rework')) await dropRework(tx, actor, id, form.text('rework'));
  if (verb === 'scheduled') return '/drafts?scheduled';
  return verb === 'draft' ? '/drafts?kept' : `/posts/${saved}`;
}

/** Keeps what the form holds beside the post that is out. Where it has gone on elsewhere, both are kept. */
async function keepAside(tx: Tx, actor: Actor, form: Form, post: string): Promise<string> {
  const fields = Object.fromEntries(REWORKED.map((name) => [name, form.text(name)])) as ReworkFields;
  fields.cover = coverOf(form);
  const of = Number(form.text('version')) || 1;
  const version = Number(form.text('reworkVersion'));
  const own = form.text('rework');
  const known = own ? (await reworksOf(tx, actor, post)).find(({ id }) => id === own) : undefined;
  const id = own && (known?.version ?? 0) === version ? own : randomUUID();
  await keepRework(tx, actor, post, id, { fields, of, version: id === own ? version : 0 });
  return `/posts/${post}`;
}
