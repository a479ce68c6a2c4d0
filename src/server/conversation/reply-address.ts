import { createHmac, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import { sharedSecret } from '../people/secret.ts';
import type { Db } from '../platform/db.ts';

/** Whose answer it is, and to what: an entry, or one comment under it. */
export interface ReplyPlace {
  personId: string;
  entryId: string;
  commentId: string | null;
}

/** An address of ours, with whoever it was given to. */
export interface ReplyOwner extends ReplyPlace {
  email: string;
  language: 'fr' | 'en';
}

/*
 * A local part has room for 64 characters, and some servers fold their case: a kind, the id of what is answered, the end
 * of the person's id and 96 bits of signature, in base 32. The signature covers all three ids whole.
 */
const ADDRESS = /^reply\+([0-9a-v]{56})$/;
const DIGITS = { kind: 2, thing: 32, personEnd: 12, signature: 24 };

/** What reply addresses are signed with. */
export function replySecret(db: Db): Promise<string> {
  return sharedSecret(db, 'reply addresses');
}

/** The address at which this person answers this. Nobody makes one without the secret. */
export function replyAddress(secret: string, domain: string, place: ReplyPlace): string {
  const { personId, entryId, commentId } = place;
  const told = [
    commentId ? '01' : '00',
    (commentId ?? entryId).replaceAll('-', ''),
    personId.slice(-DIGITS.personEnd),
    signatureOf(secret, place).toString('hex'),
  ].join('');
  return `reply+${BigInt(`0x${told}`).toString(32).padStart(56, '0')}@${domain}`;
}

/** What an address of ours stands for; null of any other, and where the person or the comment is no more. */
export async function readReplyAddress(db: Db, domain: string, address: string): Promise<ReplyOwner | null> {
  const at = address.lastIndexOf('@');
  if (address.slice(at + 1).toLowerCase() !== domain) return null;
  const token = ADDRESS.exec(address.slice(0, at).toLowerCase())?.[1];
  if (!token) return null;
  const told = numberIn(token)
    .toString(16)
    .padStart(DIGITS.kind + DIGITS.thing + DIGITS.personEnd + DIGITS.signature, '0');
  const thing = uuid(told.slice(2, 34));
  const commentId = told.startsWith('01') ? thing : null;
  const { rows } = await sql<Omit<ReplyOwner, 'entryId' | 'commentId'> & { entryId: string | null }>`
    select id as "personId", email, language, case when ${commentId}::uuid is null then ${thing}::uuid
      else (select entry_id from comments where id = ${commentId}::uuid) end as "entryId"
    from people where right(id::text, 12) = ${told.slice(34, 46)} and status = 'active' and email is not null
    limit 20`.execute(db);
  const secret = await replySecret(db);
  const given = Buffer.from(told.slice(46), 'hex');
  for (const { personId, entryId, email, language } of rows) {
    if (!entryId) continue;
    const place = { personId, entryId, commentId };
    if (timingSafeEqual(given, signatureOf(secret, place))) return { ...place, email, language };
  }
  return null;
}

function signatureOf(secret: string, { personId, entryId, commentId }: ReplyPlace): Buffer {
  const told = [personId, entryId, commentId ?? ''].join('.');
  return createHmac('sha256', secret)
    .update(told)
    .digest()
    .subarray(0, DIGITS.signature / 2);
}

function numberIn(token: string): bigint {
  return [...token].reduce((sum, digit) => sum * 32n + BigInt(parseInt(digit, 32)), 0n);
}

function uuid(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
