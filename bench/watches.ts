import { randomUUIDv7 } from 'node:crypto';
import { bare, copy, dice, lanes, wordsBy, type Row } from './network.ts';

export interface WatchesSize {
  /** Shared watches, of one person each, and how many clips each holds. */
  watches: number;
  clips: number;
  /** The clips of the first two, which are on one subject. */
  large: number;
}

const SITES = 97;
const SPAN_MS = 300 * 86_400_000;

/**
 * Adds shared watches to a network of the bench. The first two hold a quarter of their pages in common, and another
 * tenth as the same text elsewhere. Gives their ids, the first being `owner`'s.
 */
export async function layWatches(url: string, owner: string, size: WatchesSize): Promise<[string, string]> {
  const pool = lanes(url);
  try {
    const people = await pool.query<{ id: string }>(
      `select id from people where id <> $1 and role = 'member' and status = 'active' order by id limit $2`,
      [owner, size.watches - 1],
    );
    const places = await pool.query<{ id: string }>(
      'select id from communities where open order by id limit 20',
    );
    const shelves = [owner, ...people.rows.map(({ id }) => id)].map((person, index) => ({
      ...{ id: randomUUIDv7(), person, place: places.rows[index < 2 ? 0 : index % places.rows.length]!.id },
      clips: index < 2 ? size.large : size.clips,
    }));
    const random = dice(11);
    await bare(pool, ['watches', 'desk_items', 'desk_search'], async () => {
      await copy(
        pool,
        'watches (id, owner_id, name, community_id, everyone, shared_at)',
        watches(shelves, random),
      );
      await copy(
        pool,
        `desk_items (owner_id, watch_id, kind, title, summary, excerpt, url, canonical_url, finder_id, found_at, created_at, shared_at)`,
        clips(shelves, random),
      );
      await pool.query(
        `insert into desk_search select id, words_of(title), setweight(words_of(title), 'A') || words_of(summary)
        || array_to_tsvector(array[owner_lexeme(owner_id)]) from desk_items where watch_id = any($1)`,
        [shelves.map(({ id }) => id)],
      );
    });
    await pool.query('vacuum analyze');
    return [shelves[0]!.id, shelves[1]!.id];
  } finally {
    await pool.end();
  }
}

interface Shelf {
  id: string;
  person: string;
  place: string;
  clips: number;
}

function* watches(shelves: readonly Shelf[], random: () => number): Generator<Row> {
  const now = new Date().toISOString();
  for (const [index, { id, person, place }] of shelves.entries())
    yield [id, person, index < 2 ? 'Norvalt' : wordsBy(random, 3).join(' '), place, true, now];
}

function* clips(shelves: readonly Shelf[], random: () => number): Generator<Row> {
  const now = Date.now();
  const first: { title: string; text: string[] }[] = [];
  for (const [index, { id, person, clips }] of shelves.entries()) {
    for (let at = 0; at < clips; at++) {
      const common = index === 1 && at % 4 === 0;
      const same = common || (index === 1 && at % 10 === 1);
      const { title, text } = same
        ? first[at]!
        : { title: wordsBy(random, 8).join(' '), text: wordsBy(random, 60) };
      if (index === 0) first.push({ title, text });
      const address = `https://site${at % SITES}.example/${index === 0 || common ? 0 : index}/${at}`;
      // The same text elsewhere has a word of its own.
      const summary = (same && !common ? [...text.slice(0, -1), 'ailleurs'] : text).join(' ');
      const when = new Date(now - Math.floor(random() * SPAN_MS)).toISOString();
      yield [
        person,
        id,
        'clip',
        title,
        summary,
        summary.slice(0, 280),
        address,
        address,
        person,
        when,
        when,
        when,
      ];
    }
  }
}
