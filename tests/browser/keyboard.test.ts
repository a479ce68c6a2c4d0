import { expect, test } from 'vitest';
import { worldPassword } from '../world.ts';
import { stageFor, wordsOf } from './windows.ts';

const { open } = await stageFor();
const fr = wordsOf('fr');

test('one comes in and publishes with the keyboard alone', async () => {
  const page = await open();
  const tabTo = async (name: string) => {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => {
        const at = document.activeElement as HTMLInputElement | null;
        const label = at?.labels?.[0] ?? document.getElementById(at?.getAttribute('aria-labelledby') ?? '');
        return (label ?? at)?.textContent?.trim() ?? '';
      });
      if (focused === name) return;
    }
    throw new Error(`No way to ${name} by Tab`);
  };

  await page.goto('/posts/new');
  await tabTo(fr('account.email'));
  await page.keyboard.type('claire.martin@essaim.example');
  await tabTo(fr('account.password'));
  await page.keyboard.type(worldPassword);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/posts/new');

  await tabTo(fr('editor.title'));
  await page.keyboard.type('Sans souris');
  await tabTo(fr('editor.body'));
  await page.keyboard.type('Tout au clavier.');
  await tabTo(fr('editor.publish'));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Sans souris' }).waitFor();
  await page.locator('.prose', { hasText: 'Tout au clavier.' }).waitFor();
});

test('the first stop of every page leads to its text', async () => {
  const page = await open({ as: 'claire.martin' });
  await page.goto('/');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(fr('app.skip'));
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
});
