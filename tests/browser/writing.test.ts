import { expect, test } from 'vitest';
import { editing, goInto, stageFor, until, wordsOf } from './windows.ts';

const { open } = await stageFor();
const fr = wordsOf('fr');

test('a post: written, read, answered, thanked, corrected, deleted and brought back', async () => {
  const lucie = await open({ as: 'lucie.ferrand' });
  const amadou = await open({ as: 'amadou.diallo', phone: true });

  await lucie.goto('/posts/new');
  await lucie.getByLabel(fr('editor.title'), { exact: true }).fill('La Galion qui chante');
  await (
    await editing(lucie)
  )
    .getByRole('textbox', { name: fr('editor.body'), exact: true })
    .fill('Elle **siffle** à 50 Hz. @amadou.diallo, une idée ?');
  await lucie.getByLabel(fr('editor.tags')).fill('bruit, galion');
  await lucie.getByRole('button', { name: fr('editor.see') }).click();
  await lucie
    .getByRole('region', { name: fr('editor.preview') })
    .locator('strong')
    .waitFor();
  await lucie.getByRole('button', { name: fr('editor.publish') }).click();
  await lucie.getByRole('heading', { name: 'La Galion qui chante' }).waitFor();
  const address = new URL(lucie.url()).pathname;

  await amadou.goto('/?scope=all');
  await amadou.getByRole('link', { name: 'La Galion qui chante' }).first().click();
  await (
    await goInto(amadou, fr('comments.sayFirst'))
  )
    .getByRole('textbox', { name: fr('comments.sayFirst') })
    .fill('Regarde le roulement arrière.');
  await amadou.getByRole('button', { name: fr('comments.publish') }).click();
  await amadou.locator('.comment').getByText('Regarde le roulement arrière.').waitFor();
  const thanks = amadou.getByRole('button', { name: fr('reactions.thanks') }).first();
  await thanks.click();
  await until(() => thanks.getAttribute('aria-pressed')).toBe('true');

  await lucie.reload();
  await lucie
    .locator('.comment')
    .getByRole('link', { name: fr('comments.reply') })
    .click();
  await lucie.getByLabel(fr('comments.replyTo', { name: 'Amadou Diallo' })).fill('C’était cela.');
  await lucie.getByRole('button', { name: fr('comments.send') }).click();
  await lucie.getByText('C’était cela.').waitFor();

  await lucie.goto(`${address}/edit`);
  await (
    await editing(lucie)
  )
    .getByRole('textbox', { name: fr('editor.body'), exact: true })
    .fill('Elle sifflait : le roulement arrière.');
  await lucie.getByRole('button', { name: fr('app.save') }).click();
  await lucie.getByText('Elle sifflait').waitFor();
  await amadou.goto(`${address}/history?version=1`);
  expect(await amadou.locator('main').textContent()).toContain('à 50 Hz');

  await lucie.getByText(fr('comments.otherActions'), { exact: true }).first().click();
  await lucie
    .locator('footer')
    .getByRole('button', { name: fr('posts.delete') })
    .first()
    .click();
  await lucie.getByText(fr('posts.deletedNow')).waitFor();
  expect((await amadou.goto(address))?.status()).toBe(404);
  await lucie
    .getByRole('button', { name: fr('posts.restore') })
    .first()
    .click();
  await lucie.waitForURL(`**${address}`);
  expect((await amadou.goto(address))?.status()).toBe(200);
  expect(await amadou.getByText('C’était cela.').isVisible()).toBe(true);
});

test('a comment that is deleted comes back with its words', async () => {
  const page = await open({ as: 'claire.martin' });
  await page.goto('/?scope=all');
  await page.locator('article h2 a, article h3 a').first().click();
  const box = page.getByRole('textbox').last();
  await box.fill('Un mot de trop.');
  await page.getByRole('button', { name: fr('comments.publish') }).click();
  const comment = page.locator('.comment', { hasText: 'Un mot de trop.' }).last();
  await comment.waitFor();
  await comment.getByText(fr('comments.otherActions'), { exact: true }).click();
  await comment.getByRole('button', { name: fr('comments.delete') }).click();
  await page.getByText(fr('comments.removedNow')).waitFor();
  await page.getByRole('button', { name: fr('comments.restore') }).click();
  await page.getByText('Un mot de trop.').waitFor();
});
