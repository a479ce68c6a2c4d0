/** Who looks, and the two rooms of the stage: a closed community that the hidden things stand in, and an open one. */
import type { Actor } from '#server/actor.ts';
import { foundCommunity } from '#server/communities/found.ts';
import { follow } from '#server/conversation/follow.ts';
import { writeNote } from '#server/desk/note.ts';
import { createWatch } from '#server/desk/watch.ts';
import { drawAll } from '../drawn.ts';
import { inTransaction, type Db } from '#server/platform/db.ts';
import { createPage } from '#server/pages/create.ts';
import { createPost } from '#server/posts/create.ts';
import { shareWatch } from '#server/sharing/watch.ts';
import { credentialsOf, type Credentials } from '../credentials.ts';
import { actorOf } from '../world.ts';

/** `member` and `animator` are those of the closed room; network roles are outside it. `author` writes the hidden things. */
export const viewers = [
  'anonymous',
  'guest',
  'stranger',
  'member',
  'animator',
  'moderator',
  'admin',
  'owner',
  'author',
] as const;
export type Viewer = (typeof viewers)[number];
export type Somebody = Exclude<Viewer, 'anonymous'>;

const handles: Record<Somebody, string> = {
  guest: 'pierre.alonzo',
  stranger: 'mathieu.kessler',
  member: 'ines.carvalho',
  animator: 'bastien.vasseur',
  moderator: 'thomas.gauthier',
  admin: 'nadia.rahmani',
  owner: 'helene.dargent',
  author: 'elise.perrin',
};
const everybody = Object.keys(handles) as Somebody[];

export type Cast = Record<Somebody, { actor: Actor; credentials: Credentials }>;

export interface Stage {
  cast: Cast;
  closed: { id: string; slug: string };
  open: { id: string; slug: string };
  /** A post in each, and one in the author's own blog, that are there all the time. */
  posts: { closed: string; open: string; blog: string };
  /** A page in each room. */
  pages: { closed: string; open: string };
  /** A watch of the author's shared in the open room, with two notes that everybody there reads. */
  shared: { watch: string; items: [string, string] };
}

/** Sets the stage. Everybody follows the author, so that whatever leaks reaches feeds and notifications too. */
export async function setStage(db: Db): Promise<Stage> {
  const cast = await castOf(db);
  const { author, animator, member } = cast;
  const stage = await inTransaction(db, async (tx) => {
    const closed = await foundCommunity(tx, author.actor, { name: 'Coulisses', access: 'closed' });
    const open = await foundCommunity(tx, author.actor, { name: 'Grande salle', access: 'open' });
    await tx
      .insertInto('memberships')
      .values([
        { community_id: closed.id, person_id: member.actor.id, role: 'member' },
        { community_id: closed.id, person_id: animator.actor.id, role: 'animator' },
      ])
      .execute();
    for (const name of everybody) {
      if (name === 'author') continue;
      const { actor } = cast[name];
      // A guest cannot find the author: he follows as if he once had.
      const target = { kind: 'person' as const, target_id: author.actor.id };
      if (name === 'guest')
        await tx
          .insertInto('follows')
          .values({ person_id: actor.id, ...target })
          .execute();
      else await follow(tx, actor, { kind: 'person', id: author.actor.id });
    }
    const post = (community?: string) =>
      createPost(tx, author.actor, {
        title: 'Toujours là',
        body: 'Un billet que chacun voit selon la porte qu’il a passée.',
        status: 'published',
        tags: ['décor'],
        community,
      });
    const posts = {
      closed: (await post(closed.slug)).id,
      open: (await post(open.slug)).id,
      blog: (await post()).id,
    };
    const page = async (community: string) => {
      const page = { community, title: 'Page du décor', body: 'Un texte, et [[une suite]].' };
      return (await createPage(tx, author.actor, page)).id;
    };
    const pages = { closed: await page(closed.slug), open: await page(open.slug) };
    const { id: watch } = await createWatch(tx, author.actor, { name: 'Veille du décor' });
    const note = async (body: string) => (await writeNote(tx, author.actor, { body, watch })).id;
    const items: [string, string] = [await note('Une note que chacun lit.'), await note('Une autre.')];
    await shareWatch(tx, author.actor, watch, { community: open.slug, items });
    return { cast, closed, open, posts, pages, shared: { watch, items } };
  });
  await drawAll(db);
  return stage;
}

async function castOf(db: Db): Promise<Cast> {
  const entries = [];
  for (const name of everybody) {
    const actor = await actorOf(db, handles[name]);
    entries.push([name, { actor, credentials: await credentialsOf(db, handles[name]) }] as const);
  }
  return Object.fromEntries(entries) as Cast;
}
