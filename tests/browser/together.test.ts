/**
 * One plus one makes three: a seller alone on an empty network notes, clips, reads and finds; then a colleague shares the
 * same subject; then they merge, both names kept. With script, and without.
 */
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { afterAll, expect, test, vi } from 'vitest';
import { foundCommunity } from '#server/communities/found.ts';
import { joinCommunity } from '#server/communities/join.ts';
import { acceptRequest } from '#server/communities/requests.ts';
import { acceptInvitation } from '#server/people/accept.ts';
import { createInvitation } from '#server/people/invite.ts';
import { inTransaction } from '#server/platform/db.ts';
import { rssOf, startFeedServer } from '../feed-server.ts';
import { actorOf } from '../world.ts';
import { editing, listening, patience, stageFor, until, wordsOf } from './windows.ts';

const press = await startFeedServer();
afterAll(() => press.close());
const { open, db, server } = await stageFor('empty', { FETCH_ALLOW: process.env.FETCH_ALLOW ?? '' });
const fr = wordsOf('fr');
const nora = 'nora.vidal';
const karim = 'karim.benali';
const today = new Date().toUTCString();
const tariff = `${press.url}/tarifs`;

press.answers.set('/tarifs', (_, response) =>
  response.setHeader('content-type', 'text/html; charset=utf-8').end(`<!doctype html><html lang="fr"><head>
    <title>Acme relève ses tarifs</title><meta name="author" content="Jeanne Roy"></head><body><nav>Accueil</nav>
    <article><h1>Acme relève ses tarifs</h1>${paragraphs()}</article><footer>Mentions légales</footer></body></html>`),
);
press.answers.set('/', (_, response) =>
  response
    .setHeader('content-type', 'text/html')
    .end(`<link rel="alternate" type="application/rss+xml" href="/fil"><h1>La Presse des pompes</h1>`),
);
press.answers.set('/fil', (_, response) =>
  response.setHeader('content-type', 'application/rss+xml').end(
    rssOf(press.url, [
      { id: 'usine', title: 'Acme ferme une usine', text: 'Celle de Vierzon.', date: today },
      { id: 'salon', title: 'Le salon de Lyon affiche complet', text: 'Cent exposants.', date: today },
    ]),
  ),
);

test('alone on an empty network: noted by one key, clipped, followed, read, filed and found', async () => {
  const page = await open();
  await page.goto(await vi.waitUntil(() => /\/setup\?key=\S+/.exec(server.output())?.[0], patience));
  await page.getByLabel(fr('account.setup.network')).fill('Aubrelle');
  await page.getByLabel(fr('account.name')).fill('Nora Vidal');
  await page.getByLabel(fr('account.email')).fill('nora@aubrelle.example');
  await page.getByLabel(fr('account.password'), { exact: true }).fill('une pompe qui tient');
  await page.getByRole('button', { name: fr('account.setup.submit') }).click();
  await page.getByText(fr('feed.followNothing')).waitFor();

  await listening(page, '/');
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: fr('desk.capture.title') });
  await dialog.getByLabel(fr('desk.capture.label')).fill('Acme prévient ses clients : 4 % en janvier.');
  await dialog.getByRole('combobox', { name: fr('desk.capture.watch') }).fill('Acme');
  await page.keyboard.press('Control+Enter');
  await page.getByText(fr('desk.capture.done')).waitFor();

  await page.goto('/desk');
  const main = page.getByRole('main');
  await main.getByLabel(fr('desk.capture.label')).fill(tariff);
  await main.getByRole('combobox', { name: fr('desk.capture.watch') }).fill('Acme');
  await main.getByRole('button', { name: fr('desk.capture.keep') }).click();
  await main.getByRole('link', { name: fr('desk.capture.see'), exact: true }).click();
  await shownOnceRead(page, 'six cents euros');
  await page.getByRole('heading', { level: 1, name: 'Acme relève ses tarifs' }).waitFor();
  await page.getByText('Jeanne Roy').waitFor();
  expect(await page.locator('[data-kept-page]').textContent()).not.toContain('Mentions légales');

  await page.goto('/desk/sources');
  await page.getByLabel(fr('sources.address')).fill(press.url);
  await page.getByRole('button', { name: fr('sources.follow') }).click();
  await page.getByText(fr('sources.followed', { count: 2 })).waitFor();
  await page.goto('/desk/reader');
  await page.getByRole('link', { name: 'Acme ferme une usine' }).click();
  await page.getByText('Celle de Vierzon').waitFor();
  await main.getByLabel(fr('sources.watch')).selectOption('Acme');
  await page.getByLabel(fr('sources.note')).fill('Deux de leurs techniciens cherchent du travail.');
  await page.getByRole('button', { name: fr('sources.forward') }).click();
  await page.getByText(fr('sources.onDesk')).waitFor();

  await page.goto('/desk');
  await main.getByLabel(fr('desk.find.label')).pressSequentially('techniciens');
  await page.locator('#found mark', { hasText: 'techniciens' }).waitFor();
  await page.goto('/desk');
  await main.getByRole('link', { name: 'Acme', exact: true }).first().click();
  await page.getByText(fr('desk.watches.private'), { exact: true }).waitFor();
  for (const kept of ['Acme prévient ses clients', 'Acme relève ses tarifs', 'Acme ferme une usine'])
    await main.getByRole('link', { name: kept }).waitFor();

  const watch = new URL(page.url()).pathname;
  const begging = /invite[zr]|inviter|collègues? pour continuer/i;
  for (const path of [
    ...[
      '/desk',
      '/desk?kind=clip',
      '/desk/reader',
      '/desk/reader?state=kept',
      '/desk/sources',
      '/desk/tools',
    ],
    ...['/desk/sources/rules', '/desk/sources/recommended', '/desk/sources/list', '/desk/clip', '/dossiers'],
    ...[watch, `/desk/share?watch=${watch.split('/').at(-1)}`, '/desk?q=rien', '/posts/new', '/communities'],
  ]) {
    expect((await page.goto(path))?.status(), path).toBe(200);
    expect(await main.textContent(), path).not.toMatch(begging);
  }
});

test.each([
  // Hers holds what she kept alone, too.
  { subject: 'Acme', script: true, best: 5, things: 6 },
  { subject: 'Boréal', script: false, best: 2, things: 3 },
])(
  'two who follow $subject find each other, and make one of it: script $script',
  async ({ subject, script, best, things }) => {
    await colleagueIn();
    const hers = await open({ as: nora, script });
    const his = await open({ as: karim, script });
    await keep(hers, subject, `${subject} livre en huit semaines.`);
    await keep(hers, subject, `${press.url}/${subject}/livraison`);
    await keep(his, subject, `${press.url}/${subject}/livraison`);
    await keep(his, subject, `${subject} embauche à Lille.`);

    await share(his, subject);
    expect(await his.getByText(fr('twins.title', { count: 1, subject })).count()).toBe(0);
    await share(hers, subject);
    await hers.getByRole('heading', { name: fr('twins.title', { count: 1, subject }) }).waitFor();
    await his.reload();
    await his.getByRole('heading', { name: fr('twins.title', { count: 1, subject }) }).waitFor();

    await hers.getByRole('button', { name: fr('twins.merge') }).click();
    const gained = fr('dossiers.gain', {
      sources: fr('dossiers.sources', { count: 1 }),
      things: fr('dossiers.things', { count: things }),
      best: String(best),
    });
    await hers.getByText(gained).waitFor();
    await hers.getByRole('button', { name: fr('dossiers.make') }).click();
    await hers.getByText(fr('dossiers.made')).waitFor();
    await hers.getByText(gained).waitFor();
    const both = hers.getByRole('article').filter({ hasText: '/livraison' });
    for (const name of ['Nora Vidal', 'Karim Benali']) await both.getByText(name).first().waitFor();
    const dossier = new URL(hers.url()).pathname;

    await his.goto(dossier);
    await his.getByRole('button', { name: fr('dossiers.takeOf', { watch: subject }) }).click();
    await his.getByText(fr('dossiers.taken')).waitFor();
    expect(await his.getByText('embauche à Lille').count()).toBe(0);
    await his.getByRole('button', { name: fr('dossiers.back') }).click();
    await his.getByText('embauche à Lille').first().waitFor();

    await hers.goto(dossier);
    await hers.getByText(fr('dossiers.edit'), { exact: true }).click();
    await hers.getByRole('button', { name: fr('dossiers.undo') }).click();
    await hers.getByText(fr('dossiers.undone')).waitFor();
    expect((await his.goto(dossier))?.status()).toBe(404);
    await hers.getByRole('button', { name: fr('dossiers.restore') }).click();
    await hers.getByRole('heading', { level: 1, name: subject }).waitFor();
    expect((await his.goto(dossier))?.status()).toBe(200);
    await his.getByRole('button', { name: fr('dossiers.follow') }).click();
    await his.getByText(fr('dossiers.followed')).waitFor();
  },
);

test('whoever is about to write what is there already is told of it, and of nothing private', async () => {
  await colleagueIn();
  const his = await open({ as: karim });
  const said = 'Zostera abandonne ses pompes à membrane et solde son stock de Vierzon';
  await keep(his, 'Zostera', `${said}.`);
  const hers = await open({ as: nora });
  await ask(hers, said);
  expect(await hers.getByText(fr('twins.already')).count()).toBe(0);

  await share(his, 'Zostera');
  const drawn = async () =>
    (
      await sql`select 1 from item_terms t join desk_items i on i.id = t.item_id where i.body like ${said + '%'}`.execute(
        db,
      )
    ).rows.length;
  await until(drawn).toBeGreaterThan(0);
  await ask(hers, said);
  await hers.getByText(fr('twins.already')).waitFor();
  await hers.getByRole('link', { name: said }).click();
  await hers.getByText('Karim Benali').first().waitFor();
});

/** Puts something into the watch of that name. */
async function keep(page: Page, watch: string, text: string): Promise<void> {
  await page.goto('/desk');
  const main = page.getByRole('main');
  await main.getByLabel(fr('desk.capture.label')).fill(text);
  await main.getByRole('combobox', { name: fr('desk.capture.watch') }).fill(watch);
  await main.getByRole('button', { name: fr('desk.capture.keep') }).click();
  await page.getByText(fr('desk.capture.done')).waitFor();
}

/** Shares the watch of that name with all that stands in it, having seen who will see it. */
async function share(page: Page, watch: string): Promise<void> {
  await page.goto('/desk');
  const main = page.getByRole('main');
  await main.getByRole('link', { name: watch, exact: true }).first().click();
  await page.getByRole('link', { name: fr('desk.share.watch') }).click();
  await page.getByLabel(fr('desk.share.where')).selectOption({ label: '🌿 Vente' });
  for (const box of await main.getByRole('checkbox').all()) await box.check();
  await page.getByRole('button', { name: fr('desk.share.preview') }).click();
  await page.getByText(fr('desk.share.seenClosed', { count: 2, community: 'Vente' })).waitFor();
  await page.getByRole('button', { name: fr('desk.share.do'), exact: true }).click();
  await page.getByText(fr('desk.share.done')).waitFor();
}

/** Types a title, and waits until the server has said what it knows of it. */
async function ask(page: Page, title: string): Promise<void> {
  await page.goto('/posts/new');
  await editing(page);
  const answer = page.waitForResponse('**/api/v1/already');
  await page.getByLabel(fr('editor.title'), { exact: true }).fill(title);
  await page.getByLabel(fr('editor.title'), { exact: true }).press('Tab');
  await answer;
}

/** Karim has come, and both are in one closed community. */
async function colleagueIn(): Promise<void> {
  const here = await sql`select 1 from people where handle = ${karim}`.execute(db);
  if (here.rows.length > 0) return;
  const owner = await actorOf(db, nora);
  await inTransaction(db, async (tx) => {
    const { token } = await createInvitation(tx, owner, { email: null, role: 'member' });
    const person = { name: 'Karim Benali', email: 'karim@aubrelle.example', password: 'une clé à molette' };
    await acceptInvitation(tx, { token, ...person, language: 'fr', timeZone: 'Europe/Paris' });
    const { slug } = await foundCommunity(tx, owner, { name: 'Vente', access: 'closed', emoji: '🌿' });
    await joinCommunity(tx, await actorOf(tx, karim), slug);
    await acceptRequest(tx, owner, slug, karim);
  });
}

/** The page is read by a job, within moments. */
async function shownOnceRead(page: Page, words: string): Promise<void> {
  const shown = async () => {
    await page.reload();
    return page.locator('[data-kept-page]').getByText(words).count();
  };
  await until(shown).toBeGreaterThan(0);
}

function paragraphs(): string {
  return [
    'Le fabricant relève ses tarifs de quatre pour cent au premier janvier, sur toute sa gamme de pompes doseuses.',
    'La petite doseuse passe ainsi à six cents euros, contre cinq cent soixante-dix-sept jusqu’ici, hors pose.',
    'Les clients sous contrat gardent leur prix jusqu’à l’échéance, à condition de le demander avant la fin du mois.',
    'C’est la troisième hausse en deux ans. La première avait suivi le prix de l’inox, la deuxième celui du transport.',
  ]
    .map(
      (text) => `<p>${text} Notre enquête auprès de douze distributeurs le confirme, région par région.</p>`,
    )
    .join('');
}
