import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { addComment } from '#server/conversation/comment.ts';
import { inTransaction } from '#server/platform/db.ts';
import { actorOf } from '../world.ts';
import { editing, stageFor } from './windows.ts';

const { open, db } = await stageFor();
const post = await db
  .selectFrom('entries')
  .select('id')
  .where('everyone', '=', true)
  .where('status', '=', 'published')
  .orderBy('published_at', 'desc')
  .executeTakeFirstOrThrow();

// A comment with so many answers that the early ones are folded away.
await inTransaction(db, async (tx) => {
  const author = await actorOf(db, 'elise.perrin');
  const comment = (body: string, parentId?: string) =>
    addComment(tx, author, { entryId: post.id, body, ...(parentId && { parentId }) });
  const { id } = await comment('Une longue conversation.');
  for (let at = 0; at < 8; at += 1) await comment(`Réponse ${at}.`, id);
});

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

test.each([
  ['in the middle of a word', 'Tout au c', 'lavier.', ['Tout au clavier.']],
  ['between two words', 'Tout au ', 'clavier.', ['Tout au clavier.']],
  ['between two lines', 'Bonjour,\n', 'à demain.', ['Bonjour,', 'à demain.']],
])('whoever writes goes on where he was when the editor comes %s', async (_, before, behind, lines) => {
  const page = await open({ as: 'claire.martin' });
  const arrive = await holdScripts(page);
  await page.goto('/posts/new', { waitUntil: 'commit' });
  await page.locator('textarea[name=body]').focus();
  await page.keyboard.type(before);
  arrive();
  await editing(page);
  await page.keyboard.type(behind);
  expect(await page.locator('.surface [role=textbox] > p').allTextContents()).toEqual(lines);
});

test('an answer that was opened on a slow line is written where it opens', async () => {
  const page = await open({ as: 'claire.martin' });
  const arrive = await holdScripts(page);
  await page.goto(`/posts/${post.id}`, { waitUntil: 'commit' });
  await page.locator('.comment a.reply').first().click();
  await page.locator('.answer textarea[name=body]').waitFor();
  arrive();
  await page.locator('.answer .surface [role=textbox]:focus').waitFor();
});

test.each([
  ['where a post comes from', '/posts/new', 'details:has([name=sourceUrl])'],
  ['when it comes out', '/posts/new', 'details:has([name=publishAt])'],
  ['the answers of a long conversation', `/posts/${post.id}`, `details[data-keep]`],
])('%s, opened on a slow line, stays open when the script arrives', async (_, path, fold) => {
  const page = await open({ as: 'claire.martin' });
  const arrive = await holdScripts(page);
  await page.goto(path, { waitUntil: 'commit' });
  const [closed, opened] = [page.locator('details:has(summary):not([open])'), page.locator(fold).first()];
  expect(await opened.getAttribute('open')).toBe(null);
  await opened.locator('summary').first().click();
  // All of it is there, though none of its scripts.
  await page.waitForFunction(() => document.readyState !== 'loading');
  const others = await closed.count();
  arrive();
  await page.waitForLoadState('networkidle');
  expect(await opened.getAttribute('open')).toBe('');
  expect(await closed.count()).toBe(others);
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
