import { test } from 'vitest';
import { stageFor, wordsOf } from './windows.ts';
const { open } = await stageFor();
const fr = wordsOf('fr');
test('keys', async () => {
  const page = await open({ as: 'claire.martin' });
  page.on('request', (r) => r.method() !== 'GET' && console.log('REQ', r.method(), r.url()));
  page.on('response', async (r) => r.request().method() !== 'GET' && console.log('RES', r.status(), r.url(), (await r.text().catch(() => '')).slice(0, 300)));
  await page.goto('/posts/new');
  const tabTo = async (name: string) => {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => {
        const at = document.activeElement as HTMLInputElement | null;
        return [at?.outerHTML.slice(0, 150), at?.labels?.[0]?.textContent?.trim() ?? at?.textContent?.trim() ?? ''] as const;
      });
      console.log(focused[0], '|', focused[1].slice(0, 60));
      if (focused[1].startsWith(name)) return;
    }
    throw new Error(`No way to ${name} by Tab`);
  };
  await tabTo(fr('editor.title'));
  await page.keyboard.type('Sans souris');
  await tabTo(fr('editor.body'));
  await page.keyboard.type('Tout au clavier.');
  await tabTo(fr('editor.publish'));
  await page.keyboard.press('Enter');
  await page.waitForTimeout(4000);
  console.log(page.url());
  await page.screenshot({ path: '/tmp/journey-keys.png', fullPage: true });
});
test('phone', async () => {
  const page = await open({ as: 'helene.dargent', phone: true });
  page.on('request', (r) => r.method() !== 'GET' && console.log('REQ', r.method(), r.url()));
  await page.goto('/posts/new');
  await page.getByLabel('Titre', { exact: true }).fill('De retour du salon');
  await page.locator('.prose[role=textbox]').waitFor();
  await page.getByLabel('Texte').tap();
  await page.getByLabel('Texte').fill('Le stand, et le devis qui en sort :');
  await page.evaluate(() => { for (const n of ['pointerdown','pointerup','mousedown','focusout','click','submit','pointercancel']) addEventListener(n, (e) => console.log('EV', n, (e.target as Element).outerHTML?.slice(0, 80), scrollY, document.documentElement.scrollHeight), true); });
  page.on('console', (m) => console.log(m.text()));
  await page.getByRole('button', { name: 'Publier' }).tap();
  await page.waitForTimeout(4000);
  console.log(page.url());
  await page.screenshot({ path: '/tmp/journey-phone.png' });
});
