/** How parameters are filled. A parameter that is not here fails the harness: say what it may hold. */
import type { Db } from '#server/platform/db.ts';
import type { Stage } from './cast.ts';

/** What an address can name. */
export type Kind =
  'entry' | 'comment' | 'community' | 'communityId' | 'person' | 'personId' | 'tag' | 'tagId' | 'any';

/** Values by kind: those of things in sight of somebody, or those of a hidden thing. */
export type Places = Partial<Record<Kind, string[]>>;

export const nobody = '01900000-0000-7000-8000-000000000000';

/** The words that only hidden things hold. */
export const secretWord = 'zorglonde';
export const secretTag = 'projet-zorglonde';

const reactions = ['thanks', 'useful'];

/** Parts of paths: the part before, then the parameter. */
const parts: Record<string, Kind | string[]> = {
  'posts/id': 'entry',
  'comments/id': 'comment',
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
  'reset/token': ['inconnu'],
  'invitations/token': ['inconnue'],
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
  prefix: ['zo', 'p', 'projet'],
  theme: [secretTag, 'prix'],
  mine: ['true'],
  limit: ['100', '1'],
  // One's own, taken from the page before; forged ones are tried in tests/hostile.
  cursor: [],
  key: ['inconnue'],
  next: ['/posts/x'],
  news: [],
  backup: [],
};

/** Fields of a JSON body or a form. */
const fields: Record<string, Kind | string[]> = {
  title: ['Un titre'],
  name: ['Un nom'],
  body: ['Un corps de texte.'],
  description: ['Une description.'],
  message: ['Un mot.'],
  emoji: ['🦊'],
  access: ['closed'],
  archived: ['false'],
  status: ['published'],
  tags: [],
  themes: [],
  cover: [],
  sourceUrl: [],
  sourceTitle: [],
  sourceAuthor: [],
  entryId: 'entry',
  parentId: 'comment',
  curatedId: 'entry',
  community: 'community',
  id: 'any',
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
    any: [nobody],
  };
}
