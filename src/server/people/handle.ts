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
  const { rows } = await sql<{ handle: string }>`select handle from people
    where handle = ${wanted} or handle ~ ${`^${stem.replaceAll('.', '\\.')}-[0-9]{1,4}$`}`.execute(tx);
  const taken = new Set(rows.map(({ handle }) => handle));
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number++) {
    if (!taken.has(`${stem}-${number}`)) return `${stem}-${number}`;
  }
}
