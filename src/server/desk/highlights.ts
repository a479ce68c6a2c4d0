import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { cleanLine } from '../conversation/text.ts';
import { invalid, notFound, Refusal } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { itemForEditing, itemForWriting } from './file.ts';
import { recordDeskChange } from './journal.ts';
import { ownItems } from './sight.ts';

export interface NewHighlight {
  quote: string;
  /** What stands just before and behind it: that is how it is told from the same words elsewhere. */
  before?: string | undefined;
  behind?: string | undefined;
  note?: string | null | undefined;
}

const LONGEST_QUOTE = 4000;
const LONGEST_NEIGHBOUR = 80;
const MOST_HIGHLIGHTS = 200;

/** Marks words of a clip of one's own, with what one has to say about them. */
export async function addHighlight(
  tx: Tx,
  actor: Actor,
  itemId: string,
  input: NewHighlight,
): Promise<{ id: string }> {
  const { community_id: communityId, kind } = await itemForWriting(tx, actor, itemId);
  if (kind !== 'clip') throw notFound();
  const quote = cleanLine(input.quote, 'quote', LONGEST_QUOTE);
  if (quote === '') throw invalid('quote', 'text_empty');
  const { rows } = await sql<{
    id: string;
  }>`insert into desk_highlights (item_id, quote, before, behind, note)
    select ${itemId}, ${quote}, ${neighbour(input.before, 'before').slice(-LONGEST_NEIGHBOUR)},
      ${neighbour(input.behind, 'behind').slice(0, LONGEST_NEIGHBOUR)}, ${cleanLine(input.note, 'note', LONGEST_QUOTE)}
    where (select count(*) from desk_highlights where item_id = ${itemId}) < ${MOST_HIGHLIGHTS} returning id`.execute(
    tx,
  );
  if (!rows[0]) throw new Refusal('invalid', 'too_many_highlights');
  await recordDeskChange(tx, actor, { name: 'item.edited', subjectId: itemId, communityId });
  return rows[0];
}

/** Says something else about marked words. */
export async function noteHighlight(tx: Tx, actor: Actor, id: string, note: string): Promise<void> {
  const said = cleanLine(note, 'note', LONGEST_QUOTE);
  await change(
    tx,
    actor,
    id,
    itemForWriting,
    sql`update desk_highlights set note = ${said} where id = ${id}`,
  );
}

/** Takes a mark away. */
export async function removeHighlight(tx: Tx, actor: Actor, id: string): Promise<void> {
  await change(tx, actor, id, itemForEditing, sql`delete from desk_highlights where id = ${id}`);
}

async function change(
  tx: Tx,
  actor: Actor,
  id: string,
  itemFor: typeof itemForEditing,
  write: ReturnType<typeof sql>,
): Promise<void> {
  const { rows } = isId(id)
    ? await sql<{
        item_id: string;
      }>`select h.item_id from desk_highlights h join desk_items on desk_items.id = h.item_id
        where h.id = ${id} and ${ownItems(actor)}`.execute(tx)
    : { rows: [] };
  if (!rows[0]) throw notFound();
  const { community_id: communityId } = await itemFor(tx, actor, rows[0].item_id);
  await write.execute(tx);
  await recordDeskChange(tx, actor, { name: 'item.edited', subjectId: rows[0].item_id, communityId });
}

function neighbour(text: string | undefined, field: string): string {
  return cleanLine(text, field, 1000);
}
