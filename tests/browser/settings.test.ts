import { expect, test } from 'vitest';
import { stageFor, wordsOf } from './windows.ts';

const { open, origin } = await stageFor();
const [fr, en] = [wordsOf('fr'), wordsOf('en')];

test('the interface changes its language and its theme, and keeps them', async () => {
  const page = await open({ as: 'mathieu.kessler' });
  await page.goto('/settings');
  await page.locator('select[name=language]').selectOption('en');
  await page.getByRole('button', { name: fr('app.save') }).click();
  await page
    .getByRole('link', { name: en('app.communities') })
    .first()
    .waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');

  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  await page.locator('button[name=theme][value=dark]').evaluate((button: HTMLElement) => button.click());
  await expect.poll(background).not.toBe(light);
  await page.goto('/');
  expect(await background()).not.toBe(light);
});

test('a token made here works for a machine until it is revoked', async () => {
  const page = await open({ as: 'lucie.ferrand' });
  await page.goto('/settings/keys');
  await page.getByLabel(fr('settings.keys.name')).fill('Tableau de bord');
  await page.getByRole('button', { name: fr('settings.keys.create') }).click();
  const token = await page.getByLabel(fr('settings.keys.newToken')).inputValue();
  const asMachine = async () => {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${origin}/api/v1/me`, { headers })).status;
  };
  expect(await asMachine()).toBe(200);

  await page.goto('/settings/keys');
  const row = page.getByRole('listitem').filter({ hasText: 'Tableau de bord' });
  await row.getByRole('button', { name: fr('settings.keys.revoke') }).click();
  await row.waitFor({ state: 'detached' });
  expect(await asMachine()).toBe(401);
});
