import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { visiblePeople } from '../communities/sight.ts';
import type { CommunityRef } from '../conversation/present.ts';
import { listedEntries } from '../conversation/sight.ts';
import { notFound } from '../errors.ts';
import { isHandle } from '../people/handle.ts';
import type { Db } from '../platform/db.ts';

/** Something a person said, short enough to be quoted on his page. */
export interface Line {
  id: string;
  on: 'post' | 'comment';
  text: string;
  /** Where it stands, as a path of this network. */
  url: string;
  at: string;
  /** Title of the post it is, or stands under; its beginning where it has none. */
  title: string;
  community: CommunityRef | null;
}

/** A person's words as others met them. How often each was thanked orders them and is not told. */
export interface Lines {
  received: Line[];
  latest: Line[];
}

/** Weighed at most, of each kind; whoever wrote more is told by his later years. */
const WEIGHED = 200;
const QUOTED = 3;
const LONGEST_LINE = 220;

interface Row {
  place: 'received' | 'latest';
  id: string;
  on: Line['on'];
  entry_id: string;
  title: string;
  words: string;
  at: Date;
  community: CommunityRef | null;
}

/** What a person said best and last, of what the actor may read. */
export async function linesOf(db: Db, actor: Actor, handle: string): Promise<Lines> {
  if (!isHandle(handle)) throw notFound();
  const person = await db
    .selectFrom('people')
    .select(['id', 'status'])
    .where('handle', '=', handle)
    .where(visiblePeople(actor))
    .executeTakeFirst();
  if (!person) throw notFound();
  if (person.status === 'erased') return { received: [], latest: [] };
  const { rows } = await sql<Row>`with said as materialized (
      (select 'post' as "on", entries.id, entries.id as entry_id, entries.excerpt as words, entries.published_at as at,
          entries.thanks + entries.useful + entries.agree + entries.insightful as received
        from entries where entries.author_id = ${person.id} and entries.kind = 'post' and ${listedEntries(actor)}
        order by entries.published_at desc, entries.id desc limit ${WEIGHED})
      union all
      (select 'comment', c.id, c.entry_id, left(c.html, 3000), c.created_at, c.thanks + c.useful + c.agree + c.insightful
        from comments c join entries on entries.id = c.entry_id and ${listedEntries(actor)}
        where c.author_id = ${person.id} and c.listed order by c.created_at desc, c.id desc limit ${WEIGHED})),
    best as (select 'received' as place, said.* from said where received > 0
      order by received desc, at desc, id desc limit ${QUOTED}),
    last as (select 'latest' as place, said.* from said
      where said."on" = 'comment' and said.id not in (select id from best) order by at desc, id desc limit ${QUOTED})
    select line.place, line."on", line.id, line.entry_id, line.words, line.at,
      coalesce(nullif(e.title, ''), left(e.excerpt, 80)) as title,
      case when c.id is not null then json_build_object('slug', c.slug, 'name', c.name, 'emoji', c.emoji,
        'access', c.access) end as community
    from (select * from best union all select * from last) line join entries e on e.id = line.entry_id
      left join communities c on c.id = e.community_id
    order by line.place, case when line.place = 'received' then line.received end desc, line.at desc, line.id desc`.execute(
    db,
  );
  const lines = (place: Row['place']) => rows.filter((row) => row.place === place).map((row) => present(row));
  return { received: lines('received'), latest: lines('latest') };
}

function present(row: Row): Line {
  return {
    id: row.id,
    on: row.on,
    text: shortened(row.on === 'comment' ? plain(row.words) : row.words),
    url:
      row.on === 'comment'
        ? `/posts/${row.entry_id}?comment=${row.id}#comment-${row.id}`
        : `/posts/${row.id}`,
    at: row.at.toISOString(),
    title: row.title,
    community: row.community,
  };
}

/** The words of a rendered comment, without those it quotes. */
function plain(html: string): string {
  return html
    .replace(/<(blockquote|pre|table)[\s>][^]*?(?:<\/\1>|$)/g, ' ')
    .replace(/<[^>]*(?:>|$)/g, ' ')
    .replaceAll('&#x3C;', '<')
    .replaceAll('&#x26;', '&')
    .replace(/[ \n\t]+/g, ' ')
    .trim();
}

function shortened(text: string): string {
  if (text.length <= LONGEST_LINE) return text;
  const cut = text.slice(0, LONGEST_LINE - 1);
  const end = cut.lastIndexOf(' ');
  return `${cut.slice(0, end > 120 ? end : cut.length).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
