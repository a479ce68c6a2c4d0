import { randomUUIDv7 } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { termsOf } from '#server/platform/likeness/terms.ts';
import { TERMS } from '#server/twins/sketch.ts';

/** How large a network to make. */
export interface Size {
  people: number;
  communities: number;
  posts: number;
  comments: number;
  reactions: number;
}

export const FULL: Size = {
  people: 2000,
  communities: 200,
  posts: 100_000,
  comments: 500_000,
  reactions: 1_000_000,
};
/** A tenth of everything that people write; as many people and communities. */
export const TENTH: Size = { ...FULL, posts: 10_000, comments: 50_000, reactions: 100_000 };

/** What the bench asks for by name. */
export interface Landmarks {
  /** Handle of a member of 5 communities, and of one of all 200. */
  few: string;
  many: string;
  community: string;
  /** A page of the feed that is far down, with pages behind it: 500 where there are so many. */
  far: number;
  /** A post with 50 comments. */
  discussed: string;
  /** A word in a third of all posts, one in some twenty, and a name typed wrongly. */
  common: string;
  rare: string;
  typo: string;
}

const HEAVY = [
  'entries',
  'entry_activity',
  'comments',
  'reactions',
  'entry_tags',
  'entry_search',
  'comment_search',
  'entry_terms',
  'entry_sketches',
];
const SPAN_DAYS = 365;
const VOCABULARY =
  `client offre prix remise marge affaire visite devis commande contrat livraison délai pompe vanne site
région secteur équipe réunion objectif trimestre concurrent tarif argument besoin acheteur décideur technique essai
retour question réponse merci idée dossier relance signature négociation partenaire service maintenance garantie salon
formation terrain tournée agenda rapport chiffre résultat perdu gagné difficile simple urgent demain hier ensemble`.split(
    /\s+/,
  );

/** Deterministic, so that two runs measure the same network (mulberry32). */
export function dice(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Fills an empty, migrated database by COPY. What triggers would write is written beside it. */
export async function buildNetwork(url: string, size: Size): Promise<Landmarks> {
  const pool = lanes(url);
  try {
    const world = new World(size, dice(7));
    await copy(pool, 'network (name, language)', [['Banc d’essai', 'fr']]);
    await copy(pool, 'people (id, handle, name, headline, created_at, read_before)', world.people());
    await copy(pool, 'communities (id, slug, name, access, member_count)', world.communities());
    await copy(pool, 'memberships (community_id, person_id)', world.memberships());
    await pool.query(
      `insert into follows (person_id, kind, target_id) select person_id, 'community', community_id from memberships`,
    );
    await copy(pool, 'tags (id, slug)', world.tags());
    await bare(pool, HEAVY, () => writePosts(pool, world));
    await pool.query(`update communities set member_count = m.many from
      (select community_id, count(*)::int as many from memberships group by 1) m where m.community_id = id`);
    await pool.query('vacuum analyze');
    return world.landmarks();
  } finally {
    await pool.end();
  }
}

/** Connections for what can be done at the same time. Each reads a table from its beginning: rows keep their order. */
export function lanes(url: string): pg.Pool {
  const options = '-c maintenance_work_mem=512MB -c work_mem=128MB -c synchronize_seqscans=off';
  return new pg.Pool({ connectionString: url, max: 3, options });
}

async function writePosts(pool: pg.Pool, world: World): Promise<void> {
  await copy(
    pool,
    'entries (id, author_id, community_id, everyone, title, body, html, excerpt, status, created_at, published_at, thanks)',
    world.posts(),
  );
  await Promise.all([
    pool.query(`insert into entry_search select id, headline, setweight(headline, 'A') || word_forms(said)
      || array_to_tsvector(array[day_lexeme(published_at)])
      from (select id, published_at, words_of(title) as headline, words_apart(body) as said from entries offset 0) one`),
    writeBeneath(pool, world),
  ]);
}

async function writeBeneath(pool: pg.Pool, world: World): Promise<void> {
  await copy(pool, 'comments (id, entry_id, author_id, body, html, created_at)', world.comments());
  await Promise.all([
    pool.query(`insert into comment_search select id, word_forms(said) || array_to_tsvector(array[day_lexeme(created_at)])
      from (select id, created_at, words_apart(body) as said from comments offset 0) one`),
    writeAround(pool, world),
  ]);
}

async function writeAround(pool: pg.Pool, world: World): Promise<void> {
  await copy(pool, 'reactions (entry_id, person_id, kind)', world.reactions());
  await copy(pool, 'entry_tags (tag_id, entry_id, label, published_at)', world.entryTags());
  await copy(pool, 'entry_terms (term, entry_id, community_id, everyone)', world.terms());
  await pool.query('insert into entry_sketches (entry_id) select id from entries');
  await pool.query(`insert into entry_activity select id, community_id, author_id, everyone, listed,
    coalesce(said.last, published_at), coalesce(said.many, 0), coalesce(said.voices, '{}') from entries left join (
      select entry_id, sum(many)::int as many, max(last) as last, (array_agg(author_id order by last desc))[:3] as voices
      from (select entry_id, author_id, count(*) as many, max(created_at) as last from comments group by 1, 2) one
      group by 1) said on said.entry_id = entries.id`);
}

/**
 * Takes the secondary indexes, foreign keys and triggers off some tables, and puts them back behind what is written in
 * between: checked and sorted at once instead of row by row.
 */
export async function bare(pool: pg.Pool, tables: string[], write: () => Promise<void>): Promise<void> {
  const indexes = await takeOff(
    pool,
    tables,
    `select 'drop index ' || indexrelid::regclass as off, pg_get_indexdef(indexrelid) as back
       from pg_index where indrelid = any($1::regclass[])
         and not exists (select 1 from pg_constraint where conindid = indexrelid)`,
  );
  const keys = await takeOff(
    pool,
    tables,
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as off,
         format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as back
       from pg_constraint where conrelid = any($1::regclass[]) and contype = 'f'`,
  );
  for (const table of tables) await pool.query(`alter table ${table} disable trigger user`);
  await write();
  for (const table of tables) await pool.query(`alter table ${table} enable trigger user`);
  await Promise.all(indexes.map((back) => pool.query(back)));
  // One by one: two at once may each wait for a table that the other holds.
  for (const back of keys) await pool.query(back);
}

/** Says how to put them back. */
async function takeOff(pool: pg.Pool, tables: string[], asked: string): Promise<string[]> {
  const { rows } = await pool.query<{ off: string; back: string }>(asked, [tables]);
  for (const { off } of rows) await pool.query(off);
  return rows.map(({ back }) => back);
}

export type Row = (string | number | boolean | null)[];

export async function copy(pool: pg.Pool, target: string, rows: Iterable<Row>): Promise<void> {
  const client = await pool.connect();
  try {
    await pipeline(Readable.from(chunks(rows)), client.query(copyFrom(`copy ${target} from stdin`)));
  } finally {
    client.release();
  }
}

function* chunks(rows: Iterable<Row>): Generator<string> {
  let chunk = '';
  for (const row of rows) {
    chunk +=
      row.map((cell) => (cell === null ? '\\N' : String(cell).replace(/[\\\n\t]/g, escapeCell))).join('\t') +
      '\n';
    if (chunk.length > 65_536) {
      yield chunk;
      chunk = '';
    }
  }
  yield chunk;
}

function escapeCell(sign: string): string {
  return { '\\': '\\\\', '\n': '\\n', '\t': '\\t' }[sign] ?? sign;
}

class World {
  readonly #size: Size;
  readonly #random: () => number;
  readonly #now = Date.now();
  readonly #arrived = this.#now - 400 * 86_400_000;
  readonly #people: string[];
  readonly #communities: string[];
  readonly #tags: string[];
  readonly #posts: { id: string; at: number }[];
  /** What tells most of each post, kept while they are written. */
  readonly #terms: Int32Array[] = [];
  readonly #discussed = 17;

  constructor(size: Size, random: () => number) {
    this.#size = size;
    this.#random = random;
    const ids = (many: number) => Array.from({ length: many }, () => randomUUIDv7());
    this.#people = Array.from({ length: size.people }, () => idAt(this.#arrived));
    this.#communities = ids(size.communities);
    this.#tags = ids(300);
    const step = (SPAN_DAYS * 86_400_000) / size.posts;
    this.#posts = Array.from({ length: size.posts }, (_, index) => {
      const at = Math.round(this.#now - 60_000 - (size.posts - index) * step);
      return { id: idAt(at), at };
    });
  }

  landmarks(): Landmarks {
    return {
      few: 'p10',
      many: 'p0',
      community: 'c3',
      far: Math.min(500, Math.floor(this.#size.posts / 40)),
      discussed: this.#posts.at(-this.#discussed)!.id,
      common: 'conjoncture',
      rare: 'kerguelen7',
      typo: 'Prenom1337 Nmo1337',
    };
  }

  *people(): Generator<Row> {
    for (const [index, id] of this.#people.entries()) {
      const ago = new Date(this.#arrived).toISOString();
      yield [id, `p${index}`, `Prénom${index} Nom${index}`, 'Ingénieur commercial', ago, ago];
    }
  }

  *communities(): Generator<Row> {
    for (const [index, id] of this.#communities.entries()) {
      yield [
        id,
        `c${index}`,
        `Communauté ${index}`,
        index % 4 === 0 ? 'closed' : index % 10 === 1 ? 'secret' : 'open',
        0,
      ];
    }
  }

  /** Person 0 is in all of them, ten others in 5, everybody else in about 15. */
  *memberships(): Generator<Row> {
    for (const [index, person] of this.#people.entries()) {
      const many =
        index === 0 ? this.#communities.length : index <= 10 ? 5 : 5 + Math.floor(this.#random() * 20);
      const start = index === 0 ? 0 : Math.floor(this.#random() * this.#communities.length);
      for (let step = 0; step < many; step++) {
        yield [this.#communities[(start + step * 7) % this.#communities.length]!, person];
      }
    }
  }

  *tags(): Generator<Row> {
    for (const [index, id] of this.#tags.entries()) yield [id, `theme-${index}`];
  }

  *posts(): Generator<Row> {
    for (const [index, { id, at }] of this.#posts.entries()) {
      const { place, open } = this.#placeOf(index);
      const words = this.#words(60 + Math.floor(this.#random() * 120));
      if (index % 3 === 0) words.splice(5, 0, 'conjoncture');
      if (index % Math.ceil(this.#size.posts / 20) === 7) words.splice(9, 0, 'kerguelen7');
      const body = words.join(' ');
      const title = this.#words(6).join(' ');
      this.#terms.push(Int32Array.from(new Set(termsOf(title, body, TERMS).map(({ term }) => term))));
      const when = new Date(at).toISOString();
      const author = this.#people[Math.floor(this.#random() * this.#people.length)]!;
      yield [
        id,
        author,
        place === null ? null : this.#communities[place]!,
        open,
        title,
        body,
        `<p>${body}</p>`,
        body.slice(0, 280),
        'published',
        when,
        when,
        Math.floor(this.#size.reactions / this.#size.posts),
      ];
    }
  }

  *terms(): Generator<Row> {
    for (const [index, { id }] of this.#posts.entries()) {
      const { place, open } = this.#placeOf(index);
      const community = place === null ? null : this.#communities[place]!;
      for (const term of this.#terms[index]!) yield [term, id, community, open];
    }
  }

  /** One in five in a blog; else a community, of which some are closed or secret. */
  #placeOf(index: number): { place: number | null; open: boolean } {
    const place = index % 5 === 4 ? null : index % this.#communities.length;
    return { place, open: place === null || !(place % 4 === 0 || place % 10 === 1) };
  }

  *entryTags(): Generator<Row> {
    for (const [index, { id, at }] of this.#posts.entries()) {
      const when = new Date(at).toISOString();
      yield [this.#tags[index % 300]!, id, `Thème ${index % 300}`, when];
      if (index % 2) yield [this.#tags[(index + 11) % 300]!, id, `Thème ${(index + 11) % 300}`, when];
    }
  }

  *comments(): Generator<Row> {
    const perPost = Math.floor(this.#size.comments / this.#size.posts);
    for (const [index, { id, at }] of this.#posts.entries()) {
      const many = this.#posts.length - index === this.#discussed ? 50 : perPost;
      for (let step = 0; step < many; step++) {
        const body = this.#words(10 + Math.floor(this.#random() * 25)).join(' ');
        const when = Math.min(at + (step + 1) * 1000, this.#now);
        const author = this.#people[Math.floor(this.#random() * this.#people.length)]!;
        yield [randomUUIDv7(), id, author, body, `<p>${body}</p>`, new Date(when).toISOString()];
      }
    }
  }

  *reactions(): Generator<Row> {
    const perPost = Math.floor(this.#size.reactions / this.#size.posts);
    for (const { id } of this.#posts) {
      const start = Math.floor(this.#random() * this.#people.length);
      for (let step = 0; step < perPost; step++)
        yield [id, this.#people[(start + step) % this.#people.length]!, 'thanks'];
    }
  }

  #words(many: number): string[] {
    return wordsBy(this.#random, many);
  }
}

/** So many words: most of those that everybody uses, the others as rare as names. */
export function wordsBy(random: () => number, many: number): string[] {
  return Array.from({ length: many }, () => {
    const roll = random();
    return roll < 0.7
      ? VOCABULARY[Math.floor(random() * VOCABULARY.length)]!
      : `terme${Math.floor(random() * random() * 20_000)}`;
  });
}

/** As it would have been made then: an id tells its age. */
function idAt(time: number): string {
  const stamp = time.toString(16).padStart(12, '0');
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}${randomUUIDv7().slice(13)}`;
}
