import { listOutsideAuthors } from '#server/claims/authors.ts';
import { declineClaim, listClaims } from '#server/claims/claim.ts';
import { confirmClaim, linkAuthor } from '#server/claims/link.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const query = event.url.searchParams.get('q') ?? '';
  const cursor = event.url.searchParams.get('cursor');
  const [claims, authors] = await Promise.all([
    listClaims(db, actor, { limit: 100 }),
    listOutsideAuthors(db, actor, { query, cursor }),
  ]);
  return { query, claims: claims.items, authors, news: event.url.searchParams.get('news') };
};

const linked = () => '/admin/authors?news=linked';

export const actions: Actions = {
  accept: formAction((tx, actor, form) => confirmClaim(tx, actor, form.text('id')), linked),
  decline: formAction(
    (tx, actor, form) => declineClaim(tx, actor, form.text('id')),
    () => '/admin/authors?news=declined',
  ),
  link: formAction(
    (tx, actor, form) => linkAuthor(tx, actor, { author: form.text('author'), person: form.text('person') }),
    linked,
  ),
};
