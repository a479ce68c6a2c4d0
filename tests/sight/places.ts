/** How parameters are filled. A parameter that is not here fails the harness: say what it may hold. */
import type { Db } from '#server/platform/db.ts';
import type { Stage } from './cast.ts';

/** What an address can name. */
export type Kind =
  | 'entry'
  | 'page'
  | 'comment'
  | 'community'
  | 'communityId'
  | 'person'
  | 'personId'
  | 'tag'
  | 'tagId'
  | 'feed'
  | 'notification'
  | 'report'
  | 'token'
  | 'invitation'
  | 'claim'
  | 'import'
  | 'file'
  | 'cover'
  | 'deskItem'
  | 'watch'
  | 'dossier'
  | 'source'
  | 'reading'
  | 'rule'
  | 'recommended'
  | 'any';

/** Values by kind: those of things in sight of somebody, or those of a hidden thing. */
export type Places = Partial<Record<Kind, string[]>>;

const nobody = '01900000-0000-7000-8000-000000000000';

/** The words that only hidden things hold. */
export const secretWord = 'zorglonde';
export const secretTag = 'projet-zorglonde';

/** What its author changes of a post, under an id that he chose. */
export const secretRework = '0b1f6a52-6d0c-4d4a-9d3a-3a51c7b0a001';

const reactions = ['thanks', 'useful'];

/** Parts of paths: the part before, then the parameter. */
const parts: Record<string, Kind | string[]> = {
  'posts/id': 'entry',
  'entries/id': 'entry',
  'reworks/reworkId': [secretRework],
  'comments/id': 'comment',
  'pages/id': 'page',
  'versions/number': ['1'],
  'files/id': 'file',
  'files/id/variant': ['480', 'preview'],
  // Nobody is told of another's: src/server/files/resume.test.ts.
  'upload/id': [nobody],
  'pictures/id': 'any',
  'pictures/id/side': ['48', '256'],
  'dossiers/id': 'dossier',
  // Taking a watch out of a dossier: src/server/dossiers/dossiers.test.ts.
  'watches/watchId': [nobody],
  'items/id': 'deskItem',
  'watches/id': 'watch',
  // One's own alone: src/server/desk/desk.test.ts.
  'highlights/id': [nobody],
  'searches/id': [nobody],
  'communities/slug': 'community',
  'invitations/slug': 'community',
  'people/handle': 'person',
  'members/handle': 'person',
  'requests/handle': 'person',
  'invitations/handle': 'person',
  'animators/handle': 'person',
  'tags/tag': 'tag',
  'tags/slug': 'tag',
  'reactions/kind': reactions,
  'follows/kind': ['community', 'person', 'tag'],
  'follows/kind/id': 'any',
  'feeds/path': 'feed',
  'notifications/id': 'notification',
  'notices/id': 'notification',
  'notice-kinds/kind': ['mention'],
  'stop/token': ['inconnu'],
  'reports/id': 'report',
  'moderation/id': 'report',
  'tokens/id': 'token',
  'invitations/id': 'invitation',
  'claims/id': 'claim',
  'people/id': 'personId',
  'outside-authors/handle': 'person',
  'sessions/name': ['essaim'],
  'imports/id': 'import',
  'leave/id': [nobody],
  'companionship/handle': 'person',
  'blogs/id': [nobody],
  'followed-blogs/id': [nobody],
  'sources/id': 'source',
  'readings/id': 'reading',
  'reader/id': 'reading',
  'rules/id': 'rule',
  'recommended-sources/id': 'recommended',
  'reset/token': ['inconnu'],
  'invitations/token': ['inconnue'],
  'account/token': ['inconnu'],
};

/** Parameters behind the question mark. */
const queries: Record<string, Kind | string[]> = {
  q: [
    secretWord,
    'zorgl',
    'zorglnode',
    `pompe -${secretWord}`,
    `"${secretWord}"`,
    'toujours',
    'prix',
    'elise',
    secretTag,
  ],
  scope: ['following', 'all'],
  order: ['newest', 'active'],
  community: 'community',
  person: 'person',
  tag: 'tag',
  // What streams say is compared in streams.test.ts.
  entry: 'entry',
  shown: 'entry',
  feed: ['all', 'following'],
  since: [],
  after: [],
  prefix: ['zo', 'p', 'projet'],
  theme: [secretTag, 'prix'],
  subject: [secretTag, 'prix', 'crm'],
  mine: ['true'],
  side: ['96'],
  kind: ['post', 'page', 'comment', 'person', 'community', 'tag'],
  from: ['2020-01-01'],
  to: ['2020-01-01'],
  until: ['2020-01-01'],
  limit: ['100', '1'],
  version: ['1'],
  curate: 'entry',
  rework: [secretRework],
  post: 'entry',
  comment: 'comment',
  query: [secretWord, 'elise'],
  invite: 'person',
  box: ['waiting', 'mine', 'settled'],
  status: ['active', 'deactivated', 'outside'],
  url: ['https://example.com/'],
  item: 'deskItem',
  watch: 'watch',
  watches: 'watch',
  among: 'watch',
  about: [],
  dossier: 'dossier',
  view: ['several', 'notes', 'sources', 'contradictions', 'changes'],
  site: [`${secretWord}.example`, 'presse.example'],
  source: 'source',
  state: ['all', 'kept'],
  shelf: ['all', 'to_read', 'done', 'drafts'],
  text: ['Un passage'],
  via: ['bookmarklet'],
  title: ['Un titre'],
  name: ['plan.pdf', `Projet ${secretWord}`],
  parent: 'page',
  removed: 'page',
  template: ['competitor'],
  // It only chooses a sentence.
  merged: [],
  // One's own, taken from the page before; forged ones are tried in tests/hostile.
  cursor: [],
  own: [],
  passages: [],
  line: 'notification',
  replies: [],
  // It only leaves out what stands around a text.
  reading: [],
  // What a feed holds is tried at the feed itself.
  list: ['all'],
  key: ['inconnue'],
  next: ['/posts/x'],
  // They only choose a sentence.
  news: [],
  backup: [],
  saved: [],
  copied: [],
  open: [],
  sent: [],
  sure: [],
  insisted: [],
  done: [],
};

/** Fields of a JSON body or a form. */
const fields: Record<string, Kind | string[]> = {
  entryId: 'entry',
  parentId: 'any',
  before: 'page',
  editing: ['members'],
  number: ['1'],
  quote: ['texte'],
  commentId: 'comment',
  insistOn: 'comment',
  curatedId: 'entry',
  community: 'community',
  handle: 'person',
  person: 'person',
  author: 'person',
  communities: 'community',
  item: 'deskItem',
  items: 'deskItem',
  watch: 'watch',
  watches: 'watch',
  page: 'page',
  except: 'entry',
  source: 'source',
  upto: 'reading',
  does: ['keep'],
  entry: 'entry',
  id: 'any',
  on: ['entry', 'comment', 'post', 'watch', 'dossier'],
  kind: ['thanks'],
  level: ['nothing', 'everything', 'concerns'],
  following: ['no', 'yes'],
  digest: ['day'],
  hour: ['8'],
  weekday: ['1'],
  title: ['Un titre'],
  name: ['Un nom'],
  // A device of one's own names nothing that could be hidden.
  endpoint: [],
  p256dh: [],
  auth: [],
  body: ['Un corps de texte.'],
  description: ['Une description.'],
  message: ['Un mot.'],
  emoji: ['🦊'],
  access: ['closed'],
  archived: ['false'],
  open: ['true'],
  rework: [secretRework],
  cover: 'cover',
  status: ['published'],
  role: ['member'],
  reason: ['other'],
  outcome: ['nothing'],
  // Refused before anything is asked of it.
  url: ['http://127.0.0.1:9/'],
  // They name nothing that could be hidden.
  ...Object.fromEntries(
    [
      ...[
        'tags',
        'themes',
        'coverAlt',
        'coverFile',
        'coverGone',
        'sourceUrl',
        'sourceTitle',
        'sourceAuthor',
        'words',
        'answer',
      ],
      ...['email', 'days', 'password', 'currentPassword', 'code', 'backup', 'next', 'network', 'scopes'],
      ...['wanted', 'line', 'mail', 'kinds', 'resume', 'rhythm', 'theme', 'back', 'keys'],
      ...['file', 'content', 'dry', 'dryRun', 'follow'],
      ...['opensAt', 'closesAt', 'active', 'ownClock', 'holidays', 'worked', 'country', 'region', 'closed'],
      ...['from', 'to', 'shown', 'purpose', 'publishAt', 'version'],
      ...['people', 'contact', 'topics', 'sure'],
      ...['editors', 'after', 'change'],
      ...['text', 'watchName', 'readLater', 'forMe', 'mark', 'place', 'query', 'note', 'via', 'rest', 'into'],
      ...['quote', 'before', 'behind', 'about'],
      ...['read', 'kept', 'past', 'why', 'folders', 'done'],
      // What one changes of one's own: src/server/posts/rework.test.ts.
      ...['fields', 'of'],
      ...[
        'allowedDomains',
        'confirm',
        'headline',
        'bio',
        'asksAbout',
        'helpsWith',
        'language',
        'timeZone',
        'website',
      ],
    ].map((name) => [name, []]),
  ),
};

export const recipes = { parts, queries, fields };

/** What is there from the beginning, for every kind: in sight of all, of some, and of nobody. */
export async function standingPlaces(db: Db, stage: Stage): Promise<Required<Places>> {
  const comments = await db
    .selectFrom('comments')
    .innerJoin('entries', 'entries.id', 'comments.entry_id')
    .select(['comments.id', 'entries.id as entry'])
    .where('everyone', '=', true)
    .orderBy('comments.created_at')
    .limit(2)
    .execute();
  const tag = await db.selectFrom('tags').select('id').where('slug', '=', 'decor').executeTakeFirstOrThrow();
  const entries = [...Object.values(stage.posts), ...comments.map(({ entry }) => entry), nobody];
  const people = Object.values(stage.cast).map(({ actor }) => actor);
  return {
    entry: [...new Set(entries)],
    comment: [...comments.map(({ id }) => id), nobody],
    page: [stage.pages.open, stage.pages.closed, nobody],
    community: [
      stage.closed.slug,
      stage.open.slug,
      'vigie',
      'face-a-norvalt',
      'depart-de-bernard',
      'nulle-part',
    ],
    communityId: [stage.closed.id, stage.open.id, nobody],
    person: [...people.map(({ handle }) => handle), 'yanis.belkacem', 'personne-du-tout'],
    personId: [...people.map(({ id }) => id), nobody],
    tag: ['decor', 'prix', secretTag, 'rien'],
    tagId: [tag.id, nobody],
    feed: [
      ...['all.rss', 'following.atom', 'all.json', 'communities.opml'],
      ...[`search.rss?q=${secretWord}`, 'search.atom?q=toujours'],
      ...feedsOf({
        community: [stage.closed.slug, stage.open.slug],
        person: ['elise.perrin'],
        tag: ['decor'],
        entry: [stage.posts.open, stage.posts.closed],
      }),
    ],
    notification: [nobody],
    report: [nobody],
    token: [nobody],
    invitation: [nobody],
    claim: [nobody],
    import: [nobody],
    file: [nobody],
    cover: [`/files/${nobody}`],
    deskItem: [nobody, ...stage.shared.items],
    watch: [nobody, stage.shared.watch],
    dossier: [nobody],
    source: [nobody],
    reading: [nobody],
    rule: [nobody],
    recommended: [nobody],
    any: [nobody],
  };
}

/** The feeds of communities, people, tags and conversations. */
export function feedsOf({ community = [], person = [], tag = [], entry = [] }: Places): string[] {
  return [
    ...community.map((slug) => `communities/${slug}.rss`),
    ...person.map((handle) => `people/${handle}.atom`),
    ...tag.map((slug) => `tags/${slug}.json`),
    ...entry.map((id) => `posts/${id}.atom`),
  ];
}
