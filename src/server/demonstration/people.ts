import { randomUUID } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import type { DemoPerson } from '#demo/types.ts';
import { renderMarkdown } from '../platform/markdown.ts';
import type { Tx } from '../platform/db.ts';
import { momentBefore } from './moment.ts';

/** Adds the people with an account each, and returns their ids by handle. */
export async function addPeople(
  tx: Tx,
  people: DemoPerson[],
  { now, password }: { now: Date; password: string },
): Promise<Map<string, string>> {
  const came = momentBefore(now, { daysAgo: 420 });
  // What is older than ten days counts as read, so that a visitor finds a few things that are new.
  const lastRead = momentBefore(now, { daysAgo: 10 });
  const rows = people.map((person) => ({ ...person, id: randomUUID(), account: randomUUID() }));
  // The password is the same for all, and so may its hash be.
  const hash = await hashPassword(password);
  await tx
    .insertInto('auth_user')
    .values(rows.map(({ account, name, email }) => ({ id: account, name, email, emailVerified: true })))
    .execute();
  await tx
    .insertInto('auth_account')
    .values(
      rows.map(({ account }) => ({
        id: randomUUID(),
        accountId: account,
        userId: account,
        providerId: 'credential',
        password: hash,
      })),
    )
    .execute();
  await tx
    .insertInto('people')
    .values(
      rows.map((person) => ({
        id: person.id,
        auth_user_id: person.account,
        handle: person.handle,
        name: person.name,
        email: person.email,
        role: person.role,
        headline: person.headline,
        bio: person.bio,
        bio_html: renderMarkdown(person.bio).html,
        asks_about: person.asksAbout,
        helps_with: person.helpsWith,
        read_before: lastRead,
        created_at: came,
      })),
    )
    .execute();
  return new Map(rows.map(({ handle, id }) => [handle, id]));
}

/** The id of somebody the company names; a name it does not have is a mistake in `demo/`. */
export function idOf(ids: Map<string, string>, name: string): string {
  const id = ids.get(name);
  if (!id) throw new Error(`demo/ names ${name}, which it does not have`);
  return id;
}
