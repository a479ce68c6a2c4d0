import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { inRollback, testDatabase } from '../../../tests/database.ts';
import { sampleWatch } from '../../../tests/watches.ts';
import { actorOf } from '../../../tests/world.ts';
import type { Actor } from '../actor.ts';
import { inTransaction } from '../platform/db.ts';
import { sketchTexts } from '../twins/sketch.ts';
import { dossierChanges } from './changes.ts';
import { dossierContradictions } from './contradict.ts';
import { followDossier, unfollowDossier } from './follow.ts';
import {
  addWatches,
  deleteDossier,
  editDossier,
  foundDossier,
  removeWatch,
  restoreDossier,
} from './found.ts';
import { listDossiers } from './list.ts';
import { previewMerge } from './preview.ts';
import { readDossier } from './read.ts';
import { dossierSources, dossierThings } from './things.ts';

const { db } = await testDatabase('world');
const day = (date: string) => new Date(`2026-03-${date}T09:00:00Z`);
let [helene, thomas, nadia]: Actor[] = [];
let ofHelene: string;
let ofThomas: string;
let dossier: string;

beforeAll(async () => {
  [helene, thomas, nadia] = await Promise.all(
    ['helene.dargent', 'thomas.gauthier', 'nadia.rahmani'].map((handle) => actorOf(db, handle)),
  );
  ofHelene = await sampleWatch(db, {
    owner: 'helene.dargent',
    name: 'Norvalt',
    community: 'le-comptoir',
    things: [
      {
        title: 'Norvalt à Grenoble',
        url: 'https://presse.example/grenoble?utm_source=lettre',
        at: day('03'),
      },
      { title: 'Le catalogue Norvalt', url: 'https://norvalt.example/catalogue', at: day('04') },
      { title: 'Au salon', body: 'Le forfait Confort de Norvalt coûte 49 € par mois.', at: day('05') },
      { title: 'Pour moi', body: 'Ne pas le dire.', private: true },
    ],
  });
  ofThomas = await sampleWatch(db, {
    owner: 'thomas.gauthier',
    name: 'Norvalt (concurrent)',
    community: 'le-comptoir',
    things: [
      {
        title: 'Norvalt s’installe',
        url: 'http://www.presse.example/grenoble',
        body: 'À surveiller.',
        at: day('09'),
      },
      { title: 'Chez un client', body: 'Le forfait Confort de Norvalt coûte 59 € par mois.', at: day('10') },
    ],
  });
  await sketchTexts(db);
  const input = { name: 'Norvalt', community: 'le-comptoir', watches: [ofHelene, ofThomas] };
  dossier = (await inTransaction(db, (tx) => foundDossier(tx, helene!, input))).id;
});

describe('one plus one', () => {
  test('unites what was found, and says what is won', async () => {
    const whole = await readDossier(db, nadia!, dossier);
    expect(whole.gain).toEqual({
      ...{ sources: 2, things: 4 },
      best: { watchId: ofHelene, name: 'Norvalt', sources: 2, things: 3 },
    });
    expect(whole.watches.map(({ owner }) => owner.handle)).toEqual(['helene.dargent', 'thomas.gauthier']);
  });

  test('the same page is one thing, with all who found it and when, and what each says', async () => {
    const { items } = await dossierThings(db, nadia!, dossier, { shelf: 'several' });
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ firstAt: day('03').toISOString(), lastAt: day('09').toISOString() });
    expect(items[0]?.finds.map(({ finder }) => finder.handle)).toEqual(['helene.dargent', 'thomas.gauthier']);
  });

  test('shows what is shared and nothing beside it', async () => {
    for (const actor of [helene!, thomas!, nadia!]) {
      const { items } = await dossierThings(db, actor, dossier);
      expect(items.map(({ title }) => title)).not.toContain('Pour moi');
      expect(items).toHaveLength(4);
    }
  });

  test('pages through the things without losing or repeating one', async () => {
    const all = (await dossierThings(db, nadia!, dossier)).items.map(({ id }) => id);
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await dossierThings(db, nadia!, dossier, { cursor: cursor ?? null, limit: 1 });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    }
    expect(seen).toEqual(all);
  });

  test('shows two prices for the same thing, each with who says it', async () => {
    const [found, ...more] = await dossierContradictions(db, nadia!, dossier);
    expect(more).toEqual([]);
    expect(found?.statements.map(({ shown, finder }) => [shown, finder.handle])).toEqual([
      [['59 €'], 'thomas.gauthier'],
      [['49 €'], 'helene.dargent'],
    ]);
  });

  test('names the sites that it draws from', async () => {
    const { items } = await dossierSources(db, nadia!, dossier);
    expect(items.map(({ site, finders }) => [site, finders.length])).toEqual([
      ['norvalt.example', 1],
      ['presse.example', 2],
    ]);
  });

  test('tells what a week brought: new things, not what another found again', async () => {
    const changes = await dossierChanges(db, nadia!, dossier, { until: '2026-03-10' });
    expect(changes.things.map(({ title }) => title)).toEqual([
      'Chez un client',
      'Au salon',
      'Le catalogue Norvalt',
    ]);
    const later = await dossierChanges(db, nadia!, dossier, { until: '2026-03-12' });
    expect(later.things.map(({ title }) => title)).toEqual(['Chez un client']);
    expect(later.contradictions).toHaveLength(1);
    await expect(dossierChanges(db, nadia!, dossier, { until: '2026-02-30' })).rejects.toMatchObject({
      reason: 'bad_day',
    });
  });
});

describe('making one', () => {
  const make = (actor: Actor, watches: string[], community = 'le-comptoir') =>
    inTransaction(db, (tx) => foundDossier(tx, actor, { name: 'Essai', community, watches }));

  test('says beforehand what it would gain', async () => {
    const { gain, watches } = await previewMerge(db, helene!, [ofHelene, ofThomas]);
    expect(watches).toHaveLength(2);
    expect(gain).toMatchObject({ things: 4, sources: 2 });
    const alone = await previewMerge(db, helene!, [ofHelene, ofThomas], [ofHelene]);
    expect(alone).toMatchObject({ watches, gain: { things: 3, best: { watchId: ofHelene } } });
  });

  test('takes two watches, one of them one’s own, each shared with all who read there', async () => {
    await expect(make(helene!, [ofHelene, ofHelene])).rejects.toMatchObject({ reason: 'dossier_needs_more' });
    await expect(make(nadia!, [ofHelene, ofThomas])).rejects.toMatchObject({ reason: 'dossier_needs_own' });
    const closed = await sampleWatch(db, {
      owner: 'helene.dargent',
      name: 'À huis clos',
      community: 'appels-offres',
    });
    await expect(make(helene!, [ofHelene, closed])).rejects.toMatchObject({ reason: 'watch_elsewhere' });
    expect((await make(helene!, [ofHelene, closed], 'appels-offres')).id).toBeTruthy();
  });

  test('a private watch of another is refused as one that is not there', async () => {
    const hidden = await sampleWatch(db, { owner: 'thomas.gauthier', name: 'Pour moi seul' });
    const absent = '01900000-0000-7000-8000-000000000000';
    for (const id of [hidden, absent, 'x']) {
      await expect(make(helene!, [ofHelene, id])).rejects.toMatchObject({ reason: 'watch_out_of_sight' });
    }
  });
});

describe('undoing', () => {
  test('a watch taken out leaves no trace, and may come back', () =>
    inRollback(db, async (tx) => {
      const before = await readDossier(tx, nadia!, dossier);
      await removeWatch(tx, thomas!, dossier, ofThomas);
      expect((await readDossier(tx, nadia!, dossier)).gain).toMatchObject({ things: 3 });
      expect((await dossierThings(tx, nadia!, dossier, { shelf: 'several' })).items).toEqual([]);
      await addWatches(tx, thomas!, dossier, [ofThomas]);
      await addWatches(tx, thomas!, dossier, [ofThomas]);
      expect((await readDossier(tx, nadia!, dossier)).gain).toEqual(before.gain);
    }));

  test('neither anybody else’s watch nor the dossier may be taken away by others', () =>
    inRollback(db, async (tx) => {
      await expect(removeWatch(tx, thomas!, dossier, ofHelene)).rejects.toMatchObject({ code: 'not_found' });
      await expect(deleteDossier(tx, thomas!, dossier)).rejects.toMatchObject({
        reason: 'dossier_founder_only',
      });
      await expect(editDossier(tx, nadia!, dossier, { name: 'x' })).rejects.toMatchObject({
        reason: 'dossier_keepers_only',
      });
      await removeWatch(tx, helene!, dossier, ofThomas);
    }));

  test('the whole is undone, and brought back', () =>
    inRollback(db, async (tx) => {
      await deleteDossier(tx, helene!, dossier);
      await expect(readDossier(tx, helene!, dossier)).rejects.toMatchObject({ code: 'not_found' });
      await expect(restoreDossier(tx, thomas!, dossier)).rejects.toMatchObject({ code: 'not_found' });
      await restoreDossier(tx, helene!, dossier);
      expect((await readDossier(tx, helene!, dossier)).watches).toHaveLength(2);
    }));

  test('a watch that is shared no more is gone for everybody, its owner too', () =>
    inRollback(db, async (tx) => {
      await sql`update watches set community_id = null, everyone = null, shared_at = null where id = ${ofThomas}`.execute(
        tx,
      );
      for (const actor of [thomas!, nadia!]) {
        expect((await readDossier(tx, actor, dossier)).watches.map(({ id }) => id)).toEqual([ofHelene]);
        expect((await dossierThings(tx, actor, dossier)).items).toHaveLength(3);
      }
    }));
});

test('a third person follows the whole with one gesture', () =>
  inRollback(db, async (tx) => {
    await followDossier(tx, nadia!, dossier);
    await followDossier(tx, nadia!, dossier);
    expect((await listDossiers(tx, nadia!, { scope: 'following' })).items.map(({ id }) => id)).toEqual([
      dossier,
    ]);
    await unfollowDossier(tx, nadia!, dossier);
    expect((await listDossiers(tx, nadia!, { scope: 'following' })).items).toEqual([]);
  }));

test('who merged what is kept: the chain names the owner of each watch', async () => {
  const { rows } = await sql<{
    handle: string;
  }>`select p.handle from provenance v join people p on p.id = v.author_id
    where v.subject_id = ${dossier} and v.how = 'merged' order by 1`.execute(db);
  expect(rows.map(({ handle }) => handle)).toEqual(['helene.dargent', 'thomas.gauthier']);
});

test('a guest sees none of it', async () => {
  const pierre = await actorOf(db, 'pierre.alonzo');
  await expect(readDossier(db, pierre, dossier)).rejects.toMatchObject({ code: 'not_found' });
  await expect(inTransaction(db, (tx) => followDossier(tx, pierre, dossier))).rejects.toMatchObject({
    code: 'not_found',
  });
  expect((await previewMerge(db, pierre, [ofHelene, ofThomas])).watches).toEqual([]);
});
