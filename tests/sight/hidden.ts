/** The hidden things. Each is made by the product's own functions, on a database of its own. */
import type { Actor } from '#server/actor.ts';
import { foundCommunity } from '#server/communities/found.ts';
import { inviteToCommunity } from '#server/communities/invite.ts';
import { joinCommunity, leaveCommunity } from '#server/communities/join.ts';
import { addComment, deleteComment, editComment } from '#server/conversation/comment.ts';
import { follow } from '#server/conversation/follow.ts';
import { react } from '#server/conversation/react.ts';
import { keepPost } from '#server/desk/bookmark.ts';
import { fileItem } from '#server/desk/file.ts';
import { addHighlight } from '#server/desk/highlights.ts';
import { keepClip } from '#server/desk/keep.ts';
import { writeNote } from '#server/desk/note.ts';
import { saveSearch } from '#server/desk/saved.ts';
import { createWatch } from '#server/desk/watch.ts';
import { shareWatch } from '#server/sharing/watch.ts';
import { foundDossier } from '#server/dossiers/found.ts';
import { inTransaction, type Db, type Tx } from '#server/platform/db.ts';
import { createPage } from '#server/pages/create.ts';
import { commentPassage } from '#server/pages/passages.ts';
import { deletePage } from '#server/pages/remove.ts';
import { savePage } from '#server/pages/save.ts';
import { createPost } from '#server/posts/create.ts';
import { editPost } from '#server/posts/edit.ts';
import { deletePost } from '#server/posts/remove.ts';
import { keepRework } from '#server/posts/rework.ts';
import { askForImport } from '#server/import/asked.ts';
import { landBlogs } from '#server/import/land.ts';
import { hideThing } from '#server/moderation/hide.ts';
import { reportThing } from '#server/moderation/report.ts';
import { resolveReport } from '#server/moderation/resolve.ts';
import { createInvitation } from '#server/people/invite.ts';
import { createToken } from '#server/people/tokens.ts';
import { recommendSource } from '#server/sources/recommend.ts';
import { makeRule } from '#server/sources/rules.ts';
import { drawAll } from '../drawn.ts';
import { followFeed } from '../followed-feed.ts';
import type { Somebody, Stage, Viewer } from './cast.ts';
import { secretFiles } from './files.ts';
import { secretRework, secretTag, secretWord, type Kind, type Places } from './places.ts';

export interface Hidden {
  name: string;
  /** Who may see it, and must see it somewhere. Everybody else must not notice. */
  seenBy: Viewer[];
  /** Who may or may not: nothing is asked of what they see. */
  perhaps?: Viewer[];
  /** Makes it, and says what it can be called by. */
  make: (tx: Tx, stage: Stage, actors: Record<Somebody, Actor>) => Promise<Places>;
}

/** Names everybody, so that a mention that leaks would reach them. */
const text = `Personne ne doit lire zorglonde : @mathieu.kessler @helene.dargent @thomas.gauthier @nadia.rahmani
  @pierre.alonzo @ines.carvalho @bastien.vasseur, [lien](https://${secretWord}.example/).`;
const words = { title: `Projet ${secretWord}`, body: text, tags: [secretTag, 'décor', 'prix'] };
const room: Viewer[] = ['member', 'animator', 'author'];

export const hiddenThings: Hidden[] = [
  {
    name: 'a secret community, with members, posts, comments and reactions',
    seenBy: room,
    async make(tx, stage, { author, animator, member }) {
      const { id, slug } = await foundCommunity(tx, author, {
        name: `Les ${secretWord}s`,
        access: 'secret',
        description: text,
        themes: [secretTag],
      });
      for (const each of [animator, member]) {
        await inviteToCommunity(tx, author, slug, each.handle);
        await joinCommunity(tx, each, slug);
      }
      const entry = await discussedPost(tx, { author, member, animator }, slug);
      const curated = await createPost(tx, author, {
        ...words,
        community: slug,
        status: 'published',
        curatedId: stage.posts.open,
      });
      // What stands in everybody's sight passes it on: to the others it is nobody's.
      await tx
        .updateTable('entries')
        .set({ curated_id: entry.entry[0] })
        .where('id', '=', stage.posts.blog)
        .execute();
      await follow(tx, member, { kind: 'community', id });
      return { ...entry, entry: [...entry.entry, curated.id], community: [slug], communityId: [id] };
    },
  },
  {
    name: 'a post in a closed community, discussed and edited',
    seenBy: room,
    async make(tx, stage, { author, member, animator }) {
      const places = await discussedPost(tx, { author, member, animator }, stage.closed.slug);
      await editPost(tx, author, places.entry[0] ?? '', { body: `${text} Corrigé.` });
      return places;
    },
  },
  {
    name: 'a comment and reactions on a closed post',
    seenBy: room,
    async make(tx, { posts }, { member, animator }) {
      const { id } = await addComment(tx, member, { entryId: posts.closed, body: text });
      await react(tx, animator, { on: 'comment', id, kind: 'useful' });
      await react(tx, animator, { on: 'entry', id: posts.closed, kind: 'insightful' });
      return { comment: [id] };
    },
  },
  {
    name: 'a picture in a post of a secret community',
    seenBy: room,
    async make(tx, _, { author, animator, member }) {
      const { slug } = await foundCommunity(tx, author, { name: `Images ${secretWord}`, access: 'secret' });
      for (const each of [animator, member]) {
        await inviteToCommunity(tx, author, slug, each.handle);
        await joinCommunity(tx, each, slug);
      }
      const { picture } = await secretFiles(tx, author);
      const body = `${text} ${picture.markdown}`;
      const { id } = await createPost(tx, author, { ...words, body, community: slug, status: 'published' });
      return { file: [picture.id], entry: [id] };
    },
  },
  {
    name: 'a picture that opens a post of a closed community',
    seenBy: room,
    async make(tx, stage, { author }) {
      const { cover } = await secretFiles(tx, author);
      const { id } = await createPost(tx, author, {
        ...{ ...words, community: stage.closed.slug, status: 'published' },
        ...{ cover: cover.url, coverAlt: secretWord },
      });
      return { file: [cover.id], cover: [cover.url], entry: [id] };
    },
  },
  {
    name: 'a document in a comment on a closed post',
    seenBy: room,
    async make(tx, { posts }, { member }) {
      const { document } = await secretFiles(tx, member);
      const body = `${text}\n\n${document.markdown}`;
      return {
        file: [document.id],
        comment: [(await addComment(tx, member, { entryId: posts.closed, body })).id],
      };
    },
  },
  {
    name: 'a file that stands in no text',
    seenBy: ['author'],
    make: async (tx, _, { author }) => ({ file: [(await secretFiles(tx, author)).document.id] }),
  },
  {
    name: 'a page in a closed community, written by two, linked and spoken of',
    seenBy: room,
    async make(tx, stage, { author, member }) {
      const community = stage.closed.slug;
      const { id } = await createPage(tx, author, { ...words, community, parentId: stage.pages.closed });
      await savePage(tx, member, id, { body: `${text} Relu, [[Page du décor]].`, version: 1 });
      await savePage(tx, member, stage.pages.closed, { body: `Voir [[${words.title}]].`, version: 1 });
      const comment = await commentPassage(tx, member, id, { quote: 'Relu', body: text });
      return { page: [id], entry: [id], comment: [comment.id], tag: [secretTag] };
    },
  },
  {
    name: 'a deleted page in an open community',
    seenBy: ['author'],
    async make(tx, { open }, { author }) {
      const { id } = await createPage(tx, author, { ...words, community: open.slug });
      await deletePage(tx, author, id);
      return { page: [id], entry: [id], tag: [secretTag] };
    },
  },
  {
    name: 'a hidden page in an open community',
    seenBy: ['author', 'moderator', 'admin', 'owner'],
    async make(tx, { open }, { author, moderator }) {
      const { id } = await createPage(tx, author, { ...words, community: open.slug });
      await hideThing(tx, moderator, { on: 'entry', id, reason: 'Trop tôt.' });
      return { page: [id], entry: [id], tag: [secretTag] };
    },
  },
  {
    name: 'a draft in an open community',
    seenBy: ['author'],
    make: async (tx, stage, { author }) => ({
      entry: [(await createPost(tx, author, { ...words, community: stage.open.slug, status: 'draft' })).id],
      tag: [secretTag],
    }),
  },
  {
    name: 'a draft in the author’s own blog',
    seenBy: ['author'],
    make: async (tx, _, { author }) => ({
      entry: [(await createPost(tx, author, { ...words, status: 'draft' })).id],
      tag: [secretTag],
    }),
  },
  {
    name: 'what the author of an open post is changing of it, with a picture',
    seenBy: ['author'],
    async make(tx, { posts }, { author }) {
      const { picture } = await secretFiles(tx, author);
      const fields = { title: words.title, body: `${text} ${picture.markdown}`, tags: secretTag };
      await keepRework(tx, author, posts.open, secretRework, { fields, of: 1 });
      return { file: [picture.id] };
    },
  },
  {
    name: 'a deleted post in an open community',
    seenBy: ['author'],
    async make(tx, stage, { author, animator }) {
      const places = await discussedPost(tx, { author, member: author, animator }, stage.open.slug);
      await deletePost(tx, author, places.entry[0] ?? '');
      return places;
    },
  },
  {
    name: 'a deleted comment on an open post',
    seenBy: [],
    perhaps: ['author'],
    async make(tx, { posts }, { author, animator }) {
      const { id } = await addComment(tx, author, { entryId: posts.open, body: text });
      await react(tx, animator, { on: 'comment', id, kind: 'agree' });
      await deleteComment(tx, author, id);
      return { comment: [id] };
    },
  },
  {
    name: 'an earlier version of a closed comment',
    seenBy: room,
    async make(tx, { posts }, { member }) {
      const { id } = await addComment(tx, member, { entryId: posts.closed, body: text });
      await editComment(tx, member, id, { body: 'Rien de particulier.' });
      return { comment: [id] };
    },
  },
  {
    name: 'an invitation to a closed community',
    seenBy: ['author', 'animator', 'stranger'],
    perhaps: ['member'],
    async make(tx, { closed }, { animator, stranger }) {
      await inviteToCommunity(tx, animator, closed.slug, stranger.handle);
      return {};
    },
  },
  {
    name: 'somebody’s request to join a closed community',
    seenBy: ['author', 'animator', 'moderator'],
    perhaps: ['member'],
    async make(tx, { closed }, { moderator }) {
      await joinCommunity(tx, moderator, closed.slug, text);
      return {};
    },
  },
  {
    name: 'a hidden post in an open community',
    seenBy: ['author', 'moderator', 'admin', 'owner'],
    async make(tx, stage, { author, animator, moderator }) {
      const places = await discussedPost(tx, { author, member: author, animator }, stage.open.slug);
      await hideThing(tx, moderator, { on: 'entry', id: places.entry[0] ?? '', reason: 'Trop tôt.' });
      return places;
    },
  },
  {
    name: 'a hidden comment on an open post',
    seenBy: ['author', 'member', 'moderator', 'admin', 'owner'],
    async make(tx, { posts }, { member, moderator }) {
      const { id } = await addComment(tx, member, { entryId: posts.open, body: text });
      await hideThing(tx, moderator, { on: 'comment', id, reason: 'Trop tôt.' });
      return { comment: [id] };
    },
  },
  {
    name: 'a hidden post in a closed community',
    seenBy: ['author', 'animator'],
    async make(tx, stage, { author, animator }) {
      const places = await discussedPost(tx, { author, member: author, animator }, stage.closed.slug);
      await hideThing(tx, animator, { on: 'entry', id: places.entry[0] ?? '', reason: 'Trop tôt.' });
      return places;
    },
  },
  {
    name: 'a report of an open post',
    seenBy: ['stranger', 'moderator', 'admin', 'owner'],
    perhaps: ['author'],
    async make(tx, { posts }, { stranger }) {
      const { id } = await reportThing(tx, stranger, {
        on: 'entry',
        id: posts.open,
        reason: 'other',
        words: text,
      });
      return { report: [id] };
    },
  },
  {
    name: 'a report of a closed post',
    seenBy: ['member', 'animator'],
    perhaps: ['author'],
    async make(tx, { posts }, { member }) {
      const { id } = await reportThing(tx, member, {
        on: 'entry',
        id: posts.closed,
        reason: 'other',
        words: text,
      });
      return { report: [id] };
    },
  },
  {
    name: 'a report of an open post that was set aside',
    seenBy: ['stranger', 'moderator', 'admin', 'owner'],
    async make(tx, { posts }, { stranger, moderator }) {
      const { id } = await reportThing(tx, stranger, {
        ...{ on: 'entry', id: posts.open, reason: 'other', words: text },
      });
      await resolveReport(tx, moderator, id, { outcome: 'nothing', answer: text });
      return { report: [id] };
    },
  },
  {
    name: 'a report of a closed post that was set aside, by somebody who has left since',
    seenBy: ['stranger', 'animator'],
    perhaps: ['author', 'member'],
    async make(tx, { closed, posts }, { stranger, animator }) {
      await inviteToCommunity(tx, animator, closed.slug, stranger.handle);
      await joinCommunity(tx, stranger, closed.slug);
      const { id } = await reportThing(tx, stranger, {
        ...{ on: 'entry', id: posts.closed, reason: 'other', words: text },
      });
      await leaveCommunity(tx, stranger, closed.slug);
      await resolveReport(tx, animator, id, { outcome: 'nothing', answer: text });
      return { report: [id] };
    },
  },
  {
    name: 'an outside author known from a closed community',
    seenBy: room,
    async make(tx, stage, { author }) {
      const name = `Odile ${secretWord}`;
      const post = { key: 'un', line: 1, author: 'a', kind: 'post', status: 'published' } as const;
      const publishedAt = new Date('2020-02-02T10:00:00Z');
      const blog = {
        title: name,
        url: `https://${secretWord}.example`,
        authors: [{ key: 'a', name }],
        posts: [
          { ...post, publishedAt, title: words.title, body: text, coAuthors: [], tags: [], comments: [] },
        ],
        skipped: [],
      };
      await landBlogs(tx, author, [blog], { community: stage.closed.slug });
      const handle = `odile.${secretWord}`;
      const { id } = await tx
        .selectFrom('people')
        .select('id')
        .where('handle', '=', handle)
        .executeTakeFirstOrThrow();
      return { person: [handle], personId: [id] };
    },
  },
  {
    name: 'somebody’s notification',
    seenBy: ['member'],
    async make(tx, { posts }, { member, author }) {
      const about = {
        ...{ person_id: member.id, actor_id: author.id, entry_id: posts.open, thing_id: posts.open },
      };
      const { id } = await tx
        .insertInto('notifications')
        .values({ ...about, kind: 'mention', event_id: 0, created_at: new Date() })
        .returning('id')
        .executeTakeFirstOrThrow();
      return { notification: [id] };
    },
  },
  {
    name: 'somebody’s token',
    seenBy: ['member'],
    // The audit log tells that there is one more.
    perhaps: ['admin', 'owner'],
    async make(tx, _, { member }) {
      const { id } = await createToken(tx, member, { name: secretWord, scopes: ['read'] });
      return { token: [id] };
    },
  },
  {
    name: 'an invitation to the network',
    seenBy: ['admin'],
    perhaps: ['owner', 'moderator'],
    async make(tx, _, { admin }) {
      const { id } = await createInvitation(tx, admin, {
        email: `${secretWord}@essaim.example`,
        role: 'member',
        days: 7,
      });
      return { invitation: [id] };
    },
  },
  {
    name: 'an import that somebody asked for',
    seenBy: ['admin'],
    perhaps: ['owner'],
    async make(tx, _, { admin }) {
      const { id } = await askForImport(tx, admin, {
        kind: 'feed',
        url: `https://${secretWord}.example/feed`,
        dry: true,
      });
      return { import: [id] };
    },
  },
  {
    name: 'what somebody keeps on his desk',
    seenBy: ['author'],
    async make(tx, stage, { author }) {
      const { id: watch } = await createWatch(tx, author, {
        name: `Veille ${secretWord}`,
        about: secretWord,
      });
      const note = await writeNote(tx, author, {
        title: `Note ${secretWord}`,
        body: text,
        watch,
        readLater: true,
      });
      const clip = await keepClip(tx, author, {
        ...{ url: `https://${secretWord}.example/prix`, title: secretWord, body: text, watch },
      });
      await addHighlight(tx, author, clip.id, { quote: secretWord });
      await keepPost(tx, author, stage.posts.blog, { watch });
      await saveSearch(tx, author, { place: 'network', query: `q=${secretWord}` });
      return { deskItem: [note.id], watch: [watch] };
    },
  },
  {
    name: 'what somebody puts aside to be read and has read, of what he shares with everybody',
    seenBy: ['author'],
    async make(tx, { shared }, { author }) {
      const [aside, read] = shared.items;
      await fileItem(tx, author, aside, { readLater: true });
      await fileItem(tx, author, read, { done: true });
      return {};
    },
  },
  {
    name: 'a source that somebody follows, what he reads there and his rules',
    seenBy: ['author'],
    async make(tx, _, { author }) {
      const site = `https://${secretWord}.example`;
      const { source, reading } = await followFeed(tx, author, site, [{ id: secretWord, text: secretWord }]);
      const rule = await makeRule(tx, author, { words: secretWord, does: 'keep', past: true });
      return { source: [source], reading: [reading], rule: [rule.id] };
    },
  },
  {
    name: 'a source recommended in a closed community',
    seenBy: room,
    async make(tx, stage, { author }) {
      const site = `https://conseil-${secretWord}.example`;
      const { source } = await followFeed(tx, author, site, [{ id: secretWord }]);
      const community = stage.closed.slug;
      const made = await recommendSource(tx, author, { community, source, why: secretWord });
      return { recommended: [made.id] };
    },
  },
  {
    name: 'a watch shared in a closed community, with a page in it',
    seenBy: room,
    async make(tx, stage, { author }) {
      const { id: watch } = await createWatch(tx, author, { name: `Partagée ${secretWord}` });
      const clip = await keepClip(tx, author, {
        url: `https://${secretWord}.example/ici`,
        body: text,
        watch,
      });
      await shareWatch(tx, author, watch, { community: stage.closed.slug, items: [clip.id] });
      return { deskItem: [clip.id], watch: [watch] };
    },
  },
  {
    name: 'a dossier in a closed community, of two watches that hold the same page',
    seenBy: room,
    async make(tx, { closed }, { author, member }) {
      const watches = [];
      for (const owner of [author, member]) {
        const { id: watch } = await createWatch(tx, owner, { name: `Commune ${secretWord}` });
        const url = `https://${secretWord}.example/commune`;
        const clip = await keepClip(tx, owner, { url, title: secretWord, body: text, watch });
        await shareWatch(tx, owner, watch, { community: closed.slug, items: [clip.id] });
        watches.push(watch);
      }
      const made = { name: `Dossier ${secretWord}`, about: text, community: closed.slug, watches };
      const { id } = await foundDossier(tx, author, made);
      return { dossier: [id], watch: watches };
    },
  },
  {
    name: 'a hidden shared watch in an open community',
    seenBy: ['author', 'moderator', 'admin', 'owner'],
    async make(tx, { open }, { author, moderator }) {
      const { watch, clip } = await sharedWatch(tx, author, open.slug, 'masquée');
      await hideThing(tx, moderator, { on: 'watch', id: watch, reason: 'Trop tôt.' });
      return { deskItem: [clip], watch: [watch] };
    },
  },
  {
    name: 'a hidden dossier in an open community, of two hidden watches',
    seenBy: ['author', 'moderator', 'admin', 'owner'],
    async make(tx, { open }, { author, moderator }) {
      const one = await sharedWatch(tx, author, open.slug, 'une');
      const other = await sharedWatch(tx, author, open.slug, 'autre');
      const watches = [one.watch, other.watch];
      const made = { name: `Dossier ${secretWord}`, about: text, community: open.slug, watches };
      const { id } = await foundDossier(tx, author, made);
      for (const watch of watches)
        await hideThing(tx, moderator, { on: 'watch', id: watch, reason: 'Trop tôt.' });
      await hideThing(tx, moderator, { on: 'dossier', id, reason: 'Trop tôt.' });
      return { dossier: [id], watch: watches };
    },
  },
  {
    name: 'a report of a watch shared in a closed community',
    seenBy: ['member', 'animator', 'author'],
    async make(tx, { closed }, { author, member }) {
      const { watch } = await sharedWatch(tx, author, closed.slug, 'signalée');
      const { id } = await reportThing(tx, member, { on: 'watch', id: watch, reason: 'other', words: text });
      return { report: [id], watch: [watch] };
    },
  },
  {
    name: 'what somebody follows',
    seenBy: ['member'],
    async make(tx, _, { member, moderator }) {
      await follow(tx, member, { kind: 'person', id: moderator.id });
      return {};
    },
  },
];

/** A watch shared with a page in it. */
async function sharedWatch(
  tx: Tx,
  owner: Actor,
  community: string,
  called: string,
): Promise<{ watch: string; clip: string }> {
  const { id: watch } = await createWatch(tx, owner, { name: `Veille ${secretWord} ${called}`, about: text });
  const url = `https://${secretWord}.example/${encodeURIComponent(called)}`;
  const clip = await keepClip(tx, owner, { url, title: secretWord, body: text, watch });
  await shareWatch(tx, owner, watch, { community, items: [clip.id] });
  return { watch, clip: clip.id };
}

/** A published post with a tag of its own, answers and an animator's reactions. */
async function discussedPost(
  tx: Tx,
  { author, member, animator }: Record<'author' | 'member' | 'animator', Actor>,
  community: string,
): Promise<{ entry: string[]; comment: string[]; tag: string[] }> {
  const post = await createPost(tx, author, { ...words, community, status: 'published' });
  const comment = await addComment(tx, member, { entryId: post.id, body: text });
  const reply = await addComment(tx, author, { entryId: post.id, parentId: comment.id, body: text });
  await react(tx, animator, { on: 'entry', id: post.id, kind: 'thanks' });
  await react(tx, animator, { on: 'comment', id: comment.id, kind: 'useful' });
  return { entry: [post.id], comment: [comment.id, reply.id], tag: [secretTag] };
}

/** Makes them all, and says what each can be called by: one name of each kind. */
export async function hide(db: Db, stage: Stage, things: Hidden[]): Promise<Places[]> {
  const entries = Object.entries(stage.cast).map(([name, { actor }]) => [name, actor] as const);
  const actors = Object.fromEntries(entries) as Record<Somebody, Actor>;
  const named: Places[] = [];
  await inTransaction(db, async (tx) => {
    for (const { make } of things) {
      const all = Object.entries(await make(tx, stage, actors));
      named.push(Object.fromEntries(all.map(([kind, values]) => [kind, values.slice(0, 1)])));
    }
  });
  await drawAll(db);
  return named;
}

/** What several things can be called by, each name once. */
export function together(named: Places[]): Places {
  const gathered: Places = {};
  for (const [kind, values] of named.flatMap((each) => Object.entries(each) as [Kind, string[]][]))
    gathered[kind] = [...new Set([...(gathered[kind] ?? []), ...values])];
  return gathered;
}
