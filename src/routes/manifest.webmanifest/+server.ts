import { readNetwork } from '#server/people/setup.ts';
import type { RequestHandler } from './$types';

/** What an installed network is called and looks like. */
export const GET: RequestHandler = async ({ locals }) => {
  const name = (await readNetwork(locals.db))?.name ?? 'Essaim';
  const icon = (src: string, sizes: string, purpose = 'any') => ({ src, sizes, type: 'image/png', purpose });
  const manifest = {
    id: '/',
    name,
    short_name: name.slice(0, 12),
    lang: locals.language,
    start_url: '/',
    scope: '/',
    display: 'standalone',
    share_target: {
      action: '/desk/clip',
      method: 'GET',
      params: { title: 'title', text: 'text', url: 'url' },
    },
    background_color: '#fbf8f2',
    theme_color: '#fbf8f2',
    icons: [
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
      icon('/icon-192.png', '192x192'),
      icon('/icon-512.png', '512x512'),
      icon('/icon-maskable-512.png', '512x512', 'maskable'),
    ],
  };
  return new Response(JSON.stringify(manifest), {
    headers: { 'content-type': 'application/manifest+json', 'cache-control': 'public, max-age=3600' },
  });
};
