import { expect, test } from 'vitest';
import { listPeople } from '../communities/directory.ts';
import { readProfile } from '../communities/profile.ts';
import { addComment } from '../conversation/comment.ts';
import { react } from '../conversation/react.ts';
import { inTransaction } from '../platform/db.ts';
import { createPost } from '../posts/create.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { livesOf } from './life.ts';
import { linesOf } from './lines.ts';

const { db } = await testDatabase('world');
const thomas = await actorOf(db, 'thomas.gauthier');
const helene = await actorOf(db, 'helene.dargent');
const pierre = await actorOf(db, 'pierre.alonzo');

async function membersOf(slug: string): Promise<string[]> {
  const rows = await db
    .selectFrom('memberships')
    .innerJoin('communities', 'communities.id', 'community_id')
    .innerJoin('people', 'people.id', 'person_id')
    .select('handle')
    .where('slug', '=', slug)
    .execute();
  return rows.map(({ handle }) => handle);
}

test('a person is quoted with what was best received, to those who may read it only', async () => {
  const inside = (await membersOf('face-a-norvalt')).filter((handle) => handle !== 'pierre.alonzo');
  const author = await actorOf(db, inside[0] ?? '');
  const reader = await actorOf(db, inside[1] ?? '');
  const outsider = inside.includes('thomas.gauthier') ? helene : thomas;
  const { id } = await inTransaction(db, (tx) =>
    createPost(tx, author, {
      title: 'Entre nous',
      body: 'Ce que Norvalt ne sait pas.',
      community: 'face-a-norvalt',
      status: 'published',
    }),
  );
  const said = await inTransaction(db, (tx) =>
    addComment(tx, author, { entryId: id, body: '> une citation\n\nLe **mot** juste.' }),
  );
  await inTransaction(db, async (tx) => {
    for (const kind of ['thanks', 'useful', 'agree', 'insightful'] as const)
      await react(tx, reader, { on: 'comment', id: said.id, kind });
  });

  const known = await linesOf(db, reader, author.handle);
  expect([...known.received, ...known.latest]).toContainEqual(
    expect.objectContaining({
      text: 'Le mot juste.',
      title: 'Entre nous',
      url: `/posts/${id}?comment=${said.id}#comment-${said.id}`,
    }),
  );
  if ((await membersOf('face-a-norvalt')).includes(outsider.handle)) throw new Error('No outsider');
  const hidden = await linesOf(db, outsider, author.handle);
  expect(JSON.stringify(hidden)).not.toContain('Le mot juste');
  expect(JSON.stringify(known)).not.toContain('thanks');
});

test('a guest reads nobody whom he shares no community with', async () => {
  await expect(linesOf(db, thomas, 'helene.dargent')).resolves.toBeDefined();
  const members = await membersOf('vigie');
  const stranger = await db
    .selectFrom('people')
    .select('handle')
    .where('handle', 'not in', members)
    .executeTakeFirstOrThrow();
  await expect(linesOf(db, pierre, stranger.handle)).rejects.toMatchObject({ code: 'not_found' });
  await expect(linesOf(db, pierre, 'personne-du-tout')).rejects.toMatchObject({ code: 'not_found' });
});

test('a community shows its life to those who may read it, and no sign of it to others', async () => {
  const slugs = ['le-comptoir', 'appels-offres', 'face-a-norvalt', 'nulle-part'];
  const member = await actorOf(db, (await membersOf('face-a-norvalt'))[0] ?? '');
  const inside = await livesOf(db, member, slugs);
  expect(inside['face-a-norvalt']?.latest?.title).toBeTruthy();
  expect(inside['le-comptoir']?.voices.length).toBeGreaterThan(0);
  expect(await livesOf(db, pierre, slugs)).toEqual({});
});

test('the rhythm says how often, in words', async () => {
  const rhythm = async () => (await livesOf(db, thomas, ['le-metier']))['le-metier']?.rhythm;
  await db
    .updateTable('entries')
    .set({ published_at: new Date('2020-01-01') })
    .where('community_id', '=', (eb) =>
      eb.selectFrom('communities').select('id').where('slug', '=', 'le-metier'),
    )
    .execute();
  expect(await rhythm()).toBe('quiet');
  await inTransaction(db, async (tx) => {
    for (const body of ['Un.', 'Deux.', 'Trois.', 'Quatre.', 'Cinq.'])
      await createPost(tx, thomas, { body, community: 'le-metier', status: 'published' });
  });
  expect(await rhythm()).toBe('daily');
});

test('people are found by subject and by community, page after page', async () => {
  const bySubject = await listPeople(db, thomas, { subject: 'negociation' });
  expect(bySubject.items.map(({ handle }) => handle)).toContain('helene.dargent');
  expect((await listPeople(db, thomas, { subject: 'zorglub' })).items).toEqual([]);

  const members = (await membersOf('le-comptoir')).toSorted();
  const found: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listPeople>> = await listPeople(db, thomas, {
      community: 'le-comptoir',
      limit: 3,
      cursor,
    });
    found.push(...page.items.map(({ handle }) => handle));
    cursor = page.next;
  } while (cursor);
  expect(found.toSorted()).toEqual(members);
});

test('members of a community one may not read are not told', async () => {
  const member = await actorOf(db, (await membersOf('face-a-norvalt'))[0] ?? '');
  expect((await listPeople(db, member, { community: 'face-a-norvalt' })).items.length).toBeGreaterThan(0);
  const refused = { code: 'not_found' };
  await expect(listPeople(db, pierre, { community: 'face-a-norvalt' })).rejects.toMatchObject(refused);
  await expect(listPeople(db, pierre, { community: 'nulle-part' })).rejects.toMatchObject(refused);
});

test('what is shared comes first on a profile', async () => {
  const { communities } = await readProfile(db, thomas, 'helene.dargent');
  const shared = communities.map((community) => community.shared);
  expect(shared).toContain(true);
  expect(shared).toEqual(shared.toSorted((a, b) => Number(b) - Number(a)));
});
