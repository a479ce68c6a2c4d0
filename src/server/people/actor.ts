import { createHash } from 'node:crypto';
import { sql, type RawBuilder } from 'kysely';
import type { Actor, Scope } from '../actor.ts';
import type { Db } from '../platform/db.ts';
import { gathered } from '../platform/gathered.ts';
import { statement } from '../platform/statement.ts';
import { readSession } from './session.ts';

/** Who the session cookie in a `Cookie` header belongs to. */
export async function actorFromSession(db: Db, cookieHeader: string | null): Promise<Actor | null> {
  return (await readSession(db, cookieHeader))?.actor ?? null;
}

/** Who an API token belongs to, with the scopes it was given. */
export async function actorFromToken(db: Db, token: string): Promise<Actor | null> {
  if (!token.startsWith(TOKEN_PREFIX)) return null;
  const hash = hashOf(token);
  const holder = await holderOf(db, hash);
  if (!holder) return null;
  const { usedToday, until, hash: _, ...actor } = holder;
  if (!usedToday) {
    await sql`update api_tokens set last_used_on = current_date where token_hash = ${hash}`.execute(db);
  }
  return until ? { ...actor, until } : actor;
}

interface Holder extends Omit<Actor, 'until'> {
  hash: string;
  usedToday: boolean;
  until: Date | null;
}

const tokenHolders = statement(
  ['hashes'],
  ({ hashes }) => sql<Holder>`
    select ${personColumns}, api_tokens.scopes, api_tokens.expires_at as until, api_tokens.token_hash as hash,
      coalesce(api_tokens.last_used_on >= current_date, false) as "usedToday"
    from api_tokens join people on people.id = api_tokens.person_id
    where token_hash = any(${hashes}::text[]) and revoked_at is null and (expires_at is null or expires_at > now())
      and people.status = 'active'`,
);

const holderOf = gathered(
  async (db, hashes: string[]) =>
    new Map((await tokenHolders(db, { hashes })).map((holder) => [holder.hash, holder])),
);

/** Who a feed key belongs to. It reads lists, nothing else. */
export async function actorFromFeedKey(db: Db, key: string): Promise<Actor | null> {
  if (!/^[\w-]{20,100}$/.test(key)) return null;
  return activePerson(db, sql`id = (select person_id from feed_keys where key = ${key})`, ['read']);
}

/** Who has an address, for those who run the machine. They need no proof: they have the database. */
export function actorFromEmail(db: Db, email: string): Promise<Actor | null> {
  return activePerson(db, sql`email = ${email.trim().toLowerCase()}`, ['read', 'write', 'admin']);
}

/** A person on whose behalf a job acts; null where the account is no longer active. */
export function actorOfPerson(db: Db, personId: string): Promise<Actor | null> {
  return activePerson(db, sql`id = ${personId}`, ['read', 'write']);
}

/** The network's owner, the first where there are several; null while it has none. */
export function ownerOf(db: Db): Promise<Actor | null> {
  return activePerson(db, sql`role = 'owner' order by created_at, id limit 1`, ['read', 'write', 'admin']);
}

async function activePerson(db: Db, which: RawBuilder<unknown>, scopes: Scope[]): Promise<Actor | null> {
  const { rows } = await sql<Omit<Actor, 'scopes'>>`select ${personColumns} from people
    where status = 'active' and ${which}`.execute(db);
  return rows[0] ? { ...rows[0], scopes } : null;
}

const personColumns: RawBuilder<unknown> = sql`people.id, people.handle, people.name, people.role, people.language,
  people.time_zone as "timeZone", people.picture`;

export const TOKEN_PREFIX = 'essaim_';

/** How tokens and links are kept: they are long and random, so a plain hash is enough. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
