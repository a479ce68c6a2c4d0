import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { isAdmin, type Actor, type Scope } from '../actor.ts';
import { invalid, notFound, Refusal } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { isId } from '../platform/keyset.ts';
import { hashOf, TOKEN_PREFIX } from './actor.ts';

const SCOPES = ['read', 'write', 'admin'] as const satisfies Scope[];

export interface NewToken {
  name: string;
  scopes?: string[];
  /** From 1 to 3650; without it the token lasts until it is revoked. */
  days?: number | null;
}

/** Makes an API token of a secret. It is told once; only its hash is kept. */
export async function createToken(
  tx: Tx,
  actor: Actor,
  input: NewToken,
  secret = randomBytes(32).toString('base64url'),
): Promise<{ id: string; token: string }> {
  const name = input.name.replace(/\s+/g, ' ').trim();
  if (!name) throw invalid('name', 'name_missing');
  if (name.length > 90) throw invalid('name', 'token_name_too_long');
  const token = tokenOf(secret);
  const { id } = await tx
    .insertInto('api_tokens')
    .values({
      person_id: actor.id,
      name,
      token_hash: hashOf(token),
      scopes: checkScopes(actor, input.scopes ?? ['read', 'write']),
      expires_at: termOf(actor, input.days ?? null)?.toISOString() ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await recordEvent(tx, { name: 'token.created', actorId: actor.id, subjectId: id, data: { name } });
  return { id, token };
}

/** The token that a secret makes, as its owner is told it. */
export function tokenOf(secret: string): string {
  return TOKEN_PREFIX + secret;
}

/** A token never outlives the one it was made with: without a term of its own it ends with that one. */
function termOf(actor: Actor, days: number | null): Date | null {
  if (days === null) return actor.until ?? null;
  if (!Number.isInteger(days) || days < 1 || days > 3650) throw invalid('days', 'bad_days');
  const end = new Date(Date.now() + days * 86_400_000);
  if (actor.until && end > actor.until) throw new Refusal('forbidden', 'term_above_own');
  return end;
}

/** A key never opens more than the one it was made with, nor more than its owner may. */
function checkScopes(actor: Actor, asked: string[]): Scope[] {
  const scopes = SCOPES.filter((scope) => asked.includes(scope));
  if (!scopes.length || scopes.length !== new Set(asked).size) throw invalid('scopes', 'bad_scopes');
  const beyond = scopes.some((scope) => !actor.scopes.includes(scope));
  if (beyond || (scopes.includes('admin') && !isAdmin(actor)))
    throw new Refusal('forbidden', 'scope_above_own');
  return scopes;
}

export interface TokenView {
  id: string;
  name: string;
  scopes: Scope[];
  createdAt: string;
  expiresAt: string | null;
  /** To the day. */
  lastUsedOn: string | null;
}

/** The actor's tokens that still open, the newest first. */
export async function tokensOf(db: Db, actor: Actor): Promise<TokenView[]> {
  const rows = await db
    .selectFrom('api_tokens')
    .select(['id', 'name', 'scopes', 'created_at', 'expires_at', 'last_used_on as lastUsedOn'])
    .where('person_id', '=', actor.id)
    .where('revoked_at', 'is', null)
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', new Date())]))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(500)
    .execute();
  return rows.map(({ created_at, expires_at, scopes, ...row }) => ({
    ...row,
    scopes: SCOPES.filter((scope) => scopes.includes(scope)),
    createdAt: new Date(created_at).toISOString(),
    expiresAt: expires_at && new Date(expires_at).toISOString(),
  }));
}

/** Ends one of the actor's tokens. */
export async function revokeToken(tx: Tx, actor: Actor, id: string): Promise<void> {
  const revoked = isId(id)
    ? await tx
        .updateTable('api_tokens')
        .set({ revoked_at: new Date().toISOString() })
        .where('id', '=', id)
        .where('person_id', '=', actor.id)
        .where('revoked_at', 'is', null)
        .returning('id')
        .executeTakeFirst()
    : undefined;
  if (!revoked) throw notFound();
  await recordEvent(tx, { name: 'token.revoked', actorId: actor.id, subjectId: id });
}

/** Ends every token of a person, and the key of his feeds: his password changed, or he left. The caller records why. */
export async function endAllKeys(tx: Tx, personId: string): Promise<void> {
  await sql`update api_tokens set revoked_at = now() where person_id = ${personId} and revoked_at is null`.execute(
    tx,
  );
  await tx.deleteFrom('feed_keys').where('person_id', '=', personId).execute();
}
