/** /api/v1: comments and reactions, tags, what one follows and what one has read. */
import type { Actor } from '../actor.ts';
import { notFound } from '../errors.ts';
import { newApi, pageOf, pageQuery, z } from '../platform/api/frame.ts';
import type { Db } from '../platform/db.ts';
import { addComment, deleteComment, editComment, restoreComment } from './comment.ts';
import { follow, followsOf, unfollow } from './follow.ts';
import { react, unreact } from './react.ts';
import { markAllRead, markRead } from './reads.ts';
import { deletedCommentsOf } from './regret.ts';
import { concealedCommentsOf } from './concealed.ts';
import { commentView, instant, made, reactionKind, tagRef, threadView } from './shapes.ts';
import { visibleEntries } from './sight.ts';
import { listTags, readTag } from './tags.ts';
import { readReplies, threadsOf } from './thread.ts';

export const conversationApi = newApi('Conversation');
const api = conversationApi;

const markdown = z.string().describe('Markdown: CommonMark with GFM');

api.get(
  '/posts/{id}/comments',
  {
    summary: 'The conversations under a post, oldest first, each with its replies',
    query: z.object({
      ...pageQuery,
      comment: z.string().optional().describe('A comment that the page must hold'),
      replies: z
        .string()
        .optional()
        .describe('`moreReplies` of the thread of `comment`: its replies from there'),
    }),
    answers: pageOf(threadView),
  },
  async ({ db, actor, params, query }) => {
    const threads = await threadsOf(db, actor, params.id, query);
    if (threads.items.length === 0) await requireVisible(db, actor, params.id);
    return threads;
  },
);

/** Nothing said yet is an empty list; under a post that is not there, it is no list at all. */
async function requireVisible(db: Db, actor: Actor, entryId: string): Promise<void> {
  const found = await db
    .selectFrom('entries')
    .select('id')
    .where('id', '=', entryId)
    .where(visibleEntries(actor))
    .executeTakeFirst();
  if (!found) throw notFound();
}

api.post(
  '/posts/{id}/comments',
  {
    summary: 'Say something under a post',
    body: z.object({
      body: markdown,
      parentId: z.string().nullish().describe('The comment that this one answers'),
    }),
    answers: made,
    status: 201,
    alone: true,
  },
  ({ tx, actor, params, body }) => addComment(tx, actor, { entryId: params.id, ...body }),
);

api.patch(
  '/comments/{id}',
  { summary: 'Change your comment; the version before is kept', body: z.object({ body: markdown }) },
  ({ tx, actor, params, body }) => editComment(tx, actor, params.id, body),
);

api.delete(
  '/comments/{id}',
  { summary: 'Delete your comment; 30 days to regret it' },
  ({ tx, actor, params }) => deleteComment(tx, actor, params.id),
);

api.post(
  '/comments/{id}/restoration',
  { summary: 'Bring your deleted comment back' },
  ({ tx, actor, params }) => restoreComment(tx, actor, params.id),
);

api.get(
  '/comments/{id}/replies',
  {
    summary: 'The replies under a comment that opened a conversation, oldest first',
    query: z.object(pageQuery),
    answers: pageOf(commentView),
  },
  ({ db, actor, params, query }) => readReplies(db, actor, params.id, query),
);

api.get(
  '/deleted-comments',
  {
    summary: 'Your deleted comments that can still be brought back',
    answers: pageOf(
      z
        .object({ id: z.uuid(), entryId: z.uuid(), title: z.string(), excerpt: z.string(), at: instant })
        .meta({ id: 'DeletedComment' }),
    ),
  },
  ({ db, actor }) => deletedCommentsOf(db, actor),
);

api.get(
  '/hidden-comments',
  {
    summary: 'Your comments that were hidden, with the reason; nobody else reads them, but who keeps order',
    answers: pageOf(
      z
        .object({
          id: z.uuid(),
          entryId: z.uuid().nullable().describe('What it stands under; null where you read that no more'),
          title: z.string().nullable(),
          excerpt: z.string(),
          reason: z.string(),
          at: instant,
        })
        .meta({ id: 'ConcealedComment' }),
    ),
  },
  ({ db, actor }) => concealedCommentsOf(db, actor),
);

for (const on of ['entry', 'comment'] as const) {
  const [path, what] =
    on === 'entry'
      ? (['/posts/{id}/reactions/{kind}', 'post'] as const)
      : (['/comments/{id}/reactions/{kind}', 'comment'] as const);
  const params = { kind: reactionKind };
  api.put(path, { summary: `React to a ${what}; one of each kind`, params }, ({ tx, actor, params }) =>
    react(tx, actor, { on, ...params }),
  );
  api.delete(path, { summary: `Take your reaction to a ${what} back`, params }, ({ tx, actor, params }) =>
    unreact(tx, actor, { on, ...params }),
  );
}

api.get(
  '/tags',
  {
    summary: 'Tags in use on what you may see, by name',
    query: z.object({
      ...pageQuery,
      prefix: z.string().optional().describe('How the name begins; accents and case do not count'),
    }),
    answers: pageOf(tagRef),
  },
  ({ db, actor, query: { prefix, cursor, limit } }) => listTags(db, actor, { prefix, after: cursor, limit }),
);

api.get(
  '/tags/{slug}',
  { summary: 'One tag', answers: tagRef.extend({ id: z.uuid(), followed: z.boolean() }).meta({ id: 'Tag' }) },
  ({ db, actor, params }) => readTag(db, actor, params.slug),
);

const followedKind = z.enum(['community', 'person', 'tag']);

api.get(
  '/follows',
  {
    summary: 'What you follow',
    answers: pageOf(
      z
        .object({
          kind: followedKind,
          id: z.uuid(),
          key: z.string().describe('Slug of a community or tag, handle of a person'),
          name: z.string(),
        })
        .meta({ id: 'Followed' }),
    ),
  },
  async ({ db, actor }) => ({ items: await followsOf(db, actor), next: null }),
);

api.put(
  '/follows/{kind}/{id}',
  { summary: 'Follow, silently', params: { kind: followedKind } },
  ({ tx, actor, params }) => follow(tx, actor, params),
);

api.delete(
  '/follows/{kind}/{id}',
  { summary: 'Follow no longer', params: { kind: followedKind } },
  ({ tx, actor, params }) => unfollow(tx, actor, params),
);

api.put('/posts/{id}/read', { summary: 'Mark a post as read' }, ({ tx, actor, params }) =>
  markRead(tx, actor, params.id),
);

api.put('/reads', { summary: 'Mark everything up to now as read' }, ({ tx, actor }) =>
  markAllRead(tx, actor),
);
