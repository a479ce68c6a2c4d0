import { expect, test } from 'vitest';
import type { Actor } from '../actor.ts';
import { leaveCommunity } from '../communities/join.ts';
import { addComment, deleteComment } from '../conversation/comment.ts';
import { threadsOf } from '../conversation/thread.ts';
import { inTransaction, type Tx } from '../platform/db.ts';
import { concealedPostsOf } from '../posts/concealed.ts';
import { createPost } from '../posts/create.ts';
import { readPost } from '../posts/read.ts';
import { deletePost, restorePost } from '../posts/remove.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { listHidden } from './hidden.ts';
import { hideThing, showThing } from './hide.ts';
import { hasWaitingReports, keepsOrderSomewhere, listReports, readReport, type Box } from './list.ts';
import { reportThing } from './report.ts';
import { resolveReport } from './resolve.ts';

const { db } = await testDatabase();
const [helene, nadia, thomas, claire, bernard, mathieu, bastien, lucie, ines, pierre] = (await Promise.all(
  [
    'helene.dargent', // owner
    'nadia.rahmani', // admin
    'thomas.gauthier', // moderator, in no secret community
    'claire.martin',
    'bernard.lecoq',
    'mathieu.kessler',
    'bastien.vasseur', // animates face-a-norvalt, which is secret
    'lucie.ferrand', // animates vigie, which is closed
    'ines.carvalho', // animates le-comptoir, which is open
    'pierre.alonzo', // guest in vigie
  ].map((handle) => actorOf(db, handle)),
)) as [Actor, Actor, Actor, Actor, Actor, Actor, Actor, Actor, Actor, Actor];

const act = <T>(write: (tx: Tx) => Promise<T>) => inTransaction(db, write);
const publish = async (actor: Actor, community?: string) =>
  (
    await act((tx) =>
      createPost(tx, actor, { title: 'Un prix', body: 'Voici leur prix.', community, status: 'published' }),
    )
  ).id;
const say = async (actor: Actor, entryId: string) =>
  (await act((tx) => addComment(tx, actor, { entryId, body: 'Un mot de trop.' }))).id;
const report = async (
  actor: Actor,
  id: string,
  on: 'entry' | 'comment' = 'entry',
  words = 'Ce client nous lit.',
) => (await act((tx) => reportThing(tx, actor, { on, id, reason: 'confidential', words }))).id;
const box = async (actor: Actor, name: Box) =>
  (await listReports(db, actor, { box: name, limit: 100 })).items;
const waits = async (actor: Actor, id: string) =>
  (await box(actor, 'waiting')).some((each) => each.id === id);
const whoDecides = async (id: string, people: Actor[]) => {
  const sees = await Promise.all(people.map(async (one) => ((await waits(one, id)) ? [one.handle] : [])));
  return sees.flat();
};
const everybody = [helene, nadia, thomas, claire, bernard, mathieu, bastien, lucie, ines, pierre];
const missing = { code: 'not_found', reason: 'not_found' };

test('a report of a personal blog reaches all who keep order in the network, and nobody else', async () => {
  const id = await report(claire, await publish(bernard));
  expect(await whoDecides(id, everybody)).toEqual(['helene.dargent', 'nadia.rahmani', 'thomas.gauthier']);
});

test('in an open community also its animators; in a closed one those who are inside', async () => {
  const open = await report(claire, await publish(bernard, 'le-comptoir'));
  expect(await whoDecides(open, everybody)).toEqual([
    'helene.dargent',
    'nadia.rahmani',
    'thomas.gauthier',
    'ines.carvalho',
  ]);
  const closed = await report(pierre, await publish(claire, 'vigie'));
  expect(await whoDecides(closed, everybody)).toEqual(['lucie.ferrand']);
});

test('a role gives no sight: who is no member of a secret community does not learn of its reports', async () => {
  const before = await Promise.all([box(thomas, 'waiting'), box(nadia, 'waiting')]);
  const id = await report(mathieu, await publish(claire, 'face-a-norvalt'));
  expect(await Promise.all([box(thomas, 'waiting'), box(nadia, 'waiting')])).toEqual(before);
  await expect(readReport(db, nadia, id)).rejects.toMatchObject(missing);
  await expect(act((tx) => resolveReport(tx, nadia, id, { outcome: 'nothing' }))).rejects.toMatchObject(
    missing,
  );
  expect(await whoDecides(id, everybody)).toEqual(['helene.dargent', 'bastien.vasseur']);
  await act((tx) => resolveReport(tx, bastien, id, { outcome: 'nothing' }));
  expect(await box(thomas, 'decided')).toEqual([]);
});

test('nobody is judge in his own cause, nor learns who complained of him', async () => {
  const id = await report(claire, await publish(thomas));
  expect(await waits(thomas, id)).toBe(false);
  await expect(readReport(db, thomas, id)).rejects.toMatchObject(missing);
  await expect(act((tx) => resolveReport(tx, thomas, id, { outcome: 'nothing' }))).rejects.toMatchObject(
    missing,
  );
  const post = await publish(bastien, 'face-a-norvalt');
  await expect(
    act((tx) => hideThing(tx, bastien, { on: 'entry', id: post, reason: 'Trop tôt.' })),
  ).rejects.toMatchObject({ reason: 'order_own_words' });
});

test('one reports what one sees of others', async () => {
  const secret = await publish(claire, 'face-a-norvalt');
  const own = await publish(claire);
  for (const id of [secret, 'rien', '01900000-0000-7000-8000-000000000000'])
    await expect(report(thomas, id)).rejects.toMatchObject(missing);
  await expect(report(pierre, own)).rejects.toMatchObject(missing);
  await expect(report(claire, own)).rejects.toMatchObject({ reason: 'report_own_words' });
  await expect(
    act((tx) => reportThing(tx, bernard, { on: 'entry', id: own, reason: 'other' })),
  ).rejects.toMatchObject({ fields: { words: 'report_words_missing' } });
  await expect(
    act((tx) => reportThing(tx, bernard, { on: 'entry', id: own, reason: 'ennui' })),
  ).rejects.toMatchObject({ fields: { reason: 'report_reason_missing' } });
});

test('one open report per person and thing, the last words standing', async () => {
  const post = await publish(bernard);
  const ids = await Promise.all([
    report(claire, post),
    report(claire, post),
    report(claire, post, 'entry', 'Plus précis.'),
  ]);
  ids.push(await report(claire, post, 'entry', 'Pour de bon.'));
  expect(new Set(ids).size).toBe(1);
  const mine = (await box(claire, 'mine')).filter((each) => each.id === ids[0]);
  expect(mine).toMatchObject([{ words: 'Pour de bon.', state: 'waiting', thing: { title: 'Un prix' } }]);
  const comment = await say(bernard, post);
  expect(await report(claire, comment, 'comment')).not.toBe(ids[0]);
});

test('hidden on a report: gone for everybody, read by its author with the reason, answered to who reported', async () => {
  const post = await publish(bernard);
  const [first, second] = [await report(claire, post), await report(mathieu, post)];
  await act((tx) =>
    resolveReport(tx, nadia, first, { outcome: 'hidden', reason: 'Prix d’un client.', answer: 'Merci.' }),
  );
  await expect(readPost(db, claire, post)).rejects.toMatchObject(missing);
  expect(await readPost(db, bernard, post)).toMatchObject({ hidden: { reason: 'Prix d’un client.' } });
  expect(await readPost(db, thomas, post)).toMatchObject({ hidden: { reason: 'Prix d’un client.' } });
  const told = { state: 'hidden', answer: 'Merci.', thing: null, reporter: null, resolvedBy: null };
  expect(await readReport(db, claire, first)).toMatchObject(told);
  expect(await readReport(db, mathieu, second)).toMatchObject(told);
  expect(await readReport(db, thomas, second)).toMatchObject({ resolvedBy: { handle: 'nadia.rahmani' } });
  await expect(act((tx) => resolveReport(tx, thomas, second, { outcome: 'nothing' }))).rejects.toMatchObject({
    code: 'conflict',
    reason: 'report_resolved',
  });
});

test('two who decide at once: one does, the other hears of it', async () => {
  const post = await publish(bernard);
  const [first, second] = [await report(claire, post), await report(mathieu, post)];
  const decided = await Promise.allSettled([
    act((tx) => resolveReport(tx, nadia, first, { outcome: 'hidden', reason: 'Non.' })),
    act((tx) => resolveReport(tx, thomas, second, { outcome: 'nothing' })),
  ]);
  expect(decided.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const outcomes = (await box(helene, 'decided')).filter(({ id }) => id === first || id === second);
  expect(new Set(outcomes.map(({ state }) => state)).size).toBe(1);
});

test('a hidden comment leaves the figures, and comes back into them', async () => {
  const post = await publish(bernard);
  await say(bernard, post);
  const comment = await say(mathieu, post);
  await act((tx) => hideThing(tx, nadia, { on: 'comment', id: comment, reason: 'Blessant.' }));
  await act((tx) => hideThing(tx, thomas, { on: 'comment', id: comment, reason: 'Encore.' }));
  expect((await readPost(db, claire, post)).comments).toBe(1);
  expect((await threadsOf(db, claire, post)).items).toHaveLength(1);
  expect((await threadsOf(db, mathieu, post)).items[1]).toMatchObject({
    state: 'hidden',
    hiddenReason: 'Blessant.',
  });
  const hidden = (await listHidden(db, thomas)).items.find(({ id }) => id === comment);
  expect(hidden).toMatchObject({ on: 'comment', reason: 'Blessant.', hiddenBy: { handle: 'nadia.rahmani' } });
  expect((await listHidden(db, claire)).items).toEqual([]);
  await act((tx) => showThing(tx, thomas, { on: 'comment', id: comment }));
  await act((tx) => showThing(tx, thomas, { on: 'comment', id: comment }));
  expect((await readPost(db, claire, post)).comments).toBe(2);
});

test('who keeps no order there hides nothing and shows nothing', async () => {
  const post = await publish(bernard, 'le-comptoir');
  const hide = (actor: Actor) => act((tx) => hideThing(tx, actor, { on: 'entry', id: post, reason: 'Non.' }));
  for (const actor of [claire, bastien])
    await expect(hide(actor)).rejects.toMatchObject({ reason: 'order_keepers_only' });
  await expect(hide(pierre)).rejects.toMatchObject(missing);
  await expect(
    act((tx) => hideThing(tx, ines, { on: 'entry', id: post, reason: ' ' })),
  ).rejects.toMatchObject({
    fields: { reason: 'order_reason_missing' },
  });
  await hide(ines);
  await expect(act((tx) => showThing(tx, claire, { on: 'entry', id: post }))).rejects.toMatchObject(missing);
  await expect(act((tx) => showThing(tx, bernard, { on: 'entry', id: post }))).rejects.toMatchObject({
    reason: 'order_keepers_only',
  });
});

test('a moderator does not lift what was hidden of his own', async () => {
  const post = await publish(thomas);
  await act((tx) => hideThing(tx, nadia, { on: 'entry', id: post, reason: 'Non.' }));
  await expect(act((tx) => showThing(tx, thomas, { on: 'entry', id: post }))).rejects.toMatchObject({
    reason: 'order_own_words',
  });
  await act((tx) => showThing(tx, helene, { on: 'entry', id: post }));
  expect((await readPost(db, claire, post)).hidden).toBeNull();
});

test('what its author takes away leaves the list, and returns with it', async () => {
  const post = await publish(bernard);
  const id = await report(claire, post);
  await act((tx) => deletePost(tx, bernard, post));
  expect(await waits(nadia, id)).toBe(false);
  await expect(readReport(db, nadia, id)).rejects.toMatchObject(missing);
  expect(await readReport(db, claire, id)).toMatchObject({ state: 'gone', thing: null });
  await act((tx) => restorePost(tx, bernard, post));
  expect(await waits(nadia, id)).toBe(true);
  const comment = await say(bernard, post);
  const other = await report(claire, comment, 'comment');
  await act((tx) => deleteComment(tx, bernard, comment));
  expect(await waits(nadia, other)).toBe(false);
});

test('who has left a community reads his report without what it was about', async () => {
  const id = await report(mathieu, await publish(claire, 'face-a-norvalt'));
  expect((await readReport(db, mathieu, id)).thing).not.toBeNull();
  await act((tx) => leaveCommunity(tx, mathieu, 'face-a-norvalt'));
  expect(await readReport(db, mathieu, id)).toMatchObject({
    state: 'waiting',
    thing: null,
    words: 'Ce client nous lit.',
  });
});

test('a secret community without animators keeps its reports for whoever steps forward', async () => {
  await db.updateTable('memberships').set({ role: 'member' }).where('person_id', '=', ines.id).execute();
  const yanis = await actorOf(db, 'yanis.belkacem');
  await db.updateTable('memberships').set({ role: 'member' }).where('person_id', '=', yanis.id).execute();
  const post = await publish(lucie, 'depart-de-bernard');
  const id = await report(claire, post);
  expect(await waits(ines, id)).toBe(false);
  expect(await waits(nadia, id)).toBe(true); // an admin who is a member
  const { stepForward } = await import('../communities/animate.ts');
  await act((tx) => stepForward(tx, ines, 'depart-de-bernard'));
  expect(await waits(ines, id)).toBe(true);
  expect(await hasWaitingReports(db, ines)).toBe(true);
  const keepers = await Promise.all(
    [ines, thomas, claire, pierre].map((one) => keepsOrderSomewhere(db, one)),
  );
  expect(keepers).toEqual([true, true, true, false]);
});

test('another person’s reports are not found', async () => {
  const id = await report(claire, await publish(bernard));
  await expect(readReport(db, mathieu, id)).rejects.toMatchObject(missing);
  expect((await box(mathieu, 'mine')).some((each) => each.id === id)).toBe(false);
  expect(await box(mathieu, 'waiting')).toEqual([]);
});

test('under a hidden post nothing more is offered that would be refused', async () => {
  const id = await publish(claire);
  const said = await say(claire, id);
  const offered = async (actor: Actor) => (await threadsOf(db, actor, id)).items[0]?.may;
  expect(await offered(claire)).toMatchObject({ edit: true, delete: true, reply: true });
  expect(await offered(thomas)).toMatchObject({ reply: true, react: true, report: true });
  await act((tx) => hideThing(tx, thomas, { on: 'entry', id, reason: 'Non.' }));
  const none = { edit: false, delete: false, reply: false, react: false, report: false };
  expect(await offered(claire)).toMatchObject(none);
  expect(await offered(thomas)).toMatchObject(none);
  await expect(act((tx) => deleteComment(tx, claire, said))).rejects.toMatchObject(missing);
  await act((tx) => showThing(tx, thomas, { on: 'entry', id }));
  expect(await offered(claire)).toMatchObject({ edit: true, delete: true });
});

test('its author finds what was hidden, with the reason, until it is shown again; nobody else does', async () => {
  const id = await publish(claire);
  const secret = await publish(claire, 'face-a-norvalt');
  const found = async (actor: Actor) =>
    (await concealedPostsOf(db, actor)).items.map((post) => [post.id, post.reason]);
  expect(await found(claire)).toEqual([]);
  await act((tx) => hideThing(tx, thomas, { on: 'entry', id, reason: 'Un prix de client.' }));
  await act((tx) => hideThing(tx, bastien, { on: 'entry', id: secret, reason: 'Trop tôt.' }));
  expect(await found(claire)).toEqual([
    [secret, 'Trop tôt.'],
    [id, 'Un prix de client.'],
  ]);
  expect(await found(thomas)).toEqual([]);
  await act((tx) => leaveCommunity(tx, claire, 'face-a-norvalt'));
  await act((tx) => showThing(tx, thomas, { on: 'entry', id }));
  expect(await found(claire)).toEqual([]);
});
