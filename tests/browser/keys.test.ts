/** Letters that act where nobody types, and a conversation that is found again where it was left. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { listening, stageFor, until, wordsOf } from './windows.ts';

const { open, db } = await stageFor();
const fr = wordsOf('fr');

const { id: entry } = await db
  .selectFrom('entries')
  .select('id')
  .where('everyone', '=', true)
  .where('listed', '=', true)
  .where('title', '<>', '')
  .orderBy('published_at', 'desc')
  .executeTakeFirstOrThrow();

/** A thread of so many replies, by somebody else. */
async function thread(replies: number): Promise<string[]> {
  const { id: root, author_id: author } = await db
    .insertInto('comments')
    .columns(['entry_id', 'author_id', 'body', 'html'])
    .expression(
      sql`select ${entry}, id, 'Racine', '<p>Racine</p>' from people where handle = 'claire.martin'`,
    )
    .returning(['id', 'author_id'])
    .executeTakeFirstOrThrow();
  const { rows } = await sql<{
    id: string;
  }>`insert into comments (entry_id, parent_id, root_id, author_id, body, html, created_at)
    select ${entry}, ${root}, ${root}, ${author}, 'Mot ' || n, '<p>Mot ' || n || '</p>', now() + n * interval '1 ms'
    from generate_series(1, ${replies}) n returning id`.execute(db);
  return rows.map(({ id }) => id);
}

test('one walks, opens, answers and looks up by letters, and never while typing', async () => {
  const page = await open({ as: 'thomas.gauthier' });
  await listening(page, '/?scope=all');
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
  const titles = await page.locator('main article h2 a').allTextContents();
  await page.keyboard.press('j');
  expect(await focused()).toBe(titles[0]?.trim());
  await page.keyboard.press('j');
  expect(await focused()).toBe(titles[1]?.trim());
  await page.keyboard.press('k');
  expect(await focused()).toBe(titles[0]?.trim());

  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: fr('keys.title') }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('o');
  await page.waitForURL('**/posts/*');
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await page.waitForURL('**/people');
  await page.keyboard.press('/');
  await page.keyboard.type('jnogp?');
  expect(await page.getByLabel(fr('people.search')).inputValue()).toBe('jnogp?');
  expect(new URL(page.url()).pathname).toBe('/people');
});

test('whoever opens an answer writes it there; Escape folds it away and keeps what was begun', async () => {
  await thread(1);
  const page = await open({ as: 'thomas.gauthier' });
  await listening(page, `/posts/${entry}`);
  const comment = page.locator('.comment', { hasText: 'Racine' }).first();
  const fold = comment.getByRole('link', { name: fr('comments.reply'), exact: true });
  const text = comment.getByRole('textbox', { name: fr('comments.replyTo', { name: 'Claire Martin' }) });
  await fold.click();
  await comment.locator('.surface [role=textbox]:focus').waitFor();
  await page.keyboard.type('Je commence');
  await page.keyboard.press('Escape');
  await text.waitFor({ state: 'hidden' });
  expect(await fold.evaluate((link) => link === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await text.waitFor();
  expect(await text.textContent()).toBe('Je commence');
});

test('whoever does not want the letters switches them off', async () => {
  const page = await open({ as: 'claire.martin' });
  await page.goto('/settings/device');
  await page.getByRole('button', { name: fr('keys.turnOff') }).click();
  await page.getByText(fr('keys.off')).waitFor();
  await listening(page, '/');
  await page.keyboard.press('?');
  expect(await page.locator('dialog[open]').count()).toBe(0);
});

test('the address of a folded reply shows it, without script as with it', async () => {
  const replies = await thread(12);
  for (const script of [false, true]) {
    const page = await open({ as: 'thomas.gauthier', script });
    await page.goto(`/posts/${entry}?comment=${replies[2]}#comment-${replies[2]}`);
    expect(await page.locator(`#comment-${replies[2]}`).isVisible()).toBe(true);
  }
});

test('a fold that was opened is open again on coming back', async () => {
  const replies = await thread(9);
  const page = await open({ as: 'bernard.lecoq' });
  await listening(page, `/posts/${entry}`);
  const fold = page.locator('details[data-keep]', { has: page.locator(`#comment-${replies[0]}`) });
  await fold.locator('summary').first().click();
  await page.goto('/people');
  await page.goto(`/posts/${entry}`);
  await page.locator(`#comment-${replies[0]}`).waitFor();
});

test('a text is read alone on its page, and printed without what stands around', async () => {
  const page = await open({ as: 'thomas.gauthier' });
  await listening(page, `/posts/${entry}`);
  await page.keyboard.press('l');
  await page.waitForURL('**?reading');
  expect(await page.getByRole('navigation', { name: fr('app.navigation') }).count()).toBe(0);
  await page.keyboard.press('l');
  await page.getByRole('navigation', { name: fr('app.navigation') }).waitFor();
  await page.emulateMedia({ media: 'print' });
  await page.getByRole('navigation', { name: fr('app.navigation') }).waitFor({ state: 'hidden' });
});

test('whoever answers a comment far down a long conversation writes under it, without script too', async () => {
  for (let before = 0; before < 60; before += 1) await thread(0);
  const [reply] = await thread(1);
  for (const script of [false, true])
    for (const way of ['reply', 'quote']) {
      const page = await open({ as: 'thomas.gauthier', script });
      await page.goto(`/posts/${entry}?${way}=${reply}#comment-${reply}`);
      const field = page.locator(`#comment-${reply} .answer [name=body]`);
      await until(() => field.inputValue()).toBe(way === 'quote' ? '> Mot 1\n\n' : '');
      if (script) continue;
      await field.fill(`Répondu par ${way}`);
      await page.locator(`#comment-${reply} .answer button`, { hasText: fr('comments.send') }).click();
      await page.locator('.comment').getByText(`Répondu par ${way}`).waitFor();
    }
});
