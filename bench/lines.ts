import { writeNote } from '#server/desk/note.ts';
import type { Db } from '#server/platform/db.ts';
import { threadsOf } from '#server/conversation/thread.ts';
import { listFeed } from '#server/feed/list.ts';
import { inTransaction } from '#server/platform/db.ts';
import { createPost } from '#server/posts/create.ts';
import { readPost } from '#server/posts/read.ts';
import { search } from '#server/search/search.ts';
import { sqlOf, type Queries } from './limits.ts';
import type { Landmarks } from './network.ts';
import { request } from './load.ts';
import type { Visitor } from './visitor.ts';

/** A hot path: what is asked over HTTP, and the SQL that no answer could do without. */
export interface Line {
  name: string;
  /** Asked in turn. */
  requests: Buffer[];
  /** The same SQL, or the bare INSERT. */
  limit?: Queries;
  /** In place of a limit: the requests of another line, that this one is held against. */
  beside?: Buffer[];
  /** The limit writes: it runs in a transaction, as the product's write does. */
  writes?: boolean;
}

const WORDS = 'Visite chez le client ce matin : le besoin est clair, le délai aussi. '.repeat(4);

const SAID = 'Merci, c’est exactement cela.';

/** The hot paths of the product on a network of the bench. */
export async function hotPaths(
  db: Db,
  url: string,
  marks: Landmarks,
  few: Visitor,
  many: Visitor,
): Promise<Line[]> {
  const json = (path: string, who = many) =>
    request('GET', `/api/v1${path}`, { authorization: who.authorization });
  const page = (path: string, who = many) =>
    request('GET', path, { cookie: who.cookie, accept: 'text/html' });
  const post = (path: string, body: object, who = many) =>
    request('POST', `/api/v1${path}`, { authorization: who.authorization }, JSON.stringify(body));
  const feed = (where: Parameters<typeof listFeed>[2], who = many) =>
    sqlOf(url, (sql) => listFeed(sql, who.actor, where));
  const talked = (await listFeed(db, many.actor, { limit: 100 })).items.map((item) => item.id);
  const far = await cursorAfter(db, many, marks.far);
  const found = (q: string) => sqlOf(url, (sql) => search(sql, many.actor, { q }));
  const searched = async (name: string, q: string) => ({
    name,
    requests: [json(`/search?q=${encodeURIComponent(q)}`)],
    limit: await found(q),
  });
  return [
    { name: 'feed, JSON (member of 200)', requests: [json('/feed')], limit: await feed({}) },
    { name: 'feed, JSON (member of 5)', requests: [json('/feed', few)], limit: await feed({}, few) },
    {
      name: 'feed, JSON, page 500',
      requests: [json(`/feed?cursor=${far}`)],
      limit: await feed({ cursor: far }),
    },
    { name: 'feed, HTML', requests: [page('/')], beside: [json('/feed')] },
    { name: 'all, JSON', requests: [json('/feed?scope=all')], limit: await feed({ scope: 'all' }) },
    {
      name: 'community, JSON',
      requests: [json(`/feed?community=${marks.community}`)],
      limit: await feed({ community: marks.community }),
    },
    {
      name: 'post with 50 comments, JSON',
      requests: [json(`/posts/${marks.discussed}/comments`)],
      limit: await sqlOf(url, (sql) => threadsOf(sql, many.actor, marks.discussed)),
    },
    {
      name: 'post with 50 comments, HTML',
      requests: [page(`/posts/${marks.discussed}`)],
      limit: [
        ...(await sqlOf(url, (sql) => readPost(sql, many.actor, marks.discussed))),
        ...(await sqlOf(url, (sql) => threadsOf(sql, many.actor, marks.discussed))),
      ],
    },
    await searched('search, rare word', marks.rare),
    await searched('search, common word', marks.common),
    await searched('search, typing error', marks.typo),
    {
      name: 'new post',
      requests: [post('/posts', { title: 'Banc', body: WORDS, status: 'published' })],
      limit: await insertOf(url, /insert into "entries" .+?(?= returning)/, (sql) =>
        inTransaction(sql, (tx) =>
          createPost(tx, many.actor, { title: 'Banc', body: WORDS, status: 'published' }),
        ),
      ),
      writes: true,
    },
    {
      name: 'new comment',
      // Colleagues speak under many posts: under one alone, its row would make them queue.
      requests: talked.map((id) => post(`/posts/${id}/comments`, { body: SAID })),
      limit: [
        {
          sql: 'insert into comments (entry_id, author_id, body, html, created_at) values ($1, $2, $3, $4, $5)',
          parameters: [marks.discussed, many.actor.id, SAID, `<p>${SAID}</p>`, new Date()],
        },
      ],
      writes: true,
    },
    {
      name: 'new note',
      requests: [post('/desk/notes', { title: 'Banc', body: WORDS }, few)],
      limit: [
        await statementOf(url, /^insert into desk_items/, (sql) =>
          inTransaction(sql, (tx) => writeNote(tx, few.actor, { title: 'Banc', body: WORDS })),
        ),
      ],
      writes: true,
    },
  ];
}

async function cursorAfter(db: Db, { actor }: Visitor, pages: number): Promise<string> {
  let cursor: string | null = null;
  for (let page = 0; page < pages; page += 5) {
    const next: string | null = (await listFeed(db, actor, { cursor, limit: 100 })).next;
    if (!next) break;
    cursor = next;
  }
  return cursor ?? '';
}

/** The one INSERT of a write, its id left to the database so that it can be repeated. */
async function insertOf(url: string, insert: RegExp, write: (db: Db) => Promise<unknown>): Promise<Queries> {
  const { sql, parameters } = await statementOf(url, insert, write);
  const bare = insert.exec(sql)![0].replace('("id", ', '(').replace('values ($1, ', 'values (');
  const values = [...bare.matchAll(/\$\d+/g)].length;
  return [
    {
      sql: bare.replace(/\$(\d+)/g, (_, number: string) => `$${Number(number) - 1}`),
      parameters: parameters.slice(1, values + 1),
    },
  ];
}

async function statementOf(
  url: string,
  like: RegExp,
  write: (db: Db) => Promise<unknown>,
): Promise<Queries[number]> {
  const caught = await sqlOf(url, write);
  const statement = caught.find(({ sql }) => like.test(sql));
  if (!statement) throw new Error(`no ${like} was seen`);
  return statement;
}
