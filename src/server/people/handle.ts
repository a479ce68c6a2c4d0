import { sql } from 'kysely';
import type { Tx } from '../platform/db.ts';

const LONGEST = 40;
const FORM = /^[a-z0-9][a-z0-9._-]{0,39}$/;
/** Letters that Unicode does not take apart. */
const FOLDED: Record<string, string> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};

/** Words that stand for something else where a handle would stand: `/api/v1/people/me`. */
const RESERVED = new Set(['me']);

/** Whether a text may be a handle. */
export function isHandle(text: string): boolean {
  return FORM.test(text) && !RESERVED.has(text);
}

/** The handle that a name asks for: `Hélène d’Argent` gives `helene.d.argent`; nothing Latin in it gives `personne`. */
export function handleFromName(name: string): string {
  const folded = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[œæßøđðłþı]/g, (letter) => FOLDED[letter] ?? letter)
    .replace(/[^a-z0-9]+/g, '.')
    .slice(0, LONGEST)
    .replace(/^\.+|\.+$/g, '');
  return isHandle(folded) ? folded : 'personne';
}

/** Until the end of the transaction, whoever else asks for this handle, or one numbered after it, waits. */
export async function holdHandle(tx: Tx, handle: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`handle ${handle.replace(/-\d+$/, '')}`}))`.execute(tx);
}

/** Whether texts still name somebody else by this handle, which he has given up. */
export async function isGivenUp(tx: Tx, handle: string, by: string | null = null): Promise<boolean> {
  const { rows } = await sql`select from former_handles
    where handle = ${handle} and person_id is distinct from ${by}::uuid`.execute(tx);
  return rows.length > 0;
}

/** A person takes another handle. The one he had stays his until no text names him by it. Call `holdHandle` for both. */
export async function changeHandle(tx: Tx, personId: string, handle: string): Promise<void> {
  await sql`delete from former_handles where handle = ${handle} and person_id = ${personId}`.execute(tx);
  await sql`insert into former_handles (handle, person_id)
    select handle, id from people where id = ${personId} and handle <> ${handle} for update
    on conflict (handle) do update set person_id = excluded.person_id, stage = default, after = default`.execute(
    tx,
  );
  await tx.updateTable('people').set({ handle }).where('id', '=', personId).execute();
}

/**
 * An outside author gives his handle up to whoever comes to have it here, and is numbered instead: that it is taken
 * would tell of him, wherever his words stand. Call `holdHandle` first.
 */
export async function takeFromOutside(tx: Tx, handle: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from people
    where handle = ${handle} and status = 'outside' for update`.execute(tx);
  if (!rows[0]) return;
  const other = await freeHandle(tx, handle);
  await tx.updateTable('people').set({ handle: other }).where('id', '=', rows[0].id).execute();
}

/** The first of `wanted`, `wanted-2`, `wanted-3`... that nobody has. Call `holdHandle` first. */
export async function freeHandle(tx: Tx, wanted: string): Promise<string> {
  const stem = wanted.slice(0, LONGEST - 5);
  const numbered = `^${stem.replaceAll('.', '\\.')}-[0-9]{1,4}$`;
  const { rows } = await sql<{ handle: string }>`select handle from people
    where handle = ${wanted} or handle ~ ${numbered}
    union select handle from former_handles where handle = ${wanted} or handle ~ ${numbered}`.execute(tx);
  const taken = new Set(rows.map(({ handle }) => handle));
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number++) {
    if (!taken.has(`${stem}-${number}`)) return `${stem}-${number}`;
  }
}
