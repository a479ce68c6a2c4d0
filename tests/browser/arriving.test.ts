import { expect, test } from 'vitest';
import { stageFor, wordsOf } from './windows.ts';

const { open } = await stageFor();
const fr = wordsOf('fr');

test('a guest comes in by a link on a phone, and sees the one community that it opens', async () => {
  const helene = await open({ as: 'helene.dargent' });
  const guest = await open({ phone: true });

  await helene.goto('/admin/invitations');
  await helene.getByLabel(fr('invitations.role')).selectOption('guest');
  await helene.getByRole('button', { name: fr('invitations.create') }).click();
  await helene.getByText(fr('refusal.guest_without_community')).first().waitFor();
  await helene.getByRole('checkbox', { name: 'Le métier' }).check();
  await helene.getByRole('button', { name: fr('invitations.create') }).click();
  const link = await helene.getByLabel(fr('invitations.made')).inputValue();

  await guest.goto(new URL(link).pathname);
  await guest.getByLabel(fr('account.name')).fill('Ada Partenaire');
  await guest.getByLabel(fr('account.email')).fill('ada@partenaire.example');
  await guest.getByLabel(fr('account.password'), { exact: true }).fill('une clé à molette');
  await guest.getByRole('button', { name: fr('invitations.enter.submit'), exact: true }).click();
  await guest.waitForURL((url) => !url.pathname.startsWith('/invitations'));
  expect((await guest.goto('/communities/le-metier'))?.status()).toBe(200);
  expect((await guest.goto('/communities/le-comptoir'))?.status()).toBe(404);
  expect((await guest.goto('/people/mathieu.kessler'))?.status()).toBe(200);

  await helene.goto('/admin/invitations');
  const made = helene
    .getByRole('listitem')
    .filter({ hasText: fr('invitations.reusable') })
    .first();
  await made.locator('summary', { hasText: fr('invitations.revoke') }).click();
  await made.getByRole('button', { name: fr('invitations.revoke') }).click();
  const late = await open();
  expect((await late.goto(new URL(link).pathname))?.status()).toBe(404);
  await late.getByText(fr('app.linkOverWhy.invitation')).waitFor();
});

test('a link that is over leads to where another is had', async () => {
  const page = await open();
  await page.goto('/reset/inconnu');
  await page.getByRole('heading', { name: fr('app.linkOver') }).waitFor();
  await page.getByRole('link', { name: fr('app.linkOverDo.reset') }).click();
  await page.getByLabel(fr('account.email')).waitFor();
});

test('asking for a new password says the same whether the address is known or not', async () => {
  const page = await open();
  const told: (string | null)[] = [];
  for (const email of ['claire.martin@essaim.example', 'personne@essaim.example']) {
    await page.goto('/reset');
    await page.getByLabel(fr('account.email')).fill(email);
    await page.locator('main form button').first().click();
    await page.locator('main').getByLabel(fr('account.email')).waitFor({ state: 'detached' });
    told.push(await page.locator('main').textContent());
  }
  expect(told[0]).toBe(told[1]);
});
