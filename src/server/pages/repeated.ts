/**
 * Words that come where the document has words already: the same ones, sent again by a network that lost the answer, or
 * others whose place somebody took before them, under their writer's mark. Those would be dropped without a word.
 */
import { sql } from 'kysely';
import * as Y from 'yjs';
import { Refusal } from '../errors.ts';
import type { Tx } from '../platform/db.ts';

/** Refuses a change that holds other words than those that were sent in their place before. */
export async function requireSameWords(
  tx: Tx,
  page: { id: string; state: Uint8Array },
  change: Uint8Array,
): Promise<void> {
  const known = Y.decodeStateVector(Y.encodeStateVectorFromUpdate(page.state));
  const { rows } = await sql<{ change: Buffer }>`select change from page_changes where page_id = ${page.id}
    order by version`.execute(tx);
  const repeated = lettersOf([change], (client, clock) => clock < (known.get(client) ?? 0));
  const told = lettersOf(
    rows.map((row) => row.change),
    (client, clock) => repeated.has(`${client}.${clock}`),
  );
  for (const [place, letter] of repeated)
    if (told.get(place) !== letter) throw new Refusal('conflict', 'page_change_twice');
}

/** Each letter by its mark and number. */
function lettersOf(
  changes: Uint8Array[],
  wanted: (client: number, clock: number) => boolean,
): Map<string, string> {
  const letters = new Map<string, string>();
  for (const { id, content } of changes.flatMap(piecesOf)) {
    for (let at = 0; at < content.str.length; at += 1)
      if (wanted(id.client, id.clock + at)) letters.set(`${id.client}.${id.clock + at}`, content.str[at]!);
  }
  return letters;
}

function piecesOf(change: Uint8Array): { id: Y.ID; content: Y.ContentString }[] {
  return Y.decodeUpdate(change).structs.flatMap((each) =>
    each instanceof Y.Item && each.content instanceof Y.ContentString
      ? [{ id: each.id, content: each.content }]
      : [],
  );
}
