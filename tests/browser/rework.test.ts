/** A post that is out is changed: what is typed is kept beside it, and comes out when its author says so. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { inTransaction } from '#server/platform/db.ts';
import { createPost } from '#server/posts/create.ts';
import { actorOf } from '../world.ts';
import { editing, stageFor, until, wordsOf } from './windows.ts';

const { open, db } = await stageFor();
const fr = wordsOf('fr');
const lucie = await actorOf(db, 'lucie.ferrand');

const text = (page: Page) => page.getByRole('textbox', { name: fr('editor.body'), exact: true });
const kept = (page: Page) =>
  page
    .locator('.composer .foot')
    .getByText(fr('composer.savedAside', { time: '@' }).split('@')[1] ?? '')
    .waitFor();
const publish = (title: string) =>
  inTransaction(db, (tx) => createPost(tx, lucie, { title, body: 'Tel quel.', status: 'published' }));
const stands = async (id: string) => {
  const post = db.selectFrom('entries').select(['body', 'version']).where('id', '=', id);
  const { body, version } = await post.executeTakeFirstOrThrow();
  return [body.trim(), version];
};
const beside = async (id: string) => {
  const rows = await db.selectFrom('reworks').select('fields').where('entry_id', '=', id).execute();
  return rows.map(({ fields }) => (fields as { body: string }).body.trim()).toSorted();
};

test('what is typed into a published post survives a crash and another device, and comes out once', async () => {
  const { id } = await publish('Repris');
  const page = await open({ as: 'lucie.ferrand' });
  await page.goto(`/posts/${id}/edit`);
  await text(await editing(page)).fill('En chantier.');
  await kept(page);
  await page.waitForURL('**/edit?rework=*');
  expect(await stands(id)).toEqual(['Tel quel.', 1]);
  await page.close();

  const other = await open({ as: 'lucie.ferrand', phone: true });
  await other.goto(`/posts/${id}`);
  await other.locator('.prose').getByText('Tel quel.').waitFor();
  await other.getByRole('link', { name: fr('composer.reworkTake') }).click();
  await editing(other);
  expect((await text(other).textContent())?.trim()).toBe('En chantier.');
  await text(other).fill('Achevé.');
  await kept(other);
  expect(await beside(id)).toEqual(['Achevé.']);
  expect(await stands(id)).toEqual(['Tel quel.', 1]);
  await other.getByRole('button', { name: fr('app.save'), exact: true }).click();
  await other.waitForURL(`**/posts/${id}`);
  expect(await stands(id)).toEqual(['Achevé.', 2]);
  expect(await beside(id)).toEqual([]);

  const reader = await open({ as: 'amadou.diallo' });
  await reader.goto(`/posts/${id}`);
  expect(await reader.getByText('En chantier.').count()).toBe(0);
});

test('two tabs on one published post keep two texts, and neither comes out by itself', async () => {
  const { id } = await publish('À deux onglets');
  const one = await open({ as: 'lucie.ferrand' });
  await one.goto(`/posts/${id}/edit`);
  await text(await editing(one)).fill('Le premier onglet.');
  await one.waitForURL('**/edit?rework=*');
  const two = await one.context().newPage();
  await two.goto(one.url());
  await text(await editing(two)).fill('Le second onglet.');
  await kept(two);
  await text(one).fill('Le premier onglet, suite.');
  await one.getByText(fr('composer.secondRework')).waitFor();
  await until(() => beside(id)).toEqual(['Le premier onglet, suite.', 'Le second onglet.']);
  expect(await stands(id)).toEqual(['Tel quel.', 1]);
});

test('without script changes are kept beside the post, taken up again and thrown away', async () => {
  const { id } = await publish('Sans script');
  const page = await open({ as: 'lucie.ferrand', script: false });
  await page.goto(`/posts/${id}/edit`);
  await page.locator('textarea[name=body]').fill('Gardé à la main.');
  await page.getByRole('button', { name: fr('composer.keepAside') }).click();
  await page.getByRole('link', { name: fr('composer.reworkTake') }).click();
  expect(await page.locator('textarea[name=body]').inputValue()).toBe('Gardé à la main.');
  await page.locator('textarea[name=body]').fill('Gardé encore.');
  await page.getByRole('button', { name: fr('composer.keepAside') }).click();
  expect(await beside(id)).toEqual(['Gardé encore.']);
  await page.getByRole('link', { name: fr('composer.reworkTake') }).click();
  await page.getByRole('button', { name: fr('composer.reworkDrop') }).click();
  expect(await page.locator('textarea[name=body]').inputValue()).toBe('Tel quel.');
  expect(await beside(id)).toEqual([]);
  expect(await stands(id)).toEqual(['Tel quel.', 1]);
});
