import { readProfile } from '#server/communities/profile.ts';
import { follow, unfollow } from '#server/conversation/follow.ts';
import { listFeed } from '#server/feed/list.ts';
import { linesOf } from '#server/portraits/lines.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const query = event.url.searchParams;
  const order = query.get('order') === 'active' ? 'active' : 'newest';
  const person = await readProfile(db, actor, event.params.handle);
  const cursor = query.get('cursor');
  const [entries, lines] = await Promise.all([
    listFeed(db, actor, { person: person.handle, order, cursor }),
    cursor ? null : linesOf(db, actor, person.handle),
  ]);
  return { person, order, entries, lines };
};

const here = (_: unknown, { params }: { params: { handle?: string } }) => `/people/${params.handle}`;

export const actions = {
  follow: formAction(async (tx, actor, _, { params }) => {
    const { id } = await readProfile(tx, actor, params.handle ?? '');
    await follow(tx, actor, { kind: 'person', id });
  }, here),
  unfollow: formAction(async (tx, actor, _, { params }) => {
    const { id } = await readProfile(tx, actor, params.handle ?? '');
    await unfollow(tx, actor, { kind: 'person', id });
  }, here),
} satisfies Actions;
