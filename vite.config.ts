import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [
    sveltekit({
      adapter: adapter(),
      // Forms from elsewhere are refused in src/hooks.server.ts, which leaves the API to its own guard.
      csrf: { trustedOrigins: ['*'] },
      // Most pages run nothing of SvelteKit's: the small script of every page starts the worker (src/ui/page/script.ts).
      serviceWorker: { register: false },
      csp: {
        mode: 'hash',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          'style-src': ['self', 'unsafe-inline'],
          'img-src': ['self', 'data:', 'https:', 'http:'],
          'media-src': ['self', 'https:', 'http:'],
          'object-src': ['none'],
          'base-uri': ['self'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
  build: {
    target: 'es2023',
    // The first browsers that know light-dark(), which the themes stand on (src/ui/tokens.css).
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    sourcemap: false,
  },
  environments: {
    client: {
      build: {
        rolldownOptions: {
          // One small stylesheet for all pages, asked for once, rather than a dozen for each.
          output: { codeSplitting: { groups: [{ name: 'style', test: /\.css$/ }] } },
        },
      },
    },
  },
});
