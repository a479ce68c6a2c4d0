import { sql } from 'kysely';
import type { DemoDossier, DemoItem, DemoRule, DemoSource, DemoWatch } from '#demo/types.ts';
import type { Actor } from '../actor.ts';
import { addHighlight } from '../desk/highlights.ts';
import { keepClip } from '../desk/keep.ts';
import { writeNote } from '../desk/note.ts';
import { createWatch } from '../desk/watch.ts';
import { followDossier } from '../dossiers/follow.ts';
import { editDossier, foundDossier } from '../dossiers/found.ts';
import { shareWatch } from '../sharing/watch.ts';
import { followFound } from '../sources/follow.ts';
import { recommendSource } from '../sources/recommend.ts';
import { makeRule } from '../sources/rules.ts';
import type { Tx } from '../platform/db.ts';
import { momentBefore } from './moment.ts';
import { idOf } from './people.ts';

interface Company {
  now: Date;
  actor: (handle: string) => Actor;
}

/** Who and what: one's own watches have different names. */
const watchKey = (by: string, name: string) => `${by}/${name}`;

/** Adds what people keep, the shared watches shared, and returns the ids of the watches by owner and name. */
export async function addDesks(
  tx: Tx,
  watches: DemoWatch[],
  { now, actor }: Company,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const { by, name, about, community, items } of watches) {
    const watch = name === undefined ? null : (await createWatch(tx, actor(by), { name, about })).id;
    if (watch && name) ids.set(watchKey(by, name), watch);
    const shown: string[] = [];
    const oldestFirst = [...items].sort((a, b) => b.daysAgo - a.daysAgo);
    for (const item of oldestFirst) {
      const id = await keep(tx, actor(by), watch, item);
      await stampItem(tx, id, momentBefore(now, item));
      if (!item.forMe) shown.push(id);
    }
    if (!watch) continue;
    if (community) await shareWatch(tx, actor(by), watch, { community, items: shown });
    await sql`update watches set created_at = seen.first, activity_at = seen.last,
        shared_at = case when shared_at is not null then seen.first end
      from (select min(created_at) as first, max(created_at) as last from desk_items where watch_id = ${watch}) seen
      where id = ${watch}`.execute(tx);
    await sql`update desk_items set shared_at = created_at where watch_id = ${watch} and shared_at is not null`.execute(
      tx,
    );
  }
  return ids;
}

async function keep(tx: Tx, actor: Actor, watch: string | null, item: DemoItem): Promise<string> {
  const { title, body = '', url, site, author, summary, later } = item;
  const readLater = later ?? false;
  if (url === undefined) return (await writeNote(tx, actor, { title, body, watch, readLater })).id;
  const { id } = await keepClip(tx, actor, {
    url,
    title,
    body,
    site,
    author,
    summary,
    watch,
    readLater,
    language: 'fr',
    unread: true,
  });
  if (item.page) {
    const text = item.page.replaceAll(/<[^>]+>/g, ' ').trim();
    const words = text.split(/\s+/).length;
    await sql`insert into desk_pages (item_id, html, text, words, fetched_url)
      values (${id}, ${item.page}, ${text}, ${words}, ${url})`.execute(tx);
    await sql`update desk_items set page = 'ready' where id = ${id}`.execute(tx);
  }
  for (const mark of item.marks ?? []) await addHighlight(tx, actor, id, mark);
  return id;
}

async function stampItem(tx: Tx, id: string, at: Date): Promise<void> {
  await sql`update desk_items set created_at = ${at}, found_at = ${at}, edited_at = null,
    read_later_at = case when read_later_at is not null then ${at}::timestamptz end where id = ${id}`.execute(
    tx,
  );
  await sql`update desk_pages set fetched_at = ${at} where item_id = ${id}`.execute(tx);
  await sql`update desk_highlights set created_at = ${at} where item_id = ${id}`.execute(tx);
}

/** Adds the dossiers made of those watches, each with its page on top. */
export async function addDossiers(
  tx: Tx,
  dossiers: DemoDossier[],
  { now, actor, watches, pages }: Company & { watches: Map<string, string>; pages: Map<string, string> },
): Promise<void> {
  for (const dossier of dossiers) {
    const { by, name, about, community } = dossier;
    const at = momentBefore(now, dossier);
    const { id } = await foundDossier(tx, actor(by), {
      name,
      about,
      community,
      watches: dossier.owners.map((owner) => idOf(watches, watchKey(owner, name))),
    });
    await editDossier(tx, actor(by), id, { page: idOf(pages, dossier.page) });
    for (const follower of dossier.followers) await followDossier(tx, actor(follower), id);
    await sql`update dossiers set created_at = ${at}, edited_at = null where id = ${id}`.execute(tx);
    await sql`update dossier_watches set at = ${at} where dossier_id = ${id}`.execute(tx);
  }
}

/** Adds what is read elsewhere. Nobody asks those addresses: they are reserved for examples. */
export async function addSources(
  tx: Tx,
  sources: DemoSource[],
  { now, actor, watches }: Company & { watches: Map<string, string> },
): Promise<void> {
  for (const { title, site, posts, followers, recommended } of sources) {
    const url = `${site}/feed`;
    const authors = [...new Set(posts.map((post) => post.author ?? title))];
    const blog = {
      title,
      url: site,
      language: 'fr',
      origin: '',
      skipped: [],
      authors: authors.map((name) => ({ key: name, name })),
      posts: posts.map((post, index) => ({
        key: `${site}/${index}`,
        line: 0,
        url: post.url ?? `${site}/${index}`,
        title: post.title,
        body: post.body,
        author: post.author ?? title,
        coAuthors: [],
        kind: 'post' as const,
        tags: [],
        publishedAt: momentBefore(now, post),
        status: 'published' as const,
        comments: [],
      })),
    };
    const fetched = { status: 200, url, headers: {}, body: null, etag: null, lastModified: null };
    for (const { by, watch } of followers) {
      const fed = watch && idOf(watches, watchKey(by, watch));
      const { id: source } = await followFound(tx, actor(by), { url, blog, fetched }, { watch: fed });
      if (recommended?.by === by) await recommendSource(tx, actor(by), { ...recommended, source });
    }
  }
  await sql`update sources set next_poll_at = '2100-01-01'`.execute(tx);
}

/** Adds rules by words; each has looked at what its owner had read until then. */
export async function addRules(
  tx: Tx,
  rules: DemoRule[],
  { actor, watches }: Company & { watches: Map<string, string> },
): Promise<void> {
  for (const { by, words, does, watch } of rules) {
    const filed = watch && idOf(watches, watchKey(by, watch));
    await makeRule(tx, actor(by), { words, does, watch: filed, past: true });
  }
}
