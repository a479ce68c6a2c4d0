import { expect, test } from 'vitest';
import { inRollback, testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { enterByInvitation, inviteByLink } from './invite-link.ts';
import { joinCommunity, leaveCommunity } from './join.ts';
import { listCommunities } from './list.ts';

const { db } = await testDatabase();
const thomas = await actorOf(db, 'thomas.gauthier');
const newcomer = { name: 'Zoé Guérin', email: 'zoe@ailleurs.example', password: 'une pompe qui tient' };

test('a guest comes in by a link, into its communities and nothing else', () =>
  inRollback(db, async (tx) => {
    const { token } = await inviteByLink(tx, thomas, {
      email: newcomer.email,
      role: 'guest',
      communities: ['appels-offres'],
    });
    const { handle } = await enterByInvitation(tx, { ...newcomer, token });
    const zoe = await actorOf(tx, handle);
    expect((await listCommunities(tx, zoe)).items).toMatchObject([
      { slug: 'appels-offres', standing: 'member' },
    ]);
    await expect(enterByInvitation(tx, { ...newcomer, token })).rejects.toMatchObject({ code: 'not_found' });
  }));

test('a link opens only what its maker is still in', () =>
  inRollback(db, async (tx) => {
    const { token } = await inviteByLink(tx, thomas, {
      role: 'guest',
      communities: ['appels-offres', 'le-comptoir'],
    });
    await leaveCommunity(tx, thomas, 'appels-offres');
    const { handle } = await enterByInvitation(tx, { ...newcomer, token });
    const zoe = await actorOf(tx, handle);
    expect((await listCommunities(tx, zoe)).items.map(({ slug }) => slug)).toEqual(['le-comptoir']);
  }));

test('a link into a community that closed behind its maker opens it no more', () =>
  inRollback(db, async (tx) => {
    await joinCommunity(tx, thomas, 'le-metier');
    const { token } = await inviteByLink(tx, thomas, {
      role: 'guest',
      communities: ['le-comptoir', 'le-metier'],
    });
    await tx.updateTable('memberships').set({ role: 'member' }).where('person_id', '=', thomas.id).execute();
    await tx.updateTable('communities').set({ access: 'closed' }).where('slug', '=', 'le-comptoir').execute();
    const { handle } = await enterByInvitation(tx, { ...newcomer, token });
    const zoe = await actorOf(tx, handle);
    expect((await listCommunities(tx, zoe)).items.map(({ slug }) => slug)).toEqual(['le-metier']);
  }));

test.each([
  ['a closed one he is not in', ['vigie'], 'community_members_only'],
  ['a secret one he does not know', ['face-a-norvalt'], 'not_found'],
  ['none, for a guest', [], 'guest_without_community'],
])('a moderator makes no link into %s', (_, communities, reason) =>
  inRollback(db, async (tx) => {
    await expect(inviteByLink(tx, thomas, { role: 'guest', communities })).rejects.toMatchObject({ reason });
  }),
);
