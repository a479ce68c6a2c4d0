/** A desk, alone: caught by one key, found while typing, marked where it is read, and shared by one gesture that is undone. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { removeMember } from '#server/communities/animate.ts';
import { foundCommunity } from '#server/communities/found.ts';
import { inviteToCommunity } from '#server/communities/invite.ts';
import { joinCommunity } from '#server/communities/join.ts';
import { inTransaction } from '#server/platform/db.ts';
import { sampleWatch } from '../watches.ts';
import { actorOf } from '../world.ts';
import { listening, stageFor, wordsOf } from './windows.ts';

const { open, db } = await stageFor();
const fr = wordsOf('fr');

test('without script: a note, a watch, a search, and a post seen before it leaves', async () => {
  const page = await open({ as: 'yanis.belkacem', script: false });
  await page.goto('/desk');
  await page.getByText(fr('desk.empty.title')).waitFor();
  const main = page.getByRole('main');
  await main.getByLabel(fr('desk.capture.label')).fill('Norvalt ne répond plus depuis mars.');
  await main.getByRole('combobox', { name: fr('desk.capture.watch') }).fill('Norvalt');
  await main.getByRole('button', { name: fr('desk.capture.keep') }).click();
  await page.getByText(fr('desk.capture.done')).waitFor();

  await main.getByLabel(fr('desk.find.label')).fill('mars norvalt');
  await main.getByRole('button', { name: fr('app.find') }).click();
  await main.getByRole('link', { name: 'Norvalt ne répond plus' }).click();
  await page.getByText(fr('desk.item.seenByNobody')).waitFor();

  await page.getByRole('link', { name: fr('desk.item.share') }).click();
  await page.getByLabel(fr('desk.share.where')).selectOption('le-comptoir');
  await page.getByLabel(fr('desk.share.titleField')).fill('Norvalt muet');
  await page.getByRole('button', { name: fr('desk.share.preview') }).click();
  await page.getByText(fr('desk.share.seenOpen', { community: 'Le comptoir' })).waitFor();
  await page.getByRole('button', { name: fr('desk.share.publish') }).click();
  await page.getByText(fr('desk.share.itemDone')).waitFor();
  const listed = async () =>
    (await sql`select 1 from entries where title = 'Norvalt muet' and listed`.execute(db)).rows.length;
  expect(await listed()).toBe(1);
  await page.getByRole('button', { name: fr('desk.share.undo') }).click();
  await page.getByText(fr('desk.share.seenOnDesk')).waitFor();
  expect(await listed()).toBe(0);
});

test('one key anywhere catches a thought, and the page stays where it was; a desk answers while one types', async () => {
  const page = await open({ as: 'bernard.lecoq' });
  await listening(page, '/communities');
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: fr('desk.capture.title') });
  await dialog.getByLabel(fr('desk.capture.label')).fill('Penser aux zostères de Marseille');
  await page.keyboard.press('Control+Enter');
  await page.getByText(fr('desk.capture.done')).waitFor();
  expect(new URL(page.url()).pathname).toBe('/communities');
  await dialog.waitFor({ state: 'hidden' });

  await page.goto('/desk');
  await page.getByRole('main').getByLabel(fr('desk.find.label')).pressSequentially('zost');
  await page.locator('#found mark', { hasText: 'zostères' }).waitFor();
  await page.waitForURL((url) => url.search === '?q=zost');
  await page.getByRole('main').getByLabel(fr('desk.find.label')).fill('rien de tel');
  await page.getByText(fr('desk.find.nothing', { q: 'rien de tel' })).waitFor();
});

test('a post is kept without a trace, and a bookmarklet brings what it saw', async () => {
  const page = await open({ as: 'lucie.ferrand' });
  const events = async () =>
    (await sql<{ n: number }>`select count(*)::int as n from events`.execute(db)).rows[0]!.n;
  await page.goto('/?scope=all');
  await page.locator('main article h2 a').first().click();
  const before = await events();
  await page
    .getByRole('main')
    .getByRole('button', { name: fr('desk.keepPost'), exact: true })
    .click();
  await page.getByText(fr('desk.postKept')).waitFor();
  await page.getByRole('button', { name: fr('desk.letPostGo') }).waitFor();
  expect(await events()).toBe(before);

  await page.goto(
    '/desk/clip?via=bookmarklet&url=https%3A%2F%2Fnorvalt.example%2Fprix&title=Tarifs&text=Hausse',
  );
  expect(await page.getByLabel(fr('desk.clip.note')).inputValue()).toBe('Hausse');
  await page
    .getByRole('main')
    .getByRole('button', { name: fr('desk.capture.keep') })
    .click();
  await page.getByText(fr('desk.clip.kept')).waitFor();
  await page.getByRole('link', { name: fr('desk.capture.see'), exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Tarifs' }).waitFor();
});

test('without script: what a colleague shared is kept from his watch, once, and its finder stays with it', async () => {
  const page = await open({ as: 'yanis.belkacem', script: false });
  const watch = await sampleWatch(db, {
    ...{ owner: 'elise.perrin', name: 'Thermor', community: 'le-comptoir' },
    things: [{ title: 'Thermor ouvre à Lyon', url: 'https://presse.example/lyon' }],
  });
  await page.goto(`/desk/watches/${watch}`);
  await page.getByRole('button', { name: fr('desk.copy.keep') }).click();
  await page.getByText(fr('desk.copy.done')).waitFor();
  await page.getByRole('link', { name: fr('desk.copy.there') }).click();
  await page.getByRole('heading', { level: 1, name: 'Thermor ouvre à Lyon' }).waitFor();
  await page.getByText(fr('desk.item.seenByNobody')).waitFor();
  await page.locator('summary', { hasText: 'Trouvé par Élise Perrin' }).waitFor();
  await page.goto(`/desk/watches/${watch}`);
  expect(await page.getByRole('button', { name: fr('desk.copy.keep') }).count()).toBe(0);
});

test.each([
  ['le-comptoir', 'seenByAll', 'Le comptoir'],
  ['face-a-norvalt', 'seenBy', 'Face à Norvalt'],
] as const)(
  'a thing shared in %s says who sees it, however many watches one has',
  async (slug, seen, name) => {
    const owner = 'elise.perrin';
    const { id } = await actorOf(db, owner);
    await sql`insert into watches (owner_id, name) select ${id}, ${`A ${slug} `} || n from generate_series(1, 310) n`.execute(
      db,
    );
    const watch = await sampleWatch(db, {
      ...{ owner, name: `Zostères de ${slug}`, community: slug },
      things: [{ title: `Vu dans ${slug}`, url: `https://presse.example/${slug}` }],
    });
    const page = await open({ as: owner, script: false });
    await page.goto(`/desk/watches/${watch}`);
    await page.getByRole('link', { name: `Vu dans ${slug}` }).click();
    await page.getByText(fr(`desk.item.${seen}`, { community: name })).waitFor();
  },
);

test('without script: what is saved of a thing or a source leaves it in its watch, however far down the list that is', async () => {
  const owner = 'claire.martin';
  const { id } = await actorOf(db, owner);
  await sql`insert into watches (owner_id, name) select ${id}, 'A ' || n from generate_series(1, 1010) n`.execute(
    db,
  );
  const watch = await sampleWatch(db, { owner, name: 'Zostères', things: [{ title: 'Au bout' }] });
  const { rows } = await sql<{ id: string }>`insert into subscriptions (person_id, address, watch_id)
    values (${id}, 'https://presse.example/feed', ${watch}) returning id`.execute(db);
  const source = rows[0]!.id;
  const page = await open({ as: owner, script: false });
  await page.goto(`/desk/watches/${watch}`);
  await page.getByRole('link', { name: 'Au bout' }).click();
  await page.getByRole('button', { name: fr('desk.item.placeSave') }).click();
  await page.getByText(fr('desk.item.saved')).waitFor();
  await page.goto(`/desk/sources/${source}`);
  await page.getByLabel(fr('sources.ownTitle')).fill('Presse');
  await page.getByRole('button', { name: fr('app.save') }).click();
  await page.waitForURL('**/desk/sources?saved');
  const stand = await sql`select (select watch_id from subscriptions where id = ${source}) as source,
    (select watch_id from desk_items where watch_id = ${watch}) as item`.execute(db);
  expect(stand.rows).toEqual([{ source: watch, item: watch }]);
});

test('without script: whoever was shown out of a secret community is told what is still shared there, and takes it back', async () => {
  const [lucie, elise] = [await actorOf(db, 'lucie.ferrand'), await actorOf(db, 'elise.perrin')];
  const slug = await inTransaction(db, async (tx) => {
    const { slug } = await foundCommunity(tx, lucie, { name: 'À huis clos', access: 'secret' });
    await inviteToCommunity(tx, lucie, slug, elise.handle);
    await joinCommunity(tx, elise, slug);
    return slug;
  });
  const things = [{ title: 'Vu de là', url: 'https://presse.example/la' }];
  const watch = await sampleWatch(db, {
    owner: 'elise.perrin',
    name: 'Restée là',
    community: slug,
    things,
  });
  await inTransaction(db, (tx) => removeMember(tx, lucie, slug, elise.handle));

  const page = await open({ as: 'elise.perrin', script: false });
  await page.goto(`/desk/watches/${watch}`);
  await page.getByText(fr('desk.watches.sharedAway')).waitFor();
  const above = page.locator('main .kicker').first();
  expect(await above.getByText(fr('desk.watches.private')).count()).toBe(0);
  expect(await page.getByText('À huis clos').count()).toBe(0);
  const main = page.getByRole('main');
  await main.getByLabel(fr('desk.capture.label')).fill('Pour moi');
  await main.getByLabel(fr('desk.forYou')).check();
  await main.getByRole('button', { name: fr('desk.capture.keep') }).click();
  await page.getByText(fr('desk.capture.done')).waitFor();

  await page.getByRole('link', { name: 'Vu de là' }).click();
  await page.getByText(fr('desk.item.seenAway')).waitFor();
  await page.goBack();
  await page.getByRole('link', { name: fr('desk.share.change') }).click();
  await page.getByText(fr('desk.share.sharedAway')).waitFor();
  await page.getByRole('button', { name: fr('desk.share.stop') }).click();
  await page.getByText(fr('desk.share.undone')).waitFor();
  await above.getByText(fr('desk.watches.private')).waitFor();
});

test.each([true, false])(
  'what watches would be together follows what is ticked (script: %s)',
  async (script) => {
    const share = (owner: string, name: string, ...pages: string[]) =>
      sampleWatch(db, {
        ...{ owner, name, community: 'le-comptoir' },
        things: pages.map((title) => ({ title, url: `https://presse.example/${title}?script=${script}` })),
      });
    const name = script ? 'Avec script' : 'Sans script';
    const watches = [
      await share('yanis.belkacem', `${name}, Yanis`, 'un', 'deux'),
      await share('elise.perrin', `${name}, Élise`, 'deux', 'trois', 'quatre'),
    ];
    const page = await open({ as: 'yanis.belkacem', script });
    await page.goto(`/dossiers/new?watch=${watches.join('&watch=')}`);
    const things = (count: number) => page.getByText(fr('dossiers.things', { count }));
    await things(4).waitFor();
    await page.getByLabel(fr('dossiers.name')).fill('Un nom à moi');
    await page.getByRole('checkbox', { name: `${name}, Élise` }).uncheck();
    if (!script) {
      expect(await things(4).isVisible()).toBe(false);
      await page.getByRole('button', { name: fr('dossiers.recalculate') }).click();
    }
    await things(2).waitFor();
    expect(await page.getByLabel(fr('dossiers.name')).inputValue()).toBe('Un nom à moi');
    expect(await page.getByRole('button', { name: fr('dossiers.recalculate') }).isVisible()).toBe(!script);
    await page.getByRole('checkbox', { name: `${name}, Élise` }).check();
    if (!script) await page.getByRole('button', { name: fr('dossiers.recalculate') }).click();
    await things(4).waitFor();
    await page.getByRole('button', { name: fr('dossiers.make') }).click();
    await page.getByRole('heading', { level: 1, name: 'Un nom à moi' }).waitFor();
  },
);
