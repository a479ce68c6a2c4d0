import { expect, test } from 'vitest';
import type { Actor } from '../actor.ts';
import { foundCommunity } from '../communities/found.ts';
import { myCommunities } from '../communities/list.ts';
import { newcomersOf } from '../first-day/companion.ts';
import { hasNews } from '../notifications/list.ts';
import { feedKeyOf, renewFeedKey } from '../people/feed-key.ts';
import type { Tx } from '../platform/db.ts';
import { createPost } from '../posts/create.ts';
import { inRollback, testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { readSurroundings } from './read.ts';

const { db } = await testDatabase();
const [lucie, claire] = (await Promise.all(
  ['lucie.ferrand', 'claire.martin'].map((who) => actorOf(db, who)),
)) as [Actor, Actor];

const shown = async (tx: Tx, most: number) =>
  (await readSurroundings(tx, claire, most)).communities.map(({ slug }) => slug);

test('says the same as the capabilities each by itself', () =>
  inRollback(db, async (tx) => {
    await renewFeedKey(tx, claire);
    await tx
      .insertInto('first_days')
      .values({ person_id: lucie.id, companion_id: claire.id, begun_at: new Date() })
      .onConflict((known) =>
        known
          .column('person_id')
          .doUpdateSet({ companion_id: claire.id, begun_at: new Date(), met_at: null }),
      )
      .execute();
    const living = (await myCommunities(tx, claire)).items.filter(({ archived }) => !archived);
    expect(await readSurroundings(tx, claire, living.length)).toEqual({
      communities: living,
      moreCommunities: false,
      animates: living.some(({ standing }) => standing === 'animator'),
      news: await hasNews(tx, claire),
      feedKey: await feedKeyOf(tx, claire),
      newcomers: [expect.objectContaining({ handle: 'lucie.ferrand' })],
    });
    expect((await readSurroundings(tx, claire, 1)).newcomers).toEqual(await newcomersOf(tx, claire));
  }));

test('of many communities those with something new come first, archived ones never', () =>
  inRollback(db, async (tx) => {
    await tx.updateTable('memberships').set({ seen_at: new Date() }).execute();
    const names = (await myCommunities(tx, claire)).items.map(({ slug }) => slug);
    const [first = '', last = ''] = [names[0], names.at(-1)];
    await createPost(tx, lucie, { body: 'Du neuf.', community: last, status: 'published' });
    await tx
      .updateTable('entries')
      .set({ published_at: new Date(Date.now() + 60_000) })
      .where('body', '=', 'Du neuf.')
      .execute();
    expect(await shown(tx, 2)).toEqual([last, first]);
    expect(await shown(tx, names.length)).toEqual(names);
    await tx.updateTable('communities').set({ archived_at: new Date() }).where('slug', '=', first).execute();
    expect(await shown(tx, names.length)).toEqual(names.slice(1));
    expect(await readSurroundings(tx, claire, names.length - 2)).toMatchObject({ moreCommunities: true });
  }));

test('whoever has nothing has nothing around him', () =>
  inRollback(db, async (tx) => {
    await tx.deleteFrom('memberships').where('person_id', '=', claire.id).execute();
    await tx.deleteFrom('notifications').where('person_id', '=', claire.id).execute();
    expect(await readSurroundings(tx, claire, 12)).toEqual({
      communities: [],
      moreCommunities: false,
      animates: false,
      news: false,
      feedKey: null,
      newcomers: [],
    });
    await foundCommunity(tx, claire, { name: 'La mienne', access: 'open' });
    expect(await readSurroundings(tx, claire, 12)).toMatchObject({ animates: true });
  }));
