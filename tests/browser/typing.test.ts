import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { stageFor } from './windows.ts';

const { open, db } = await stageFor();
const post = await db
  .selectFrom('entries')
  .select('id')
  .where('everyone', '=', true)
  .where('status', '=', 'published')
  .orderBy('published_at', 'desc')
  .executeTakeFirstOrThrow();

const typed = 'Écrit avant que le script n’arrive.';

test.each([
  ['a post', '/posts/new', ['title', 'body', 'tags']],
  ['a comment', `/posts/${post.id}`, ['body']],
  ['a search', '/search', ['q']],
  ['a profile', '/settings', ['headline', 'bio']],
])('what is typed into %s on a slow line stays when the script arrives', async (_, path, fields) => {
  const page = await open({ as: 'claire.martin' });
  const arrive = await holdScripts(page);
  await page.goto(path, { waitUntil: 'commit' });
  for (const name of fields) {
    const field = page.locator(`[name=${name}]:visible`).first();
    await field.fill(typed);
    await field.evaluate((element) => element.setAttribute('data-typed', ''));
  }
  arrive();
  await page.waitForLoadState('networkidle');
  for (const name of fields)
    expect(await page.locator(`[name=${name}][data-typed]`).inputValue(), name).toBe(typed);
});

/** Keeps every script away until told. */
async function holdScripts(page: Page): Promise<() => void> {
  let arrive = () => undefined as void;
  const told = new Promise<void>((resolve) => (arrive = resolve));
  await page.route('**/_app/**/*.js', async (route) => {
    await told;
    await route.continue();
  });
  return arrive;
}
