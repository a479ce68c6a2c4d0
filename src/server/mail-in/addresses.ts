import { sql } from 'kysely';
import { isSlug } from '../communities/slug.ts';
import { readReplyAddress, type ReplyOwner } from '../conversation/reply-address.ts';
import { readDeskAddress, type DeskOwner } from '../desk/mail-address.ts';
import type { Db } from '../platform/db.ts';

/** A community that a mail is for. */
export interface PostPlace {
  slug: string;
  /** Whose own address it came to; null for the readable one, which anybody may know. */
  owner: { personId: string; email: string; language: 'fr' | 'en' } | null;
}

/** Whom an address of ours stands for. */
export type Recipient = { reply: ReplyOwner } | { post: PostPlace } | { desk: DeskOwner };

/*
 * A person's own address ends in 100 bits drawn by lot; the community's name before them is there for people to read,
 * and may change without the address losing its sense. A local part has room for 64 characters.
 */
const OWN = /\+([0-9a-v]{20})$/;
const ROOM_FOR_NAME = 43;

/** The address of a community, which anybody can remember. */
export function communityAddress(slug: string, domain: string): string {
  return `${slug}@${domain}`;
}

/** A person's own address for a community. */
export function writeAddress(slug: string, token: string, domain: string): string {
  return `${slug.slice(0, ROOM_FOR_NAME)}+${token}@${domain}`;
}

/**
 * Whom an address stands for; null where it is none of ours. Every name that a community could have is one: that it does
 * not exist is told to nobody who has not shown who he is.
 */
export async function readRecipient(db: Db, domain: string, address: string): Promise<Recipient | null> {
  const at = address.lastIndexOf('@');
  if (address.slice(at + 1).toLowerCase() !== domain) return null;
  const local = address.slice(0, at).toLowerCase();
  const token = OWN.exec(local)?.[1];
  if (token) return readWriteAddress(db, token);
  if (isSlug(local)) return { post: { slug: local, owner: null } };
  const reply = await readReplyAddress(db, domain, address);
  if (reply) return { reply };
  const desk = await readDeskAddress(db, domain, address);
  return desk && { desk };
}

async function readWriteAddress(db: Db, token: string): Promise<Recipient | null> {
  const { rows } = await sql<{ slug: string; personId: string; email: string; language: 'fr' | 'en' }>`
    select slug, people.id as "personId", email, language from write_addresses own
      join people on people.id = own.person_id and people.status = 'active' and email is not null
      join communities on communities.id = own.community_id
    where token = ${token}`.execute(db);
  if (!rows[0]) return null;
  const { slug, ...owner } = rows[0];
  return { post: { slug, owner } };
}
