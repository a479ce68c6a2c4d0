import { sql } from 'kysely';
import { env } from '#env';
import type { Actor } from '../actor.ts';
import { holdAsAnimator } from '../communities/standing.ts';
import { visibleCommunities } from '../communities/sight.ts';
import { isSlug } from '../communities/slug.ts';
import { notFound } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { communityAddress, writeAddress } from './addresses.ts';

/** How a community takes posts by mail, for one of its members. */
export interface CommunityMail {
  /** This network takes mail at all. */
  possible: boolean;
  /** The animators opened the address. */
  open: boolean;
  /** The readable one; what comes there waits for its sender. Null where nothing is taken. */
  address: string | null;
  /** The actor's own one; what he sends there is out at once. Null where he asked for none, or nothing is taken. */
  ownAddress: string | null;
}

/** How a community takes posts by mail. Whoever is no member is told of no address. */
export async function communityMail(db: Db, actor: Actor, slug: string): Promise<CommunityMail> {
  const { rows } = await sql<{ slug: string; member: boolean; open: boolean; token: string | null }>`
    select slug, member.person_id is not null as member, taken.community_id is not null as open, own.token
    from communities left join community_mail taken on taken.community_id = communities.id
      left join memberships member on member.community_id = communities.id and member.person_id = ${actor.id}
      left join write_addresses own on own.community_id = communities.id and own.person_id = ${actor.id}
    where slug = ${isSlug(slug) ? slug : ''} and ${visibleCommunities(actor)}`.execute(db);
  const found = rows[0];
  if (!found) throw notFound();
  const domain = env.MAIL_DOMAIN;
  const shown = found.member && found.open && domain;
  return {
    possible: domain !== undefined,
    open: found.member && found.open,
    address: shown ? communityAddress(found.slug, domain) : null,
    // It writes in his name: a token that may only read must not find it.
    ownAddress:
      shown && found.token && actor.scopes.includes('write')
        ? writeAddress(found.slug, found.token, domain)
        : null,
  };
}

/** Takes posts by mail from now on (animators). */
export async function openCommunityMail(tx: Tx, actor: Actor, slug: string): Promise<void> {
  const { id } = await holdAsAnimator(tx, actor, slug);
  const { rows } = await sql`insert into community_mail (community_id) values (${id}) on conflict do nothing
    returning community_id`.execute(tx);
  if (rows.length > 0) await record(tx, actor, id, 'community.mail_opened');
}

/** Takes none any more. What people's own addresses are stays as it was, for when it is opened again. */
export async function closeCommunityMail(tx: Tx, actor: Actor, slug: string): Promise<void> {
  const { id } = await holdAsAnimator(tx, actor, slug);
  const { rows } = await sql`delete from community_mail where community_id = ${id}
    returning community_id`.execute(tx);
  if (rows.length > 0) await record(tx, actor, id, 'community.mail_closed');
}

function record(tx: Tx, actor: Actor, communityId: string, name: string): Promise<void> {
  return recordEvent(tx, { name, actorId: actor.id, subjectId: communityId, communityId });
}
