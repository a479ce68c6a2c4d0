import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '../platform/db.ts';
import { renameInPages } from './pages.ts';

/** What a person is called from now on, where people wrote `@handle`. */
export interface Called {
  handle: string;
  /** What stands in place of `@handle`. */
  written: string;
  /** The same in HTML, in place of the link. */
  linked: string;
}

/** Handles that name nobody any more, with what their people are called now. */
interface Renaming {
  people: string[];
  called: ReadonlyMap<string, Called>;
}

/** How far a renaming has come: through which of the texts, and behind which of them it goes on. */
export interface Progress {
  stage: number;
  after: string[];
}

/** Where a renaming begins. */
const BEGINNING: Progress = { stage: 0, after: [] };

/**
 * Puts what people are called now where others wrote `@handle`, in texts as in what was rendered from them, and in what
 * stood there before an edit: in `most` texts of one kind, for all of the renaming at once. A name that somebody wrote
 * out stays: those are the author's own words.
 * @returns where to go on; null where all is done
 */
export async function renameSome(
  tx: Tx,
  renaming: Renaming,
  { stage, after }: Progress,
  most: number,
): Promise<Progress | null> {
  const kept = STAGES[stage];
  if (!kept) return null;
  const within = sql`${kept.among?.(renaming.people) ?? sql`true`} and ${behind(kept, after)}`;
  const { rows } = await sql<{
    last: string[];
  }>`select array[${sql.join(keys(kept).map((key) => sql`${key}::text`))}] as last
    from ${sql.table(kept.table)} where ${within} order by ${sql.join(keys(kept))} offset ${most - 1} limit 1`.execute(
    tx,
  );
  const last = rows[0]?.last;
  const batch = last ? sql`${within} and not ${behind(kept, last)}` : within;
  const names = namesOf(renaming);
  if (kept.table === 'pages') {
    const ids = await renameInPages(tx, sql`${batch} and ${naming(sql`entries.body`, renaming)}`, names.text);
    await rewrite(tx, ENTRIES, sql`id = any(${ids}::uuid[])`, names);
  } else {
    const texts = kept.columns.filter(({ as }) => as === 'text').map(({ read }) => read);
    await rewrite(
      tx,
      kept,
      sql`${batch} and ${naming(sql`concat_ws(' ', ${sql.join(texts)})`, renaming)}`,
      names,
    );
  }
  return last ? { stage, after: last } : stage + 1 < STAGES.length ? { stage: stage + 1, after: [] } : null;
}

/** The same in all texts, in this very transaction. */
export async function renameEverywhere(tx: Tx, renaming: Renaming): Promise<void> {
  const MOST_AT_ONCE = 1_000;
  for (let at: Progress | null = BEGINNING; at;) at = await renameSome(tx, renaming, at, MOST_AT_ONCE);
}

interface Column {
  read: RawBuilder<string>;
  write: (value: RawBuilder<unknown>) => RawBuilder<unknown>;
  as: 'text' | 'html';
}

/** Rows that hold words of people. */
interface Kept {
  table: string;
  /** What they are ordered by, each once. */
  key: [column: string, type: 'uuid' | 'int'][];
  columns: Column[];
  /** Those among which the people are named at all, where that is known. */
  among?: (people: string[]) => RawBuilder<boolean>;
}

const column = (name: string, as: Column['as'] = 'text'): Column => ({
  read: sql.ref(name),
  write: (value) => sql`${sql.ref(name)} = ${value}`,
  as,
});
const WRITTEN = [column('body'), column('excerpt'), column('html', 'html')];
const BY_ID: Kept['key'] = [['id', 'uuid']];
const ENTRIES: Kept = {
  table: 'entries',
  key: BY_ID,
  columns: WRITTEN,
  among: (people) =>
    sql`entries.id in (select entry_id from mentions where person_id = any(${people}::uuid[]))`,
};

/** In this order; a renaming that is under way knows its place by number. */
const STAGES: Kept[] = [
  { table: 'pages', key: BY_ID, columns: [] },
  ENTRIES,
  {
    table: 'comments',
    key: BY_ID,
    columns: [column('body'), column('html', 'html')],
    among: (people) =>
      sql`comments.id in (select comment_id from mentions where person_id = any(${people}::uuid[]))`,
  },
  // A desk keeps no list of whom its notes name.
  { table: 'desk_items', key: BY_ID, columns: WRITTEN },
  {
    table: 'reworks',
    key: [
      ['entry_id', 'uuid'],
      ['id', 'uuid'],
    ],
    columns: [
      {
        read: sql`coalesce(fields ->> 'body', '')`,
        write: (value) => sql`fields = jsonb_set(fields, '{body}', to_jsonb(${value}))`,
        as: 'text',
      },
    ],
  },
  // Whom an older version named is written nowhere else.
  { table: 'revisions', key: BY_ID, columns: [column('body')] },
  {
    table: 'page_versions',
    key: [
      ['page_id', 'uuid'],
      ['number', 'int'],
    ],
    columns: [column('body')],
  },
  {
    table: 'page_passages',
    key: [['comment_id', 'uuid']],
    columns: [column('quote'), column('before'), column('after')],
  },
];

function keys({ table, key }: Kept): RawBuilder<unknown>[] {
  return key.map(([name]) => sql.ref(`${table}.${name}`));
}

function behind(kept: Kept, after: string[]): RawBuilder<boolean> {
  if (after.length === 0) return sql`true`;
  const place = kept.key.map(([, type], at) => sql`${after[at]}::${sql.raw(type)}`);
  return sql`(${sql.join(keys(kept))}) > (${sql.join(place)})`;
}

function naming(text: RawBuilder<unknown>, { called }: Renaming): RawBuilder<boolean> {
  const patterns = [...called.keys()].map((handle) => `%@${handle.replace(/[\\%_]/g, '\\$&')}%`);
  return sql`lower(${text}) like any(${patterns}::text[])`;
}

interface Names {
  text: (text: string) => string;
  html: (html: string) => string;
}

function namesOf({ called }: Renaming): Names {
  const handles = [...called.keys()].map((handle) => handle.replaceAll('.', '\\.')).join('|');
  const mention = new RegExp(`(?<![A-Za-z0-9_@/.])@(${handles})(?![a-z0-9._-]*[a-z0-9])`, 'gi');
  const link = new RegExp(`<a href="/people/(${handles})">@[^<]*</a>`, 'gi');
  const address = new RegExp(`href="/people/(${handles})"`, 'gi');
  const of = (handle: string) => called.get(handle.toLowerCase());
  return {
    text: (text) => text.replace(mention, (found, handle: string) => of(handle)?.written ?? found),
    html: (html) =>
      html
        .replace(link, (found, handle: string) => of(handle)?.linked ?? found)
        .replace(address, (_, handle: string) => `href="/people/${of(handle)?.handle ?? handle}"`),
  };
}

async function rewrite(tx: Tx, kept: Kept, where: RawBuilder<unknown>, names: Names): Promise<void> {
  const { table, key, columns } = kept;
  const { rows } = await sql<{ place: string[]; texts: string[] }>`
    select array[${sql.join(keys(kept).map((each) => sql`${each}::text`))}] as place,
      array[${sql.join(columns.map(({ read }) => read))}] as texts
    from ${sql.table(table)} where ${where} order by ${sql.join(keys(kept))} for no key update`.execute(tx);
  const renamed = rows
    .map(({ place, texts }) => ({
      place,
      texts,
      after: texts.map((text, at) => names[columns[at]!.as](text)),
    }))
    .filter(({ texts, after }) => texts.some((text, at) => text !== after[at]));
  if (renamed.length === 0) return;
  const lists = [
    ...key.map(([, type], at) => sql`${renamed.map(({ place }) => place[at])}::text[]::${sql.raw(type)}[]`),
    ...columns.map((_, at) => sql`${renamed.map(({ after }) => after[at])}::text[]`),
  ];
  const fields = [...key.map((_, at) => `k${at}`), ...columns.map((_, at) => `v${at}`)];
  await sql`update ${sql.table(table)}
    set ${sql.join(columns.map(({ write }, at) => write(sql.ref(`renamed.v${at}`))))}
    from unnest(${sql.join(lists)}) renamed(${sql.raw(fields.join(', '))})
    where (${sql.join(keys(kept))}) = (${sql.join(key.map((_, at) => sql.ref(`renamed.k${at}`)))})`.execute(
    tx,
  );
}
