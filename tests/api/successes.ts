/** One call per route that succeeds in the small world. A route without one fails the contract test. */
import { randomUUID } from 'node:crypto';
import type { Db } from '#server/platform/db.ts';
import { clientOf, type Call, type Client } from './client.ts';

export interface Example extends Call {
  /** Who calls; Nadia, an admin, unless told. */
  as?: Client;
}
type Prepare = (world: World) => Example | string | Promise<Example | string>;

/** Method and path inside the community; by Hélène or by Nadia. */
type Step = ['helene' | 'nadia', 'PUT' | 'DELETE', string];

export interface World {
  db: Db;
  nadia: Client;
  helene: Client;
  /** A fresh published post of Nadia's. */
  post: (more?: object) => Promise<string>;
  /** A fresh comment of Nadia's. */
  comment: () => Promise<string>;
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
  const clients = { nadia, helene };
  const community = async (inside: Step[] = [], access = 'closed') => {
    const name = `Essai ${randomUUID()}`;
    const made = await nadia({ method: 'POST', path: '/communities', body: { name, access } });
    const path = `/communities/${(made.body as { slug: string }).slug}`;
    for (const [who, method, step] of inside) await clients[who]({ method, path: path + step, body: {} });
    return path;
  };
  return { db, nadia, helene, post, comment, community };
}

const HELENE = 'helene.dargent';

export const successes: Record<string, Prepare> = {
  'GET /me': () => '/me',

  'GET /communities': () => '/communities?limit=3',
  'POST /communities': () => ({
    path: '/communities',
    body: {
      name: 'Les essais',
      access: 'open',
      description: 'On **essaie**.',
      themes: ['vente'],
      emoji: '🧪',
    },
  }),
  'GET /communities/{slug}': ({ community }) => community(),
  'PATCH /communities/{slug}': async ({ community }) => ({
    path: await community(),
    body: { name: 'Les autres essais', access: 'secret', archived: true },
  }),
  'PUT /communities/{slug}/membership': async ({ community, helene }) => ({
    path: `${await community()}/membership`,
    body: { message: 'Bonjour.' },
    as: helene,
  }),
  'DELETE /communities/{slug}/membership': async ({ community, helene }) => ({
    path: `${await community([['helene', 'PUT', '/membership']], 'open')}/membership`,
    as: helene,
  }),
  'PUT /communities/{slug}/seen': async ({ community }) => `${await community()}/seen`,
  'GET /communities/{slug}/members': async ({ community }) => `${await community()}/members`,
  'DELETE /communities/{slug}/members/{handle}': async ({ community }) =>
    `${await community([['helene', 'PUT', '/membership']], 'open')}/members/${HELENE}`,
  'GET /communities/{slug}/requests': async ({ community }) =>
    `${await community([['helene', 'PUT', '/membership']])}/requests`,
  'PUT /communities/{slug}/requests/{handle}/acceptance': async ({ community }) =>
    `${await community([['helene', 'PUT', '/membership']])}/requests/${HELENE}/acceptance`,
  'DELETE /communities/{slug}/requests/{handle}': async ({ community }) =>
    `${await community([['helene', 'PUT', '/membership']])}/requests/${HELENE}`,
  'GET /communities/{slug}/invitations': async ({ community }) =>
    `${await community([['nadia', 'PUT', `/invitations/${HELENE}`]])}/invitations`,
  'PUT /communities/{slug}/invitations/{handle}': async ({ community }) =>
    `${await community()}/invitations/${HELENE}`,
  'DELETE /communities/{slug}/invitations/{handle}': async ({ community }) =>
    `${await community([['nadia', 'PUT', `/invitations/${HELENE}`]])}/invitations/${HELENE}`,
  'GET /me/invitations': async ({ community, helene }) => {
    await community([['nadia', 'PUT', `/invitations/${HELENE}`]]);
    return { path: '/me/invitations', as: helene };
  },
  'DELETE /me/invitations/{slug}': async ({ community, helene }) => {
    const path = await community([['nadia', 'PUT', `/invitations/${HELENE}`]]);
    return { path: `/me/invitations/${path.split('/').at(-1)}`, as: helene };
  },
  'PUT /communities/{slug}/animators/{handle}': async ({ community }) =>
    `${await community([['helene', 'PUT', '/membership']], 'open')}/animators/${HELENE}`,
  'PUT /communities/{slug}/animation': async ({ community, helene }) => {
    const orphaned: Step[] = [
      ['helene', 'PUT', '/membership'],
      ['nadia', 'DELETE', '/animation'],
    ];
    return { path: `${await community(orphaned, 'open')}/animation`, as: helene };
  },
  'DELETE /communities/{slug}/animation': async ({ community }) => {
    const shared: Step[] = [
      ['helene', 'PUT', '/membership'],
      ['nadia', 'PUT', `/animators/${HELENE}`],
    ];
    return `${await community(shared, 'open')}/animation`;
  },
  'GET /me/communities': () => '/me/communities',
  'GET /people': () => '/people?prefix=h',
  'GET /people/{handle}': () => `/people/${HELENE}`,

  'POST /posts': () => ({
    path: '/posts',
    body: { title: 'Un billet', body: '# Un\n\n@thomas.gauthier', community: 'le-comptoir', tags: ['vente'] },
  }),
  'GET /posts/{id}': async ({ post }) => `/posts/${await post({ sourceUrl: 'https://example.org/a' })}`,
  'PATCH /posts/{id}': async ({ post }) => ({
    path: `/posts/${await post()}`,
    body: { title: 'Autre', tags: [] },
  }),
  'DELETE /posts/{id}': async ({ post }) => `/posts/${await post()}`,
  'POST /posts/{id}/restoration': async ({ post, nadia }) => {
    const id = await post();
    await nadia({ method: 'DELETE', path: `/posts/${id}` });
    return `/posts/${id}/restoration`;
  },
  'GET /posts/{id}/history': async ({ post, nadia }) => {
    const id = await post();
    await nadia({ method: 'PATCH', path: `/posts/${id}`, body: { body: 'Bonsoir.' } });
    return `/posts/${id}/history`;
  },
  'GET /drafts': async ({ post }) => {
    await post({ status: 'draft' });
    return '/drafts';
  },
  'GET /deleted-posts': async ({ post, nadia }) => {
    await nadia({ method: 'DELETE', path: `/posts/${await post()}` });
    return '/deleted-posts';
  },

  'POST /posts/{id}/comments': async ({ post }) => ({
    path: `/posts/${await post()}/comments`,
    body: { body: 'Bien dit.' },
  }),
  'GET /posts/{id}/comments': async ({ post, nadia }) => {
    const path = `/posts/${await post()}/comments`;
    const { id } = (await nadia({ method: 'POST', path, body: { body: 'Un.' } })).body as { id: string };
    await nadia({ method: 'POST', path, body: { body: 'Deux.', parentId: id } });
    await nadia({ method: 'DELETE', path: `/comments/${id}` });
    return path;
  },
  'PATCH /comments/{id}': async ({ comment }) => ({
    path: `/comments/${await comment()}`,
    body: { body: 'Ah.' },
  }),
  'DELETE /comments/{id}': async ({ comment }) => `/comments/${await comment()}`,
  'POST /comments/{id}/restoration': async ({ comment, nadia }) => {
    const id = await comment();
    await nadia({ method: 'DELETE', path: `/comments/${id}` });
    return `/comments/${id}/restoration`;
  },
  'PUT /posts/{id}/reactions/{kind}': async ({ post, helene }) => ({
    path: `/posts/${await post()}/reactions/thanks`,
    as: helene,
  }),
  'DELETE /posts/{id}/reactions/{kind}': async ({ post, helene }) => ({
    path: `/posts/${await post()}/reactions/useful`,
    as: helene,
  }),
  'PUT /comments/{id}/reactions/{kind}': async ({ comment, helene }) => ({
    path: `/comments/${await comment()}/reactions/agree`,
    as: helene,
  }),
  'DELETE /comments/{id}/reactions/{kind}': async ({ comment, helene }) => ({
    path: `/comments/${await comment()}/reactions/insightful`,
    as: helene,
  }),
  'PUT /posts/{id}/read': async ({ post }) => `/posts/${await post()}/read`,
  'PUT /reads': () => '/reads',

  'GET /tags': async ({ post }) => {
    await post();
    return '/tags?prefix=ess&limit=1';
  },
  'GET /tags/{slug}': async ({ post }) => {
    await post();
    return '/tags/essai';
  },
  'PUT /follows/{kind}/{id}': async ({ post, nadia }) => {
    await post();
    const tag = (await nadia('/tags/essai')).body as { id: string };
    return `/follows/tag/${tag.id}`;
  },
  'DELETE /follows/{kind}/{id}': async ({ post, nadia }) => {
    await post();
    const tag = (await nadia('/tags/essai')).body as { id: string };
    return `/follows/tag/${tag.id}`;
  },
  'GET /follows': async ({ post, nadia }) => {
    await post();
    const tag = (await nadia('/tags/essai')).body as { id: string };
    await nadia({ method: 'PUT', path: `/follows/tag/${tag.id}` });
    return '/follows';
  },

  'GET /feed': async ({ post }) => {
    await post({ community: 'le-comptoir' });
    return '/feed?scope=all&order=active&limit=5';
  },
};
