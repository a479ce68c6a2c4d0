/** Scripts in every field that a page shows: none of them runs. */
import { chromium } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { findChromium } from '../stages/chromium.ts';
import { clientAs, settled } from './client.ts';
import { scriptTexts } from './naughty.ts';

const { api, form, db, origin } = await clientAs('helene.dargent');
const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
afterAll(() => browser.close());

test('no page runs what somebody wrote', async () => {
  const paths = [
    '/?scope=all',
    '/tags',
    '/communities',
    '/people',
    '/people/helene.dargent',
    '/search?q=pwned',
    '/settings',
  ];
  for (const [at, text] of scriptTexts.entries()) {
    const post = await api('POST', '/posts', {
      title: text.slice(0, 150),
      body: `${text}\n\n    ${text}\n\n> ${text}`,
      tags: [text.slice(0, 50)],
      cover: `https://example.com/${encodeURIComponent(text)}`,
      sourceUrl: `https://example.com/?${encodeURIComponent(text)}`,
      sourceTitle: text.slice(0, 150),
      sourceAuthor: text.slice(0, 90),
      status: 'published',
    });
    const { id } = JSON.parse(post.text) as { id?: string };
    if (id) {
      await api('POST', `/posts/${id}/comments`, { body: text });
      paths.push(`/posts/${id}`);
      if (at % 8 === 0) paths.push(`/posts/${id}/edit`, `/posts/${id}/history`);
    }
    const community = await api('POST', '/communities', {
      name: text.slice(0, 90),
      access: 'open',
      description: text,
      themes: [text.slice(0, 50)],
    });
    const { slug } = JSON.parse(community.text) as { slug?: string };
    if (slug && at % 8 === 0) paths.push(`/communities/${slug}`, `/communities/${slug}/settings`);
    paths.push(`/search?q=${encodeURIComponent(text)}`);
  }
  const name = '<img src=x onerror=pwned()>';
  await form(
    '/settings',
    new URLSearchParams({
      name,
      headline: name,
      bio: scriptTexts.join('\n\n'),
      website: 'https://example.com/"onclick="pwned()',
      asksAbout: name,
      helpsWith: name,
      ...settled,
    }),
  );

  const context = await browser.newContext({ baseURL: origin });
  const person = await db
    .selectFrom('people')
    .select('name')
    .where('handle', '=', 'helene.dargent')
    .executeTakeFirstOrThrow();
  expect(person.name).toBe(name);
  const { cookie } = await import('../credentials.ts').then(({ credentialsOf }) =>
    credentialsOf(db, 'helene.dargent'),
  );
  const [key = '', value = ''] = cookie.split(/=(.*)/s);
  await context.addCookies([{ name: key, value, url: origin }]);
  const ran: string[] = [];
  const page = await context.newPage();
  await page.exposeFunction('pwned', () => ran.push(page.url()));
  page.on('dialog', (dialog) => {
    ran.push(page.url());
    void dialog.dismiss();
  });
  const wrong: string[] = [];
  for (const path of paths) {
    await page.goto(path);
    const hrefs = await page
      .locator('[href], [src], [action], [formaction]')
      .evaluateAll((elements) =>
        elements
          .flatMap((element) =>
            ['href', 'src', 'action', 'formaction'].map((name) => element.getAttribute(name) ?? ''),
          )
          .filter((address) => /^\s*(javascript|vbscript|data:text)/i.test(address)),
      );
    const handlers = await page.evaluate(() =>
      [...document.querySelectorAll('*')].flatMap((element) =>
        element.getAttributeNames().filter((name) => name.startsWith('on')),
      ),
    );
    if (hrefs.length > 0 || handlers.length > 0) wrong.push(`${path}: ${[...hrefs, ...handlers].join(' ')}`);
  }
  expect(ran).toEqual([]);
  expect(wrong).toEqual([]);
}, 300_000);
