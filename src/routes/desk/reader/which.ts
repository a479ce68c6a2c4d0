import type { Which } from '#server/sources/readings.ts';

/** Which readings an address names. */
export function whichOf(query: URLSearchParams) {
  const asked = query.get('state');
  const state = asked === 'all' || asked === 'kept' ? asked : 'unread';
  return { state, source: query.get('source'), watch: query.get('watch') } as const satisfies Which;
}

/** The query of the list that `query` belongs to, `?` included; without what named the action of a form. */
export function listOf(query: URLSearchParams, names = ['state', 'source', 'watch']): string {
  const kept = names.flatMap((name) => (query.has(name) ? [[name, query.get(name) ?? '']] : []));
  return kept.length ? `?${new URLSearchParams(kept)}` : '';
}
