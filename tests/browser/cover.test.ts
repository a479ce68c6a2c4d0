/** The picture that opens a post: chosen on one's device, with script and without; what is refused takes nothing along. */
import sharp from 'sharp';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { editing, stageFor, until, wordsOf } from './windows.ts';

const { open } = await stageFor();
const fr = wordsOf('fr');

const photo = {
  name: 'Stand.jpg',
  mimeType: 'image/jpeg',
  buffer: await sharp({ create: { width: 1600, height: 1000, channels: 3, background: '#4c6b4f' } })
    .jpeg()
    .toBuffer(),
};
const broken = { ...photo, name: 'abîmée.jpg', buffer: photo.buffer.subarray(0, 400) };
const sheet = { name: 'prix.csv', mimeType: 'text/csv', buffer: Buffer.from('a;b\n1;2') };

const chooser = (page: Page) => page.locator('fieldset input[type=file]:not([hidden])');
const loaded = (page: Page, alt: string) => {
  const picture = page.getByRole('img', { name: alt });
  return until(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
};
const published = (page: Page) => page.waitForURL(/\/posts\/[\da-f-]{36}$/);

test('is chosen, described, published, seen by a colleague, replaced by none; others then see it no more', async () => {
  const page = await open({ as: 'helene.dargent', phone: true });
  await page.goto('/posts/new');
  await editing(page);
  await page.getByLabel(fr('editor.title'), { exact: true }).fill('De retour du salon');
  await page.getByLabel(fr('editor.body')).first().fill('Le stand.');
  await chooser(page).setInputFiles(sheet);
  await page.getByText(fr('cover.notPicture')).waitFor();
  await chooser(page).setInputFiles(photo);
  await page.getByRole('button', { name: fr('cover.remove') }).waitFor();
  expect(await page.getByText(fr('cover.notPicture')).count()).toBe(0);
  await page.getByLabel(fr('cover.alt')).fill('Notre stand, vide');
  await page.getByRole('button', { name: fr('editor.publish') }).tap();
  await published(page);

  const reader = await open({ as: 'yanis.belkacem' });
  await reader.goto(page.url());
  await loaded(reader, 'Notre stand, vide');
  const address = await reader.getByRole('img', { name: 'Notre stand, vide' }).getAttribute('src');
  expect((await reader.request.get(address!)).status()).toBe(200);

  await page.goto(`${page.url()}/edit`);
  await editing(page);
  expect(await page.getByLabel(fr('cover.alt')).inputValue()).toBe('Notre stand, vide');
  await page.getByRole('button', { name: fr('cover.remove') }).tap();
  await page.getByRole('button', { name: fr('app.save') }).tap();
  await published(page);
  await reader.reload();
  expect(await reader.getByRole('img', { name: 'Notre stand, vide' }).count()).toBe(0);
  expect((await reader.request.get(address!)).status()).toBe(404);
});

test('a draft saves itself with it, and keeps it', async () => {
  const page = await open({ as: 'helene.dargent' });
  await page.goto('/posts/new');
  await editing(page);
  await page.getByLabel(fr('editor.title'), { exact: true }).fill('Un brouillon illustré');
  await chooser(page).setInputFiles(photo);
  await page.waitForURL(/\/posts\/[\da-f-]{36}\/edit$/);
  await page.getByRole('button', { name: fr('cover.remove') }).waitFor();
  await page.getByRole('status').getByText('Brouillon enregistré').waitFor();
  await page.reload();
  await loaded(page, fr('editor.cover'));
});

test('without script: a bad file takes nothing of what was typed along; a good one goes with the form', async () => {
  const page = await open({ as: 'yanis.belkacem', script: false });
  await page.goto('/posts/new');
  await page.getByLabel(fr('editor.title'), { exact: true }).fill('Sans script');
  await page.getByLabel(fr('editor.body'), { exact: true }).fill('Un texte à garder.');
  await page.getByLabel(fr('cover.alt')).fill('Le stand');
  for (const [file, why] of [
    [sheet, 'refusal.picture_kind'],
    [broken, 'refusal.picture_broken'],
  ] as const) {
    await chooser(page).setInputFiles(file);
    await page.getByRole('button', { name: fr('editor.publish') }).click();
    await page.locator('fieldset').getByText(fr(why)).waitFor();
    expect(await page.getByLabel(fr('editor.body'), { exact: true }).inputValue()).toBe('Un texte à garder.');
    expect(await page.getByLabel(fr('cover.alt')).inputValue()).toBe('Le stand');
  }
  // Something else is wrong: the picture that came along stays.
  await page.getByLabel(fr('editor.body'), { exact: true }).fill('');
  await chooser(page).setInputFiles(photo);
  await page.getByRole('button', { name: fr('editor.publish') }).click();
  await page.getByText(fr('refusal.text_empty')).first().waitFor();
  await loaded(page, 'Le stand');
  await page.getByLabel(fr('editor.body'), { exact: true }).fill('Un texte.');
  await page.getByRole('button', { name: fr('editor.publish') }).click();
  await published(page);
  await loaded(page, 'Le stand');

  await page.goto(`${page.url()}/edit`);
  await page.getByRole('checkbox', { name: fr('cover.remove') }).check();
  await page.getByRole('button', { name: fr('app.save') }).click();
  await published(page);
  expect(await page.getByRole('img', { name: 'Le stand' }).count()).toBe(0);
});

test('the title of an outside article without its address is refused, and stays typed', async () => {
  const page = await open({ as: 'yanis.belkacem', script: false });
  await page.goto('/posts/new');
  await page.getByLabel(fr('editor.body'), { exact: true }).fill('À lire.');
  await page.getByText(fr('editor.source')).click();
  await page.getByLabel(fr('editor.sourceTitle')).fill('Le prix juste');
  await page.getByRole('button', { name: fr('editor.publish') }).click();
  await page.getByText(fr('refusal.source_needs_address')).first().waitFor();
  expect(await page.getByLabel(fr('editor.sourceTitle')).inputValue()).toBe('Le prix juste');
  await page.getByLabel(fr('editor.sourceUrl')).fill('https://exemple.fr/prix');
  await page.getByRole('button', { name: fr('editor.publish') }).click();
  await published(page);
  expect(await page.getByRole('link', { name: 'Le prix juste' }).first().getAttribute('href')).toBe(
    'https://exemple.fr/prix',
  );

  // Deleted, its own address leads its author to where it comes back; others find nothing.
  const address = page.url();
  await page.locator('article.post > footer').getByText(fr('comments.otherActions'), { exact: true }).click();
  await page.getByRole('button', { name: fr('posts.delete') }).click();
  await page.goto(address);
  await page.getByText(fr('posts.deletedNow')).waitFor();
  const other = await open({ as: 'helene.dargent', breaks: true });
  expect((await other.goto(address))?.status()).toBe(404);
});
