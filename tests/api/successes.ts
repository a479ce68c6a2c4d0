/** One call per route that succeeds in the small world. A route without one fails the contract test. */
import { drawConsequences } from '#server/consequences.ts';
import type { Prepare, Step } from './stage.ts';

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

  'GET /search': async ({ post }) => {
    await post({ title: 'Les locomotives', body: 'Une locomotive tire.', community: 'le-comptoir' });
    return '/search?q=locomotive&limit=2';
  },

  'GET /notifications': async ({ comment, post, helene, db }) => {
    await comment();
    await helene({
      method: 'POST',
      path: `/posts/${await post()}/comments`,
      body: { body: '@nadia.rahmani ?' },
    });
    await drawConsequences(db);
    return '/notifications';
  },
  'PUT /notifications/{id}/read': async ({ post, nadia, helene, db }) => {
    await helene({ method: 'POST', path: `/posts/${await post()}/comments`, body: { body: 'Oui.' } });
    await drawConsequences(db);
    const { items } = (await nadia('/notifications')).body as { items: { id: string }[] };
    return `/notifications/${items[0]?.id}/read`;
  },
  'PUT /notifications/read': () => '/notifications/read',

  'POST /reports': async ({ post, helene }) => ({
    path: '/reports',
    body: { on: 'post', id: await post(), reason: 'other', words: 'Un prix y est.' },
    as: helene,
  }),
  'GET /reports': async ({ report, helene }) => {
    await report();
    return { path: '/reports?box=mine', as: helene };
  },
  'GET /reports/{id}': async ({ report, helene }) => ({ path: `/reports/${await report()}`, as: helene }),
  'POST /reports/{id}/resolution': async ({ report, helene }) => ({
    as: helene,
    path: `/reports/${await report()}/resolution`,
    body: { outcome: 'hidden', reason: 'Un prix y était.', answer: 'Merci.' },
  }),
  'PUT /posts/{id}/hiding': async ({ post }) => ({
    path: `/posts/${await post()}/hiding`,
    body: { reason: 'Un prix y était.' },
  }),
  'DELETE /posts/{id}/hiding': async ({ post, nadia }) => {
    const path = `/posts/${await post()}/hiding`;
    await nadia({ method: 'PUT', path, body: { reason: 'Un prix y était.' } });
    return path;
  },
  'PUT /comments/{id}/hiding': async ({ comment }) => ({
    path: `/comments/${await comment()}/hiding`,
    body: { reason: 'Un prix y était.' },
  }),
  'DELETE /comments/{id}/hiding': async ({ comment, nadia }) => {
    const path = `/comments/${await comment()}/hiding`;
    await nadia({ method: 'PUT', path, body: { reason: 'Un prix y était.' } });
    return path;
  },
  'GET /hidden': async ({ post, nadia }) => {
    await nadia({
      method: 'PUT',
      path: `/posts/${await post()}/hiding`,
      body: { reason: 'Un prix y était.' },
    });
    return '/hidden';
  },
  'GET /audit': () => '/audit',

  'GET /feed': async ({ post }) => {
    await post({ community: 'le-comptoir' });
    return '/feed?scope=all&order=active&limit=5';
  },
};
