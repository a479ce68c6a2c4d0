import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Actor } from '#server/actor.ts';
import { addComment, deleteComment } from '#server/conversation/comment.ts';
import { inTransaction } from '#server/platform/db.ts';
import { reportThing } from '#server/moderation/report.ts';
import { resolveReport } from '#server/moderation/resolve.ts';
import { createPost } from '#server/posts/create.ts';
import { testDatabase } from '../../../tests/database.ts';
import { drawAll } from '../../../tests/drawn.ts';
import { actorOf } from '../../../tests/world.ts';
import { followThread, wantKind } from './less.ts';
import { hasNews, listNotifications } from './list.ts';
import { markNotified, markNotifiedOf } from './read.ts';

const { db } = await testDatabase();
const helene = await actorOf(db, 'helene.dargent');
const nadia = await actorOf(db, 'nadia.rahmani');
const thomas = await actorOf(db, 'thomas.gauthier');
const yanis = await actorOf(db, 'yanis.belkacem');
await drawAll(db);

const publish = (body: string, community?: string) =>
  inTransaction(db, (tx) => createPost(tx, helene, { body, status: 'published', community }));
const say = (actor: typeof nadia, entryId: string, body: string, parentId?: string) =>
  inTransaction(db, (tx) => addComment(tx, actor, { entryId, body, parentId }));
const about = async (actor: typeof nadia, entryId: string) =>
  (await listNotifications(db, actor)).items
    .filter((item) => item.url.includes(entryId))
    .map((item) => item.kind);

test('the author, the one answered and those named hear of a comment, each once, for the nearest reason', async () => {
  const { id } = await publish('Qui vient ? @yanis.belkacem');
  const root = await say(nadia, id, 'Moi.');
  await say(thomas, id, 'Et @helene.dargent aussi.', root.id);
  await drawAll(db);
  expect(await about(helene, id)).toEqual(['mention', 'comment']);
  expect(await about(nadia, id)).toEqual(['reply']);
  expect(await about(yanis, id)).toEqual(['mention']);
  expect(await about(thomas, id)).toEqual([]);
});

test('handling everything again tells nobody twice', async () => {
  const { id } = await publish('Encore @nadia.rahmani');
  await drawAll(db);
  await db.deleteFrom('event_cursors').execute();
  await Promise.all([drawAll(db), drawAll(db)]);
  await drawAll(db);
  expect(await about(nadia, id)).toEqual(['mention']);
});

test('what is out of sight is not told, not even as news', async () => {
  const { id } = await publish('Entre nous, @yanis.belkacem et @nadia.rahmani', 'appels-offres');
  await drawAll(db);
  expect(await about(nadia, id)).toEqual(['mention']);
  expect(await about(yanis, id)).toEqual([]);
});

test('a comment taken back is no news any more; reading ends it', async () => {
  await inTransaction(db, (tx) => markNotified(tx, helene));
  expect(await hasNews(db, helene)).toBe(false);
  const { id } = await publish('Bon.');
  const said = await say(nadia, id, 'Hum.');
  await drawAll(db);
  expect(await hasNews(db, helene)).toBe(true);
  await inTransaction(db, (tx) => deleteComment(tx, nadia, said.id));
  expect(await hasNews(db, helene)).toBe(false);
  await say(nadia, id, 'Si.');
  await drawAll(db);
  await inTransaction(db, (tx) => markNotifiedOf(tx, thomas, id));
  expect(await hasNews(db, helene)).toBe(true);
  await inTransaction(db, (tx) => markNotifiedOf(tx, helene, id));
  expect(await hasNews(db, helene)).toBe(false);
});

test('those who may settle a report hear of it while it waits, and nobody else', async () => {
  const claire = await actorOf(db, 'claire.martin');
  const heard = async (who: Actor, id: string) =>
    (await listNotifications(db, who)).items.some(({ url }) => url === `/moderation/${id}`);
  const report = async (entryId: string, who: Actor) => {
    const made = await inTransaction(db, (tx) =>
      reportThing(tx, who, { on: 'entry', id: entryId, reason: 'misplaced' }),
    );
    await drawAll(db);
    return made.id;
  };
  const open = await report((await publish('Un tarif.')).id, yanis);
  expect(await Promise.all([thomas, nadia, yanis, claire, helene].map((who) => heard(who, open)))).toEqual([
    ...[true, true, false, false],
    // He wrote it: nobody learns who complained of him.
    false,
  ]);
  await inTransaction(db, (tx) => resolveReport(tx, thomas, open, { outcome: 'nothing' }));
  expect(await heard(nadia, open)).toBe(false);

  const { id } = await publish('Entre nous.', 'face-a-norvalt');
  const closed = await report(id, claire);
  const keepers = await db
    .selectFrom('memberships')
    .innerJoin('communities', 'communities.id', 'community_id')
    .innerJoin('people', 'people.id', 'person_id')
    .select(['people.handle'])
    .where('slug', '=', 'face-a-norvalt')
    .where((where) =>
      where.or([
        where('memberships.role', '=', 'animator'),
        where('people.role', 'in', ['moderator', 'admin', 'owner']),
      ]),
    )
    .execute();
  const { rows } = await sql<{ handle: string }>`select handle from notifications n
    join people on people.id = n.person_id where n.kind = 'report' and n.entry_id = ${id} order by handle`.execute(
    db,
  );
  const expected = keepers
    .map(({ handle }) => handle)
    .filter((handle) => !['helene.dargent', 'claire.martin'].includes(handle));
  expect(rows.map(({ handle }) => handle)).toEqual(expected.sort());
  expect(await heard(yanis, closed)).toBe(false);
});

test('reports of one text are one line, which leads to where they are decided on, whatever thread was left', async () => {
  const { id } = await publish('Deux fois.');
  const said = await say(nadia, id, 'Et ceci.');
  await inTransaction(db, (tx) => followThread(tx, thomas, id, false));
  const claire = await actorOf(db, 'claire.martin');
  const report = (on: 'entry' | 'comment', thing: string) => (who: Actor) =>
    inTransaction(db, (tx) => reportThing(tx, who, { on, id: thing, reason: 'misplaced' }));
  await report('entry', id)(yanis);
  const latest = await report('entry', id)(claire);
  const other = await report('comment', said.id)(claire);
  await drawAll(db);
  const lines = async () =>
    (await listNotifications(db, thomas)).items.filter(
      ({ kind, title }) => kind === 'report' && title === 'Deux fois.',
    );
  expect(await lines()).toMatchObject([
    { url: `/moderation/${other.id}`, onComment: true, voices: 1, less: { thread: null } },
    { url: `/moderation/${latest.id}`, onComment: false, voices: 2, actor: { handle: 'claire.martin' } },
  ]);
  await inTransaction(db, (tx) => wantKind(tx, thomas, 'report', false));
  await report('comment', said.id)(yanis);
  await drawAll(db);
  expect(await lines()).toMatchObject([{ voices: 1 }, { voices: 2 }]);
  await inTransaction(db, (tx) => resolveReport(tx, thomas, latest.id, { outcome: 'nothing' }));
  expect(await lines()).toMatchObject([{ url: `/moderation/${other.id}` }]);
});
