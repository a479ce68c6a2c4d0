import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { listedEntries } from '../conversation/sight.ts';
import type { Db } from '../platform/db.ts';

/** A post that many found good. */
export interface WorthyPost {
  id: string;
  title: string;
  excerpt: string;
  readingMinutes: number;
  author: { handle: string; name: string };
}

interface Row extends WorthyPost {
  read: boolean;
  thanked: boolean;
}

/** One thing worth reading, and one worth a thank you: of what he read, or else another that helped many. */
export async function worthwhile(
  db: Db,
  actor: Actor,
): Promise<{ reading: WorthyPost | null; thanking: WorthyPost | null }> {
  const { rows } = await sql<Row>`select lately.id, title, excerpt, reading_minutes as "readingMinutes",
      json_build_object('handle', handle, 'name', people.name) as author,
      exists (select 1 from reads where person_id = ${actor.id} and entry_id = lately.id) as read,
      exists (select 1 from reactions where person_id = ${actor.id} and entry_id = lately.id and kind = 'thanks') as thanked
    from (select entries.*, comment_count from entries join entry_activity on entry_activity.entry_id = entries.id where entries.everyone and kind = 'post' and ${listedEntries(actor)} and entries.author_id <> ${actor.id}
      order by published_at desc, id desc limit 200) lately
      join people on people.id = lately.author_id and people.status = 'active'
    order by (thanks + useful + insightful) * 2 + comment_count desc, lately.published_at desc limit 12`.execute(
    db,
  );
  const reading = rows.find((row) => !row.read) ?? rows[0];
  const open = rows.filter((row) => !row.thanked);
  const thanking = open.find((row) => row.read) ?? open.find((row) => row !== reading) ?? open[0];
  return { reading: reading ? present(reading) : null, thanking: thanking ? present(thanking) : null };
}

function present({ id, title, excerpt, readingMinutes, author }: Row): WorthyPost {
  return { id, title, excerpt, readingMinutes, author };
}
