import { sql } from 'kysely';

/** For whom sources are asked, among `people`: those who are here. Who became a guest follows nothing any more. */
export const served = sql<boolean>`(people.status = 'active' and people.role <> 'guest')`;
