import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { Actor } from '#server/actor.ts';
import { Refusal } from '#server/errors.ts';
import { readPage } from '#server/pages/read.ts';
import { isRegrettable } from '#server/posts/remove.ts';

/**
 * Whatever tells of words (a notice, a mail, a search) leads to `/posts/ID`: where that is a page of a community, it is
 * read as one. Who deleted it comes to where he brings it back. What is neither is not found.
 */
export function pageInstead(event: RequestEvent, actor: Actor): (refused: unknown) => Promise<never> {
  return async (refused) => {
    if (!(refused instanceof Refusal) || refused.code !== 'not_found') throw refused;
    const { db } = event.locals;
    const asked = event.params['id'] ?? '';
    if (await isRegrettable(db, actor, asked)) redirect(307, '/drafts?deleted');
    const { id } = await readPage(db, actor, asked);
    redirect(307, `/pages/${id}${event.url.search}`);
  };
}
