import type { Actor } from '#server/actor.ts';
import { listItems } from '#server/desk/list.ts';
import type { Db } from '#server/platform/db.ts';
import { searchOwn } from '#server/search/own.ts';

/** What the desk's list holds, as its address asks. Drafts stand on a shelf of their own, read beside. */
export async function shelfOf(db: Db, actor: Actor, query: URLSearchParams) {
  const [q, shelf] = [query.get('q')?.trim(), query.get('shelf')];
  const where = { kind: query.get('kind'), watch: query.get('watch'), cursor: query.get('cursor') };
  if (q) return searchOwn(db, actor, { ...where, q });
  const beside = { drafts: [], watches: [], readings: [] };
  if (shelf === 'drafts') return { items: [], next: null, ...beside };
  return { ...(await listItems(db, actor, { ...where, shelf })), ...beside };
}
