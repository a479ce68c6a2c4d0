import { sql, type RawBuilder } from 'kysely';
import type { PersonRef } from './present.ts';

/** The row of `people` that the query calls `alias`, as JSON. */
export function personJson(alias: string): RawBuilder<PersonRef> {
  const p = sql.ref(alias);
  return sql<PersonRef>`json_build_object('id', ${p}.id, 'handle', ${p}.handle, 'name', ${p}.name, 'status', ${p}.status,
    'picture', ${p}.picture)`;
}
