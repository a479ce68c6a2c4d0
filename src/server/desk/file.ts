import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { setFileUses } from '../conversation/attachments.ts';
import { cleanLine, renderDraft } from '../conversation/text.ts';
import { invalid, notFound, Refusal } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { recordDeskChange } from './journal.ts';
import { touchWatch } from './note.ts';
import type { ItemKind } from './present.ts';
import { ownItems, toldIn } from './sight.ts';
import { requireWriting, watchForFiling } from './watch.ts';

/** What changes of a thing on a desk; what is not given stays. */
export interface ItemChange {
  title?: string | null | undefined;
  body?: string | undefined;
  /** Id of one's own watch; null takes it out of the one it stands in. */
  watch?: string | null | undefined;
  /** In a shared watch: for oneself alone, or seen by those who see the watch. */
  forMe?: boolean | undefined;
  readLater?: boolean | undefined;
  done?: boolean | undefined;
  /** The version that was in hand: over another one, the change is refused. */
  version?: number | undefined;
}

/** Changes a note, a clip or a bookmark of one's own, or puts it elsewhere. */
export async function fileItem(tx: Tx, actor: Actor, id: string, change: ItemChange): Promise<void> {
  const before = await itemForEditing(tx, actor, id);
  const title = change.title === undefined ? before.title : cleanLine(change.title, 'title', 300);
  const text = change.body === undefined ? null : await renderDraft(tx, actor, change.body);
  const changed = title !== before.title || (text !== null && text.body !== before.body);
  if (changed && change.version !== undefined && change.version !== before.version)
    throw new Refusal('conflict', 'changed_elsewhere');
  if (before.kind === 'note' && title === '' && (text?.body ?? before.body).trim() === '')
    throw invalid('body', 'text_empty');
  const moving = change.watch !== undefined && (change.watch || null) !== before.watch_id;
  const watch = await watchForFiling(tx, actor, moving ? change.watch : before.watch_id);
  const wanted = change.forMe === undefined ? moving || before.shared : !change.forMe;
  const shared = Boolean(watch?.shared) && wanted;
  if (watch && shared && (changed || moving || !before.shared)) requireWriting(watch);
  const { rows } = await sql<{
    seen: string | null;
  }>`update desk_items set title = ${title}, watch_id = ${watch?.id ?? null},
      shared_at = case when ${shared} then ${moving ? sql`now()` : sql`coalesce(shared_at, now())`} end
      ${text && changed ? sql`, body = ${text.body}, html = ${text.html}, excerpt = ${text.excerpt}` : sql``}
      ${changed ? sql`, version = version + 1, edited_at = now()` : sql``}
      ${mark('read_later_at', change.readLater)}${mark('done_at', change.done)}
    where id = ${id} returning ${toldIn()} as seen`.execute(tx);
  if (text) await setFileUses(tx, { deskItemId: id }, text.files, 'dropped');
  if (moving && watch) await touchWatch(tx, watch.id);
  const seen = rows[0]?.seen ?? null;
  const marked = change.readLater !== undefined || change.done !== undefined;
  if (seen !== before.community_id || (seen && moving))
    await tellMoved(tx, actor, id, before.community_id, seen);
  else if (changed || moving)
    await recordDeskChange(tx, actor, { name: 'item.edited', subjectId: id, communityId: seen });
  else if (marked)
    await recordDeskChange(tx, actor, { name: 'item.marked', subjectId: id, communityId: null });
}

/** Out of the sight of some, into that of others: each of the two is told as what it is. */
async function tellMoved(
  tx: Tx,
  actor: Actor,
  subjectId: string,
  from: string | null,
  to: string | null,
): Promise<void> {
  if (from && from !== to)
    await recordDeskChange(tx, actor, { name: 'item.unshared', subjectId, communityId: from });
  if (to) await recordDeskChange(tx, actor, { name: 'item.shared', subjectId, communityId: to });
}

function mark(column: 'read_later_at' | 'done_at', set: boolean | undefined) {
  if (set === undefined) return sql``;
  return sql`, ${sql.ref(column)} = ${set ? sql`coalesce(${sql.ref(column)}, now())` : null}`;
}

/** One's own thing, for a change that is seen by those who see it. */
export async function itemForWriting(tx: Tx, actor: Actor, id: string) {
  const item = await itemForEditing(tx, actor, id);
  const watch = item.shared ? await watchForFiling(tx, actor, item.watch_id) : null;
  if (watch) requireWriting(watch);
  return item;
}

/** One's own thing, locked until the end of the transaction; `community_id` is where its changes are told of. */
export async function itemForEditing(tx: Tx, actor: Actor, id: string) {
  if (!isId(id)) throw notFound();
  const { rows } = await sql<{
    kind: ItemKind;
    title: string;
    body: string;
    version: number;
    watch_id: string | null;
    shared: boolean;
    community_id: string | null;
  }>`select kind, title, body, version, (select w.id from watches w where w.id = watch_id and w.deleted_at is null) as watch_id,
      shared_at is not null as shared, ${toldIn()} as community_id
    from desk_items where id = ${id} and ${ownItems(actor)} for update`.execute(tx);
  if (!rows[0]) throw notFound();
  return rows[0];
}
