import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Db } from '../platform/db.ts';

/** A way to look at less than everything. */
export interface Place {
  id: string;
  title: string;
  unread: number;
}

/** What stands around the list of readings. */
export interface ReaderPlaces {
  watches: Place[];
  /** Those with something unread, most first. */
  sources: Place[];
  /** How many are unread in all. */
  unread: number;
  /** How many sources there are, and how many of them have gone silent. */
  followed: number;
  ailing: number;
}

const MOST_SHOWN = 30;

/** The actor's sources, as the reader's margin shows them: numbers that stand there, and few titles. */
export async function readerPlaces(db: Db, actor: Actor): Promise<ReaderPlaces> {
  const { rows } =
    await sql<ReaderPlaces>`with own as (select id, source_id, watch_id, title, address, unread, error
      from subscriptions where person_id = ${actor.id}),
    news as (select own.id, coalesce(nullif(own.title, ''), nullif(f.title, ''), own.address) as title, own.unread
      from (select * from own where unread > 0 order by unread desc, id limit ${MOST_SHOWN}) own
        left join sources f on f.id = own.source_id),
    fed as (select w.id, w.name as title, sum(own.unread)::int as unread
      from own join watches w on w.id = own.watch_id and w.deleted_at is null group by w.id)
    select (select coalesce(json_agg(fed order by folded(fed.title), fed.id), '[]') from fed) as watches,
      (select coalesce(json_agg(news order by news.unread desc, news.id), '[]') from news) as sources,
      coalesce(sum(unread), 0)::int as unread, count(*)::int as followed, count(error)::int as ailing
    from own`.execute(db);
  return rows[0]!;
}
