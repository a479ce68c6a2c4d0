import { sql, type RawBuilder } from 'kysely';
import type { CommunityRef } from './present.ts';

/** The row of `communities` that the query calls `alias`, as JSON. */
export function communityJson(alias: string): RawBuilder<CommunityRef> {
  const c = sql.ref(alias);
  return sql<CommunityRef>`json_build_object('slug', ${c}.slug, 'name', ${c}.name, 'emoji', ${c}.emoji,
    'access', ${c}.access)`;
}
