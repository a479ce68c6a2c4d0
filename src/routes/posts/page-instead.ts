import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { Actor } from '#server/actor.ts';
import { Refusal } from '#server/errors.ts';
import { readPage } from '#server/pages/read.ts';

/**
 * Whatever tells of words (a notice, a mail, a search) leads to `/posts/ID`: where that is a page of a community, it is
 * read as one. What is neither is not found.
 */
export function pageInstead(event: RequestEvent, actor: Actor): (refused: unknown) => Promise<never> {
  return async (refused) => {
    if (!(refused instanceof Refusal) || refused.code !== 'not_found') throw refused;
    const { id } = await readPage(event.locals.db, actor, event.params['id'] ?? '');
    redirect(307, `/pages/${id}${event.url.search}`);
  };
}
