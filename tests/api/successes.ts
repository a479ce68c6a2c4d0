/** One call per route that succeeds in the small world. A route without one fails the contract test. */
import sharp from 'sharp';
import { drawAll } from '../drawn.ts';
import { documentOf } from '#server/pages/document.ts';
import type { Db } from '#server/platform/db.ts';
import type { Answer } from './client.ts';
import type { Prepare, Step, World } from './stage.ts';

const HELENE = 'helene.dargent';
const OPML =
  '<opml version="2.0"><body><outline type="rss" text="Sept" xmlUrl="https://sept.example/feed"/></body></opml>';

const REWORK = '0b1f6a52-6d0c-4d4a-9d3a-3a51c7b0a001';
const rework = { fields: { title: 'Autre', body: 'Autrement dit.' }, of: 1 };

const idOf = ({ body }: Answer) => (body as { id: string }).id;

async function signIn(db: Db, handle: string, id: string): Promise<void> {
  const { auth_user_id: user } = await db
    .selectFrom('people')
    .select('auth_user_id')
    .where('handle', '=', handle)
    .executeTakeFirstOrThrow();
  await db
    .insertInto('auth_session')
    .values({ id, token: id, userId: user ?? '', expiresAt: new Date(Date.now() + 60_000) })
    .execute();
}

const photo = () =>
  sharp({ create: { width: 60, height: 80, channels: 3, background: '#4c6b4f' } })
    .jpeg()
    .toBuffer();

/** Hélène says that an outside author is she. */
async function claimOf({ somebody, helene }: World): Promise<string> {
  const path = `/outside-authors/${(await somebody('outside')).handle}/claims`;
  return ((await helene({ method: 'POST', path, body: {} })).body as { id: string }).id;
}

/** Something of Nadia's own desk. */
const kept = async ({ nadia }: World, path: string, body: object) =>
  idOf(await nadia({ method: 'POST', path, body }));
let clips = 0;
const clip = (world: World) => kept(world, '/desk/clips', { url: `https://exemple.fr/${(clips += 1)}` });
let watches = 0;
const watch = (world: World) => kept(world, '/desk/watches', { name: `Veille ${(watches += 1)}` });
/** Two of Nadia's watches, shared. */
async function sharedWatches(world: World): Promise<string[]> {
  const ids = [await watch(world), await watch(world)];
  for (const id of ids) {
    const body = { community: 'le-comptoir', items: [] };
    await world.nadia({ method: 'PUT', path: `/desk/watches/${id}/sharing`, body });
  }
  return ids;
}
async function dossier(world: World): Promise<string> {
  return kept(world, '/dossiers', {
    ...{ name: 'Norvalt', community: 'le-comptoir' },
    watches: await sharedWatches(world),
  });
}
const wiki = async (world: World, more: object = {}) => {
  const community = (await world.community()).split('/').at(-1);
  return kept(world, '/pages', { community, title: 'Acme', body: 'Un prix, [[Norvalt]].', ...more });
};
const note = (world: World) => kept(world, '/desk/notes', { body: 'Une note.' });

/** A reading of Nadia's, of a source that nobody asks. */
async function reading({ db, nadia }: World): Promise<{ id: string; source: string }> {
  const number = (feeds += 1);
  const person = ((await nadia({ method: 'GET', path: '/me' })).body as { id: string }).id;
  const feed = await db
    .insertInto('sources')
    .values({
      feed_url: `https://source-${number}.example/feed`,
      host: 'x',
      title: 'Source',
      next_poll_at: new Date(),
    })
    .returning(['id', 'feed_url'])
    .executeTakeFirstOrThrow();
  const source = await db
    .insertInto('subscriptions')
    .values({ person_id: person, source_id: feed.id, address: feed.feed_url })
    .returning('id')
    .executeTakeFirstOrThrow();
  const item = await db
    .insertInto('source_items')
    .values({
      source_id: feed.id,
      key: 'un',
      title: 'Un',
      digest: '',
      url: `https://source-${number}.example/1`,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { id } = await db
    .insertInto('readings')
    .values({ person_id: person, subscription_id: source.id, item_id: item.id, key: item.id, at: new Date() })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, source: source.id };
}
let feeds = 0;
const rule = (world: World) => kept(world, '/desk/rules', { words: 'acme', does: 'keep' });
const recommended = async (world: World) =>
  kept(world, '/recommended-sources', { community: 'le-comptoir', source: (await reading(world)).source });

export const successes: Record<string, Prepare> = {
  'GET /desk/sources': () => '/desk/sources',
  'POST /desk/sources': () => ({
    path: '/desk/sources',
    body: { url: 'https://neuf.example', title: 'Neuf' },
  }),
  'GET /desk/sources/{id}': async (world) => `/desk/sources/${(await reading(world)).source}`,
  'PATCH /desk/sources/{id}': async (world) => ({
    path: `/desk/sources/${(await reading(world)).source}`,
    body: { title: 'La concurrence', watch: await watch(world) },
  }),
  'DELETE /desk/sources/{id}': async (world) => `/desk/sources/${(await reading(world)).source}`,
  'GET /desk/opml': () => '/desk/opml',
  'POST /desk/opml': () => ({ path: '/desk/opml', body: { content: OPML, folders: true } }),
  'GET /desk/readings': () => '/desk/readings?state=all',
  'PUT /desk/readings/read': async (world) => ({
    path: '/desk/readings/read',
    body: { upto: (await reading(world)).id },
  }),
  'GET /desk/readings/{id}': async (world) => `/desk/readings/${(await reading(world)).id}`,
  'PATCH /desk/readings/{id}': async (world) => ({
    path: `/desk/readings/${(await reading(world)).id}`,
    body: { read: true, kept: true },
  }),
  'POST /desk/readings/{id}/forwarding': async (world) => ({
    path: `/desk/readings/${(await reading(world)).id}/forwarding`,
    body: { watch: await watch(world), note: 'À suivre.' },
  }),
  'GET /desk/rules': () => '/desk/rules',
  'POST /desk/rules': async (world) => ({
    path: '/desk/rules',
    body: { words: 'acme, norvalt', does: 'file', watch: await watch(world), past: true },
  }),
  'DELETE /desk/rules/{id}': async (world) => `/desk/rules/${await rule(world)}`,
  'GET /recommended-sources': async (world) => {
    await recommended(world);
    return '/recommended-sources?community=le-comptoir';
  },
  'POST /recommended-sources': async (world) => ({
    path: '/recommended-sources',
    body: { community: 'le-comptoir', source: (await reading(world)).source, why: 'Sérieux.' },
  }),
  'DELETE /recommended-sources/{id}': async (world) => `/recommended-sources/${await recommended(world)}`,
  'GET /desk/items': () => '/desk/items?shelf=all',
  'POST /desk/notes': () => ({ path: '/desk/notes', body: { body: 'À voir.', readLater: true } }),
  'POST /desk/clips': () => ({
    path: '/desk/clips',
    body: { url: 'https://exemple.fr/tarifs', body: 'Vu.' },
  }),
  'GET /desk/items/{id}': async (world) => `/desk/items/${await clip(world)}`,
  'PATCH /desk/items/{id}': async (world) => ({
    path: `/desk/items/${await note(world)}`,
    body: { body: 'Autre.', watch: await watch(world), done: true, version: 1 },
  }),
  'DELETE /desk/items/{id}': async (world) => `/desk/items/${await note(world)}`,
  'POST /desk/items/{id}/restoration': async (world) => {
    const path = `/desk/items/${await note(world)}`;
    await world.nadia({ method: 'DELETE', path });
    return `${path}/restoration`;
  },
  'POST /desk/items/{id}/copy': async (world) => ({
    path: `/desk/items/${await clip(world)}/copy`,
    body: { watch: await watch(world) },
  }),
  'POST /desk/items/{id}/highlights': async (world) => ({
    path: `/desk/items/${await clip(world)}/highlights`,
    body: { quote: 'Hausse de 4 %', note: 'Vraiment ?' },
  }),
  'PATCH /desk/highlights/{id}': async (world) => {
    const id = await kept(world, `/desk/items/${await clip(world)}/highlights`, { quote: 'Mot' });
    return { path: `/desk/highlights/${id}`, body: { note: 'Oui.' } };
  },
  'DELETE /desk/highlights/{id}': async (world) =>
    `/desk/highlights/${await kept(world, `/desk/items/${await clip(world)}/highlights`, { quote: 'Mot' })}`,
  'PUT /posts/{id}/bookmark': async ({ post }) => ({
    path: `/posts/${await post()}/bookmark`,
    body: { readLater: true },
  }),
  'DELETE /posts/{id}/bookmark': async ({ post }) => `/posts/${await post()}/bookmark`,
  'POST /desk/items/{id}/page': async (world) => `/desk/items/${await clip(world)}/page`,
  'GET /desk/address': () => '/desk/address',
  'POST /desk/address': () => {
    Object.assign(process.env, { MAIL_IN: '127.0.0.1:2525', MAIL_DOMAIN: 'reponses.exemple.fr' });
    return '/desk/address';
  },
  'GET /desk/audience': () => '/desk/audience?community=le-comptoir',
  'GET /desk/items/{id}/proposal': async (world) => `/desk/items/${await note(world)}/proposal`,
  'POST /desk/items/{id}/sharing': async (world) => ({
    path: `/desk/items/${await clip(world)}/sharing`,
    body: { into: 'post', title: 'Lu', body: 'À lire.' },
  }),
  'PUT /desk/watches/{id}/sharing': async (world) => ({
    path: `/desk/watches/${await watch(world)}/sharing`,
    body: { community: 'le-comptoir', items: [await note(world)] },
  }),
  'PATCH /desk/watches/{id}/sharing': async (world) => ({
    path: `/desk/watches/${(await sharedWatches(world))[0]}/sharing`,
    body: { community: 'le-comptoir', items: [] },
  }),
  'DELETE /desk/watches/{id}/sharing': async (world) => `/desk/watches/${await watch(world)}/sharing`,
  'GET /desk/watches': () => '/desk/watches',
  'POST /desk/watches': () => ({ path: '/desk/watches', body: { name: 'Marché suisse' } }),
  'GET /desk/watches/{id}': async (world) => `/desk/watches/${await watch(world)}`,
  'PATCH /desk/watches/{id}': async (world) => ({
    path: `/desk/watches/${await watch(world)}`,
    body: { about: 'Prix et délais', archived: true },
  }),
  'DELETE /desk/watches/{id}': async (world) => `/desk/watches/${await watch(world)}`,
  'POST /desk/watches/{id}/restoration': async (world) => {
    const path = `/desk/watches/${await watch(world)}`;
    await world.nadia({ method: 'DELETE', path });
    return `${path}/restoration`;
  },
  'GET /desk/watches/{id}/twins': async (world) => `/desk/watches/${await watch(world)}/twins`,
  'POST /already': () => ({ path: '/already', body: { title: 'Norvalt baisse ses prix' } }),
  'GET /dossiers': () => '/dossiers',
  'GET /dossier-previews': async (world) =>
    `/dossier-previews?watches=${(await sharedWatches(world)).join(',')}`,
  'POST /dossiers': async (world) => ({
    path: '/dossiers',
    body: { name: 'Norvalt', community: 'le-comptoir', watches: await sharedWatches(world) },
  }),
  'GET /dossiers/{id}': async (world) => `/dossiers/${await dossier(world)}`,
  'PATCH /dossiers/{id}': async (world) => ({
    path: `/dossiers/${await dossier(world)}`,
    body: { about: 'Prix et délais' },
  }),
  'DELETE /dossiers/{id}': async (world) => `/dossiers/${await dossier(world)}`,
  'POST /dossiers/{id}/restoration': async (world) => {
    const path = `/dossiers/${await dossier(world)}`;
    await world.nadia({ method: 'DELETE', path });
    return `${path}/restoration`;
  },
  'PUT /dossiers/{id}/watches/{watchId}': async (world) =>
    `/dossiers/${await dossier(world)}/watches/${(await sharedWatches(world))[0]}`,
  'DELETE /dossiers/{id}/watches/{watchId}': async (world) => {
    const path = `/dossiers/${await dossier(world)}`;
    const { body } = await world.nadia({ method: 'GET', path });
    return `${path}/watches/${(body as { watches: { id: string }[] }).watches[0]?.id}`;
  },
  'PUT /dossiers/{id}/follow': async (world) => `/dossiers/${await dossier(world)}/follow`,
  'DELETE /dossiers/{id}/follow': async (world) => `/dossiers/${await dossier(world)}/follow`,
  'GET /dossiers/{id}/things': async (world) => `/dossiers/${await dossier(world)}/things`,
  'GET /dossiers/{id}/sources': async (world) => `/dossiers/${await dossier(world)}/sources`,
  'GET /dossiers/{id}/contradictions': async (world) => `/dossiers/${await dossier(world)}/contradictions`,
  'GET /dossiers/{id}/provenance': async (world) => `/dossiers/${await dossier(world)}/provenance`,
  'GET /desk/items/{id}/provenance': async (world) => `/desk/items/${await clip(world)}/provenance`,
  'GET /entries/{id}/provenance': async (world) => `/entries/${await wiki(world)}/provenance`,
  'GET /dossiers/{id}/changes': async (world) => `/dossiers/${await dossier(world)}/changes`,
  'GET /desk/searches': () => '/desk/searches',
  'POST /desk/searches': () => ({ path: '/desk/searches', body: { place: 'network', query: 'q=norvalt' } }),
  'DELETE /desk/searches/{id}': async (world) =>
    `/desk/searches/${await kept(world, '/desk/searches', { place: 'desk', query: 'q=prix' })}`,
  'GET /desk/search': async ({ post }) => {
    await post({ status: 'draft', title: 'Le prix de Norvalt' });
    return '/desk/search?q=prix';
  },
  'GET /desk/drafts': async ({ post, nadia }) => {
    await nadia({ method: 'PUT', path: `/posts/${await post()}/reworks/${REWORK}`, body: rework });
    return '/desk/drafts';
  },
  'GET /communities/{slug}/pages': async (world) => {
    const path = await world.community();
    await kept(world, '/pages', { community: path.split('/').at(-1), title: 'Acme' });
    return `${path}/pages`;
  },
  'GET /communities/{slug}/deleted-pages': async (world) => {
    const path = await world.community();
    const id = await kept(world, '/pages', { community: path.split('/').at(-1), title: 'Acme' });
    await world.nadia({ method: 'DELETE', path: `/pages/${id}` });
    return `${path}/deleted-pages`;
  },
  'GET /communities/{slug}/page-rules': async ({ community }) => `${await community()}/page-rules`,
  'PUT /communities/{slug}/page-rules': async ({ community }) => ({
    path: `${await community()}/page-rules`,
    body: { editing: 'named', editors: ['nadia.rahmani'] },
  }),
  'POST /pages': async ({ community }) => ({
    path: '/pages',
    body: {
      community: (await community()).split('/').at(-1),
      title: 'Acme',
      body: 'Un prix.',
      tags: ['prix'],
    },
  }),
  'GET /pages/{id}': async (world) => `/pages/${await wiki(world, { sourceUrl: 'https://example.org/a' })}`,
  'PATCH /pages/{id}': async (world) => ({
    path: `/pages/${await wiki(world)}`,
    body: { title: 'Acme SA', body: 'Un autre prix.', version: 1 },
  }),
  'DELETE /pages/{id}': async (world) => `/pages/${await wiki(world)}`,
  'POST /pages/{id}/restoration': async (world) => {
    const path = `/pages/${await wiki(world)}`;
    await world.nadia({ method: 'DELETE', path });
    return `${path}/restoration`;
  },
  'PUT /pages/{id}/place': async (world) => ({
    path: `/pages/${await wiki(world)}/place`,
    body: { parentId: null },
  }),
  'GET /pages/{id}/links': async (world) => {
    const path = await world.community();
    const community = path.split('/').at(-1);
    const id = await kept(world, '/pages', { community, title: 'Norvalt' });
    await kept(world, '/pages', { community, title: 'Acme', body: '[[Norvalt]]' });
    return `/pages/${id}/links`;
  },
  'GET /pages/{id}/versions': async (world) => `/pages/${await wiki(world)}/versions`,
  'GET /pages/{id}/versions/{number}': async (world) => `/pages/${await wiki(world)}/versions/1`,
  'POST /pages/{id}/versions/{number}/restoration': async (world) =>
    `/pages/${await wiki(world)}/versions/1/restoration`,
  'GET /pages/{id}/changes': async (world) => `/pages/${await wiki(world)}/changes?since=0`,
  'POST /pages/{id}/changes': async (world) => ({
    path: `/pages/${await wiki(world)}/changes`,
    body: { change: Buffer.from(documentOf('Et un délai.')).toString('base64') },
  }),
  'GET /pages/{id}/passages': async (world) => {
    const path = `/pages/${await wiki(world)}/passages`;
    await world.nadia({ method: 'POST', path, body: { quote: 'Un prix', body: 'Lequel ?' } });
    return path;
  },
  'POST /pages/{id}/passages': async (world) => ({
    path: `/pages/${await wiki(world)}/passages`,
    body: { quote: 'Un prix', body: 'Lequel ?' },
  }),
  'GET /me': () => '/me',

  'GET /people/me': () => '/people/me',
  'PATCH /people/me': () => ({ path: '/people/me', body: { headline: 'Administre, et vend.' } }),
  'PUT /people/me/picture': async () => ({ path: '/people/me/picture', body: await photo() }),
  'DELETE /people/me/picture': () => '/people/me/picture',
  'GET /people/{handle}/picture': async ({ helene }) => {
    await helene({ method: 'PUT', path: '/people/me/picture', body: await photo() });
    return `/people/${HELENE}/picture?side=96`;
  },
  'GET /sessions': () => '/sessions',
  'DELETE /sessions': () => '/sessions',
  'DELETE /sessions/{name}': async ({ helene, db }) => {
    await signIn(db, HELENE, 'une-session');
    return { path: '/sessions/une-session', as: helene };
  },
  'GET /tokens': () => '/tokens',
  'POST /tokens': () => ({ path: '/tokens', body: { name: 'Tableur', scopes: ['read'], days: 30 } }),
  'DELETE /tokens/{id}': async ({ nadia }) => {
    const made = await nadia({ method: 'POST', path: '/tokens', body: { name: 'Bref' } });
    return `/tokens/${idOf(made)}`;
  },
  'GET /feed-key': () => '/feed-key',
  'PUT /feed-key': () => '/feed-key',
  'DELETE /feed-key': () => '/feed-key',
  'GET /calendar': () => '/calendar',
  'PATCH /calendar': () => ({ path: '/calendar', body: { opensAt: '09:00', worked: ['easter 50'] } }),
  'GET /people/me/hours': () => '/people/me/hours',
  'PUT /people/me/hours': () => ({
    path: '/people/me/hours',
    body: { days: [1, 2], opensAt: '10:00', closesAt: '12:00' },
  }),
  'DELETE /people/me/hours': () => '/people/me/hours',
  'POST /people/me/leave': () => ({
    path: '/people/me/leave',
    body: { from: '2030-08-01', to: '2030-08-12' },
  }),
  'DELETE /people/me/leave/{id}': async ({ nadia }) => {
    const body = { from: '2031-08-01', to: '2031-08-12' };
    return `/people/me/leave/${idOf(await nadia({ method: 'POST', path: '/people/me/leave', body }))}`;
  },
  'GET /posts/{id}/waiting': async ({ post }) => `/posts/${await post()}/waiting`,
  'GET /posts/{id}/insistences': async ({ post }) => `/posts/${await post()}/insistences`,
  'POST /posts/{id}/insistences': async ({ post, db }) => {
    const days = { from_day: '2020-01-01', to_day: '2100-01-01' };
    const away = db.selectFrom('people').select('id').where('handle', '=', HELENE);
    await db
      .insertInto('quiet_leave')
      .values({ person_id: away, ...days })
      .execute();
    const id = await post({ body: 'Hélène, @helene.dargent' });
    return { path: `/posts/${id}/insistences`, body: { reason: 'Le client attend.' } };
  },
  'GET /calendar/weeks': () => '/calendar/weeks',
  'GET /me/first-day': () => '/me/first-day',
  'PUT /me/first-day/dismissal': () => '/me/first-day/dismissal',
  'DELETE /me/first-day/dismissal': () => '/me/first-day/dismissal',
  'DELETE /me/first-day/companion': async ({ helene }) => {
    await helene({ method: 'PUT', path: '/me/companionship', body: { contact: '' } });
    return '/me/first-day/companion';
  },
  'GET /me/companionship': () => '/me/companionship',
  'PUT /me/companionship': () => ({ path: '/me/companionship', body: { contact: 'Poste 12' } }),
  'DELETE /me/companionship': () => '/me/companionship',
  'PUT /me/companionship/{handle}': async ({ db, somebody }) => {
    const newcomer = await somebody('active');
    const nadia = db.selectFrom('people').select('id').where('handle', '=', 'nadia.rahmani');
    await db.insertInto('first_days').values({ person_id: newcomer.id, companion_id: nadia }).execute();
    return `/me/companionship/${newcomer.handle}`;
  },
  'GET /me/export': () => '/me/export',

  'POST /files': () => ({ path: '/files?name=Note.txt', body: 'Une note.' }),
  'GET /files': () => '/files?limit=5',
  'GET /files/{id}': async ({ file }) => `/files/${await file()}`,
  'GET /files/{id}/content': async ({ file }) => `/files/${await file()}/content`,
  'DELETE /files/{id}': async ({ file }) => `/files/${await file()}`,

  'GET /network': () => '/network',
  'PATCH /network': () => ({ path: '/network', body: { name: 'Aubrelle' } }),
  'GET /admin/people': () => '/admin/people?query=helene',
  'PUT /admin/people/{id}/role': async ({ somebody }) => ({
    path: `/admin/people/${(await somebody('active')).id}/role`,
    body: { role: 'moderator' },
  }),
  'PUT /admin/people/{id}/deactivation': async ({ somebody }) =>
    `/admin/people/${(await somebody('active')).id}/deactivation`,
  'DELETE /admin/people/{id}/deactivation': async ({ somebody, nadia }) => {
    const path = `/admin/people/${(await somebody('active')).id}/deactivation`;
    await nadia({ method: 'PUT', path });
    return path;
  },
  'DELETE /admin/people/{id}/second-factor': async ({ somebody }) =>
    `/admin/people/${(await somebody('active')).id}/second-factor`,
  'POST /people/{id}/erasure': async ({ somebody }) => {
    const { id, handle } = await somebody('active');
    return { path: `/people/${id}/erasure`, body: { confirm: handle } };
  },
  'GET /invitations': async ({ nadia }) => {
    await nadia({ method: 'POST', path: '/invitations', body: { email: 'zoe@essaim.example' } });
    return '/invitations';
  },
  'POST /invitations': () => ({ path: '/invitations', body: { email: 'lea@essaim.example', days: 3 } }),
  'DELETE /invitations/{id}': async ({ nadia }) => {
    const made = await nadia({ method: 'POST', path: '/invitations', body: { email: 'noe@essaim.example' } });
    return `/invitations/${idOf(made)}`;
  },

  'GET /outside-authors': async ({ somebody }) => {
    await somebody('outside');
    return '/outside-authors?limit=3';
  },
  'POST /outside-authors/{handle}/claims': async ({ somebody }) => ({
    path: `/outside-authors/${(await somebody('outside')).handle}/claims`,
    body: { words: 'C’est moi.' },
  }),
  'POST /outside-authors/{handle}/link': async ({ somebody }) => ({
    path: `/outside-authors/${(await somebody('outside')).handle}/link`,
    body: { person: HELENE },
  }),
  'GET /me/claims': async (world) => {
    await claimOf(world);
    return { path: '/me/claims', as: world.helene };
  },
  'GET /claims': async (world) => {
    await claimOf(world);
    return '/claims';
  },
  'PUT /claims/{id}/acceptance': async (world) => `/claims/${await claimOf(world)}/acceptance`,
  'DELETE /claims/{id}': async (world) => `/claims/${await claimOf(world)}`,

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
  'POST /communities/{slug}/links': async ({ community }) => ({
    path: `${await community()}/links`,
    body: { email: 'zoe@essaim.example', role: 'guest' },
  }),
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
  'GET /communities/{slug}/mail': async ({ community }) => `${await community()}/mail`,
  'PUT /communities/{slug}/mail': async ({ community }) => ({
    path: `${await community()}/mail`,
    body: { open: true },
  }),
  'POST /communities/{slug}/mail/own-address': async ({ community }) => ({
    path: `${await community()}/mail/own-address`,
    body: {},
  }),
  'DELETE /communities/{slug}/mail/own-address': async ({ community }) =>
    `${await community()}/mail/own-address`,
  'GET /me/communities': () => '/me/communities',
  'GET /people': () => '/people?prefix=h',
  'GET /people/{handle}': () => `/people/${HELENE}`,
  'GET /people/{handle}/lines': () => `/people/${HELENE}/lines`,
  'GET /communities/{slug}/life': () => '/communities/le-comptoir/life',

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
  'GET /posts/{id}/reworks': async ({ post, nadia }) => {
    const id = await post();
    await nadia({ method: 'PUT', path: `/posts/${id}/reworks/${REWORK}`, body: rework });
    return `/posts/${id}/reworks`;
  },
  'GET /posts/{id}/reworks/{reworkId}': async ({ post, nadia }) => {
    const path = `/posts/${await post()}/reworks/${REWORK}`;
    await nadia({ method: 'PUT', path, body: rework });
    return path;
  },
  'PUT /posts/{id}/reworks/{reworkId}': async ({ post }) => ({
    path: `/posts/${await post()}/reworks/${REWORK}`,
    body: rework,
  }),
  'DELETE /posts/{id}/reworks/{reworkId}': async ({ post }) => `/posts/${await post()}/reworks/${REWORK}`,
  'GET /drafts': async ({ post }) => {
    await post({ status: 'draft' });
    return '/drafts';
  },
  'GET /deleted-posts': async ({ post, nadia }) => {
    await nadia({ method: 'DELETE', path: `/posts/${await post()}` });
    return '/deleted-posts';
  },

  'GET /hidden-posts': () => '/hidden-posts',
  'GET /hidden-comments': () => '/hidden-comments',

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
  'GET /comments/{id}/replies': async ({ post, nadia }) => {
    const path = `/posts/${await post()}/comments`;
    const { id } = (await nadia({ method: 'POST', path, body: { body: 'Un.' } })).body as { id: string };
    await nadia({ method: 'POST', path, body: { body: 'Deux.', parentId: id } });
    return `/comments/${id}/replies`;
  },
  'GET /deleted-comments': async ({ comment, nadia }) => {
    await nadia({ method: 'DELETE', path: `/comments/${await comment()}` });
    return '/deleted-comments';
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

  'GET /blogs': async ({ nadia }) => {
    await nadia({ method: 'POST', path: '/blogs', body: { url: 'https://un.example/blog' } });
    return '/blogs';
  },
  'POST /blogs': () => ({ path: '/blogs', body: { url: 'https://deux.example/blog' } }),
  'DELETE /blogs/{id}': async ({ nadia }) => {
    const body = { url: 'https://trois.example/blog' };
    return `/blogs/${idOf(await nadia({ method: 'POST', path: '/blogs', body }))}`;
  },
  'GET /followed-blogs': async ({ nadia }) => {
    const body = { url: 'https://quatre.example/feed', community: 'le-comptoir' };
    await nadia({ method: 'POST', path: '/followed-blogs', body });
    return '/followed-blogs';
  },
  'POST /followed-blogs': () => ({ path: '/followed-blogs', body: { url: 'https://cinq.example/feed' } }),
  'DELETE /followed-blogs/{id}': async ({ nadia }) => {
    const body = { url: 'https://six.example/feed' };
    return `/followed-blogs/${idOf(await nadia({ method: 'POST', path: '/followed-blogs', body }))}`;
  },
  'GET /imports': async ({ nadia }) => {
    await nadia({ method: 'POST', path: '/imports', body: { kind: 'opml', content: OPML } });
    return '/imports';
  },
  'POST /imports': () => ({ path: '/imports', body: { content: OPML, dryRun: true } }),
  'GET /imports/{id}': async ({ nadia }) => {
    const body = { kind: 'opml', content: OPML };
    return `/imports/${idOf(await nadia({ method: 'POST', path: '/imports', body }))}`;
  },

  'GET /search': async ({ post }) => {
    await post({ title: 'Les locomotives', body: 'Une locomotive tire.', community: 'le-comptoir' });
    return '/search?q=locomotive&limit=2';
  },

  'GET /events': async ({ post }) => `/events?entry=${await post()}&feed=all`,
  'POST /posts/{id}/writing': async ({ post, helene }) => ({
    path: `/posts/${await post()}/writing`,
    as: helene,
  }),

  'GET /notifications': async ({ comment, post, helene, db }) => {
    await comment();
    await helene({
      method: 'POST',
      path: `/posts/${await post()}/comments`,
      body: { body: '@nadia.rahmani ?' },
    });
    await drawAll(db);
    return '/notifications';
  },
  'PUT /notifications/{id}/read': async ({ post, nadia, helene, db }) => {
    await helene({ method: 'POST', path: `/posts/${await post()}/comments`, body: { body: 'Oui.' } });
    await drawAll(db);
    const { items } = (await nadia('/notifications')).body as { items: { id: string }[] };
    return `/notifications/${items[0]?.id}/read`;
  },
  'GET /push/notices/{id}': async ({ post, nadia, helene, db }) => {
    await helene({ method: 'POST', path: `/posts/${await post()}/comments`, body: { body: 'Oui.' } });
    await drawAll(db);
    const { items } = (await nadia('/notifications')).body as { items: { id: string }[] };
    return `/push/notices/${items[0]?.id}`;
  },
  'PUT /notifications/read': () => '/notifications/read',
  'GET /me/notice-settings': async ({ nadia }) => {
    const path = '/communities/le-comptoir/notice-level';
    await nadia({ method: 'PUT', path, body: { level: 'everything' } });
    await nadia({ method: 'DELETE', path: '/me/notice-kinds/reaction' });
    return '/me/notice-settings';
  },
  'PATCH /me/notice-settings': () => ({
    path: '/me/notice-settings',
    body: { mail: false, digest: 'week', hour: 17, weekday: 5 },
  }),
  'PUT /communities/{slug}/notice-level': () => ({
    path: '/communities/le-comptoir/notice-level',
    body: { level: 'nothing' },
  }),
  'PUT /posts/{id}/following': async ({ post }) => `/posts/${await post()}/following`,
  'DELETE /posts/{id}/following': async ({ post }) => `/posts/${await post()}/following`,
  'PUT /me/notice-kinds/{kind}': () => '/me/notice-kinds/reaction',
  'DELETE /me/notice-kinds/{kind}': () => '/me/notice-kinds/reaction',

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
  'PUT /desk/watches/{id}/hiding': async (world) => ({
    path: `/desk/watches/${(await sharedWatches(world))[0]}/hiding`,
    body: { reason: 'Un prix y était.' },
  }),
  'DELETE /desk/watches/{id}/hiding': async (world) => {
    const path = `/desk/watches/${(await sharedWatches(world))[0]}/hiding`;
    await world.nadia({ method: 'PUT', path, body: { reason: 'Un prix y était.' } });
    return path;
  },
  'PUT /dossiers/{id}/hiding': async (world) => ({
    path: `/dossiers/${await dossier(world)}/hiding`,
    body: { reason: 'Un prix y était.' },
  }),
  'DELETE /dossiers/{id}/hiding': async (world) => {
    const path = `/dossiers/${await dossier(world)}/hiding`;
    await world.nadia({ method: 'PUT', path, body: { reason: 'Un prix y était.' } });
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
