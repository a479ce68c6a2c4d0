import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { stageFor, until, wordsOf } from './windows.ts';

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
  await until(background).not.toBe(light);
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
  await row.locator('summary', { hasText: fr('settings.keys.revoke') }).click();
  await row.getByText(fr('settings.keys.revokeMeans')).waitFor();
  await row.getByRole('button', { name: fr('settings.keys.revoke') }).click();
  await row.waitFor({ state: 'detached' });
  expect(await asMachine()).toBe(401);
});

const portrait = (background: string) =>
  sharp({ create: { width: 900, height: 1_200, channels: 3, background } })
    .jpeg()
    .toBuffer();
const onShow = (page: Page, name: string) =>
  page
    .getByRole('listitem')
    .filter({ hasText: name })
    .locator('.avatar img')
    .evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth);

test.each([true, false])(
  'a face is shown to colleagues, changed and taken away (script: %s)',
  async (script) => {
    const [handle, name] = script
      ? ['bastien.vasseur', 'Bastien Vasseur']
      : ['ines.carvalho', 'Inès Carvalho'];
    const [own, other] = [await open({ as: handle, script }), await open({ as: 'lucie.ferrand' })];
    await own.goto('/settings');
    const choose = (content: Buffer, called = 'moi.jpg') =>
      own
        .locator('input[name=file]')
        .setInputFiles({ name: called, mimeType: 'image/jpeg', buffer: content });
    const send = () => own.getByRole('button', { name: fr('settings.picture.show') }).click();
    await choose(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"></svg>'));
    await send();
    await own.getByText(fr('refusal.picture_kind')).waitFor();
    await choose(await portrait('#4c6b4f'));
    await send();
    await own.getByText(fr('settings.saved')).waitFor();

    await other.goto('/people');
    await until(() => onShow(other, name)).toBe(96);
    await own.getByRole('button', { name: fr('settings.picture.remove') }).click();
    await own.getByText(fr('settings.picture.choose')).waitFor();
    await other.goto('/people');
    expect(await other.getByRole('listitem').filter({ hasText: name }).locator('.avatar img').count()).toBe(
      0,
    );
  },
);
