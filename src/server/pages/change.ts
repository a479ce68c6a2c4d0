import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { setFileUses } from '../conversation/attachments.ts';
import { setMentions } from '../conversation/mentions.ts';
import { renderDraft } from '../conversation/text.ts';
import { invalid } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { whisper } from '../platform/live-channel.ts';
import { changeTo, isSame, withChange } from './document.ts';
import { readChange } from './incoming.ts';
import { addressOf, setLinks } from './names.ts';
import { tellNamed } from './named.ts';
import { requireSameWords } from './repeated.ts';
import { pageForEditing, type HeldPage } from './rights.ts';
import { keepVersion } from './versions.ts';

/**
 * Takes in what somebody wrote into the document of a page. It comes in any order and as often as the network likes:
 * the same change twice is the same change.
 * @param change a Yjs update, in base64
 * @returns the version that stands now
 */
export async function takeChange(
  tx: Tx,
  actor: Actor,
  id: string,
  change: string,
): Promise<{ version: number }> {
  const bytes = readChange(change);
  const page = await pageForEditing(tx, actor, id);
  const { version } = await applyChange(tx, actor, page, bytes);
  return { version };
}

/**
 * Puts a change into a page in hand: the document, what it says, who wrote, what follows from its words. Gives what it
 * says then.
 */
export async function applyChange(
  tx: Tx,
  actor: Actor,
  page: HeldPage,
  change: Uint8Array,
  restores?: number,
): Promise<{ version: number; body: string }> {
  const merged = withChange(page.state, change);
  if (!merged) throw invalid('change', 'page_change_unreadable');
  if (merged.repeats) await requireSameWords(tx, page, change);
  if (isSame(merged.state, page.state)) return { version: page.version, body: page.body };
  const text = await renderDraft(tx, actor, merged.text, 'body', addressOf(page.id));
  const changes = [change];
  // What the database cannot hold is put right in the document as well: it says what the page says, always.
  if (text.body !== merged.text || merged.unclean) changes.push(changeTo(merged.state, text.body));
  const after = changes[1] ? withChange(merged.state, changes[1]) : merged;
  if (after?.text !== text.body) throw invalid('change', 'page_change_unreadable');
  const version = page.version + changes.length;
  await sql`insert into page_changes (page_id, version, change)
    select ${page.id}, ${page.version} + at, change
    from unnest(${changes.map((each) => Buffer.from(each))}::bytea[]) with ordinality came(change, at)`.execute(
    tx,
  );
  await sql`update pages set state = ${Buffer.from(after.state)} where id = ${page.id}`.execute(tx);
  const now = new Date();
  await tx
    .updateTable('entries')
    .set({
      version,
      body: text.body,
      html: text.html,
      excerpt: text.excerpt,
      reading_minutes: text.readingMinutes,
      ...(text.body !== page.body && { edited_at: now }),
    })
    .where('id', '=', page.id)
    .execute();
  if (text.body !== page.body) {
    await sql`update entry_activity set last_at = greatest(last_at + interval '1 ms', ${now}::timestamptz)
      where entry_id = ${page.id}`.execute(tx);
  }
  if (text.body !== page.body || restores !== undefined) {
    await keepVersion(tx, actor, {
      id: page.id,
      communityId: page.communityId,
      title: page.title,
      body: text.body,
      ...(restores !== undefined && { restores }),
    });
    await setLinks(tx, page, text.names);
    await setMentions(tx, { entryId: page.id }, text.mentioned, false);
    await setFileUses(tx, { entryId: page.id }, text.files, 'kept');
    await tellNamed(tx, actor, page, text.mentioned);
  }
  whisper(tx, ['page', page.id]);
  return { version, body: text.body };
}
