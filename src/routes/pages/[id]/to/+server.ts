import { redirect } from '@sveltejs/kit';
import { leadFrom } from '#server/pages/links.ts';
import { requireActor } from '#server/web/actor.ts';
import type { RequestHandler } from './$types';

/** A name in double brackets: the page of that name, or the place where it can be written. */
export const GET: RequestHandler = async (event) => {
  const name = event.url.searchParams.get('name') ?? '';
  const { id, community } = await leadFrom(event.locals.db, requireActor(event), event.params.id, name);
  if (id) redirect(303, `/pages/${id}`);
  redirect(303, `/communities/${community}/pages/new?title=${encodeURIComponent(name)}`);
};
