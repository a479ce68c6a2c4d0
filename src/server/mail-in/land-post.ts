import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { visibleCommunities } from '../communities/sight.ts';
import { Refusal } from '../errors.ts';
import { actorFromEmail, actorOfPerson } from '../people/actor.ts';
import { countAttempt } from '../people/attempts.ts';
import { inTransaction, type Db, type Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { createPost } from '../posts/create.ts';
import type { PostPlace } from './addresses.ts';
import { Declined, whyOf } from './declined.ts';
import { MOST_IN_AN_HOUR } from './land.ts';
import type { IncomingMail } from './parse.ts';
import { allWords, titleOf } from './strip.ts';
import { filesOf, hashOf, keepFiles, placeFiles, take, wasTaken, type TakenFile } from './taken.ts';

/** Anybody may write a name into From: what comes in it alone must not fill somebody's drafts. */
const MOST_DRAFTS_IN_AN_HOUR = 10;

/** Who it is that a mail says it comes from; null where he is none of ours. */
export async function senderOf(db: Db, { from }: IncomingMail): Promise<Actor | null> {
  const found = from === null ? null : await actorFromEmail(db, from);
  return found && actorOfPerson(db, found.id);
}

/**
 * Makes a mail a post of its sender: once, however often it comes. At his own address, which nobody else knows, it is
 * out; at the one that anybody may know it is a draft that he alone sees and brings out, because a sender can be forged.
 */
export async function landPost(
  db: Db,
  actor: Actor,
  place: PostPlace,
  mail: IncomingMail,
  raw: Uint8Array,
): Promise<void> {
  const hash = hashOf(`${actor.id} ${place.slug}`, mail, raw);
  if (await wasTaken(db, hash)) return;
  try {
    await inTransaction(db, (tx) => requireOpen(tx, actor, place.slug));
    const words = allWords(mail.rich() || mail.text);
    const files = filesOf(mail, words);
    if (!words && files.length === 0) throw new Declined('nothing');
    const many = { key: `mail in ${actor.id}`, most: MOST_IN_AN_HOUR, seconds: 3600 };
    const drafts = { key: `mail draft ${actor.id}`, most: MOST_DRAFTS_IN_AN_HOUR, seconds: 3600 };
    await countAttempt(db, place.owner ? [many] : [many, drafts]);
    const kept = await keepFiles(db, files);
    await inTransaction(db, (tx) =>
      write(tx, actor, place, { hash, title: titleOf(mail.subject), words, kept }),
    );
  } catch (error) {
    throw error instanceof Refusal ? new Declined(whyOf(error)) : error;
  }
}

async function write(
  tx: Tx,
  actor: Actor,
  { slug, owner }: PostPlace,
  { hash, title, words, kept }: { hash: string; title: string; words: string; kept: TakenFile[] },
): Promise<void> {
  const communityId = await requireOpen(tx, actor, slug);
  if (!(await take(tx, hash))) return;
  const body = await placeFiles(tx, actor, words, kept);
  const status = owner ? 'published' : 'draft';
  const { id } = await createPost(tx, actor, { title, body, community: slug, status });
  if (!owner) await recordEvent(tx, { name: 'post.mailed', actorId: actor.id, subjectId: id, communityId });
}

/** Refuses unless this community takes the actor's mails. One that he may not know of answers as if it were not there. */
async function requireOpen(db: Db, actor: Actor, slug: string): Promise<string> {
  const { rows } = await sql<{ id: string; archived: boolean; member: boolean; open: boolean }>`
    select id, archived_at is not null as archived,
      exists (select 1 from memberships where community_id = communities.id and person_id = ${actor.id}) as member,
      exists (select 1 from community_mail where community_id = communities.id) as open
    from communities where slug = ${slug} and ${visibleCommunities(actor)}`.execute(db);
  const place = rows[0];
  if (!place) throw new Declined('unknown');
  if (!place.member) throw new Declined('member');
  if (place.archived) throw new Declined('archived');
  if (!place.open) throw new Declined('shut');
  return place.id;
}
