/** When the database goes away in the middle, whoever reads is told calmly, in his language, what to do. */
import { afterAll, expect, inject, test } from 'vitest';
import { startBuilt } from '../built-server.ts';
import { testDatabase } from '../database.ts';
import { dropDatabase } from '../postgres.ts';
import { worldPassword } from '../world.ts';

const { url } = await testDatabase();
const server = await startBuilt(url);
afterAll(() => server.stop());

const asking = (path: string, init: RequestInit = {}) =>
  fetch(`${server.origin}${path}`, { redirect: 'manual', ...init });

test('a page is answered in words and in the look, a program in its own shape', async () => {
  const signedIn = await asking('/sign-in', {
    method: 'POST',
    headers: { origin: server.origin },
    body: new URLSearchParams({ email: 'claire.martin@essaim.example', password: worldPassword }),
  });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  expect((await asking('/', { headers: { cookie } })).status).toBe(200);
  await dropDatabase(inject('postgres'), new URL(url).pathname.slice(1));

  const page = (language: string, more: RequestInit = {}) => ({
    ...more,
    headers: { cookie, origin: server.origin, accept: 'text/html', 'accept-language': language },
  });
  const read = async (path: string, init: RequestInit) => {
    const answer = await asking(path, init);
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    const html = await answer.text();
    expect(html).not.toMatch(/%[a-z.]+%/);
    return html;
  };
  // Where who asks cannot be found out, and where the network's name cannot.
  for (const path of ['/', '/sign-in']) {
    const french = await read(path, page('fr'));
    expect(french).toContain('<html lang="fr">');
    expect(french).toContain('Réessayer');
    const english = await read(path, page('en'));
    expect(english).toContain('<html lang="en">');
    expect(english).toContain('Try again');
  }
  const sent = page('fr', { method: 'POST', body: new URLSearchParams({ body: 'Un mot.' }) });
  expect(await read('/posts/new?/save', sent)).toContain('Revenez à la page d’avant');

  const api = await asking('/api/v1/feed', { headers: { cookie } });
  expect(await api.json()).toMatchObject({ error: { message: expect.any(String) as string } });
  expect(api.status).toBeGreaterThanOrEqual(500);
});
