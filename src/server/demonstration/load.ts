import { randomInt } from 'node:crypto';
import { company } from '#demo/company.ts';
import { Refusal } from '../errors.ts';
import { inTransaction, type Db, type Tx } from '../platform/db.ts';
import { addCommunities } from './communities.ts';
import { addFollows } from './follows.ts';
import { addPeople } from './people.ts';
import { addPosts } from './posts.ts';

export interface Demonstration {
  /** Everybody's password. */
  password: string;
  people: { handle: string; name: string; email: string; role: string; headline: string }[];
}

/**
 * Fills an empty network with the demonstration company, its year ending at `now`, and says who may sign in.
 * Refuses (`conflict`) a network that has begun to live.
 */
export function loadDemonstration(
  db: Db,
  { now = new Date(), password = newPassword() }: { now?: Date; password?: string } = {},
): Promise<Demonstration> {
  return inTransaction(db, async (tx) => {
    await openNetwork(tx);
    const people = await addPeople(tx, company.people, { now, password });
    const communities = await addCommunities(tx, company.communities, { now, people });
    const tags = await addPosts(tx, company.posts, { now, people, communities });
    await addFollows(tx, company.follows, { people, communities, tags });
    return {
      password,
      people: company.people.map(({ handle, name, email, role, headline }) => ({
        handle,
        name,
        email,
        role,
        headline,
      })),
    };
  });
}

async function openNetwork(tx: Tx): Promise<void> {
  const somebody = await tx.selectFrom('people').select('id').limit(1).executeTakeFirst();
  const opened = somebody
    ? undefined
    : await tx
        .insertInto('network')
        .values({ name: 'Aubrelle', language: 'fr' })
        .onConflict((conflict) => conflict.doNothing())
        .returning('name')
        .executeTakeFirst();
  if (!opened) throw new Refusal('conflict', 'network_not_empty');
}

/** Three groups of four signs that nobody confuses when typing them from a terminal. */
function newPassword(): string {
  const signs = 'abcdefghijkmnpqrstuvwxyz23456789';
  const group = () => Array.from({ length: 4 }, () => signs[randomInt(signs.length)]).join('');
  return `${group()}-${group()}-${group()}`;
}
