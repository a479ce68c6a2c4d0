import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { inTransaction } from '#server/platform/db.ts';
import { createPage } from '#server/pages/create.ts';
import { readPage } from '#server/pages/read.ts';
import { savePage } from '#server/pages/save.ts';
import { actorOf } from '../world.ts';
import { editing, stageFor, until, wordsOf } from './windows.ts';

const { open, db } = await stageFor();
const fr = wordsOf('fr');
const elise = await actorOf(db, 'elise.perrin');

const page = (title: string, body: string) =>
  inTransaction(db, (tx) => createPage(tx, elise, { community: 'le-comptoir', title, body }));
const bodyOf = async (id: string) => (await readPage(db, elise, id)).body;
const editor = (window: Page) => window.getByRole('textbox', { name: fr('pages.text') });
const saved = (window: Page) => window.locator('[data-saving=saved]').waitFor();
/** Until the text is open for writing together. */
async function joined(window: Page, id: string): Promise<Page> {
  await window.goto(`/pages/${id}/edit`);
  await editing(window);
  await saved(window);
  return window;
}
/** Puts the caret behind some words. */
async function behind(window: Page, words: string): Promise<void> {
  await editor(window).getByText(words).click();
  await window.keyboard.press('End');
}

test('two people write one page at the same moment, one of them without network: no word is lost', async () => {
  const { id } = await page('À quatre mains', 'Le siège est à Lyon.\n\nLe prix est de 12 euros.\n\nLa fin.');
  const lucie = await joined(await open({ as: 'lucie.ferrand', breaks: true }), id);
  const amadou = await joined(await open({ as: 'amadou.diallo' }), id);

  await behind(lucie, 'Le siège');
  await lucie.keyboard.type(' Depuis 1950.');
  await amadou.getByText('Depuis 1950.').waitFor();

  await lucie.context().setOffline(true);
  await behind(lucie, 'Le prix');
  await lucie.keyboard.type(' Hors taxes.');
  await lucie.keyboard.press('Enter');
  await lucie.keyboard.type('Un paragraphe écrit dans le train.');
  await lucie.locator('[data-saving=offline]').waitFor();

  await behind(amadou, 'Le prix');
  await amadou.keyboard.type(' En hausse.');
  await behind(amadou, 'La fin');
  await amadou.keyboard.type(' Pas encore.');
  await saved(amadou);
  expect(await bodyOf(id)).not.toContain('train');

  await lucie.context().setOffline(false);
  await editor(amadou).getByText('dans le train').waitFor();
  await editor(lucie).getByText('Pas encore.').waitFor();
  await saved(lucie);
  const body = await bodyOf(id);
  for (const words of ['Depuis 1950.', 'Hors taxes.', 'dans le train.', 'En hausse.', 'Pas encore.'])
    expect(body).toContain(words);
  // What they see is what is kept, and they go on where they were.
  await lucie.keyboard.type(' Suite.');
  await until(() => bodyOf(id)).toContain('dans le train. Suite.');
  await amadou.getByRole('button', { name: fr('pages.finish') }).click();
  await amadou.locator('article .prose').getByText('Suite.').waitFor();
  const { contributors } = await readPage(db, elise, id);
  expect(contributors.map(({ person }) => person.handle).toSorted()).toEqual([
    'amadou.diallo',
    'elise.perrin',
    'lucie.ferrand',
  ]);
});

test('a window that is closed without network keeps what was written, and sends it when it is opened again', async () => {
  const { id } = await page('Dans le train', 'Début.');
  const lucie = await joined(await open({ as: 'lucie.ferrand', breaks: true }), id);
  await lucie.context().setOffline(true);
  await behind(lucie, 'Début');
  await lucie.keyboard.type(' Écrit sous le tunnel.');
  await lucie.locator('[data-saving=offline]').waitFor();
  await lucie.close({ runBeforeUnload: false });
  await inTransaction(db, (tx) => savePage(tx, elise, id, { body: 'Avant. Début.', version: 1 }));
  await lucie.context().setOffline(false);
  await joined(await lucie.context().newPage(), id);
  await until(() => bodyOf(id)).toBe('Avant. Début. Écrit sous le tunnel.\n');
});

test('without script a form merges what others wrote, and shows what both changed', async () => {
  const { id } = await page('Sans script', 'Prix : 12 euros.\n\nSiège : Lyon.');
  const plain = await open({ as: 'lucie.ferrand', script: false });
  const save = (version: number, body: string) =>
    inTransaction(db, (tx) => savePage(tx, elise, id, { body, version }));
  await plain.goto(`/pages/${id}/edit`);
  await save(1, 'Prix : 14 euros.\n\nSiège : Lyon.');
  await plain.getByLabel(fr('pages.text')).fill('Prix : 12 euros.\n\nSiège : Lille.');
  await plain.getByRole('button', { name: fr('pages.save') }).click();
  await plain.getByText(fr('pages.merged')).waitFor();
  expect(await bodyOf(id)).toBe('Prix : 14 euros.\n\nSiège : Lille.');

  await plain.goto(`/pages/${id}/edit`);
  await save(3, 'Prix : 15 euros.\n\nSiège : Lille.');
  await plain.getByLabel(fr('pages.text')).fill('Prix : 16 euros.\n\nSiège : Lille.');
  await plain.getByRole('button', { name: fr('pages.save') }).click();
  await plain.getByText(fr('pages.conflict')).waitFor();
  expect(await plain.getByLabel(fr('pages.text')).inputValue()).toContain('15 16 euros');
  await plain.getByLabel(fr('pages.text')).fill('Prix : 16 euros.\n\nSiège : Lille.');
  await plain.getByRole('button', { name: fr('pages.save') }).click();
  await plain.locator('article .prose').getByText('16 euros').waitFor();
  await plain.getByRole('link', { name: fr('pages.history') }).click();
  await plain.getByRole('heading', { name: fr('pages.compare', { number: 1 }) }).waitFor();
});

test('a page begins with a template, links to one that is missing, and is spoken of beside its text', async () => {
  const lucie = await open({ as: 'lucie.ferrand' });
  await lucie.goto('/communities/le-comptoir/pages/new?template=competitor');
  await editing(lucie);
  await lucie.getByRole('textbox', { name: fr('pages.name') }).fill('Concurrent : Norvalt');
  await behind(lucie, 'En deux phrases');
  await lucie.keyboard.press('Enter');
  await lucie.keyboard.type('Ils vendent des pompes, voir [[Salon de Lyon]] pour la suite.');
  await lucie.getByRole('button', { name: fr('pages.create') }).click();
  await lucie.getByRole('heading', { name: 'Concurrent : Norvalt' }).waitFor();
  const id = lucie.url().split('/').at(-1)!;
  expect(await bodyOf(id)).toContain('[[Salon de Lyon]]');

  const words = lucie.locator('article .prose').getByText('Ils vendent des pompes');
  await words.evaluate((element) => {
    const range = document.createRange();
    range.setStart(element.firstChild!, 4);
    range.setEnd(element.firstChild!, 22);
    getSelection()!.addRange(range);
  });
  await lucie.getByRole('button', { name: fr('pages.commentThis') }).click();
  expect(await lucie.getByLabel(fr('pages.passage')).inputValue()).toBe('vendent des pompes');
  await lucie.getByLabel(fr('pages.yourWords')).fill('Et des vannes.');
  await lucie.locator('#beside-form').getByRole('button').click();
  await lucie.locator('.comment', { hasText: 'Et des vannes.' }).waitFor();
  await until(() => lucie.evaluate(() => CSS.highlights.get('page-passages')?.size)).toBe(1);

  await lucie.getByRole('link', { name: 'Salon de Lyon' }).click();
  await lucie.getByText(fr('pages.missing', { title: 'Salon de Lyon' })).waitFor();
  await editing(lucie);
  await lucie.getByRole('button', { name: fr('pages.create') }).click();
  await lucie.getByRole('heading', { name: 'Salon de Lyon' }).waitFor();
  await lucie.getByRole('link', { name: 'Concurrent : Norvalt' }).click();
  await lucie.waitForURL(`**/pages/${id}`);
});
