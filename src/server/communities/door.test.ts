/** Lists at a community's door end after five hundred; whoever stands behind them is answered, and moves up. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Tx } from '../platform/db.ts';
import { openInvitations, revokeInvitation } from '../people/invite.ts';
import { inRollback, testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { invitedPeople, myInvitations } from './invitations.ts';
import { declineInvitation, withdrawInvitation } from './invite.ts';
import { joinCommunity } from './join.ts';
import { readCommunity } from './read.ts';
import { acceptRequest, declineRequest, joinRequests } from './requests.ts';

const { db } = await testDatabase();
const lucie = await actorOf(db, 'lucie.ferrand');
const claire = await actorOf(db, 'claire.martin');
const thomas = await actorOf(db, 'thomas.gauthier');
const helene = await actorOf(db, 'helene.dargent');
const bernard = await actorOf(db, 'bernard.lecoq');

const STOP = 500;
const COMING = STOP + 4;
const names = Array.from({ length: COMING }, (_, at) => `visiteur.${at + 1}`);

/** So many people, and what is at the door of a community for each: a second apart, in the order of their names. */
async function crowd(tx: Tx, table: 'join_requests' | 'community_invitations', slug: string): Promise<void> {
  await sql`with made as (insert into people (handle, name)
      select 'visiteur.' || n, 'Visiteur ' || n from generate_series(1, ${COMING}::int) n returning id, handle)
    insert into ${sql.table(table)} (community_id, person_id, created_at)
    select c.id, made.id, now() - interval '1 day' + substr(made.handle, 10)::int * interval '1 second'
    from made, communities c where c.slug = ${slug}`.execute(tx);
}

test('those who ask are listed first come, first told, up to the stop', () =>
  inRollback(db, async (tx) => {
    await crowd(tx, 'join_requests', 'vigie');
    const asked = async () =>
      (await joinRequests(tx, lucie, 'vigie')).items.map(({ person }) => person.handle);
    expect(await asked()).toEqual(names.slice(0, STOP));
    // Whoever comes to a long queue still stands in it.
    expect(await joinCommunity(tx, bernard, 'vigie', 'Me voici.')).toBe('asked');
    expect(await asked()).toEqual(names.slice(0, STOP));
    await acceptRequest(tx, lucie, 'vigie', names[0]!);
    await declineRequest(tx, lucie, 'vigie', names[1]!);
    expect(await asked()).toEqual(names.slice(2, STOP + 2));
    // One that is not shown can be answered by name.
    await acceptRequest(tx, lucie, 'vigie', bernard.handle);
    expect((await readCommunity(tx, bernard, 'vigie')).standing).toBe('member');
    // An account that is closed holds nobody up.
    await sql`update people set status = 'deactivated' where handle = ${names[2]!}`.execute(tx);
    expect(await asked()).toEqual(names.slice(3, STOP + 3));
  }));

test('those invited are listed up to the stop, and the next ones follow', () =>
  inRollback(db, async (tx) => {
    await crowd(tx, 'community_invitations', 'vigie');
    const invited = async () => (await invitedPeople(tx, claire, 'vigie')).items.map(({ handle }) => handle);
    expect(await invited()).toEqual(names.slice(0, STOP));
    await withdrawInvitation(tx, lucie, 'vigie', names[7]!);
    await withdrawInvitation(tx, lucie, 'vigie', names[COMING - 1]!);
    expect(await invited()).toEqual(names.slice(0, STOP + 1).filter((name) => name !== names[7]));
  }));

test('the doors that stand open to one person, the latest first, up to the stop', () =>
  inRollback(db, async (tx) => {
    await sql`with made as (insert into communities (slug, name, access)
        select 'porte-' || n, 'Porte ' || n, 'secret' from generate_series(1, ${COMING}::int) n returning id, slug)
      insert into community_invitations (community_id, person_id, invited_by, created_at)
      select id, ${thomas.id}, ${lucie.id}, now() - interval '1 day' + substr(slug, 7)::int * interval '1 second'
      from made`.execute(tx);
    const doors = async () => (await myInvitations(tx, thomas)).items.map(({ slug }) => slug);
    const latest = Array.from({ length: COMING }, (_, at) => `porte-${COMING - at}`);
    expect(await doors()).toEqual(latest.slice(0, STOP));
    // Behind the stop a door is as open as before it.
    expect(await joinCommunity(tx, thomas, 'porte-1')).toBe('member');
    await declineInvitation(tx, thomas, latest[0]!);
    expect(await doors()).toEqual(latest.slice(1, STOP + 1));
    expect((await myInvitations(tx, claire)).items).toEqual([]);
  }));

test('invitations to the network that still open, the latest first, up to the stop', () =>
  inRollback(db, async (tx) => {
    const { rows } = await sql<{ id: string }>`insert into invitations
        (token_hash, created_by, email, role, expires_at, created_at)
      select 'porte ' || n, ${helene.id}, 'visiteur' || n || '@x.example', 'member', now() + interval '1 day',
        now() + n * interval '1 second'
      from generate_series(1, ${COMING}::int) n order by n desc returning id, created_at`.execute(tx);
    const latest = rows.map(({ id }) => id);
    const open = async () => (await openInvitations(tx, helene)).map(({ id }) => id);
    expect(await open()).toEqual(latest.slice(0, STOP));
    await revokeInvitation(tx, helene, latest[3]!);
    await revokeInvitation(tx, helene, latest[COMING - 1]!);
    expect(await open()).toEqual(latest.slice(0, STOP + 1).filter((id) => id !== latest[3]));
  }));
