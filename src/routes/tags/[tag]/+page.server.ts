import { follow, unfollow } from '#server/conversation/follow.ts';
import { readTag } from '#server/conversation/tags.ts';
import { listFeed } from '#server/feed/list.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import { ServerOnly } from '#ui/server-only.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const { tag: slug } = event.params;
  const tag = await readTag(db, actor, slug);
  const entries = await listFeed(db, actor, { tag: slug, cursor: event.url.searchParams.get('cursor') });
  return { tag, entries: new ServerOnly(entries) };
};

const back = (_: unknown, { url }: { url: URL }) => url.pathname;

export const actions: Actions = {
  follow: formAction((tx, actor, form) => follow(tx, actor, { kind: 'tag', id: form.text('id') }), back),
  unfollow: formAction((tx, actor, form) => unfollow(tx, actor, { kind: 'tag', id: form.text('id') }), back),
};
