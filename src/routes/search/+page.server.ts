import { communityChoices } from '#server/communities/choices.ts';
import { KINDS, search, type Kind } from '#server/search/search.ts';
import { Refusal } from '#server/errors.ts';
import { requireActor } from '#server/web/actor.ts';
import { sentenceOf } from '#server/web/refusal.ts';
import type { PageServerLoad } from './$types';

const FIELDS = ['q', 'kind', 'community', 'person', 'tag', 'from', 'to', 'order'] as const;
const NOTHING = { items: [], next: null, found: { texts: 0, more: false } };

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db, language } = event.locals;
  const query = event.url.searchParams;
  const asked = Object.fromEntries(FIELDS.map((name) => [name, query.get(name)?.trim() ?? '']));
  const { items: communities } = await communityChoices(db, actor, {
    also: query.getAll('community'),
    archived: true,
  });
  const kind = KINDS.find((known): known is Kind => known === asked.kind) ?? null;
  const order = asked.order === 'newest' ? asked.order : null;
  try {
    const results = asked.q
      ? await search(db, actor, { ...asked, q: asked.q, kind, order, cursor: query.get('cursor') })
      : NOTHING;
    return { asked, communities, results, wrong: '' };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { asked, communities, results: NOTHING, wrong: sentenceOf(error, language) };
  }
};
