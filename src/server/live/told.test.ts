/** What else is told while one looks: a page that somebody hides, and notices that come of no conversation. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { foundDossier } from '#server/dossiers/found.ts';
import { hideThing, showThing } from '#server/moderation/hide.ts';
import { reportThing } from '#server/moderation/report.ts';
import { resolveReport } from '#server/moderation/resolve.ts';
import { inTransaction, type Tx } from '#server/platform/db.ts';
import { recordEvent } from '#server/platform/events.ts';
import { createPost } from '#server/posts/create.ts';
import { testDatabase } from '../../../tests/database.ts';
import { drawAll } from '../../../tests/drawn.ts';
import { earsOn, everythingTold, type Listener } from '../../../tests/listening.ts';
import { pageStage } from '../../../tests/pages.ts';
import { sampleWatch } from '../../../tests/watches.ts';
import { actorOf } from '../../../tests/world.ts';

const { db } = await testDatabase();
const listen = earsOn(db);
const elise = await actorOf(db, 'elise.perrin');
const thomas = await actorOf(db, 'thomas.gauthier');
const lucie = await actorOf(db, 'lucie.ferrand');

async function write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  const result = await inTransaction(db, work);
  await drawAll(db);
  return result;
}

/** Hears the end, so that what was not heard by then never comes. */
async function newsOf(...listeners: Listener[]): Promise<string[][]> {
  await everythingTold(db, listeners);
  const news = listeners.map((listener) => listener.news);
  await Promise.all(listeners.map((listener) => listener.close()));
  return news;
}

test('a page that is hidden goes for those who have it open, and comes back for them', async () => {
  const { home, page } = await pageStage(db);
  const { id } = await page(lucie, { community: await home(), title: 'Fiche Acme', body: 'Un prix.' });
  await drawAll(db);
  const reader = await listen('amadou.diallo', `entry=${id}&feed=all`);
  const outside = await listen('mathieu.kessler', `entry=${id}&feed=all`);
  await write((tx) => hideThing(tx, elise, { on: 'entry', id, reason: 'Trop tôt.' }));
  await reader.until(({ news }) => news.length === 1);
  await write((tx) => showThing(tx, elise, { on: 'entry', id }));
  expect(await newsOf(reader, outside)).toEqual([[`post.gone ${id}`, `post.changed ${id}`], []]);
});

test('what becomes of one’s drafts and words, a report and the week of a dossier ring their window too', async () => {
  const post = await write((tx) =>
    createPost(tx, elise, { title: 'Un billet', body: 'Un corps.', status: 'published' }),
  );
  const draft = await write((tx) => createPost(tx, elise, { title: 'Plus tard', body: 'Un corps.' }));
  const community = 'le-comptoir';
  const watches = [
    await sampleWatch(db, { owner: elise.handle, name: 'Norvalt', community }),
    await sampleWatch(db, { owner: lucie.handle, name: 'Norvalt', community }),
  ];
  const dossier = await write((tx) => foundDossier(tx, elise, { name: 'Norvalt', community, watches }));
  const author = await listen('elise.perrin', 'feed=all');
  const keeper = await listen('thomas.gauthier', 'feed=all');
  const about = { actorId: null, communityId: null, subjectId: draft.id };
  const data = { personId: elise.id };
  await sql`update entries set held_back = 'archived' where id = ${draft.id}`.execute(db);
  await write((tx) => recordEvent(tx, { ...about, name: 'post.held_back' }));
  await write((tx) => recordEvent(tx, { ...about, name: 'post.mailed' }));
  await write((tx) => recordEvent(tx, { ...about, name: 'dossier.week', subjectId: dossier.id, data }));
  const reporter = await listen('lucie.ferrand', 'feed=all');
  const { id } = await write((tx) =>
    reportThing(tx, lucie, { on: 'entry', id: post.id, reason: 'misplaced' }),
  );
  await keeper.until(({ news }) => news.some((each) => each.startsWith('notification ')));
  await write((tx) => resolveReport(tx, thomas, id, { outcome: 'hidden', reason: 'Mal placé.' }));
  const heard = await newsOf(author, keeper, reporter);
  expect(heard.map((news) => news.filter((each) => each.startsWith('notification ')).length)).toEqual([
    4, 1, 1,
  ]);
});
