import { randomInt } from 'node:crypto';
import { company } from '#demo/company.ts';
import { Refusal } from '../errors.ts';
import { inTransaction, type Db, type Tx } from '../platform/db.ts';
import type { Actor } from '../actor.ts';
import { addCommunities } from './communities.ts';
import { addDesks, addDossiers, addRules, addSources } from './desks.ts';
import { addFollows } from './follows.ts';
import { addPages } from './pages.ts';
import { addPeople, idOf } from './people.ts';
import { addPosts } from './posts.ts';
import { sketchTexts } from '../twins/sketch.ts';

export interface Demonstration {
  /** Everybody's password. */
  password: string;
  people: { handle: string; name: string; email: string; role: string; headline: string }[];
}

/**
 * Fills an empty network with the demonstration company, its year ending at `now`, and says who may sign in. Without
 * `work` it has talked, and kept or written together nothing yet. Refuses (`conflict`) a network that has begun to live.
 */
export async function loadDemonstration(
  db: Db,
  {
    now = new Date(),
    password = newPassword(),
    work = true,
  }: { now?: Date; password?: string; work?: boolean } = {},
): Promise<Demonstration> {
  const loaded = await inTransaction(db, async (tx) => {
    await openNetwork(tx);
    const people = await addPeople(tx, company.people, { now, password });
    const communities = await addCommunities(tx, company.communities, { now, people });
    const tags = await addPosts(tx, company.posts, { now, people, communities });
    await addFollows(tx, company.follows, { people, communities, tags });
    if (work) await addWork(tx, now, people);
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
  // What is there already is found from the first minute.
  if (work) await sketchTexts(db);
  return loaded;
}

/** What they keep, read and write together: done as they would do it, and dated back. */
async function addWork(tx: Tx, now: Date, people: Map<string, string>): Promise<void> {
  const known = await tx
    .selectFrom('people')
    .select(['id', 'handle', 'name', 'role', 'language', 'time_zone as timeZone', 'picture'])
    .execute();
  const actors = new Map(known.map((person) => [person.id, { ...person, scopes: [] }]));
  const actor = (handle: string): Actor => actors.get(idOf(people, handle))!;
  const done = { now, actor };
  const pages = await addPages(tx, company.pages, done);
  const watches = await addDesks(tx, company.watches, done);
  await addDossiers(tx, company.dossiers, { ...done, watches, pages });
  await addSources(tx, company.sources, { ...done, watches });
  await addRules(tx, company.rules, { ...done, watches });
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
