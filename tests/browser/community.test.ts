import { expect, test } from 'vitest';
import { stageFor, wordsOf } from './windows.ts';

const { open } = await stageFor();
const fr = wordsOf('fr');

test('a closed community: founded, found, asked, entered, read', async () => {
  const claire = await open({ as: 'claire.martin' });
  const yanis = await open({ as: 'yanis.belkacem', phone: true });

  await claire.goto('/communities');
  await claire
    .getByRole('link', { name: fr('communities.found') })
    .first()
    .click();
  await claire.getByLabel(fr('communities.form.name')).fill('Laiteries de l’Ouest');
  await claire.getByRole('radio', { name: fr('communities.access.closed') }).check();
  await claire.getByRole('button', { name: fr('communities.form.submit') }).click();
  await claire.getByRole('heading', { name: 'Laiteries de l’Ouest' }).waitFor();
  const address = new URL(claire.url()).pathname;

  await yanis.goto('/communities');
  await yanis.getByRole('link', { name: 'Laiteries de l’Ouest' }).first().click();
  await yanis.getByLabel(fr('communities.askMessage')).fill('Je viens d’une laiterie.');
  await yanis.getByRole('button', { name: fr('communities.ask') }).click();
  await yanis.getByText(fr('communities.asked')).waitFor();

  await claire.goto(`${address}/requests`);
  expect(await claire.getByText('Je viens d’une laiterie.').isVisible()).toBe(true);
  await claire.getByRole('button', { name: fr('communities.requestList.accept') }).click();
  await claire.getByText('Je viens d’une laiterie.').waitFor({ state: 'detached' });

  await yanis.goto(address);
  await yanis.getByText(fr('communities.noPosts')).waitFor();
});

test.each([true, false])(
  'who founds one that is there already is asked, once (script: %s)',
  async (script) => {
    const claire = await open({ as: 'claire.martin', script });
    await claire.goto('/communities/new');
    const name = script ? 'Le Metier' : 'Le métier !';
    await claire.getByLabel(fr('communities.form.name')).fill(name);
    await claire.getByLabel(fr('communities.form.themes')).fill('Pompes');
    await claire.getByRole('radio', { name: fr('communities.access.open') }).check();
    await claire.getByRole('button', { name: fr('communities.form.submit') }).click();
    await claire.getByRole('status').getByRole('link', { name: 'Le métier' }).waitFor();
    expect(await claire.locator('input[name=themes]').inputValue()).toBe('Pompes');
    await claire.getByRole('button', { name: fr('communities.form.submitAnyway') }).click();
    await claire.getByRole('heading', { name, exact: true }).waitFor();
  },
);

test('a secret community is not there until somebody is invited', async () => {
  const claire = await open({ as: 'claire.martin' });
  const thomas = await open({ as: 'thomas.gauthier' });

  await claire.goto('/communities/new');
  await claire.getByLabel(fr('communities.form.name')).fill('Surprise');
  await claire.getByRole('radio', { name: fr('communities.access.secret') }).check();
  await claire.getByRole('button', { name: fr('communities.form.submit') }).click();
  await claire.getByRole('heading', { name: 'Surprise' }).waitFor();
  const address = new URL(claire.url()).pathname;
  expect((await thomas.goto(address))?.status()).toBe(404);

  await claire.goto(`${address}/members?invite=thomas`);
  await claire
    .getByRole('button', { name: fr('communities.memberList.invite') })
    .last()
    .click();
  await claire.getByRole('status').waitFor();

  expect((await thomas.goto(address))?.status()).toBe(200);
  await thomas.getByRole('button', { name: fr('communities.accept') }).click();
  await thomas.getByText(fr('communities.noPosts')).waitFor();
});
