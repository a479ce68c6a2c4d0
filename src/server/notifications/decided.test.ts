/** Those whose words are hidden or shown again, and those who reported something, are told; nobody learns who decided. */
import { sql } from 'kysely';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Actor } from '../actor.ts';
import { leaveCommunity } from '../communities/join.ts';
import { addComment } from '../conversation/comment.ts';
import { concealedCommentsOf } from '../conversation/concealed.ts';
import { erasePerson } from '../erasure/erase.ts';
import { hideThing, showThing } from '../moderation/hide.ts';
import { listReports } from '../moderation/list.ts';
import { reportThing } from '../moderation/report.ts';
import { resolveReport } from '../moderation/resolve.ts';
import type { Thing } from '../moderation/thing.ts';
import { inTransaction, type Tx } from '../platform/db.ts';
import { createPost } from '../posts/create.ts';
import { deletePost } from '../posts/remove.ts';
import { rungNotice } from '../push/notice.ts';
import { testDatabase } from '../../../tests/database.ts';
import { drawAll } from '../../../tests/drawn.ts';
import { openMailbox } from '../../../tests/mailbox.ts';
import { sampleWatch } from '../../../tests/watches.ts';
import { actorOf } from '../../../tests/world.ts';
import { deliverDue } from './deliver.ts';
import { prepareDigests } from './digest.ts';
import { followThread, setLevel, wantKind } from './less.ts';
import { hasNews, listNotifications } from './list.ts';
import { markNotifiedOf, markOpened } from './read.ts';
import { sendMails } from './send-mails.ts';

const { db } = await testDatabase();
const [helene, thomas, claire, bernard, bastien, ines, mathieu, yanis] = (await Promise.all(
  [
    'helene.dargent', // owner
    'thomas.gauthier', // moderator
    'claire.martin',
    'bernard.lecoq',
    'bastien.vasseur', // animates face-a-norvalt, which is secret
    'ines.carvalho', // animates le-comptoir, which is open
    'mathieu.kessler',
    'yanis.belkacem',
  ].map((handle) => actorOf(db, handle)),
)) as [Actor, Actor, Actor, Actor, Actor, Actor, Actor, Actor];
const box = await openMailbox();
afterAll(box.close);
await sql`update quiet_calendar set active = false`.execute(db);

const act = <T>(write: (tx: Tx) => Promise<T>) => inTransaction(db, write);
const publish = async (actor: Actor, community?: string) =>
  (
    await act((tx) =>
      createPost(tx, actor, { title: 'Un prix', body: 'Voici leur prix.', community, status: 'published' }),
    )
  ).id;
const say = async (actor: Actor, entryId: string) =>
  (await act((tx) => addComment(tx, actor, { entryId, body: 'Un mot de trop.' }))).id;
const hide = (actor: Actor, id: string, on: Thing['on'] = 'entry', reason = 'Un prix de client.') =>
  act((tx) => hideThing(tx, actor, { on, id, reason }));
const show = (actor: Actor, id: string, on: Thing['on'] = 'entry') =>
  act((tx) => showThing(tx, actor, { on, id }));
const report = async (actor: Actor, id: string, on: Thing['on'] = 'entry') =>
  (await act((tx) => reportThing(tx, actor, { on, id, reason: 'confidential' }))).id;
const settle = (actor: Actor, id: string, outcome: 'hidden' | 'nothing') =>
  act((tx) => resolveReport(tx, actor, id, { outcome, reason: 'Un prix de client.' }));
/** What they are told, after everything has had its consequences. */
const told = async (actor: Actor) => {
  await drawAll(db);
  const { items } = await listNotifications(db, actor, { limit: 100 });
  return items.filter(({ kind }) => ['hidden', 'shown', 'report_hidden', 'report_nothing'].includes(kind));
};
const kinds = async (actor: Actor) => (await told(actor)).map(({ kind }) => kind);
/** With spaces as one types them. */
const typed = (text = '') => text.replaceAll('\u202f', ' ').replaceAll('\u00a0', ' ');
const mailsTo = async ({ handle }: Actor) => {
  const now = new Date(Date.now() + 3_600_000);
  await drawAll(db);
  await deliverDue(db, 'mail', sendMails(now), now);
  return box.received.filter(({ to }) => to[0] === `${handle}@essaim.example`).map(({ mail }) => mail);
};

beforeEach(async () => {
  vi.stubEnv('SMTP_URL', box.url);
  vi.stubEnv('MAIL_DOMAIN', 'mail.aubrelle.example');
  await drawAll(db);
  await sql`delete from notifications`.execute(db);
  await sql`delete from deliveries`.execute(db);
  box.received.length = 0;
});
afterEach(() => vi.unstubAllEnvs());

test('an author is told once that his post is hidden, with the reason and without a name, then that it is shown', async () => {
  const id = await publish(claire);
  await hide(thomas, id);
  await hide(helene, id, 'entry', 'Une autre raison.');
  const [line, ...others] = await told(claire);
  expect(others).toEqual([]);
  expect(line).toMatchObject({
    ...{ kind: 'hidden', title: 'Un prix', url: `/posts/${id}`, reason: 'Un prix de client.', read: false },
    ...{ actor: null, people: [], voices: 0, community: null, onComment: false },
    less: { thread: null, community: null },
  });
  expect(JSON.stringify(line)).not.toMatch(/thomas|helene/i);
  for (const other of [thomas, helene, bernard]) expect(await kinds(other)).toEqual([]);
  await markOpened(db, claire, id);
  expect(await hasNews(db, claire)).toBe(false);
  await show(helene, id);
  await show(thomas, id);
  expect(await told(claire)).toMatchObject([
    { kind: 'shown', title: 'Un prix', url: `/posts/${id}`, reason: null, people: [], read: false },
  ]);
  await hide(thomas, id, 'entry', 'Encore.');
  expect(await told(claire)).toMatchObject([{ kind: 'hidden', reason: 'Encore.', read: false, count: 1 }]);
});

test('a comment, a shared watch and a dossier lead their author to where he reads them', async () => {
  const post = await publish(bernard);
  const comment = await say(claire, post);
  const watch = await sampleWatch(db, { owner: 'claire.martin', name: 'Norvalt', community: 'le-comptoir' });
  await hide(thomas, comment, 'comment', 'Blessant.');
  await hide(ines, watch, 'watch', 'Trop tôt.');
  expect(await told(claire)).toMatchObject([
    {
      kind: 'hidden',
      title: 'Norvalt',
      url: `/desk/watches/${watch}`,
      reason: 'Trop tôt.',
      onComment: false,
    },
    {
      ...{ kind: 'hidden', title: 'Un prix', reason: 'Blessant.', onComment: true },
      url: `/posts/${post}?comment=${comment}#comment-${comment}`,
    },
  ]);
  expect(await kinds(bernard)).toEqual([]);
  await act((tx) => markNotifiedOf(tx, claire, watch));
  expect((await told(claire)).map(({ read }) => read)).toEqual([true, false]);
  await show(ines, watch, 'watch');
  await show(thomas, comment, 'comment');
  expect((await told(claire)).map(({ kind, url }) => [kind, url.split('?')[0]])).toEqual([
    ['shown', `/posts/${post}`],
    ['shown', `/desk/watches/${watch}`],
  ]);
});

test('who hides his own words is told nothing, nor is who has no account', async () => {
  const own = await publish(thomas);
  await hide(thomas, own);
  expect(await kinds(thomas)).toEqual([]);
  const id = await publish(mathieu);
  await sql`update people set status = 'outside' where id = ${mathieu.id}`.execute(db);
  await hide(thomas, id);
  await drawAll(db);
  await sql`update people set status = 'active' where id = ${mathieu.id}`.execute(db);
  expect(await kinds(mathieu)).toEqual([]);
});

test('what he may not read any more is not told: a place he left, a post taken away, a hidden post', async () => {
  const secret = await publish(claire, 'face-a-norvalt');
  await hide(bastien, secret);
  const deleted = await publish(claire);
  const under = await publish(bernard);
  const comment = await say(claire, under);
  await hide(thomas, comment, 'comment');
  await act((tx) => deletePost(tx, claire, deleted));
  expect(await kinds(claire)).toEqual(['hidden', 'hidden']);
  await act((tx) => leaveCommunity(tx, claire, 'face-a-norvalt'));
  expect((await told(claire)).map(({ onComment }) => onComment)).toEqual([true]);
  expect(await concealedCommentsOf(db, claire)).toMatchObject({
    items: [{ id: comment, entryId: under, title: 'Un prix', reason: 'Un prix de client.' }],
  });
  await hide(thomas, under);
  expect(await kinds(claire)).toEqual([]);
  expect((await concealedCommentsOf(db, claire)).items).toMatchObject([
    { id: comment, entryId: null, title: null, excerpt: 'Un mot de trop.' },
  ]);
  expect((await concealedCommentsOf(db, thomas)).items).toEqual([]);
});

test('one hears of one’s own words in a thread and a community one hears nothing else of, unless one asks not to', async () => {
  const quiet = await publish(claire, 'le-comptoir');
  await act((tx) => followThread(tx, claire, quiet, false));
  await act((tx) => setLevel(tx, claire, 'le-comptoir', 'nothing'));
  await hide(thomas, quiet);
  expect(await kinds(claire)).toEqual(['hidden']);
  await act((tx) => wantKind(tx, claire, 'shown', false));
  await show(thomas, quiet);
  expect(await kinds(claire)).toEqual([]);
});

test('mail, push and digest say the reason, and no name', async () => {
  const id = await publish(yanis, 'le-comptoir');
  await hide(thomas, id);
  const [line] = await told(yanis);
  const rung = await rungNotice(db, yanis, line!.id);
  expect(typed(rung.title)).toBe('Masqué par les personnes qui veillent sur le lieu : « Un prix »');
  expect(rung).toMatchObject({ url: `/posts/${id}`, body: expect.stringContaining('Un prix de client.') });
  const [mail, ...others] = await mailsTo(yanis);
  expect(others).toEqual([]);
  expect(typed(mail!.subject)).toBe('Masqué : Un prix');
  expect(typed(mail!.text)).toContain('Raison : Un prix de client.');
  expect(mail!.text).not.toMatch(/Thomas|comptoir/i);
  expect(mail!.replyTo).toBeUndefined();
  box.received.length = 0;
  await sql`delete from delivery_notices`.execute(db);
  await sql`insert into notice_settings (person_id, mail, digest, digest_upto, digest_due)
    values (${yanis.id}, false, 'day', now() - interval '1 hour', now())`.execute(db);
  await prepareDigests(db, new Date(Date.now() + 3_600_000));
  const [digest] = await mailsTo(yanis);
  expect(typed(digest!.text)).toContain('Masqué par les personnes qui veillent sur le lieu : « Un prix »');
  await sql`delete from notice_settings where person_id = ${yanis.id}`.execute(db);
  box.received.length = 0;
  await show(thomas, id);
  await hide(thomas, id);
  await show(thomas, id);
  expect((await mailsTo(yanis)).map(({ subject }) => typed(subject))).toEqual([
    'De nouveau visible : Un prix',
  ]);
});

test('who reported hears what became of it, by name where he still reads it', async () => {
  const kept = await publish(claire);
  const gone = await publish(claire);
  const [stays, goes] = [await report(bernard, kept), await report(bernard, gone)];
  await report(mathieu, gone);
  await settle(thomas, stays, 'nothing');
  await settle(thomas, goes, 'hidden');
  expect(await told(bernard)).toMatchObject([
    { kind: 'report_hidden', title: null, url: `/moderation/${goes}`, actor: null, people: [], reason: null },
    { kind: 'report_nothing', title: 'Un prix', url: `/moderation/${stays}`, actor: null, people: [] },
  ]);
  expect(await kinds(mathieu)).toEqual(['report_hidden']);
  expect(JSON.stringify(await told(bernard))).not.toMatch(/thomas|mathieu/i);
  expect(await kinds(claire)).toEqual(['hidden']);
  const [line] = await told(bernard);
  expect(typed((await rungNotice(db, bernard, line!.id)).title)).toBe(
    'Ce que vous aviez signalé a été masqué : voir le signalement',
  );
  await markOpened(db, bernard, goes);
  expect((await told(bernard)).map(({ read }) => read)).toEqual([true, false]);
  const mails = await mailsTo(bernard);
  expect(mails.map(({ subject }) => typed(subject))).toEqual(['Une réponse à votre signalement']);
  expect(typed(mails[0]!.text)).toContain('rien n’a été masqué : « Un prix »');
  expect(mails[0]!.replyTo).toBeUndefined();
  await show(thomas, gone);
  expect((await told(bernard)).map(({ title }) => title)).toEqual(['Un prix', 'Un prix']);
});

test('a report of a comment or a watch names it while it is read, and nothing of it later', async () => {
  const comment = await say(claire, await publish(helene));
  const watch = await sampleWatch(db, { owner: 'claire.martin', name: 'Oltremar', community: 'le-comptoir' });
  await settle(thomas, await report(bernard, comment, 'comment'), 'nothing');
  await settle(thomas, await report(bernard, watch, 'watch'), 'nothing');
  const titles = async () => (await told(bernard)).map(({ title }) => title);
  expect(await titles()).toEqual(['Oltremar', 'Un mot de trop.']);
  await hide(thomas, comment, 'comment');
  await hide(thomas, watch, 'watch');
  expect(await titles()).toEqual([null, null]);
});

test('who has left since hears the outcome, as in his reports, and no word of the thing', async () => {
  const id = await publish(mathieu, 'face-a-norvalt');
  const reported = await report(ines, id);
  await act((tx) => leaveCommunity(tx, ines, 'face-a-norvalt'));
  await settle(bastien, reported, 'nothing');
  expect(await told(ines)).toMatchObject([{ kind: 'report_nothing', title: null, community: null }]);
  const { items } = await listReports(db, ines, { box: 'mine' });
  expect(items).toMatchObject([{ id: reported, state: 'nothing', thing: null }]);
});

test('an erased author takes his notices with him, and the reporter reads no name', async () => {
  const id = await publish(yanis);
  const reported = await report(bernard, id);
  await settle(thomas, reported, 'hidden');
  expect(await kinds(yanis)).toEqual(['hidden']);
  await act((tx) => erasePerson(tx, helene, { personId: yanis.id, confirm: yanis.handle }));
  expect(await kinds(yanis)).toEqual([]);
  expect(await told(bernard)).toMatchObject([{ kind: 'report_hidden', title: null }]);
});
