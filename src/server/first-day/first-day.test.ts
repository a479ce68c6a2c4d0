import { describe, expect, test } from 'vitest';
import { joinCommunity } from '../communities/join.ts';
import { drawAll } from '../../../tests/drawn.ts';
import { react } from '../conversation/react.ts';
import { markRead } from '../conversation/reads.ts';
import { createPerson } from '../people/create.ts';
import { editProfile } from '../people/profile.ts';
import { inTransaction, type Tx } from '../platform/db.ts';
import { createPost } from '../posts/create.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import {
  changeCompanion,
  companionOf,
  meetNewcomer,
  newcomersOf,
  stopVolunteering,
  volunteer,
} from './companion.ts';
import { dismissFirstDay, firstDayNews } from './progress.ts';
import { welcome } from './welcome.ts';

const { db } = await testDatabase();
await drawAll(db);
const helene = await actorOf(db, 'helene.dargent');
const nadia = await actorOf(db, 'nadia.rahmani');
const thomas = await actorOf(db, 'thomas.gauthier');
const pierre = await actorOf(db, 'pierre.alonzo');

const write = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, work);
/** Somebody who has just come in. */
async function newcomer(name: string, createdBy: string | null = null) {
  const { handle } = await write((tx) => createPerson(tx, { name, createdBy }));
  await drawAll(db);
  return actorOf(db, handle);
}
const open = (steps: { step: string; done: boolean }[]) =>
  steps.flatMap(({ step, done }) => (done ? [] : [step]));

test('each of the five steps is done by doing it, and then nothing reminds of them', async () => {
  const lea = await newcomer('Léa Nouvelle');
  const first = await welcome(db, lea);
  expect(open(first.steps)).toEqual(['profile', 'communities', 'read', 'thanks', 'line']);
  expect(await firstDayNews(db, lea)).toBe('card');

  await write((tx) => editProfile(tx, lea, { headline: 'Vend des pompes' }));
  expect(open((await welcome(db, lea)).steps)).not.toContain('profile');
  await write((tx) => joinCommunity(tx, lea, first.communities[0]!.slug));
  await write((tx) => markRead(tx, lea, first.reading!.id));
  const later = await welcome(db, lea);
  expect(open(later.steps)).toEqual(['thanks', 'line']);
  expect(later.thanking!.id).toBe(first.reading!.id);
  await write((tx) => react(tx, lea, { on: 'entry', id: later.thanking!.id, kind: 'thanks' }));
  await write((tx) => createPost(tx, lea, { body: 'Bonjour.', status: 'published' }));
  expect(await welcome(db, lea)).toMatchObject({ done: true });
  expect(await firstDayNews(db, lea)).toBeNull();
});

test('it can be put aside and found again; those who are here for long, and guests, are never reminded', async () => {
  const max = await newcomer('Max Nouveau');
  await write((tx) => dismissFirstDay(tx, max));
  expect(await firstDayNews(db, max)).toBe('link');
  await write((tx) => dismissFirstDay(tx, max, false));
  expect(await firstDayNews(db, max)).toBe('card');
  expect(await firstDayNews(db, max, Date.now() + 46 * 86_400_000)).toBeNull();
  await db
    .updateTable('people')
    .set({ created_at: new Date('2020-01-01') })
    .where('id', '=', max.id)
    .execute();
  expect(await firstDayNews(db, max)).toBeNull();
  expect(await firstDayNews(db, pierre)).toBeNull();
  await expect(welcome(db, pierre)).rejects.toMatchObject({ code: 'not_found' });
});

describe('suggested communities', () => {
  test('say why, the nearest reason first, and are those one is not in', async () => {
    const zoe = await newcomer('Zoé Nouvelle', helene.id);
    const closed = await db
      .selectFrom('communities')
      .select('id')
      .where('slug', '=', 'appels-offres')
      .executeTakeFirstOrThrow();
    await db
      .insertInto('community_invitations')
      .values({ community_id: closed.id, person_id: zoe.id, invited_by: nadia.id })
      .execute();
    await db
      .updateTable('communities')
      .set({ themes: ['Marges', 'Prix'] })
      .where('slug', '=', 'le-metier')
      .execute();
    await write((tx) => editProfile(tx, zoe, { asksAbout: ['marges'] }));
    const found = await welcome(db, zoe);
    expect(found.communities.map(({ slug, reason }) => [slug, reason])).toEqual([
      ['appels-offres', { kind: 'invited', word: nadia.name }],
      ['le-metier', { kind: 'subject', word: 'Marges' }],
      ['le-comptoir', { kind: 'companion', word: helene.name }],
    ]);
    await write((tx) => joinCommunity(tx, zoe, 'le-metier'));
    expect((await welcome(db, zoe)).communities.map(({ slug }) => slug)).not.toContain('le-metier');
  });

  test('tell nothing of what goes on behind a door: no secret one, no member of a closed one', async () => {
    const ana = await newcomer('Ana Nouvelle', nadia.id);
    const inside = await db
      .selectFrom('memberships')
      .innerJoin('communities', 'communities.id', 'community_id')
      .select('access')
      .where('person_id', '=', nadia.id)
      .execute();
    expect(inside.map(({ access }) => access)).toEqual(expect.arrayContaining(['closed', 'secret']));
    expect((await companionOf(db, ana))?.handle).toBe('nadia.rahmani');
    const { communities, reading, thanking } = await welcome(db, ana);
    expect(communities.length).toBeGreaterThan(0);
    expect(communities.filter(({ access }) => access !== 'open')).toEqual([]);
    const shown = await db
      .selectFrom('entries')
      .select('everyone')
      .where('id', 'in', [reading!.id, thanking!.id])
      .execute();
    expect(shown.every(({ everyone }) => everyone)).toBe(true);
  });
});

describe('a companion', () => {
  test('is a volunteer rather than whoever invited, told by name, and sees nothing of the steps', async () => {
    await write((tx) => volunteer(tx, thomas, { contact: ' Poste  12 ' }));
    const noe = await newcomer('Noé Nouveau', nadia.id);
    expect(await companionOf(db, noe)).toMatchObject({ handle: 'thomas.gauthier', contact: 'Poste 12' });
    expect(await newcomersOf(db, thomas)).toContainEqual({
      handle: noe.handle,
      name: 'Noé Nouveau',
      headline: '',
      picture: null,
    });
    await expect(write((tx) => changeCompanion(tx, noe))).rejects.toMatchObject({ reason: 'companion_none' });
    expect((await companionOf(db, noe))?.handle).toBe('thomas.gauthier');

    await write((tx) => volunteer(tx, helene, { contact: '' }));
    await write((tx) => changeCompanion(tx, noe));
    expect((await companionOf(db, noe))?.handle).toBe('helene.dargent');
    await expect(write((tx) => meetNewcomer(tx, thomas, noe.handle))).rejects.toMatchObject({
      code: 'not_found',
    });
    await write((tx) => meetNewcomer(tx, helene, noe.handle));
    expect((await newcomersOf(db, helene)).map(({ handle }) => handle)).not.toContain(noe.handle);
    expect((await companionOf(db, noe))?.handle).toBe('helene.dargent');
    await write((tx) => stopVolunteering(tx, thomas));
    await write((tx) => stopVolunteering(tx, helene));
  });

  test('is shared out among volunteers, and named once', async () => {
    await db.deleteFrom('companions').execute();
    await write((tx) => volunteer(tx, thomas, { contact: '' }));
    await write((tx) => volunteer(tx, nadia, { contact: '' }));
    await db.deleteFrom('first_days').execute();
    const both = [await newcomer('Ida Une'), await newcomer('Ivo Deux')];
    const named = await Promise.all(both.map(async (person) => (await companionOf(db, person))!.handle));
    expect(named.sort()).toEqual(['nadia.rahmani', 'thomas.gauthier']);
    await db.deleteFrom('event_cursors').execute();
    await drawAll(db);
    const again = await Promise.all(both.map(async (person) => (await companionOf(db, person))!.handle));
    expect(again.sort()).toEqual(named);
    await expect(write((tx) => volunteer(tx, pierre, { contact: '' }))).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(write((tx) => volunteer(tx, nadia, { contact: 'x'.repeat(201) }))).rejects.toMatchObject({
      reason: 'companion_contact_long',
    });
  });
});
