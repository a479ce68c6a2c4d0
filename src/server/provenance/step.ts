import { sql, type RawBuilder } from 'kysely';
import { personJson } from '../conversation/person.ts';
import type { PersonRef } from '../conversation/present.ts';

/**
 * `signed`: somebody outside wrote it. `kept`: taken over from a colleague. `noted`: the private note it was made of, told to its writer alone. `made`: a
 * dossier was opened. `merged`: a watch was put into it, and all that stands there.
 */
export const DEEDS = [
  ...(['signed', 'found', 'noted', 'wrote', 'kept', 'edited', 'shared', 'made', 'merged'] as const),
] as const;
type Deed = (typeof DEEDS)[number];

/** One step of how a thing came to be: who did what, when. */
export interface Step {
  did: Deed;
  /** Null where nobody of the network did it. */
  person: PersonRef | null;
  at: string | null;
  /** Whoever signed it outside, or the site; empty for what people of the network did. */
  credit: string;
  /** What was written, where it was shared or merged; null for the thing itself, and where the reader may not open it. */
  thing: { name: string; url: string } | null;
}

/** The person of a row that a left join may not have found. */
export function perhapsPerson(alias: string): RawBuilder<PersonRef | null> {
  return sql<PersonRef | null>`case when ${sql.ref(alias)}.id is not null then ${personJson(alias)} end`;
}

type Given = Omit<Partial<Step>, 'at'> & { did: Deed; at?: Date | string | null };

/** A step of what a query found. */
export function step({ did, person = null, at = null, credit = '', thing = null }: Given): Step {
  return { did, person, at: at === null ? null : new Date(at).toISOString(), credit, thing };
}

/** In the order in which it happened; what happened outside at some time, before. */
export function inOrder(steps: readonly Step[]): Step[] {
  return steps.toSorted((a, b) => (a.at ?? '').localeCompare(b.at ?? ''));
}
