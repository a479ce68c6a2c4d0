import { randomInt } from 'node:crypto';
import { sql } from 'kysely';
import { invalid } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import type { Access } from './present.ts';

const SLUG = /^[a-z0-9][a-z0-9-]{0,59}$/;
/** Addresses of our own under /communities. */
const RESERVED = new Set(['new']);
const LETTERS = 'abcdefghijkmnpqrstuvwxyz';
/** Letters that no decomposition takes apart. */
const LIGATURES: Record<string, string> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
};

/** True for the text form of a community's slug. Anything else cannot name one. */
export function isSlug(text: string): boolean {
  return SLUG.test(text);
}

/**
 * A slug from `name` that is free, and stays so until the transaction ends. Secret communities end in letters drawn
 * by lot: they never occupy the address that a name would give, so a stranger who founds one of the same name learns
 * nothing.
 */
export async function freeSlug(tx: Tx, name: string, access: Access): Promise<string> {
  const base = slugOf(name);
  if (RESERVED.has(base)) throw invalid('name', 'community_name_reserved');
  if (access === 'secret') return secretSlug(base);
  await sql`select pg_advisory_xact_lock(hashtext('communities.slug'))`.execute(tx);
  const rows = await tx
    .selectFrom('communities')
    .select('slug')
    .where((eb) => eb.or([eb('slug', '=', base), eb('slug', 'like', `${base}-%`)]))
    .execute();
  const taken = new Set(rows.map(({ slug }) => slug));
  let slug = base;
  for (let number = 2; taken.has(slug); number += 1) slug = `${base}-${number}`;
  return slug;
}

/** The slug of a secret community: what its name says, and eight letters nobody guesses. */
export function secretSlug(base: string): string {
  const letters = Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]);
  return `${base}-${letters.join('')}`;
}

function slugOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[œæßøłđðþ]/g, (letter) => LIGATURES[letter] ?? letter)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 48)
    .replace(/^-+|-+$/g, '');
  return plain || 'communaute';
}
