/** What the examples of the API are made of: two people, and fresh things to call it on. */
import { randomUUID } from 'node:crypto';
import type { Db } from '#server/platform/db.ts';
import { clientOf, type Call, type Client } from './client.ts';

export interface Example extends Call {
  /** Who calls; Nadia, an admin, unless told. */
  as?: Client;
}
export type Prepare = (world: World) => Example | string | Promise<Example | string>;

/** Method and path inside the community; by Hélène or by Nadia. */
export type Step = ['helene' | 'nadia', 'PUT' | 'DELETE', string];

export interface World {
  db: Db;
  nadia: Client;
  helene: Client;
  /** A fresh published post of Nadia's. */
  post: (more?: object) => Promise<string>;
  /** A fresh comment of Nadia's. */
  comment: () => Promise<string>;
  /** A fresh file of Nadia's, in no text. */
  file: () => Promise<string>;
  /** A fresh report by Hélène of a post of Nadia's. */
  report: () => Promise<string>;
  /** Somebody new, by status: his id and handle. */
  somebody: (status: 'active' | 'outside') => Promise<{ id: string; handle: string }>;
  /** The address of a fresh community that Nadia founded, closed unless told, after these calls inside it. */
  community: (inside?: Step[], access?: 'open' | 'closed') => Promise<string>;
}

export async function worldOf(db: Db): Promise<World> {
  const nadia = await clientOf(db, 'nadia.rahmani', ['read', 'write', 'admin']);
  const helene = await clientOf(db, 'helene.dargent', ['read', 'write', 'admin']);
  const idOf = async (call: Call) => ((await nadia(call)).body as { id: string }).id;
  const post = (more: object = {}) =>
    idOf({
      method: 'POST',
      path: '/posts',
      body: { body: 'Bonjour.', status: 'published', tags: ['essai'], ...more },
    });
  const comment = async () =>
    idOf({ method: 'POST', path: `/posts/${await post()}/comments`, body: { body: 'Merci.' } });
  const file = () => idOf({ method: 'POST', path: '/files?name=Note.txt', body: 'Une note.' });
  const report = async () => {
    const body = { on: 'post', id: await post(), reason: 'misplaced' };
    return ((await helene({ method: 'POST', path: '/reports', body })).body as { id: string }).id;
  };
  const somebody = async (status: 'active' | 'outside') => {
    const handle = `essai.${randomUUID().slice(0, 8)}`;
    const email = status === 'active' ? `${handle}@essaim.example` : null;
    const made = await db
      .insertInto('people')
      .values({ handle, name: 'Camille Essai', email, status })
      .returning(['id', 'handle'])
      .executeTakeFirstOrThrow();
    if (status === 'outside')
      await db.insertInto('outside_places').values({ person_id: made.id, everyone: true }).execute();
    return made;
  };
  const clients = { nadia, helene };
  const community = async (inside: Step[] = [], access = 'closed') => {
    const name = `Essai ${randomUUID()}`;
    const made = await nadia({ method: 'POST', path: '/communities', body: { name, access } });
    const path = `/communities/${(made.body as { slug: string }).slug}`;
    for (const [who, method, step] of inside) await clients[who]({ method, path: path + step, body: {} });
    return path;
  };
  return { db, nadia, helene, post, comment, file, report, somebody, community };
}
