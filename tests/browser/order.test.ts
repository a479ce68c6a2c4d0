import { expect, test } from 'vitest';
import { foundDossier } from '#server/dossiers/found.ts';
import { inTransaction } from '#server/platform/db.ts';
import { sampleWatch } from '../watches.ts';
import { actorOf } from '../world.ts';
import { editing, stageFor, wordsOf } from './windows.ts';

const { db, open } = await stageFor();
const fr = wordsOf('fr');

test('what somebody reports is hidden with a reason, read by its author, and brought back', async () => {
  const yanis = await open({ as: 'yanis.belkacem' });
  const claire = await open({ as: 'claire.martin', phone: true });
  const thomas = await open({ as: 'thomas.gauthier' });

  await yanis.goto('/posts/new?community=le-comptoir');
  await yanis.getByLabel(fr('editor.title'), { exact: true }).fill('Le prix de Kermorvan');
  await (
    await editing(yanis)
  )
    .getByRole('textbox', { name: fr('editor.body'), exact: true })
    .fill('Ils paient 41 200 euros.');
  await yanis.getByRole('button', { name: fr('editor.publish') }).click();
  await yanis.getByRole('heading', { name: 'Le prix de Kermorvan' }).waitFor();
  const address = new URL(yanis.url()).pathname;

  await claire.goto(address);
  await claire
    .locator('a', { hasText: fr('posts.report') })
    .first()
    .evaluate((link: HTMLElement) => link.click());
  await claire.getByRole('radio', { name: fr('order.reasons.confidential') }).check();
  await claire.getByRole('button', { name: fr('order.report.send') }).click();
  await claire.getByText(fr('order.mine.sent')).waitFor();

  await thomas.goto('/moderation');
  await thomas
    .getByRole('link', { name: fr('order.queue.decide'), exact: true })
    .first()
    .click();
  await thomas.getByRole('radio', { name: fr('order.decide.hidden') }).check();
  await thomas.getByRole('button', { name: fr('order.decide.submit') }).click();
  await thomas.getByText(fr('refusal.order_reason_missing')).first().waitFor();
  await thomas.getByLabel(fr('order.decide.reason')).fill('Un prix de client.');
  await thomas.getByRole('button', { name: fr('order.decide.submit') }).click();
  await thomas.getByText(fr('order.queue.done')).waitFor();

  expect((await claire.goto(address))?.status()).toBe(404);
  await yanis.goto(address);
  await yanis.getByText('Un prix de client.').waitFor();

  await thomas.goto('/moderation/hidden');
  await thomas
    .getByRole('link', { name: fr('order.hide.show') })
    .first()
    .click();
  await thomas.getByRole('button', { name: fr('order.hide.show') }).click();
  await expect.poll(async () => (await claire.goto(address))?.status(), { timeout: 10_000 }).toBe(200);
});

test('a shared watch and a dossier are reported, hidden with a reason and brought back', async () => {
  const claire = await open({ as: 'claire.martin', phone: true });
  const thomas = await open({ as: 'thomas.gauthier' });
  const elise = await open({ as: 'elise.perrin', script: false });
  const things = [{ title: 'Leur prix', url: 'https://presse.example/prix' }];
  const watchOf = (owner: string) =>
    sampleWatch(db, { owner, name: 'Kermorvan', community: 'le-comptoir', things });
  const watches = [await watchOf('elise.perrin'), await watchOf('yanis.belkacem')];
  const made = { name: 'Kermorvan, ensemble', community: 'le-comptoir', watches };
  const founder = await actorOf(db, 'elise.perrin');
  const { id } = await inTransaction(db, (tx) => foundDossier(tx, founder, made));

  for (const address of [`/desk/watches/${watches[0]}`, `/dossiers/${id}`]) {
    await claire.goto(address);
    await claire.getByRole('link', { name: fr('order.report.title'), exact: true }).click();
    await claire.getByRole('radio', { name: fr('order.reasons.confidential') }).check();
    await claire.getByRole('button', { name: fr('order.report.send') }).click();
    await claire.getByText(fr('order.mine.sent')).waitFor();

    await thomas.goto('/moderation');
    await thomas
      .getByRole('link', { name: fr('order.queue.decide'), exact: true })
      .first()
      .click();
    await thomas.getByRole('radio', { name: fr('order.decide.hidden') }).check();
    await thomas.getByLabel(fr('order.decide.reason')).fill('Un prix de client.');
    await thomas.getByRole('button', { name: fr('order.decide.submit') }).click();
    await thomas.getByText(fr('order.queue.done')).waitFor();

    expect((await claire.goto(address))?.status()).toBe(404);
    await elise.goto(address);
    await elise.getByText('Un prix de client.').waitFor();

    await thomas.goto(address);
    await thomas.getByRole('link', { name: fr('order.hide.show'), exact: true }).click();
    await thomas.getByRole('button', { name: fr('order.hide.show') }).click();
    expect((await claire.goto(address))?.status()).toBe(200);
  }
});
