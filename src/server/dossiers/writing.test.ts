import { expect, test } from 'vitest';
import { inRollback, testDatabase } from '../../../tests/database.ts';
import { sampleWatch } from '../../../tests/watches.ts';
import { actorOf } from '../../../tests/world.ts';
import type { Actor } from '../actor.ts';
import { removeMember } from '../communities/animate.ts';
import { archiveCommunity } from '../communities/edit.ts';
import { inTransaction } from '../platform/db.ts';
import {
  addWatches,
  deleteDossier,
  editDossier,
  foundDossier,
  removeWatch,
  restoreDossier,
} from './found.ts';
import { readDossier } from './read.ts';

const { db } = await testDatabase('world');
const lucie = await actorOf(db, 'lucie.ferrand');
const elise = await actorOf(db, 'elise.perrin');
const thomas = await actorOf(db, 'thomas.gauthier');
const notFound = { code: 'not_found' };
const archived = { code: 'forbidden', reason: 'community_archived' };

const watchOf = (actor: Actor, name: string) =>
  sampleWatch(db, { owner: actor.handle, name, community: 'vigie', things: [{ title: name }] });
const [hers, other, third] = [
  await watchOf(elise, 'Norvalt'),
  await watchOf(lucie, 'Norvalt aussi'),
  await watchOf(elise, 'Norvalt encore'),
];
const { id: dossier } = await inTransaction(db, (tx) =>
  foundDossier(tx, elise, { name: 'Norvalt', community: 'vigie', watches: [hers, other] }),
);

test('a founder who was shown out brings no dossier back', () =>
  inRollback(db, async (tx) => {
    await deleteDossier(tx, elise, dossier);
    await removeMember(tx, lucie, 'vigie', 'elise.perrin');
    await expect(restoreDossier(tx, elise, dossier)).rejects.toMatchObject(notFound);
  }));

test('in an archived community a dossier is neither changed nor added to, and each takes his watch out', () =>
  inRollback(db, async (tx) => {
    expect((await readDossier(tx, elise, dossier)).mayEdit).toBe(true);
    await archiveCommunity(tx, lucie, 'vigie');
    for (const tried of [
      () => editDossier(tx, elise, dossier, { name: 'Autre' }),
      () => addWatches(tx, elise, dossier, [third]),
    ])
      await expect(tried()).rejects.toMatchObject(archived);
    expect(await readDossier(tx, elise, dossier)).toMatchObject({ name: 'Norvalt', mayEdit: false });
    await removeWatch(tx, elise, dossier, hers);
    await deleteDossier(tx, elise, dossier);
    await expect(restoreDossier(tx, elise, dossier)).rejects.toMatchObject(archived);
  }));

test('whoever puts his watch into a dossier does not come to say what it is called; whom its founder asked does', () =>
  inRollback(db, async (tx) => {
    const passing = await sampleWatch(tx, {
      owner: 'thomas.gauthier',
      name: 'En passant',
      community: 'le-comptoir',
    });
    const [mine, asked] = [
      await sampleWatch(tx, { owner: 'elise.perrin', name: 'Ici', community: 'le-comptoir' }),
      await sampleWatch(tx, { owner: 'lucie.ferrand', name: 'Là', community: 'le-comptoir' }),
    ];
    const input = { name: 'Ouvert', community: 'le-comptoir', watches: [mine, asked] };
    const { id } = await foundDossier(tx, elise, input);
    await addWatches(tx, thomas, id, [passing]);
    expect((await readDossier(tx, thomas, id)).mayEdit).toBe(false);
    await expect(editDossier(tx, thomas, id, { name: 'À moi' })).rejects.toMatchObject({
      reason: 'dossier_keepers_only',
    });
    await editDossier(tx, lucie, id, { name: 'À nous' });
    await removeWatch(tx, thomas, id, passing);
  }));

test('a dossier takes forty watches, however they come; one that is in already is no more', () =>
  inRollback(db, async (tx) => {
    const more: string[] = [];
    for (let number = 3; number <= 41; number += 1)
      more.push(await sampleWatch(tx, { owner: elise.handle, name: `Veille ${number}`, community: 'vigie' }));
    const [last = ''] = more.splice(-1);
    await addWatches(tx, elise, dossier, more.slice(0, 20));
    await addWatches(tx, elise, dossier, more.slice(20));
    await addWatches(tx, elise, dossier, more);
    expect((await readDossier(tx, elise, dossier)).watches).toHaveLength(40);
    await expect(addWatches(tx, elise, dossier, [last])).rejects.toMatchObject({
      reason: 'dossier_too_large',
    });
  }));
