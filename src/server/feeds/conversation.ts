import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { listedEntries } from '../conversation/sight.ts';
import { beginning, isCut, MOST_WEIGHT, weight } from '../conversation/weight.ts';
import { notFound } from '../errors.ts';
import { postPath } from '../notifications/paths.ts';
import type { Db } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { say } from '../platform/words.ts';
import type { FeedSource } from './source.ts';
import { begunHtml } from './texts.ts';

interface Said {
  id: string;
  body: string;
  html: string;
  cut: boolean;
  created_at: Date;
  edited_at: Date | null;
  name: string;
  handle: string;
}

/**
 * What is said under one post that the actor may see, the latest first: `most` of it at most, and no more than a page of
 * the conversation weighs. What is long there shows its beginning.
 */
export async function conversationOf(db: Db, actor: Actor, id: string, most: number): Promise<FeedSource> {
  if (!isId(id)) throw notFound();
  const { rows } = await sql<{ title: string }>`
    select coalesce(nullif(entries.title, ''), left(entries.excerpt, 80)) as title
    from entries where entries.id = ${id} and entries.kind = 'post' and ${listedEntries(actor)}`.execute(db);
  const post = rows[0];
  if (!post) throw notFound();
  const said = await sql<Said>`select c.*, case when c.cut then ${beginning} else '' end as body,
      case when c.cut then '' else c.html end as html
    from (select c.*, sum(${weight}) over (order by c.created_at desc, c.id desc rows unbounded preceding) as up_to
      from (select c.id, c.body, c.html, c.created_at, c.edited_at, p.name, p.handle, c.listed as shown,
          ${isCut(null)} as cut
        from comments c join entries on entries.id = c.entry_id join people p on p.id = c.author_id
        where c.entry_id = ${id} and c.listed and ${listedEntries(actor)}
        order by c.created_at desc, c.id desc limit ${most}) c) c
    where c.up_to <= ${MOST_WEIGHT} order by c.created_at desc, c.id desc`.execute(db);
  const title = say(actor.language, 'feeds.conversation', { title: post.title });
  return {
    title,
    description: title,
    path: postPath(id),
    items: said.rows.map(({ name, handle, ...comment }) => ({
      id: comment.id,
      path: postPath(id, comment.id),
      title: name,
      summary: '',
      html: comment.cut ? begunHtml(actor, comment.body, postPath(id, comment.id)) : comment.html,
      author: { name, handle },
      tags: [],
      publishedAt: comment.created_at,
      updatedAt: comment.edited_at ?? comment.created_at,
      enclosure: null,
    })),
  };
}
