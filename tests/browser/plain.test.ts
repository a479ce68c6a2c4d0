/** The fifth law: without a script of ours in the browser, everything that matters still works. */
import { expect, test } from 'vitest';
import { worldPassword } from '../world.ts';
import { stageFor, until, wordsOf } from './windows.ts';

const { open } = await stageFor();
const fr = wordsOf('fr');

test('signs in, reads, joins, publishes, comments, reacts and searches', async () => {
  const page = await open({ script: false });
  await page.goto('/communities/le-metier');
  await page.getByLabel(fr('account.email')).fill('thomas.gauthier@essaim.example');
  await page.getByLabel(fr('account.password')).fill(worldPassword);
  await page.getByRole('button', { name: fr('account.signIn.submit') }).click();
  await page.waitForURL('**/communities/le-metier');
  await page.getByRole('button', { name: fr('communities.join') }).click();

  await page.goto('/posts/new?community=le-metier');
  await page.getByRole('button', { name: fr('editor.publish') }).click();
  await page.getByText(fr('refusal.text_empty')).first().waitFor();
  await page.getByLabel(fr('editor.title'), { exact: true }).fill('Lire une annexe à voix haute');
  await page.getByLabel(fr('editor.body'), { exact: true }).fill('On y entend les hippocampes.');
  await page.getByRole('button', { name: fr('editor.publish') }).click();
  await page.getByRole('heading', { name: 'Lire une annexe à voix haute' }).waitFor();

  await page.getByLabel(fr('comments.sayFirst')).fill('Je me réponds.');
  await page.getByRole('button', { name: fr('comments.publish') }).click();
  await page.locator('.comment').getByText('Je me réponds.').waitFor();

  await page.goto('/?scope=all');
  await page.getByRole('link', { name: 'trois Galion' }).first().click();
  const useful = page.getByRole('button', { name: fr('reactions.useful') }).first();
  await useful.click();
  await until(() => useful.getAttribute('aria-pressed')).toBe('true');

  await page.goto('/search?q=hippocampes');
  expect(await page.getByRole('link', { name: 'Lire une annexe à voix haute' }).isVisible()).toBe(true);
});
