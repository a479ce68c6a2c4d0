/** Writing: begun on the feed, saved by itself, in two tabs, off the line, at a chosen time, on a phone, without script. */
import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { publishScheduled } from '#server/posts/schedule.ts';
import { editing, stageFor, until, wordsOf } from './windows.ts';

const { open, db } = await stageFor();
const fr = wordsOf('fr');
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

const text = (page: Page) => page.getByRole('textbox', { name: fr('editor.body'), exact: true });
const markdown = (page: Page) => page.locator('.composer textarea[name=body]').inputValue();
const saved = (page: Page) =>
  page
    .locator('.composer .foot')
    .getByText(fr('composer.saved', { time: '' }).trim())
    .waitFor();
/** Until what is typed so far, and not its first letter, has this as the first that Enter takes. */
const offered = (page: Page, hasText: string) =>
  page.getByRole('option').first().filter({ hasText }).waitFor();
const bodyOf = async (id: string) => {
  const { body, status } = await db
    .selectFrom('entries')
    .select(['body', 'status'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return { body, status };
};
const draftIn = (page: Page) => new URL(page.url()).pathname.split('/')[2] ?? '';

test('begun on the feed, written with names and subjects, saved by itself, published once', async () => {
  const page = await open({ as: 'claire.martin' });
  await page.goto('/');
  await page.getByLabel(fr('composer.begin')).fill('Une **leçon** du jour.');
  await page.getByRole('button', { name: fr('composer.ask') }).click();
  await editing(page);
  await page.locator('.surface strong', { hasText: 'leçon' }).waitFor();
  expect(await page.getByRole('radio', { name: fr('composer.ask') }).isChecked()).toBe(true);

  await text(page).press('Control+End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('- un\n[ ] deux\n\n\n');
  await page.keyboard.type('Merci @ama');
  await offered(page, 'Amadou Diallo');
  await page.keyboard.press('Enter');
  await page.keyboard.type('pour le #pri');
  await offered(page, 'pri');
  await page.keyboard.press('Enter');
  expect(await page.getByLabel(fr('editor.tags')).inputValue()).toContain('pri');
  await saved(page);
  await page.waitForURL('**/edit');
  const id = draftIn(page);
  await until(async () => (await bodyOf(id)).body).toContain('Merci @amadou.diallo pour le #pri');
  expect(await bodyOf(id)).toMatchObject({ status: 'draft' });
  expect((await bodyOf(id)).body).toContain('Une **leçon** du jour.\n\n- un\n- [ ] deux\n\nMerci');

  await page.reload();
  await editing(page);
  await page.getByRole('button', { name: fr('editor.publish') }).click();
  await page.waitForURL(`**/posts/${id}`);
  await page.getByText(fr('composer.isAsk')).waitFor();
  const { rows } = await sql`select 1 from entries where body like 'Une **leçon**%'`.execute(db);
  expect(rows).toHaveLength(1);
});

test('two tabs on one draft: the second is told, and both texts are kept', async () => {
  const one = await open({ as: 'lucie.ferrand' });
  await one.goto('/posts/new');
  await text(await editing(one)).fill('Le premier onglet.');
  await one.waitForURL('**/edit');
  const first = draftIn(one);
  const two = await one.context().newPage();
  await two.goto(one.url());
  await editing(two);
  await text(one).fill('Le premier onglet, suite.');
  await until(async () => (await bodyOf(first)).body).toBe('Le premier onglet, suite.\n');
  await text(two).fill('Le second onglet.');
  await two.getByText(fr('composer.second')).waitFor();
  await until(() => draftIn(two)).not.toBe(first);
  await until(async () => (await bodyOf(draftIn(two))).body).toBe('Le second onglet.\n');
  expect((await bodyOf(first)).body).toBe('Le premier onglet, suite.\n');
});

test('what is typed off the line survives a crash, and goes out when the line is back', async () => {
  const page = await open({ as: 'amadou.diallo', breaks: true });
  await page.goto('/posts/new');
  await editing(page);
  await page.context().route('**/api/v1/posts**', (route) => route.abort());
  await text(page).fill('Écrit dans le train.');
  await page.getByText(fr('composer.offline')).waitFor();
  await page.context().unroute('**/api/v1/posts**');
  const after = await page.context().newPage();
  await page.close();
  await after.goto('/posts/new');
  await after.getByText('Écrit dans le train.').waitFor();
  await after.getByRole('button', { name: fr('composer.takeUp') }).click();
  await after.waitForURL('**/edit');
  await until(async () => (await bodyOf(draftIn(after))).body).toContain('Écrit dans le train.');
});

test('what the editor has no form for comes back to the letter', async () => {
  const page = await open({ as: 'claire.martin' });
  const source =
    'Avant[^1].\n\n\n<b>brut</b>  \n*  étoile\n*  autre\n\n| a | b |\n|:-|-:|\n| 1 | 2 |\n\n[^1]: Une note.\n';
  await page.goto('/posts/new');
  await page.evaluate(() => localStorage.setItem('essaim.plain', '1'));
  await page.reload();
  await page.getByLabel(fr('editor.body'), { exact: true }).fill(source);
  await page.getByRole('button', { name: fr('editor.rich') }).click();
  await editing(page);
  await page.locator('.surface table').waitFor();
  expect(await markdown(page)).toBe(source);
  await page.locator('.surface th').first().click();
  await page.keyboard.press('End');
  await page.keyboard.type('!');
  await until(() => markdown(page)).toContain('| a! ');
  expect((await markdown(page)).startsWith(source.slice(0, source.indexOf('| a')))).toBe(true);
  expect((await markdown(page)).endsWith('\n\n[^1]: Une note.\n')).toBe(true);
});

test('on a phone: the tools are under the thumb, nothing is too wide, axe finds nothing to say', async () => {
  const page = await open({ as: 'claire.martin', phone: true });
  await page.goto('/posts/new');
  await editing(page);
  await text(page).tap();
  const bar = page.getByRole('toolbar');
  await bar.waitFor();
  const box = await bar.boundingBox();
  expect(Math.round((box?.y ?? 0) + (box?.height ?? 0))).toBe(844);
  await page.keyboard.type('Au marché');
  await page.getByRole('button', { name: fr('editor.heading') }).click();
  await page.locator('.surface h2', { hasText: 'Au marché' }).waitFor();
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wide).toBeLessThanOrEqual(0);
  expect(await violationsOn(page)).toEqual([]);
});

test('without script: begun on the feed, programmed, taken back', async () => {
  const page = await open({ as: 'lucie.ferrand', script: false });
  await page.goto('/');
  await page.getByLabel(fr('composer.begin')).fill('Pour plus tard.');
  await page.getByRole('button', { name: fr('composer.tell') }).click();
  await page.getByText(fr('composer.later')).click();
  await page.getByRole('button', { name: fr('composer.schedule') }).click();
  await page.getByText(fr('refusal.not_a_moment')).first().waitFor();
  expect(await page.getByLabel(fr('editor.body'), { exact: true }).inputValue()).toBe('Pour plus tard.');
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel(fr('composer.publishAt')).fill(`${tomorrow}T08:30`);
  await page.getByRole('button', { name: fr('composer.schedule') }).click();
  await page.getByText(fr('composer.scheduledNow')).waitFor();
  await page.getByText('8 h 30').first().waitFor();
  await publishScheduled(db);
  await page.getByRole('button', { name: fr('composer.unschedule') }).click();
  await page.getByText(fr('composer.unscheduledNow')).waitFor();
});

async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (options: object) => Promise<AxeResults> } };
    return axe.run({ resultTypes: ['violations'] });
  });
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}
