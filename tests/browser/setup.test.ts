import { expect, test, vi } from 'vitest';
import { patience, stageFor, wordsOf } from './windows.ts';

const { open, server } = await stageFor('empty');
const fr = wordsOf('fr');
// It is printed once the server has told that it is ready.
const setupPath = await vi.waitUntil(() => /\/setup\?key=\S+/.exec(server.output())?.[0], patience);
const owner = { name: 'Hélène Dargent', email: 'helene@aubrelle.example', password: 'une pompe qui tient' };

test('an empty network is opened once, by the link that the server printed', async () => {
  const page = await open();
  await page.goto('/');
  expect(await page.getByText(fr('account.setup.needLink')).isVisible()).toBe(true);

  await page.goto(setupPath);
  await page.getByLabel(fr('account.setup.network')).fill('Aubrelle');
  await page.getByLabel(fr('account.name')).fill(owner.name);
  await page.getByLabel(fr('account.email')).fill(owner.email);
  await page.getByLabel(fr('account.password'), { exact: true }).fill('court');
  await page.getByRole('button', { name: fr('account.setup.submit') }).click();
  await page.getByText(fr('refusal.password_too_short')).first().waitFor();
  expect(await page.getByLabel(fr('account.setup.network')).inputValue()).toBe('Aubrelle');

  await page.getByLabel(fr('account.password'), { exact: true }).fill(owner.password);
  await page.getByRole('button', { name: fr('account.setup.submit') }).click();
  await page.getByText(fr('feed.followNothing')).waitFor();

  await page.goto(setupPath);
  expect(await page.getByRole('button', { name: fr('account.setup.submit') }).count()).toBe(0);
});

test('the owner signs in on a phone, after a mistake that costs only the password', async () => {
  const page = await open({ phone: true });
  await page.goto('/search?q=pompe');
  await page.getByLabel(fr('account.email')).fill(owner.email);
  await page.getByLabel(fr('account.password')).fill('autre chose');
  await page.getByRole('button', { name: fr('account.signIn.submit') }).click();
  await page.getByText(fr('refusal.wrong_sign_in')).waitFor();
  expect(await page.getByLabel(fr('account.email')).inputValue()).toBe(owner.email);

  await page.getByLabel(fr('account.password')).fill(owner.password);
  await page.getByRole('button', { name: fr('account.signIn.submit') }).click();
  await page.waitForURL('**/search?q=pompe');

  await page.goto('/sign-out');
  await page.getByRole('button', { name: fr('app.signOut') }).click();
  await page.waitForURL('**/sign-in*');
});
