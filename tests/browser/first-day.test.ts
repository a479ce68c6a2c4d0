import { volunteer } from '#server/first-day/companion.ts';
import { createPerson } from '#server/people/create.ts';
import { inTransaction } from '#server/platform/db.ts';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { drawAll } from '../drawn.ts';
import { actorOf } from '../world.ts';
import { stageFor, wordsOf } from './windows.ts';

const { open, db } = await stageFor();
const fr = wordsOf('fr');
const lucie = await actorOf(db, 'lucie.ferrand');
await inTransaction(db, (tx) => volunteer(tx, lucie, { contact: 'Poste 4512' }));

/** Somebody who has just come in, with an account to sign in with. */
async function newcomer(name: string): Promise<string> {
  const email = `${name.toLowerCase()}@essaim.example`;
  const { handle } = await inTransaction(db, (tx) => createPerson(tx, { name, email }));
  await drawAll(db);
  return handle;
}

test.each([true, false])('five steps that each give something (script: %s)', async (script) => {
  const handle = await newcomer(script ? 'Mila' : 'Milo');
  const page = await open({ as: handle, script, phone: !script });
  await page.goto('/');
  await page.getByRole('heading', { name: fr('firstDay.cardTitle') }).waitFor();
  await page.getByRole('link', { name: fr('firstDay.cardGo') }).click();
  await page.getByText('Poste 4512').waitFor();

  await page.getByLabel(fr('settings.profile.headline')).fill('Vend des pompes à Roanne');
  await page.getByLabel(fr('settings.profile.asksAbout')).fill('mairies, marges');
  await page.getByRole('button', { name: fr('firstDay.profileSave') }).click();
  await page.locator('#profile').getByText(fr('firstDay.done')).waitFor();
  // Folded away, and opened again for a face.
  await page.locator('#profile').getByLabel(fr('settings.picture.choose')).waitFor({ state: 'hidden' });
  await page.locator('#profile summary').click();
  await page.locator('#profile input[type=file]').setInputFiles({
    ...{ name: 'moi.png', mimeType: 'image/png' },
    buffer: await sharp({ create: { width: 80, height: 80, channels: 3, background: '#4c6b4f' } })
      .png()
      .toBuffer(),
  });
  await page.getByRole('button', { name: fr('settings.picture.show') }).click();
  await page.locator('#profile').getByLabel(fr('settings.picture.another')).waitFor();

  await page.locator('#communities').getByRole('button').first().click();
  await page.locator('#communities').getByText(fr('firstDay.done')).waitFor();

  await page.getByRole('button', { name: fr('firstDay.readDo') }).click();
  await page.waitForURL('**/posts/*');
  await page.goto('/welcome');
  await page.locator('#read').getByText(fr('firstDay.done')).waitFor();

  await page.locator('#thanks').getByRole('button').click();
  await page.locator('#thanks').getByText(fr('firstDay.done')).waitFor();

  await page.getByLabel(fr('firstDay.lineLabel')).fill('Bonjour à tous.');
  await page
    .locator('#line')
    .getByRole('button', { name: fr('firstDay.lineDo') })
    .click();
  await page.getByText(fr('firstDay.allDone')).waitFor();

  await page.goto('/');
  expect(await page.getByRole('heading', { name: fr('firstDay.cardTitle') }).count()).toBe(0);
});

test('put aside it is found again in the menu; the companion hears of the arrival, and of nothing else', async () => {
  const handle = await newcomer('Nils');
  const page = await open({ as: handle });
  await page.goto('/');
  await page.getByRole('button', { name: fr('firstDay.cardLater') }).click();
  await page.getByRole('heading', { name: fr('firstDay.cardTitle') }).waitFor({ state: 'detached' });
  await page.locator('button[popovertarget=you]').click();
  await page.getByRole('link', { name: fr('firstDay.menu') }).click();
  await page.getByText(fr('firstDay.lineTitle')).waitFor();

  const companion = await open({ as: 'lucie.ferrand' });
  await companion.goto('/');
  const arrival = companion.getByRole('listitem').filter({ hasText: 'Nils' });
  await arrival.getByRole('button', { name: fr('firstDay.arrivalMet') }).click();
  await arrival.waitFor({ state: 'detached' });
});
