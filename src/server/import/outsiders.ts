import { randomInt } from 'node:crypto';
import { sql } from 'kysely';
import { handleFromName } from '../people/handle.ts';
import { sealedMarks } from '../people/sealed-mark.ts';
import type { Tx } from '../platform/db.ts';
import { newId } from '../platform/new-id.ts';
import type { ImportedPeople, ImportedPerson } from './people.ts';
import { webAddress } from './landing-entry.ts';
import { keyText } from '../syndication/origin.ts';
import { sameName } from '../syndication/plain-text.ts';

/** Whom the authors and commenters of an import are on this network. */
export interface Known {
  idOf(person: ImportedPerson | undefined): string;
  ids: string[];
  created: number;
  found: number;
}

const BATCH = 500;
const NOBODY: ImportedPerson = { key: 'nobody', name: 'Anonyme', writes: false };

/**
 * Finds the people of an import, or keeps them as outside authors: a member by his e-mail; else whoever an earlier
 * import knew by the same e-mail or account; else, where no e-mail contradicts, the one outside author of that name.
 * @param feed origin of a feed that arrives by itself: its authors are known by it alone, and are never colleagues
 */
export async function settlePeople(
  tx: Tx,
  { people }: ImportedPeople,
  { someUnnamed, feed }: { someUnnamed: boolean; feed?: string | null },
): Promise<Known> {
  const all = [...people.filter((person) => person.name || person.email), ...(someUnnamed ? [NOBODY] : [])];
  // A feed says what it likes of its authors: it is believed about its own only.
  const marks = all.map((person) =>
    marksOf(person).map((mark) => (feed ? keyText(`${feed} ${mark}`) : mark)),
  );
  const known = await knownByMark(tx, marks.flat(), feed ? [] : all);
  const ids = new Map<string, string>();
  const fresh: ImportedPerson[] = [];
  for (const [index, person] of all.entries()) {
    const id = marks[index]!.map((mark) => known.get(mark)).find(Boolean);
    if (id) ids.set(person.key, id);
    else fresh.push(person);
  }
  for (const [key, id] of await keepOutside(tx, fresh)) ids.set(key, id);
  await remember(tx, all, marks, ids);
  return {
    idOf(person) {
      const id = ids.get((person && ids.has(person.key) ? person : NOBODY).key);
      if (!id) throw new Error('an author of the import was not settled');
      return id;
    },
    ids: [...ids.values()],
    created: fresh.length,
    found: all.length - fresh.length,
  };
}

/** From the surest to the least sure. */
function marksOf(person: ImportedPerson): string[] {
  if (person === NOBODY) return ['nobody'];
  const email = person.email?.toLowerCase();
  const name = sameName(person.name);
  return [...(email ? [`email ${email}`] : []), person.key, ...(name ? [`name ${name}`] : [])].map(keyText);
}

async function knownByMark(tx: Tx, marks: string[], people: ImportedPerson[]): Promise<Map<string, string>> {
  const emails = people.flatMap(({ email }) => (email ? [email.toLowerCase()] : []));
  const { rows } = await sql<{ mark: string; person_id: string; email: string | null }>`
    select mark, person_id, people.email from outside_marks join people on people.id = person_id
      where mark = any(${marks}::text[])
    union all
    select 'email ' || email, id, email from people
      where email = any(${emails}::text[]) and status in ('active', 'deactivated')`.execute(tx);
  const byMark = await knownBySeal(tx, marks);
  const emailOf = new Map(
    people.flatMap((p): [string, string][] =>
      p.email ? [[keyText(`name ${sameName(p.name)}`), p.email.toLowerCase()]] : [],
    ),
  );
  for (const { mark, person_id, email } of rows) {
    // Two namesakes with two addresses are two people.
    const other = emailOf.get(mark);
    if (mark.startsWith('name ') && other && email && email !== other) continue;
    byMark.set(mark, person_id);
  }
  return byMark;
}

/** Whoever was erased is still the author of his words, under his pseudonym. */
async function knownBySeal(tx: Tx, marks: string[]): Promise<Map<string, string>> {
  const seals = await sealedMarks(tx, marks);
  const { rows } = await sql<{ mark: string; person_id: string }>`select mark, person_id from outside_marks
    where mark = any(${seals}::text[])`.execute(tx);
  const sealed = new Map(rows.map((row) => [row.mark, row.person_id]));
  return new Map(
    marks.flatMap((mark, index): [string, string][] => {
      const id = sealed.get(seals[index]!);
      return id ? [[mark, id]] : [];
    }),
  );
}

/** What is shown of somebody who left only an e-mail is what stands before the @. */
function shownName({ name, email }: ImportedPerson): string {
  const shown = (name || email || '').replace(/^([^\s@]+)@[^\s@]+$/, '$1');
  return shown.replaceAll('\u0000', '').slice(0, 120).toWellFormed().trim() || NOBODY.name;
}

function emailOf({ email }: ImportedPerson): string | null {
  return email && /^[\x21-\x7e]{3,254}$/.test(email) ? email.toLowerCase() : null;
}

async function keepOutside(tx: Tx, people: ImportedPerson[]): Promise<Map<string, string>> {
  const rows = people.map((person): OutsideRow => ({
    id: newId(),
    handle: '',
    name: shownName(person),
    email: emailOf(person),
    website: webAddress(person.url),
    status: 'outside',
  }));
  for (let from = 0; from < rows.length; from += BATCH)
    await insertPeople(tx, rows.slice(from, from + BATCH));
  return new Map(people.map((person, index) => [person.key, rows[index]!.id]));
}

type OutsideRow = {
  id: string;
  handle: string;
  name: string;
  email: string | null;
  website: string | null;
  status: 'outside';
};

/** Whoever arrives by himself at this moment may take a handle that was free: those left without get another. */
async function insertPeople(tx: Tx, rows: OutsideRow[]): Promise<void> {
  for (let left = rows; left.length > 0;) {
    const handles = await freeHandles(
      tx,
      left.map(({ name }) => handleFromName(name)),
    );
    const kept = await tx
      .insertInto('people')
      .values(left.map((row, index) => ({ ...row, handle: handles[index]! })))
      .onConflict((conflict) => conflict.column('handle').doNothing())
      .returning('id')
      .execute();
    const done = new Set(kept.map(({ id }) => id));
    left = left.filter(({ id }) => !done.has(id));
  }
}

/** A free handle for each of `wanted`, in one query. */
async function freeHandles(tx: Tx, wanted: string[]): Promise<string[]> {
  const tries = wanted.flatMap((handle) => [
    handle,
    ...Array.from({ length: 20 }, (_, index) => numbered(handle, index + 2)),
  ]);
  const { rows } = await sql<{ handle: string }>`
    select handle from people where handle = any(${[...new Set(tries)]}::text[])
    union select handle from former_handles where handle = any(${[...new Set(tries)]}::text[])`.execute(tx);
  const taken = new Set(rows.map((row) => row.handle));
  return wanted.map((handle) => {
    let free = handle;
    for (let number = 2; taken.has(free); number++) {
      free = numbered(handle, number > 21 ? randomInt(1_000, 100_000) : number);
    }
    taken.add(free);
    return free;
  });
}

function numbered(handle: string, number: number): string {
  return `${handle.slice(0, 34)}-${number}`;
}

async function remember(
  tx: Tx,
  people: ImportedPerson[],
  marks: string[][],
  ids: Map<string, string>,
): Promise<void> {
  const rows = people.flatMap((person, index) => {
    const id = ids.get(person.key);
    return id ? marks[index]!.map((mark) => ({ mark, person_id: id })) : [];
  });
  await sql`insert into outside_marks (mark, person_id)
    select mark, person_id from unnest(${rows.map((row) => row.mark)}::text[],
      ${rows.map((row) => row.person_id)}::uuid[]) seen(mark, person_id)
      join people on people.id = person_id and status <> 'erased'
    on conflict (mark) do nothing`.execute(tx);
}
