import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { env } from '#env';
import type { Actor } from '../actor.ts';
import { Refusal } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { recordDeskChange } from './journal.ts';

/** Where mail comes to somebody's desk. */
export interface DeskOwner {
  personId: string;
  language: 'fr' | 'en';
}

const ADDRESS = /^(?:desk|bureau)\+([0-9a-f]{32})$/;

/** The address of the actor's own desk; null where he has none, or where no mail comes in. */
export async function deskAddressOf(db: Db, actor: Actor): Promise<string | null> {
  const { rows } = await sql<{
    key: string;
  }>`select key from desk_addresses where person_id = ${actor.id}`.execute(db);
  return rows[0] && takesMail() ? addressOf(rows[0].key, actor) : null;
}

/** True where the operator has opened the door for mail. */
export function takesMail(): boolean {
  return env.MAIL_IN !== undefined && env.MAIL_DOMAIN !== undefined;
}

/** Gives the actor an address, or a new one in place of the old, which ends. Whoever knows it can put things on his desk. */
export async function renewDeskAddress(tx: Tx, actor: Actor): Promise<{ address: string }> {
  if (!takesMail()) throw new Refusal('unavailable', 'no_mail_in');
  const key = randomBytes(16).toString('hex');
  await sql`insert into desk_addresses (person_id, key) values (${actor.id}, ${key})
    on conflict (person_id) do update set key = excluded.key, created_at = now()`.execute(tx);
  await recordDeskChange(tx, actor, { name: 'address.renewed', subjectId: actor.id, communityId: null });
  return { address: addressOf(key, actor) };
}

/** Whose desk an address leads to. The key alone decides: it is as long as a password, and may be renewed. */
export async function readDeskAddress(db: Db, domain: string, address: string): Promise<DeskOwner | null> {
  const at = address.lastIndexOf('@');
  const key = ADDRESS.exec(address.slice(0, at).toLowerCase())?.[1];
  if (!key || address.slice(at + 1).toLowerCase() !== domain) return null;
  const { rows } = await sql<DeskOwner>`select person_id as "personId", language from desk_addresses
    join people on people.id = person_id and people.status = 'active' where key = ${key}`.execute(db);
  return rows[0] ?? null;
}

function addressOf(key: string, { language }: Actor): string {
  return `${language === 'fr' ? 'bureau' : 'desk'}+${key}@${env.MAIL_DOMAIN}`;
}
