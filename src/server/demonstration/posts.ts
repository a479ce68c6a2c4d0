import { randomUUID } from 'node:crypto';
import type { DemoComment, DemoPost, DemoReactions } from '#demo/types.ts';
import { recount } from '../conversation/comment.ts';
import { REACTIONS, type ReactionCounts, type ReactionKind } from '../conversation/present.ts';
import { tagSlug } from '../conversation/tags.ts';
import type { Tx } from '../platform/db.ts';
import { renderMarkdown } from '../platform/markdown.ts';
import type { Founded } from './communities.ts';
import { momentBefore } from './moment.ts';
import { idOf } from './people.ts';

interface Company {
  now: Date;
  people: Map<string, string>;
  communities: Map<string, Founded>;
}

/** What hangs on an entry or a comment: exactly one of the two is set. */
type Target = { entry_id: string; comment_id: null } | { entry_id: null; comment_id: string };

interface Comment {
  id: string;
  entry_id: string;
  parent_id: string | null;
  root_id: string | null;
  said: DemoComment;
  at: Date;
}

/** Adds the posts with everything said about them, and returns the ids of their tags by slug. */
export async function addPosts(tx: Tx, posts: DemoPost[], company: Company): Promise<Map<string, string>> {
  const rows = posts.map((post) => entryOf(post, company));
  await tx
    .insertInto('entries')
    .values(rows.map(({ entry }) => entry))
    .execute();
  const comments = rows.flatMap(({ comments }) => comments);
  await tx
    .insertInto('comments')
    .values(comments.map((comment) => commentRow(comment, company)))
    .execute();
  await recount(
    tx,
    rows.map(({ entry }) => entry.id),
  );
  await addReactions(tx, rows, comments, company);
  await addMentions(tx, rows, comments, company);
  await addReads(tx, rows, company);
  return addTags(tx, rows);
}

type PostRow = ReturnType<typeof entryOf>;

function entryOf(post: DemoPost, { now, people, communities }: Company) {
  const community = post.community === undefined ? null : communities.get(post.community);
  if (community === undefined) throw new Error(`demo/ has no community ${post.community}`);
  const id = randomUUID();
  const at = momentBefore(now, post);
  const rendered = renderMarkdown(post.body, people.keys());
  const comments = (post.comments ?? []).flatMap((comment) => thread(comment, id, now));
  const draft = post.status === 'draft';
  const entry = {
    id,
    author_id: idOf(people, post.by),
    community_id: community?.id ?? null,
    everyone: community?.open ?? true,
    title: post.title ?? '',
    body: post.body,
    html: rendered.html,
    excerpt: rendered.excerpt,
    reading_minutes: rendered.readingMinutes,
    source_url: post.source?.url ?? null,
    source_title: post.source?.title ?? null,
    source_author: post.source?.author ?? null,
    status: draft ? ('draft' as const) : ('published' as const),
    created_at: at,
    published_at: draft ? null : at,
    ...counted(post.reactions),
  };
  return { entry, post, comments, mentions: rendered.mentions };
}

/** A comment and its replies; however deep they go, all belong to the thread of the first. */
function thread(said: DemoComment, entry: string, now: Date, parent?: Comment): Comment[] {
  const comment: Comment = {
    id: randomUUID(),
    entry_id: entry,
    parent_id: parent?.id ?? null,
    root_id: parent ? (parent.root_id ?? parent.id) : null,
    said,
    at: momentBefore(now, said),
  };
  return [comment, ...(said.replies ?? []).flatMap((reply) => thread(reply, entry, now, comment))];
}

function commentRow({ id, entry_id, parent_id, root_id, said, at }: Comment, { people }: Company) {
  return {
    id,
    entry_id,
    parent_id,
    root_id,
    author_id: idOf(people, said.by),
    body: said.body,
    html: renderMarkdown(said.body, people.keys()).html,
    created_at: at,
    ...counted(said.reactions),
  };
}

function counted(reactions: DemoReactions = {}): ReactionCounts {
  const count = (kind: ReactionKind) => reactions[kind]?.length ?? 0;
  return {
    thanks: count('thanks'),
    useful: count('useful'),
    agree: count('agree'),
    insightful: count('insightful'),
  };
}

async function addReactions(
  tx: Tx,
  posts: PostRow[],
  comments: Comment[],
  { people }: Company,
): Promise<void> {
  const rowsOf = (target: Target, reactions: DemoReactions = {}, created_at: Date) =>
    REACTIONS.flatMap((kind) =>
      (reactions[kind] ?? []).map((by) => ({ ...target, kind, person_id: idOf(people, by), created_at })),
    );
  const rows = [
    ...posts.flatMap(({ entry, post }) => rowsOf(onEntry(entry.id), post.reactions, entry.created_at)),
    ...comments.flatMap(({ id, said, at }) => rowsOf(onComment(id), said.reactions, at)),
  ];
  await tx.insertInto('reactions').values(rows).execute();
}

async function addMentions(
  tx: Tx,
  posts: PostRow[],
  comments: Comment[],
  { people }: Company,
): Promise<void> {
  const rowsOf = (target: Target, handles: string[]) =>
    handles.map((handle) => ({ ...target, person_id: idOf(people, handle) }));
  const rows = [
    ...posts.flatMap(({ entry, mentions }) => rowsOf(onEntry(entry.id), mentions)),
    ...comments.flatMap(({ id, said }) =>
      rowsOf(onComment(id), renderMarkdown(said.body, people.keys()).mentions),
    ),
  ];
  if (rows.length > 0) await tx.insertInto('mentions').values(rows).execute();
}

/** Whoever spoke has read. */
async function addReads(tx: Tx, posts: PostRow[], { people }: Company): Promise<void> {
  const rows = posts.flatMap(({ entry, post, comments }) => {
    const lastWord = comments.reduce(
      (latest, comment) => (comment.at > latest ? comment.at : latest),
      entry.created_at,
    );
    const reacted = Object.values(post.reactions ?? {}).flat();
    const readers = new Set([post.by, ...reacted, ...comments.map(({ said }) => said.by)]);
    return [...readers].map((reader) => ({
      entry_id: entry.id,
      person_id: idOf(people, reader),
      read_at: lastWord,
    }));
  });
  await tx.insertInto('reads').values(rows).execute();
}

async function addTags(tx: Tx, posts: PostRow[]): Promise<Map<string, string>> {
  const slugs = new Set(posts.flatMap(({ post }) => post.tags.map(tagSlug)));
  const tags = await tx
    .insertInto('tags')
    .values([...slugs].map((slug) => ({ slug })))
    .returning(['id', 'slug'])
    .execute();
  const ids = new Map(tags.map(({ slug, id }) => [slug, id]));
  const rows = posts.flatMap(({ entry, post }) =>
    [...new Map(post.tags.map((label) => [tagSlug(label), label]))].map(([slug, label]) => ({
      entry_id: entry.id,
      tag_id: idOf(ids, slug),
      label,
      published_at: entry.published_at,
    })),
  );
  await tx.insertInto('entry_tags').values(rows).execute();
  return ids;
}

function onEntry(id: string): Target {
  return { entry_id: id, comment_id: null };
}

function onComment(id: string): Target {
  return { entry_id: null, comment_id: id };
}
