import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Role } from '../actor.ts';
import { invalid, Refusal } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { freeHandle, handleFromName, holdHandle, isGivenUp, isHandle, takeFromOutside } from './handle.ts';
import { setPassword } from './password.ts';

export interface NewPerson {
  name: string;
  email?: string | null;
  /** Made from the name where none is given. */
  handle?: string;
  role?: Role;
  /** `outside`: an author kept from an import; he has no account. */
  status?: 'active' | 'outside';
  language?: 'fr' | 'en';
  timeZone?: string;
  headline?: string;
  /** Without one he comes in by a link that lets him choose it. */
  password?: string;
  /** Who let him in; himself where nobody did. */
  createdBy?: string | null;
}

/** Makes a person and, unless he stays outside, the account he signs in with. Refuses an address or handle in use. */
export async function createPerson(tx: Tx, input: NewPerson): Promise<{ id: string; handle: string }> {
  const name = checkName(input.name);
  const email = input.email ? checkEmail(input.email) : null;
  const status = input.status ?? 'active';
  const authUserId = email && status === 'active' ? await createAccount(tx, name, email) : null;
  const person = await insertPerson(tx, { ...input, name, email, status }, authUserId);
  if (authUserId && input.password !== undefined) await setPassword(tx, authUserId, input.password);
  await recordEvent(tx, {
    name: 'person.created',
    actorId: input.createdBy ?? person.id,
    subjectId: person.id,
    data: { role: input.role ?? 'member', status },
  });
  return person;
}

async function insertPerson(tx: Tx, input: NewPerson, authUserId: string | null) {
  if (input.handle !== undefined && !isHandle(input.handle)) throw invalid('handle', 'bad_handle');
  const wanted = input.handle ?? handleFromName(input.name);
  await holdHandle(tx, wanted);
  if (input.handle !== undefined && (await isGivenUp(tx, wanted)))
    throw new Refusal('conflict', 'handle_taken', { handle: 'handle_taken' });
  if (input.status !== 'outside') await takeFromOutside(tx, wanted);
  const made = await tx
    .insertInto('people')
    .values({
      auth_user_id: authUserId,
      handle: input.handle ?? (await freeHandle(tx, wanted)),
      name: input.name,
      email: input.email ?? null,
      role: input.role ?? 'member',
      status: input.status ?? 'active',
      language: input.language ?? sql<'fr' | 'en'>`coalesce((select language from network), 'fr')`,
      ...(input.timeZone && { time_zone: input.timeZone }),
      headline: input.headline ?? '',
    })
    .onConflict((conflict) => conflict.column('handle').doNothing())
    .returning(['id', 'handle'])
    .executeTakeFirst();
  if (!made) throw new Refusal('conflict', 'handle_taken', { handle: 'handle_taken' });
  return made;
}

async function createAccount(tx: Tx, name: string, email: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`insert into auth_user (id, name, email)
    values (${randomUUID()}, ${name}, ${email}) on conflict (email) do nothing returning id`.execute(tx);
  if (!rows[0]) throw new Refusal('conflict', 'email_taken', { email: 'email_taken' });
  return rows[0].id;
}

/** Signs that nobody sees: with them, two names look like one. Joiners are none of them: some scripts need them. */
const UNSEEN = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

/** A name as we keep it: one line, without spaces around, and nothing in it that is not seen. */
export function checkName(text: string): string {
  const name = text
    .replace(UNSEEN, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  if (!name) throw invalid('name', 'name_missing');
  if ([...name].length > 120) throw invalid('name', 'name_too_long');
  return name;
}

/** An e-mail address as we keep it: lower case. Whether it exists, only a mail can tell. */
export function checkEmail(text: string): string {
  const email = text.trim().toLowerCase();
  if (
    email.length > 254 ||
    !/^[^\s@<>",;:\\()[\]]+@[^\s@<>",;:\\()[\]]+\.[^\s@.<>",;:\\()[\]]+$/.test(email)
  ) {
    throw invalid('email', 'bad_email');
  }
  return email;
}
