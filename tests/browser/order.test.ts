import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { editDossier, foundDossier } from '#server/dossiers/found.ts';
import { hideThing } from '#server/moderation/hide.ts';
import { createPage } from '#server/pages/create.ts';
import { inTransaction } from '#server/platform/db.ts';
import { sampleWatch } from '../watches.ts';
import { actorOf } from '../world.ts';
import { editing, stageFor, until, wordsOf } from './windows.ts';

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
  await yanis.goto('/notifications');
  await yanis.getByText(fr('order.reason', { reason: 'Un prix de client.' })).waitFor();
  await yanis.getByRole('link', { name: 'Le prix de Kermorvan' }).click();
  await yanis.getByRole('heading', { name: 'Le prix de Kermorvan' }).waitFor();
  await claire.goto('/notifications');
  await claire.getByRole('link', { name: fr('told.ownReport') }).click();
  await claire.getByText(fr('order.outOfSight')).waitFor();

  await thomas.goto('/moderation/hidden');
  await thomas
    .getByRole('link', { name: fr('order.hide.show') })
    .first()
    .click();
  await thomas.getByRole('button', { name: fr('order.hide.show') }).click();
  await until(async () => (await claire.goto(address))?.status()).toBe(200);
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
    await until(async () => (await claire.goto(address))?.status()).toBe(200);
  }
});

test('the page on top of a dossier stays while its name is changed, though it is hidden, or one of very many', async () => {
  const [claire, elise, thomas] = [
    await actorOf(db, 'claire.martin'),
    await actorOf(db, 'elise.perrin'),
    await actorOf(db, 'thomas.gauthier'),
  ];
  const community = 'le-comptoir';
  const watches = await Promise.all(
    [elise, claire].map(({ handle }) => sampleWatch(db, { owner: handle, name: 'Norvalt', community })),
  );
  const { id, top, last } = await inTransaction(db, async (tx) => {
    const { id: above } = await createPage(tx, claire, { community, title: 'Fiche Norvalt' });
    const { id: below } = await createPage(tx, claire, { community, title: 'Dernière fiche' });
    const made = await foundDossier(tx, elise, { name: 'Norvalt, ensemble', community, watches });
    await editDossier(tx, elise, made.id, { page: above });
    await hideThing(tx, thomas, { on: 'entry', id: above, reason: 'Un prix de client.' });
    return { id: made.id, top: above, last: below };
  });
  const onTop = async () =>
    (await sql<{ page: string | null }>`select page_id as page from dossiers where id = ${id}`.execute(db))
      .rows[0]?.page;
  const window = await open({ as: elise.handle, script: false });
  const save = async (name: string, page?: string) => {
    await window.goto(`/dossiers/${id}`);
    await window.getByText(fr('dossiers.edit'), { exact: true }).click();
    await window.getByLabel(fr('dossiers.name')).fill(name);
    if (page !== undefined) await window.getByLabel(fr('dossiers.pageOnTop')).selectOption({ label: page });
    await window.getByRole('button', { name: fr('dossiers.save'), exact: true }).click();
    await window.getByRole('heading', { level: 1, name }).waitFor();
  };
  await save('Un nom');
  expect(await onTop()).toBe(top);
  await save('Un autre nom', 'Dernière fiche');
  expect(await onTop()).toBe(last);
  await sql`with one as (select * from entries where id = ${last}),
    made as (insert into entries (id, kind, author_id, community_id, everyone, title, body, html, excerpt,
        reading_minutes, status, created_at, published_at)
      select gen_random_uuid(), kind, author_id, community_id, everyone, 'Fiche', body, html, excerpt,
        reading_minutes, status, created_at, published_at from one, generate_series(1, 2001)
      returning id, community_id)
    insert into pages (id, community_id, position, state)
      select made.id, made.community_id, 0, first.state from made, pages first where first.id = ${last}`.execute(
    db,
  );
  await save('Un troisième nom');
  expect(await onTop()).toBe(last);
  await save('Sans page', fr('dossiers.noPage'));
  expect(await onTop()).toBeNull();
});
