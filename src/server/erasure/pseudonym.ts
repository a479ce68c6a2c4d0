import { createHash } from 'node:crypto';
import type { Tx } from '../platform/db.ts';
import { say } from '../platform/words.ts';
import type { ErasedPerson } from './erase.ts';

export interface Pseudonym {
  name: string;
  handle: string;
}

/** As many letters as it takes to be the only one so called; hardly ever more than the first. */
const LENGTHS = [4, 6, 8, 12, 32];

/**
 * The name that stands over a person's words from now on: "Ancien collègue 4F2A". Drawn from his id, so that it is the
 * same wherever it is worked out, and told in the language of the network.
 */
export async function choosePseudonym(tx: Tx, person: ErasedPerson): Promise<Pseudonym> {
  const digest = createHash('sha256').update(person.id).digest('hex');
  const handles = LENGTHS.map((length) => `ancien-${digest.slice(0, length)}`);
  const rows = await tx.selectFrom('people').select('handle').where('handle', 'in', handles).execute();
  const taken = new Set(rows.map(({ handle }) => handle));
  const handle = handles.find((one) => !taken.has(one)) ?? `ancien-${digest.slice(0, 33)}`;
  const network = await tx.selectFrom('network').select('language').executeTakeFirst();
  const code = handle.slice('ancien-'.length).toUpperCase();
  const key = person.status === 'outside' ? 'order.pseudonymOutside' : 'order.pseudonym';
  return { handle, name: say(network?.language ?? 'fr', key, { code }) };
}
