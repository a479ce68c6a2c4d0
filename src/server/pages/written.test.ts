import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Actor } from '#server/actor.ts';
import { testDatabase } from '../../../tests/database.ts';
import { pageStage } from '../../../tests/pages.ts';
import { actorOf } from '../../../tests/world.ts';
import { takeChange } from './change.ts';
import { changesSince, meltOldChanges } from './changes.ts';
import { contributorsOf } from './contributors.ts';
import { changeTo, textAfter, textOf } from './document.ts';
import { compareVersions, pageHistory, restoreVersion } from './history.ts';
import { deletePage, restorePage } from './remove.ts';
import { savePage, savePageOrRefuse } from './save.ts';

const { db } = await testDatabase('world');
const elise = await actorOf(db, 'elise.perrin');
const lucie = await actorOf(db, 'lucie.ferrand');
const amadou = await actorOf(db, 'amadou.diallo');

const { write, refusal, home, page, save, read, stateOf } = await pageStage(db);
const shared = await home();

describe('two people at the same moment', () => {
  test('changes of both stand in the text, in whatever order they come, however often', async () => {
    const { id } = await page(elise, { community: shared, body: 'Acme vend des pompes.' });
    const { state } = await stateOf(id);
    const mine = changeTo(state, 'Acme vend des pompes à Lyon.');
    const theirs = changeTo(state, 'Acme, fondée en 1950, vend des pompes.');
    const send = (actor: Actor, change: Uint8Array) =>
      write((tx) => takeChange(tx, actor, id, Buffer.from(change).toString('base64')));
    expect(await Promise.all([send(elise, mine), send(lucie, theirs)])).toHaveLength(2);
    expect(await send(lucie, theirs)).toEqual({ version: 3 });
    const { body, contributors } = await read(amadou, id);
    expect(body).toBe('Acme, fondée en 1950, vend des pompes à Lyon.');
    expect(contributors.map(({ person }) => person.handle)).toEqual(['elise.perrin', 'lucie.ferrand']);
    expect(textOf((await stateOf(id)).state)).toBe(body);
    expect((await pageHistory(db, amadou, id)).items).toHaveLength(1);
    const missed = await changesSince(db, amadou, id, 1);
    expect(missed.changes).toHaveLength(2);
    const all = [state, ...missed.changes.map((each) => Buffer.from(each, 'base64'))];
    expect(textAfter(all)).toBe(body);
    expect(await refusal(write((tx) => takeChange(tx, elise, id, 'AQIDBAUG')))).toBe(
      'page_change_unreadable',
    );
  });

  test('a form that was open meanwhile loses nothing, and is asked where both changed the same words', async () => {
    const { id } = await page(elise, { community: shared, body: 'Prix : 12 euros.\n\nSiège : Lyon.' });
    await save(lucie, id, 'Prix : 14 euros.\n\nSiège : Lyon.', 1);
    const apart = await save(amadou, id, 'Prix : 12 euros.\n\nSiège : Lille.', 1);
    expect(apart).toMatchObject({ merged: true, conflicts: [], body: 'Prix : 14 euros.\n\nSiège : Lille.' });
    const same = await save(amadou, id, 'Prix : 15 euros.\n\nSiège : Lyon.', 1);
    expect(same.conflicts).toEqual([{ theirs: '14', mine: '15' }]);
    expect(same.body).toContain('14 15 euros');
    expect((await read(elise, id)).body).toBe('Prix : 14 euros.\n\nSiège : Lille.');
    expect(
      await refusal(write((tx) => savePageOrRefuse(tx, amadou, id, { body: 'Prix : 1 euro.', version: 1 }))),
    ).toBe('page_same_words');
    expect(await refusal(save(amadou, id, 'Sans version', 0))).toBe('page_version_missing');
    expect(await refusal(save(amadou, id, 'Demain', 99))).toBe('page_opened_long_ago');
  });

  test('old changes are melted, and a form opened before still merges', async () => {
    const { id } = await page(elise, { community: shared, body: 'Un.' });
    for (const [at, body] of ['Un deux.', 'Un deux trois.', 'Un deux trois quatre.'].entries())
      await save(elise, id, body, at + 1);
    await sql`update page_changes set at = now() - interval '40 days' where page_id = ${id} and version <= 3`.execute(
      db,
    );
    await write((tx) => meltOldChanges(tx));
    const left = await db.selectFrom('page_changes').select('version').where('page_id', '=', id).execute();
    expect(left.map(({ version }) => version).sort()).toEqual([3, 4]);
    expect((await save(lucie, id, 'Zéro. Un deux trois.', 3)).body).toBe('Zéro. Un deux trois quatre.');
    expect(await refusal(save(lucie, id, 'Zéro.', 1))).toBe('page_opened_long_ago');
    const missed = await changesSince(db, lucie, id, 1);
    expect(textAfter(missed.changes.map((each) => Buffer.from(each, 'base64')))).toBe(
      'Zéro. Un deux trois quatre.',
    );
  });
});

describe('history', () => {
  test('a version says what it changed, and comes back as the newest', async () => {
    const slug = await home();
    const { id } = await page(elise, { community: slug, title: 'Acme', body: 'Prix : 12 euros.' });
    await sql`update page_versions set changed_at = changed_at - interval '1 hour', begun_at = begun_at - interval '1 hour'
      where page_id = ${id}`.execute(db);
    await save(lucie, id, 'Prix : 14 euros.', 1);
    const { items } = await pageHistory(db, amadou, id);
    expect(items.map(({ number, writers }) => [number, ...writers.map(({ handle }) => handle)])).toEqual([
      [2, 'lucie.ferrand'],
      [1, 'elise.perrin'],
    ]);
    const { body } = await compareVersions(db, amadou, id, { number: 2 });
    expect(body).toEqual([
      { kind: 'same', text: 'Prix : ' },
      { kind: 'removed', text: '12' },
      { kind: 'added', text: '14' },
      { kind: 'same', text: ' euros.' },
    ]);
    await write((tx) => restoreVersion(tx, amadou, id, 1));
    const now = await read(elise, id);
    expect(now.body).toBe('Prix : 12 euros.');
    expect((await pageHistory(db, amadou, id)).items[0]).toMatchObject({ number: 3, restores: 1 });
    expect(await refusal(write((tx) => restoreVersion(tx, amadou, id, 9)))).toBe('not_found');
  });

  test('contributors shown are those of the event log, on whatever history', async () => {
    const slug = await home();
    const people = [elise, lucie, amadou];
    const step = fc.record({
      who: fc.nat({ max: 2 }),
      what: fc.constantFrom('write', 'write', 'nothing', 'rename', 'restore', 'pause', 'delete'),
      words: fc.constantFrom('prix', 'hausse', 'Lyon', '2027'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        const { id } = await page(elise, { community: slug, body: 'Début.' });
        const wrote = new Set(['elise.perrin']);
        for (const [at, { who, what, words }] of steps.entries()) {
          const actor = people[who]!;
          const { body, version, title } = await read(actor, id);
          if (what === 'write') await save(actor, id, `${body} ${words}`, version);
          if (what === 'nothing') await save(actor, id, body, version);
          if (what === 'rename') await write((tx) => savePage(tx, actor, id, { title: `${title} ${at}` }));
          if (what === 'restore') await write((tx) => restoreVersion(tx, actor, id, 1));
          const changed = await read(actor, id);
          if (changed.body !== body || changed.title !== title) wrote.add(actor.handle);
          if (what === 'pause')
            await sql`update page_versions set begun_at = begun_at - interval '3 hours', changed_at = changed_at - interval '3 hours'
              where page_id = ${id}`.execute(db);
          if (what === 'delete') {
            await write((tx) => deletePage(tx, elise, id));
            await write((tx) => restorePage(tx, elise, id));
          }
        }
        const shown = (await contributorsOf(db, elise, id)).map(({ person }) => person.handle);
        const { rows } = await sql<{ handle: string }>`select distinct handle from events
          join people on people.id = actor_id
          where subject_id = ${id} and events.name in ('page.created', 'page.edited')`.execute(db);
        expect(shown.toSorted()).toEqual(rows.map(({ handle }) => handle).toSorted());
        expect(shown.toSorted()).toEqual([...wrote].toSorted());
        const { body } = await read(lucie, id);
        expect(textOf((await stateOf(id)).state)).toBe(body);
      }),
      { numRuns: 25 },
    );
  });
});
