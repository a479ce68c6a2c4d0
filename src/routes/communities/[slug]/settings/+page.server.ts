import { stepDown } from '#server/communities/animate.ts';
import {
  archiveCommunity,
  changeAccess,
  editCommunity,
  unarchiveCommunity,
} from '#server/communities/edit.ts';
import type { Access } from '#server/communities/present.ts';
import { communityForAnimators } from '#server/communities/standing.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  await communityForAnimators(event.locals.db, requireActor(event), event.params.slug);
  return { saved: event.url.searchParams.get('done') };
};

type Where = { params: { slug?: string } };
const back =
  (done: string) =>
  (_: unknown, { params }: Where) =>
    `/communities/${params.slug}/settings?done=${done}`;
const home = (_: unknown, { params }: Where) => `/communities/${params.slug}`;

export const actions = {
  save: formAction(
    (tx, actor, form, { params }) =>
      editCommunity(tx, actor, params.slug ?? '', {
        name: form.text('name'),
        emoji: form.text('emoji'),
        description: form.text('description'),
        themes: form.text('themes').split(','),
      }),
    back('saved'),
  ),
  access: formAction(
    (tx, actor, form, { params }) =>
      changeAccess(tx, actor, params.slug ?? '', form.text('access') as Access),
    ({ slug }) => `/communities/${slug}/settings?done=access`,
  ),
  archive: formAction((tx, actor, _, { params }) => archiveCommunity(tx, actor, params.slug ?? ''), home),
  unarchive: formAction((tx, actor, _, { params }) => unarchiveCommunity(tx, actor, params.slug ?? ''), home),
  stepDown: formAction((tx, actor, _, { params }) => stepDown(tx, actor, params.slug ?? ''), home),
} satisfies Actions;
