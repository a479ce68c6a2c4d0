import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import type { Actor } from '../actor.ts';
import { listItems } from '../desk/list.ts';
import { readItem } from '../desk/read.ts';
import { readWatch } from '../desk/watches.ts';
import { followDossier } from '../dossiers/follow.ts';
import { addWatches, foundDossier } from '../dossiers/found.ts';
import { listDossiers } from '../dossiers/list.ts';
import { previewMerge } from '../dossiers/preview.ts';
import { readDossier } from '../dossiers/read.ts';
import { dossierThings } from '../dossiers/things.ts';
import { gatheredSections } from '../export/gathered.ts';
import { listNotifications } from '../notifications/list.ts';
import { createPage } from '../pages/create.ts';
import { inTransaction, type Tx } from '../platform/db.ts';
import { shareWatch, stopSharing } from '../sharing/watch.ts';
import { alreadyThere } from '../twins/existing.ts';
import { sketchTexts } from '../twins/sketch.ts';
import { twinsOf } from '../twins/twins.ts';
import { newsOf } from '../weeks/news.ts';
import { testDatabase } from '../../../tests/database.ts';
import { drawAll } from '../../../tests/drawn.ts';
import { sampleWatch } from '../../../tests/watches.ts';
import { actorOf } from '../../../tests/world.ts';
import { auditLog } from './audit.ts';
import { listHidden } from './hidden.ts';
import { hideThing, showThing } from './hide.ts';
import { hasWaitingReports, listReports, readReport } from './list.ts';
import { readThing } from './read.ts';
import { reportThing } from './report.ts';
import { resolveReport } from './resolve.ts';
import type { Thing } from './thing.ts';

const { db } = await testDatabase();
const [helene, nadia, thomas, claire, bernard, bastien, ines] = (await Promise.all(
  [
    'helene.dargent', // owner
    'nadia.rahmani', // admin
    'thomas.gauthier', // moderator, in no secret community
    'claire.martin',
    'bernard.lecoq', // animates le-metier, which is open
    'bastien.vasseur', // animates face-a-norvalt, which is secret
    'ines.carvalho', // animates le-comptoir, which is open
  ].map((handle) => actorOf(db, handle)),
)) as [Actor, Actor, Actor, Actor, Actor, Actor, Actor];

const act = <T>(write: (tx: Tx) => Promise<T>) => inTransaction(db, write);
const missing = { code: 'not_found', reason: 'not_found' };
const hide = (actor: Actor, thing: Thing, reason = 'Prix d’un client.') =>
  act((tx) => hideThing(tx, actor, { ...thing, reason }));
const show = (actor: Actor, thing: Thing) => act((tx) => showThing(tx, actor, thing));
const report = async (actor: Actor, thing: Thing, words = 'Ce client nous lit.') =>
  (await act((tx) => reportThing(tx, actor, { ...thing, reason: 'confidential', words }))).id;

/** The name of the watches, and of the dossier. */
const subject = 'Zorglonde';
let watch: Thing;
let other: Thing;
let dossier: Thing;

/** Claire and Bernard follow the same in the open, and put it together; both kept one page, Claire another. */
beforeEach(async () => {
  await sql`delete from dossiers`.execute(db);
  await sql`delete from desk_items`.execute(db);
  await sql`delete from watches`.execute(db);
  const page = (name: string) => ({
    title: `${subject} rachète ${name}`,
    url: `https://presse.example/${name}`,
  });
  const shared = (owner: string, things: { title: string; url: string }[]) =>
    sampleWatch(db, { owner, name: subject, community: 'le-comptoir', things });
  watch = { on: 'watch', id: await shared('claire.martin', [page('Hydralis'), page('Krypton')]) };
  other = { on: 'watch', id: await shared('bernard.lecoq', [page('Hydralis')]) };
  await sketchTexts(db);
  const watches = [watch.id, other.id];
  const made = { name: subject, community: 'le-comptoir', watches };
  dossier = { on: 'dossier', id: (await act((tx) => foundDossier(tx, claire, made))).id };
});

const foundIn = async (actor: Actor) =>
  (await dossierThings(db, actor, dossier.id)).items.map(({ title }) => title).sort();

test('a hidden watch is gone for all but its owner and those who keep order, who read why; shown, it is back', async () => {
  const [item] = (await listItems(db, bernard, { watch: watch.id })).items;
  await hide(thomas, watch);
  await expect(readWatch(db, bernard, watch.id)).rejects.toMatchObject(missing);
  await expect(readItem(db, bernard, item!.id)).rejects.toMatchObject(missing);
  expect((await listItems(db, bernard, { watch: watch.id })).items).toEqual([]);
  for (const keeper of [claire, thomas, nadia, ines]) {
    expect(await readWatch(db, keeper, watch.id)).toMatchObject({ hidden: { reason: 'Prix d’un client.' } });
    expect((await readItem(db, keeper, item!.id)).id).toBe(item!.id);
  }
  expect(await readWatch(db, claire, watch.id)).toMatchObject({ may: { report: false, hide: false } });
  expect(await readWatch(db, ines, watch.id)).toMatchObject({ may: { report: false, hide: true } });
  await show(ines, watch);
  expect(await readWatch(db, bernard, watch.id)).toMatchObject({ hidden: null, may: { report: true } });
  expect((await listItems(db, bernard, { watch: watch.id })).items).toHaveLength(2);
});

test('its finds leave the dossier for every reader, and come back', async () => {
  const before = await foundIn(bernard);
  expect(before).toHaveLength(2);
  await hide(ines, watch);
  for (const reader of [bernard, claire, thomas]) {
    expect(await foundIn(reader)).toEqual([`${subject} rachète Hydralis`]);
    const whole = await readDossier(db, reader, dossier.id);
    expect(whole.watches.map(({ id }) => id)).toEqual([other.id]);
    expect(whole.gain).toMatchObject({ things: 1, best: { watchId: other.id } });
    expect((await listDossiers(db, reader, { watch: watch.id })).items).toEqual([]);
  }
  await show(ines, watch);
  expect(await foundIn(bernard)).toEqual(before);
});

test('it is nobody’s twin, is not said to be there already, and goes into no dossier', async () => {
  const title = `${subject} rachète Krypton`;
  const there = async () => (await alreadyThere(db, bernard, { title })).some((each) => each.title === title);
  expect(await twinsOf(db, bernard, other.id)).toMatchObject({ colleagues: 1 });
  expect(await twinsOf(db, claire, watch.id)).toMatchObject({ colleagues: 1 });
  expect(await there()).toBe(true);
  await hide(thomas, watch);
  expect(await twinsOf(db, bernard, other.id)).toEqual({ colleagues: 0, items: [] });
  expect(await twinsOf(db, claire, watch.id)).toEqual({ colleagues: 0, items: [] });
  expect(await there()).toBe(false);
  expect((await previewMerge(db, bernard, [watch.id, other.id])).watches).toHaveLength(1);
  const made = { name: 'Encore', community: 'le-comptoir', watches: [watch.id, other.id] };
  for (const actor of [bernard, claire])
    await expect(act((tx) => foundDossier(tx, actor, made))).rejects.toMatchObject({
      fields: { watches: 'watch_out_of_sight' },
    });
});

test('a hidden dossier is in no list and no week; its founder and those who keep order open it, and read why', async () => {
  for (const actor of [nadia, bastien]) await act((tx) => followDossier(tx, actor, dossier.id));
  const week = { personId: nadia.id, dossierId: dossier.id, until: new Date().toISOString().slice(0, 10) };
  const follows = async () =>
    (await listDossiers(db, nadia, { scope: 'following' })).items.some(({ id }) => id === dossier.id);
  // What he takes along of all that is his.
  const taken = async (actor: Actor) => (await gatheredSections(actor)['followedDossiers']!.execute(db)).rows;
  expect(await newsOf(db, week)).not.toBeNull();
  await hide(thomas, dossier);
  await expect(readDossier(db, bernard, dossier.id)).rejects.toMatchObject(missing);
  await expect(act((tx) => followDossier(tx, bernard, dossier.id))).rejects.toMatchObject(missing);
  await expect(act((tx) => addWatches(tx, bernard, dossier.id, [other.id]))).rejects.toMatchObject(missing);
  for (const keeper of [claire, nadia, ines])
    expect(await readDossier(db, keeper, dossier.id)).toMatchObject({
      hidden: { reason: 'Prix d’un client.' },
      may: { report: false, hide: keeper !== claire },
    });
  expect(await follows()).toBe(false);
  expect(await taken(bastien)).toEqual([]);
  expect(await newsOf(db, week)).toBeNull();
  expect((await readWatch(db, bernard, watch.id)).id).toBe(watch.id);
  await show(nadia, dossier);
  expect(await follows()).toBe(true);
  expect(await taken(bastien)).toHaveLength(1);
  expect(await newsOf(db, week)).not.toBeNull();
});

test('who keeps no order there hides nothing; nobody judges or lifts what is his own', async () => {
  for (const thing of [watch, dossier]) {
    await expect(hide(bernard, thing)).rejects.toMatchObject({ reason: 'order_keepers_only' });
    await expect(hide(claire, thing)).rejects.toMatchObject({ reason: 'order_keepers_only' });
    await expect(hide(ines, thing, ' ')).rejects.toMatchObject({
      fields: { reason: 'order_reason_missing' },
    });
    await expect(report(claire, thing)).rejects.toMatchObject({ reason: 'report_own_words' });
    await hide(ines, thing);
    await expect(show(claire, thing)).rejects.toMatchObject({ reason: 'order_keepers_only' });
    await expect(show(bernard, thing)).rejects.toMatchObject(missing);
    await expect(report(bernard, thing)).rejects.toMatchObject(missing);
  }
  const own = await sampleWatch(db, { owner: 'thomas.gauthier', name: subject, community: 'le-comptoir' });
  await hide(nadia, { on: 'watch', id: own });
  await expect(show(thomas, { on: 'watch', id: own })).rejects.toMatchObject({ reason: 'order_own_words' });
});

test('what is private is not there to be reported or hidden, for whoever keeps order neither', async () => {
  const id = await sampleWatch(db, { owner: 'claire.martin', name: `${subject} pour moi` });
  for (const actor of [thomas, helene, claire, bernard]) {
    await expect(report(actor, { on: 'watch', id })).rejects.toMatchObject(missing);
    await expect(hide(actor, { on: 'watch', id })).rejects.toMatchObject(missing);
  }
});

test('reports reach those who keep order, as one line for each thing, and one decision answers them all', async () => {
  const first = await report(bernard, watch);
  expect(await report(bernard, watch, 'Plus précis.')).toBe(first);
  const second = await report(bastien, watch);
  const third = await report(bastien, dossier);
  await drawAll(db);
  const lines = async (actor: Actor) =>
    (await listNotifications(db, actor)).items
      .filter(({ kind, title }) => kind === 'report' && title === subject)
      .map(({ url, voices, less }) => [url, voices, less.dossier]);
  const told = [
    [`/moderation/${third}`, 1, null],
    [`/moderation/${second}`, 2, null],
  ];
  for (const keeper of [thomas, ines]) expect(await lines(keeper)).toEqual(told);
  for (const one of [claire, bernard, bastien]) expect(await lines(one)).toEqual([]);
  expect(await readThing(db, bernard, watch)).toMatchObject({
    ...{ on: 'watch', title: subject, own: false, mayHide: false },
    reported: { words: 'Plus précis.' },
  });
  expect(await hasWaitingReports(db, ines)).toBe(true);
  await expect(readReport(db, claire, first)).rejects.toMatchObject(missing);
  const hidden = { outcome: 'hidden', reason: 'Prix d’un client.', answer: 'Merci.' };
  await act((tx) => resolveReport(tx, ines, first, hidden));
  for (const [actor, id] of [
    [bernard, first],
    [bastien, second],
  ] as const)
    expect(await readReport(db, actor, id)).toMatchObject({
      ...{ on: 'watch', state: 'hidden', answer: 'Merci.', thing: null, reporter: null },
    });
  await act((tx) => resolveReport(tx, thomas, third, { outcome: 'nothing' }));
  expect(await lines(thomas)).toEqual([]);
  expect((await listHidden(db, thomas)).items[0]).toMatchObject({
    ...{ on: 'watch', id: watch.id, title: subject, url: `/desk/watches/${watch.id}` },
    ...{ reason: 'Prix d’un client.', hiddenBy: { handle: 'ines.carvalho' } },
  });
});

test('what is told of a report in a secret community stays there, wherever the watch goes', async () => {
  const things = [{ title: subject, url: `https://presse.example/secret` }];
  const at = { owner: 'claire.martin', name: `${subject} au secret`, community: 'face-a-norvalt' };
  const id = await sampleWatch(db, { ...at, things });
  const made = await report(helene, { on: 'watch', id });
  const waits = async (actor: Actor) =>
    (await listReports(db, actor, { box: 'waiting', limit: 100 })).items.some((each) => each.id === made);
  expect([await waits(bastien), await waits(thomas), await waits(ines)]).toEqual([true, false, false]);
  await act((tx) => stopSharing(tx, claire, id));
  expect(await waits(bastien)).toBe(false);
  expect(await readReport(db, helene, made)).toMatchObject({ state: 'gone', thing: null });
  await act((tx) => shareWatch(tx, claire, id, { community: 'le-comptoir', items: [] }));
  expect([await waits(bastien), await waits(thomas), await waits(ines)]).toEqual([false, false, false]);
  await expect(readReport(db, thomas, made)).rejects.toMatchObject(missing);
  await drawAll(db);
  const told = (await listNotifications(db, thomas)).items.filter(({ kind }) => kind === 'report');
  expect(told.some(({ url }) => url.endsWith(made))).toBe(false);
  // Reported where it stands now, it is for those who keep order there.
  await report(helene, { on: 'watch', id }, 'Ici aussi.');
  expect([await waits(bastien), await waits(thomas), await waits(ines)]).toEqual([false, true, true]);
});

test('taken back and shared again, it is hidden still', async () => {
  await hide(ines, watch);
  await act((tx) => stopSharing(tx, claire, watch.id));
  await expect(readWatch(db, thomas, watch.id)).rejects.toMatchObject(missing);
  expect((await listHidden(db, ines, { limit: 100 })).items.some(({ id }) => id === watch.id)).toBe(false);
  await act((tx) => shareWatch(tx, claire, watch.id, { community: 'le-metier', items: [] }));
  await expect(readWatch(db, bastien, watch.id)).rejects.toMatchObject(missing);
  expect((await readWatch(db, thomas, watch.id)).hidden).not.toBeNull();
});

test('the log tells of pages, watches and dossiers, where they stand and why', async () => {
  const page = await act((tx) =>
    createPage(tx, claire, { community: 'le-comptoir', title: 'Fiche', body: 'Un prix.' }),
  );
  const entry: Thing = { on: 'entry', id: page.id };
  for (const thing of [entry, watch, dossier]) await hide(thomas, thing);
  for (const thing of [entry, watch, dossier]) await show(thomas, thing);
  const { items } = await auditLog(db, nadia, { kind: 'order', limit: 6 });
  expect(items.map(({ name, url, details }) => [name, url, details['reason']])).toEqual([
    ['dossier.shown', `/dossiers/${dossier.id}`, undefined],
    ['watch.shown', `/desk/watches/${watch.id}`, undefined],
    ['page.shown', `/pages/${page.id}`, undefined],
    ['dossier.hidden', `/dossiers/${dossier.id}`, 'Prix d’un client.'],
    ['watch.hidden', `/desk/watches/${watch.id}`, 'Prix d’un client.'],
    ['page.hidden', `/pages/${page.id}`, 'Prix d’un client.'],
  ]);
});
