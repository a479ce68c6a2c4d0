import { readOutsideAuthor } from '#server/claims/authors.ts';
import { claimAuthor, listClaims } from '#server/claims/claim.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const [author, mine] = await Promise.all([
    readOutsideAuthor(db, actor, event.params.handle),
    listClaims(db, actor, { mine: true, limit: 100 }),
  ]);
  return { author, claim: mine.items.find((claim) => claim.author.id === author.id) ?? null };
};

export const actions: Actions = {
  default: formAction(
    (tx, actor, form, { params }) =>
      claimAuthor(tx, actor, { author: params.handle ?? '', words: form.text('words') }),
    (_, { url }) => url.pathname,
  ),
};
