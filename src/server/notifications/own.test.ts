/** What becomes of one's own drafts, why one was rung out of hours, and how long a mail is tried. */
import { sql } from 'kysely';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Actor } from '#server/actor.ts';
import { leaveCommunity } from '#server/communities/join.ts';
import { addComment } from '#server/conversation/comment.ts';
import { insist } from '#server/insistence/insist.ts';
import { inTransaction, type Tx } from '#server/platform/db.ts';
import { createPost } from '#server/posts/create.ts';
import { editPost } from '#server/posts/edit.ts';
import { publishScheduled } from '#server/posts/schedule.ts';
import { rungNotice } from '#server/push/notice.ts';
import { testDatabase } from '../../../tests/database.ts';
import { drawAll } from '../../../tests/drawn.ts';
import { openMailbox } from '../../../tests/mailbox.ts';
import { actorOf } from '../../../tests/world.ts';
import { deliverDue } from './deliver.ts';
import { listNotifications } from './list.ts';
import { sendMails } from './send-mails.ts';

const { db } = await testDatabase();
const [helene, nadia, thomas] = (await Promise.all(
  ['helene.dargent', 'nadia.rahmani', 'thomas.gauthier'].map((handle) => actorOf(db, handle)),
)) as [Actor, Actor, Actor];
await drawAll(db);
// Nobody keeps hours here but who is away.
await db.updateTable('quiet_calendar').set({ active: false }).execute();
const box = await openMailbox();
afterAll(box.close);

const DAY = 86_400_000;
const act = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, work);
const inDays = (days: number) => new Date(Date.now() + days * DAY);
const deliver = (now: Date) => deliverDue(db, 'mail', sendMails(now), now);
const mailsTo = ({ handle }: Actor) =>
  box.received.filter(({ to }) => to[0] === `${handle}@essaim.example`).map(({ mail }) => mail);
/** With spaces as one types them. */
const typed = (text = '') => text.replaceAll('\u202f', ' ').replaceAll('\u00a0', ' ');
const linesOf = async (actor: Actor, entryId: string) =>
  (await listNotifications(db, actor)).items.filter(({ url }) => url.startsWith(`/posts/${entryId}`));
const isAway = ({ id }: Actor, days: number) =>
  db
    .insertInto('quiet_leave')
    .values({ person_id: id, from_day: isoDay(inDays(-1)), to_day: isoDay(inDays(days)) })
    .execute();
const isoDay = (at: Date) => at.toISOString().slice(0, 10);

beforeEach(async () => {
  vi.stubEnv('SMTP_URL', box.url);
  vi.stubEnv('MAIL_DOMAIN', 'mail.aubrelle.example');
  await sql`delete from deliveries`.execute(db);
  await sql`delete from quiet_leave`.execute(db);
  box.received.length = 0;
  box.guard = () => undefined;
});
afterEach(() => vi.unstubAllEnvs());

test('who has lost the right to publish what he scheduled is told, and nobody else, until he does something', async () => {
  const { id } = await act((tx) =>
    createPost(tx, nadia, {
      ...{ title: 'À huit heures', body: 'Voici, @thomas.gauthier.', community: 'appels-offres' },
      publishAt: inDays(1).toISOString(),
    }),
  );
  await act((tx) => leaveCommunity(tx, nadia, 'appels-offres'));
  await sql`update communities set name = 'Le nouveau nom' where slug = 'appels-offres'`.execute(db);
  await sql`update entries set publish_at = now() - interval '1 second' where id = ${id}`.execute(db);
  await publishScheduled(db);
  await drawAll(db);
  await drawAll(db);
  expect(await linesOf(nadia, id)).toMatchObject([
    { kind: 'held_back', read: false, count: 1, community: null, title: 'À huit heures' },
  ]);
  expect(await linesOf(thomas, id)).toEqual([]);
  await deliver(inDays(0.01));
  expect(mailsTo(thomas)).toEqual([]);
  const [mail, ...others] = mailsTo(nadia);
  expect(others).toEqual([]);
  expect(typed(mail!.subject)).toBe('Pas encore paru : À huit heures');
  expect(mail!.text).toMatch(/^Votre billet n’est pas paru[^]*vous n’écrivez plus dans cette communauté/);
  expect(mail!.text).not.toMatch(/nouveau nom|Nadia/);
  expect(mail!.replyTo).toBeUndefined();
  await act((tx) => editPost(tx, nadia, id, { community: null, status: 'published' }));
  expect(await linesOf(nadia, id)).toEqual([]);
});

test('a mail and a push say why somebody insisted, to the one rung only', async () => {
  await isAway(nadia, 3);
  const { id } = await act((tx) =>
    createPost(tx, helene, { title: 'Le devis', body: 'Qui ?', status: 'published' }),
  );
  const said = await act((tx) =>
    addComment(tx, helene, { entryId: id, body: '@nadia.rahmani, @thomas.gauthier ?' }),
  );
  await drawAll(db);
  await act((tx) =>
    insist(tx, helene, {
      ...{ entryId: id, commentId: said.id, people: ['nadia.rahmani'] },
      reason: 'Le <b>client</b> attend.',
    }),
  );
  await drawAll(db);
  await deliver(inDays(0.01));
  const why = `${helene.name} a insisté auprès de vous : « Le <b>client</b> attend. »`;
  const [rung] = mailsTo(nadia);
  expect(typed(rung!.text)).toContain(why);
  expect(rung!.html).not.toContain('<b>client');
  expect(mailsTo(thomas)[0]!.text).not.toContain('insisté');
  const pushed = async (actor: Actor) => {
    const { id: notice } = await db
      .selectFrom('notifications')
      .select('id')
      .where('comment_id', '=', said.id)
      .where('person_id', '=', actor.id)
      .executeTakeFirstOrThrow();
    return typed((await rungNotice(db, actor, notice)).body);
  };
  expect(await pushed(nadia)).toBe(`${why}\n@nadia.rahmani, @thomas.gauthier ?`);
  expect(await pushed(thomas)).not.toContain('insisté');
});

test('what waited for somebody who was long away is tried as long as anything else', async () => {
  await isAway(nadia, 20);
  const { id } = await act((tx) =>
    createPost(tx, helene, { title: 'Au retour', body: 'Bonjour @nadia.rahmani', status: 'published' }),
  );
  await drawAll(db);
  await deliver(inDays(0.01));
  expect(mailsTo(nadia)).toEqual([]);
  box.guard = () => {
    throw Object.assign(new Error('try again'), { responseCode: 452 });
  };
  const left = async () => {
    const { rows } = await sql`select 1 from deliveries
      where thing_id = ${id} and sent_at is null and dropped_at is null`.execute(db);
    return rows.length;
  };
  await deliver(inDays(22));
  expect(await left()).toBe(1);
  await deliver(inDays(28));
  expect(await left()).toBe(1);
  await deliver(inDays(29.5));
  expect(await left()).toBe(0);
  expect(mailsTo(nadia)).toEqual([]);
});
