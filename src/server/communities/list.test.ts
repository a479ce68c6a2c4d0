import { describe, expect, test } from 'vitest';
import type { Actor } from '../actor.ts';
import type { Db, Tx } from '../platform/db.ts';
import { inRollback, testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { editCommunity } from './edit.ts';
import { foundCommunity } from './found.ts';
import { listCommunities, markSeen, myCommunities, type CommunitySearch } from './list.ts';
import { membersOf } from './members.ts';
import { readCommunity } from './read.ts';

const { db } = await testDatabase();
const [lucie, claire, bernard, nadia, pierre] = (await Promise.all(
  ['lucie.ferrand', 'claire.martin', 'bernard.lecoq', 'nadia.rahmani', 'pierre.alonzo'].map((handle) =>
    actorOf(db, handle),
  ),
)) as [Actor, Actor, Actor, Actor, Actor];

const slugs = async (tx: Db, actor: Actor, where: CommunitySearch = {}) =>
  (await listCommunities(tx, actor, where)).items.map(({ slug }) => slug);
const publish = async (tx: Tx, author: Actor, communityId: string) =>
  tx
    .insertInto('entries')
    .values({
      author_id: author.id,
      community_id: communityId,
      everyone: false,
      body: 'x',
      html: 'x',
      status: 'published',
      published_at: new Date(Date.now() + 60_000),
    })
    .execute();

describe('the list', () => {
  test('shows the open and closed ones, and the secret ones that one is in', async () => {
    expect(await slugs(db, bernard)).toEqual(['appels-offres', 'le-comptoir', 'le-metier', 'vigie']);
    expect(await slugs(db, claire)).toEqual([
      'appels-offres',
      'face-a-norvalt',
      'le-comptoir',
      'depart-de-bernard',
      'le-metier',
      'vigie',
    ]);
    expect(await slugs(db, pierre)).toEqual(['vigie']);
  });

  test('finds by the beginning of any word, and by theme, without accents', () =>
    inRollback(db, async (tx) => {
      await editCommunity(tx, lucie, 'vigie', { themes: ['Sites d’essai', 'Écoute'] });
      expect(await slugs(tx, bernard, { prefix: 'METI' })).toEqual(['le-metier']);
      expect(await slugs(tx, bernard, { prefix: 'comp' })).toEqual(['le-comptoir']);
      expect(await slugs(tx, bernard, { prefix: 'norv' })).toEqual([]);
      expect(await slugs(tx, bernard, { prefix: '%' })).toEqual([]);
      expect(await slugs(tx, bernard, { theme: 'ecoute' })).toEqual(['vigie']);
      expect(await slugs(tx, pierre, { mine: false })).toEqual([]);
      expect(await slugs(tx, bernard, { mine: false })).toEqual(['vigie']);
    }));

  test('pages without gap or double, and refuses a forged cursor', async () => {
    const walked: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listCommunities>> = await listCommunities(db, claire, {
        limit: 2,
        cursor,
      });
      walked.push(...page.items.map(({ slug }) => slug));
      cursor = page.next;
    } while (cursor);
    expect(walked).toEqual(await slugs(db, claire));
    for (const forged of ['x', 'WzEsMl0', Buffer.from('["a\\u0000","b"]').toString('base64url')]) {
      await expect(listCommunities(db, claire, { cursor: forged })).rejects.toMatchObject({
        code: 'invalid',
      });
    }
  });

  test('a stranger sees nothing move when a closed or secret one lives', () =>
    inRollback(db, async (tx) => {
      const look = async () => [
        await listCommunities(tx, nadia),
        await readCommunity(tx, nadia, 'vigie'),
        await myCommunities(tx, nadia),
      ];
      const before = await look();
      const vigie = await readCommunity(tx, lucie, 'vigie');
      await publish(tx, lucie, vigie.id);
      await foundCommunity(tx, lucie, { name: 'Nadia', access: 'secret' });
      expect(await look()).toEqual(before);
    }));
});

describe('my communities', () => {
  test('carry a dot from somebody else’s new post until I look', () =>
    inRollback(db, async (tx) => {
      const { id } = await readCommunity(tx, lucie, 'vigie');
      const dots = async (actor: Actor) =>
        (await myCommunities(tx, actor)).items.filter(({ unread }) => unread).map(({ slug }) => slug);
      await tx.updateTable('memberships').set({ seen_at: new Date() }).execute();
      expect(await dots(claire)).toEqual([]);
      await publish(tx, lucie, id);
      expect(await dots(claire)).toEqual(['vigie']);
      expect(await dots(lucie)).toEqual([]);
      await tx
        .updateTable('entries')
        .set({ published_at: '2026-02-01' })
        .where('community_id', '=', id)
        .execute();
      await tx
        .updateTable('memberships')
        .set({ seen_at: '2026-01-01' })
        .where('community_id', '=', id)
        .execute();
      expect(await dots(claire)).toEqual(['vigie']);
      await markSeen(tx, claire, id);
      expect(await dots(claire)).toEqual([]);
    }));
});

describe('members', () => {
  test('are named to those who may read the community', async () => {
    const found = await membersOf(db, pierre, 'vigie', { prefix: 'perr' });
    expect(found.items).toMatchObject([{ handle: 'elise.perrin', standing: 'member' }]);
    expect((await membersOf(db, nadia, 'le-metier')).items).toHaveLength(11);
    await expect(membersOf(db, nadia, 'vigie')).rejects.toMatchObject({ code: 'not_found' });
  });
});
