import { sql } from 'kysely';
import { canonicalAddress, siteOf } from '../desk/address.ts';
import type { Tx } from '../platform/db.ts';
import type { Given } from './give.ts';
import { comparable, readWords } from './words-said.ts';

interface Rule {
  id: string;
  person_id: string;
  words: string;
  subscription_id: string | null;
  does: 'file' | 'keep' | 'pass';
  watch_id: string | null;
}

interface Item {
  id: string;
  title: string;
  url: string | null;
  author: string;
  excerpt: string;
  text: string;
  language: string | null;
  published_at: Date | null;
}

interface Match {
  rule: Rule;
  reading: Given;
  item: Item;
}

const TEXT_READ = 40_000;

/**
 * Lets the rules of those for whom something arrived do their work.
 * @param only the one rule that is new
 * @returns how many readings a rule took hold of
 */
export async function applyRules(tx: Tx, given: Given[], only?: string): Promise<number> {
  if (given.length === 0) return 0;
  const rules = await rulesOf(tx, [...new Set(given.map(({ person_id: person }) => person))], only);
  if (rules.length === 0) return 0;
  const items = new Map((await itemsRead(tx, given)).map((item) => [item.id, item]));
  const matches = findMatches(
    given,
    Map.groupBy(rules, ({ person_id: person }) => person),
    items,
  );
  const of = (does: Rule['does']) => matches.filter(({ rule }) => rule.does === does);
  const [filed, homeless] = [
    of('file').filter(({ item }) => item.url),
    of('file').filter(({ item }) => !item.url),
  ];
  await mark(tx, [...of('keep'), ...homeless], sql`kept_at = now()`);
  await mark(tx, of('pass'), sql`read_at = coalesce(read_at, now())`);
  await file(tx, filed);
  return new Set(matches.map(({ reading }) => reading.id)).size;
}

async function rulesOf(tx: Tx, people: string[], only: string | undefined): Promise<Rule[]> {
  const { rows } = await sql<Rule>`select r.id, r.person_id, r.words, r.subscription_id, r.does, r.watch_id
    from reading_rules r left join watches w on w.id = r.watch_id
    where r.person_id = any(${people}::uuid[]) and (r.watch_id is null or w.deleted_at is null)
      ${only ? sql`and r.id = ${only}` : sql``}
    order by r.created_at, r.id`.execute(tx);
  return rows;
}

async function itemsRead(tx: Tx, given: Given[]): Promise<Item[]> {
  const ids = [...new Set(given.map(({ item_id: id }) => id))];
  const { rows } =
    await sql<Item>`select i.id, i.title, i.url, i.author, i.excerpt, left(i.html, ${TEXT_READ}) as text,
      i.language, i.published_at from source_items i where i.id = any(${ids}::uuid[])`.execute(tx);
  return rows;
}

function findMatches(given: Given[], rules: Map<string, Rule[]>, items: Map<string, Item>): Match[] {
  const said = new Map<string, string>();
  const lookFor = new Map<string, (text: string) => boolean>();
  return given.flatMap((reading) => {
    const item = items.get(reading.item_id);
    if (!item) return [];
    const text =
      said.get(item.id) ?? comparable(`${item.title} ${item.author} ${item.text.replace(/<[^>]*>/g, ' ')}`);
    said.set(item.id, text);
    return (rules.get(reading.person_id) ?? []).flatMap((rule) => {
      if (rule.subscription_id && rule.subscription_id !== reading.subscription_id) return [];
      const says = lookFor.get(rule.words) ?? readWords(rule.words);
      lookFor.set(rule.words, says);
      return says(text) ? [{ rule, reading, item }] : [];
    });
  });
}

async function mark(tx: Tx, matches: Match[], as: ReturnType<typeof sql>): Promise<void> {
  if (matches.length === 0) return;
  const ids = matches.map(({ reading }) => reading.id);
  await sql`update readings set ${as} where id = any(${ids}::uuid[])`.execute(tx);
}

/**
 * Puts what was found on the desks of those whose rules found it: seen by themselves alone, also in a watch that they
 * share. A rule publishes nothing.
 */
async function file(tx: Tx, matches: Match[]): Promise<void> {
  if (matches.length === 0) return;
  const clips = matches.map(({ rule, reading, item }) => ({
    owner: reading.person_id,
    watch: rule.watch_id,
    reading: reading.id,
    title: item.title,
    author: item.author,
    summary: item.excerpt,
    url: item.url,
    canonical: canonicalAddress(item.url!),
    site: siteOf(item.url!).slice(0, 200),
    language: item.language,
    published: item.published_at,
  }));
  await sql`with filed as (insert into desk_items (owner_id, kind, title, author, summary, url, canonical_url, site,
        language, published_at, watch_id, via, reading_id, finder_id, page)
      select owner, 'clip', title, author, summary, url, canonical, site, language, published, watch, 'rule', reading,
        owner, 'waiting'
      from jsonb_to_recordset(${JSON.stringify(clips)}::jsonb) given (owner uuid, watch uuid, reading uuid, title text,
        author text, summary text, url text, canonical text, site text, language text, published timestamptz)
      order by owner, canonical on conflict do nothing returning id, owner_id, watch_id),
    told as (insert into desk_events (owner_id, name, subject_id) select owner_id, 'item.kept', id from filed)
    update watches set activity_at = now() where id in (select watch_id from filed)`.execute(tx);
}
