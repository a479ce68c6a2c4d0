/** What an event says to those who look: a name and ids, never content, and the question of who may hear it. */
import type { StoredEvent } from '../platform/event-stream.ts';
import { positionOf, type Position } from '../platform/live-events.ts';

type SignalName =
  | 'post.published'
  | 'post.returned'
  | 'post.changed'
  | 'post.gone'
  | 'page.changed'
  | 'comment.written'
  | 'comment.changed'
  | 'comment.gone'
  | 'reaction.changed'
  | 'notification'
  /** Somebody, or a community, has another name or sign. */
  | 'person.changed'
  | 'community.changed'
  /** I have read it, in another window: one post, or all of them. */
  | 'read.changed'
  | 'notification.read'
  | 'writing'
  /** Everything may look different: read again. */
  | 'reset';

export interface Signal {
  name: SignalName;
  id?: string;
  entryId?: string;
  /** The handle of a person: who writes, or has another name. */
  person?: string;
  /** The slug of a community that has another name. */
  community?: string;
}

/**
 * What has to be true of whoever hears it. Of what is gone the question is whether he could read it until then: who
 * could not is not told that there was something.
 */
export type Question =
  | 'entry'
  | 'entry_hidden'
  | 'entry_deleted'
  | 'comment'
  | 'comment_hidden'
  | 'comment_deleted'
  | 'writer'
  | 'person'
  | 'community'
  | 'regular'
  | 'self';

/** A signal on its way. `topics` are those whose listeners it may concern. */
export interface News {
  signal: Signal;
  asks: Question;
  topics: string[];
  entryId: string | null;
  commentId: string | null;
  /** Whom it is about. */
  personId: string | null;
  communityId: string | null;
  /** Where its event stands; whoever has come further has had it. */
  at: Position | null;
}

type Meaning = [Signal['name'], Question];

const POSTS: Record<string, Meaning> = {
  'post.published': ['post.published', 'entry'],
  'post.restored': ['post.returned', 'entry'],
  'post.shown': ['post.returned', 'entry'],
  'post.edited': ['post.changed', 'entry'],
  'page.returned': ['post.changed', 'entry'],
  'page.shown': ['post.changed', 'entry'],
  'page.deleted': ['post.gone', 'entry_deleted'],
  'page.hidden': ['post.gone', 'entry_hidden'],
  'post.hidden': ['post.gone', 'entry_hidden'],
  'post.deleted': ['post.gone', 'entry_deleted'],
};

const NOTHING = { entryId: null, commentId: null, personId: null, communityId: null };

/** What is written on many pages beside other things: of the rest of a profile nobody is told. */
const NAMES = ['name', 'handle', 'emoji', 'picture'];

const COMMENTS: Record<string, Meaning> = {
  'comment.written': ['comment.written', 'comment'],
  'comment.edited': ['comment.changed', 'comment'],
  'comment.restored': ['comment.changed', 'comment'],
  'comment.shown': ['comment.changed', 'comment'],
  'comment.hidden': ['comment.gone', 'comment_hidden'],
  'comment.deleted': ['comment.gone', 'comment_deleted'],
};

/** Whose sight becomes another one. */
const RESETS: Record<string, (event: StoredEvent) => unknown> = {
  'community.joined': ({ data }) => data['personId'],
  'community.left': ({ actor_id }) => actor_id,
  'community.member_removed': ({ data }) => data['personId'],
  'community.animator_named': ({ data }) => data['personId'],
  'community.animator_stepped_down': ({ data }) => data['personId'],
  'community.taken_on': ({ data }) => data['personId'],
  'person.role_changed': ({ subject_id }) => subject_id,
};

/** After which somebody's streams may have to end. */
const ENDINGS = new Set([
  'session.ended',
  'sessions.ended',
  'token.revoked',
  'person.deactivated',
  'person.erased',
  'person.password_changed',
]);

/**
 * What a batch of events says, in order. What came and went within the batch says nothing: nobody was told that it was
 * there.
 */
export function newsOf(events: StoredEvent[]): News[] {
  const born = new Set(events.filter(isBirth).map((event) => event.subject_id));
  return events.flatMap((event) => {
    const news = meaningOf(event);
    const unborn = news?.signal.name.endsWith('.gone') && born.has(event.subject_id);
    return news && !unborn ? [{ ...news, at: positionOf(event) }] : [];
  });
}

/** People whose keys may have ended with one of these events. */
export function endingsOf(events: StoredEvent[]): string[] {
  return events.flatMap(({ name, actor_id, subject_id }) =>
    ENDINGS.has(name) ? [subject_id, ...(actor_id ? [actor_id] : [])] : [],
  );
}

/** Somebody writes a comment now. */
export function writingNews(entryId: string, writerId: string, handle: string): News {
  const signal: Signal = { name: 'writing', entryId, person: handle };
  const topics = [`page:${entryId}`];
  return { ...NOTHING, signal, asks: 'writer', topics, entryId, personId: writerId, at: null };
}

/** The text of a page changed, to those who have it open. */
export function pageNews(id: string): News {
  const topics = [`page:${id}`];
  const signal: Signal = { name: 'page.changed', id };
  return { ...NOTHING, signal, asks: 'entry', topics, entryId: id, at: null };
}

/** Something concerns this person. */
export function noticeNews(id: string, personId: string, at: Position | null): News {
  const topics = [`person:${personId}`];
  const signal: Signal = { name: 'notification', id };
  return { ...NOTHING, signal, asks: 'self', topics, at };
}

/** This person has read an entry, or everything. */
export function readNews(personId: string, entryId: string | null): News {
  const signal: Signal = { name: 'read.changed', ...(entryId && { id: entryId }) };
  return { ...NOTHING, signal, asks: 'self', topics: [`person:${personId}`], at: null };
}

/** This person has read what he was told. */
export function noticesReadNews(personId: string): News {
  const topics = [`person:${personId}`];
  return { ...NOTHING, signal: { name: 'notification.read' }, asks: 'self', topics, at: null };
}

function isBirth({ name }: StoredEvent): boolean {
  return name === 'post.published' || name === 'page.created' || name === 'comment.written';
}

type Unplaced = Omit<News, 'at'>;

function meaningOf(event: StoredEvent): Unplaced | null {
  const { subject_id: id, data } = event;
  // A link that unfolds changes the text it stands in.
  const text = data['entryId'] === undefined ? 'post.edited' : 'comment.edited';
  const name = event.name === 'link.unfolded' ? text : event.name;
  const post = POSTS[name];
  if (post) return aboutPost(event, post);
  const entryId = typeof data['entryId'] === 'string' ? data['entryId'] : id;
  const about = { ...NOTHING, topics: [`entry:${entryId}`], entryId };
  const comment = COMMENTS[name];
  if (comment) {
    return { ...about, signal: { name: comment[0], id, entryId }, asks: comment[1], commentId: id };
  }
  if (name.startsWith('reaction.')) {
    const signal: Signal = { name: 'reaction.changed', id, entryId };
    const onComment = data['on'] === 'comment';
    return { ...about, signal, asks: onComment ? 'comment' : 'entry', commentId: onComment ? id : null };
  }
  return nameOf(event) ?? resetOf(event);
}

function aboutPost(
  { subject_id: id, community_id: community }: StoredEvent,
  [name, asks]: Meaning,
): Unplaced {
  // An edit is the business of those who have the post before them; the rest, of lists too.
  const lists = name === 'post.changed' ? [] : ['feed:all', 'feed:following', 'feed:person', 'feed:tag'];
  const within = community && lists.length > 0 ? [`feed:community:${community}`] : [];
  const topics = [`entry:${id}`, ...lists, ...within];
  return { ...NOTHING, signal: { name, id }, asks, topics, entryId: id };
}

/** Who sees the name somewhere is told; the pages that do not show it stay as they are. */
function nameOf({ name, subject_id: id, data }: StoredEvent): Unplaced | null {
  const { fields } = data;
  if (!Array.isArray(fields) || !fields.some((field) => NAMES.includes(field as string))) return null;
  const told = { ...NOTHING, topics: ['everybody'] };
  if (name === 'person.edited')
    return { ...told, signal: { name: 'person.changed', id }, asks: 'person', personId: id };
  if (name === 'community.edited')
    return { ...told, signal: { name: 'community.changed', id }, asks: 'community', communityId: id };
  return null;
}

function resetOf(event: StoredEvent): Unplaced | null {
  const person = RESETS[event.name]?.(event);
  if (typeof person === 'string') {
    return { ...NOTHING, signal: { name: 'reset' }, asks: 'self', topics: [`person:${person}`] };
  }
  // Whether a community is open is what everybody sees it by; what else changes at its door, only those inside know.
  const { from, to } = event.data;
  if (event.name !== 'community.access_changed' || (from !== 'open' && to !== 'open')) return null;
  return { ...NOTHING, signal: { name: 'reset' }, asks: 'regular', topics: ['everybody'] };
}
