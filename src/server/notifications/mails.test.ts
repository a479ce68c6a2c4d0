import type { Actor } from '#server/actor.ts';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';

import { addComment, deleteComment } from '#server/conversation/comment.ts';
import { react } from '#server/conversation/react.ts';
import { foundCommunity } from '#server/communities/found.ts';
import { inviteToCommunity } from '#server/communities/invite.ts';
import { joinCommunity, leaveCommunity } from '#server/communities/join.ts';
import { inTransaction } from '#server/platform/db.ts';
import { createPost } from '#server/posts/create.ts';
import { testDatabase } from '../../../tests/database.ts';
import { drawAll } from '../../../tests/drawn.ts';
import { openMailbox } from '../../../tests/mailbox.ts';
import { actorOf } from '../../../tests/world.ts';
import { deliverDue } from './deliver.ts';
import { followThread } from './less.ts';
import { markNotified } from './read.ts';
import { sendMails } from './send-mails.ts';
import { changeNoticeSettings } from './settings.ts';

const { db } = await testDatabase();
const [helene, nadia, thomas, claire] = (await Promise.all(
  ['helene.dargent', 'nadia.rahmani', 'thomas.gauthier', 'claire.martin'].map((handle) =>
    actorOf(db, handle),
  ),
)) as [Actor, Actor, Actor, Actor];
await drawAll(db);
await db.deleteFrom('quiet_holidays').execute();
const box = await openMailbox();
afterAll(box.close);

/** A moment in everybody's hours, after everything that is written here. */
const workday = nextMondayAt(9);
const deliver = (now = workday) => deliverDue(db, 'mail', sendMails(now), now);
const open = () =>
  db
    .selectFrom('deliveries')
    .selectAll()
    .where('sent_at', 'is', null)
    .where('dropped_at', 'is', null)
    .execute();

beforeEach(async () => {
  vi.stubEnv('SMTP_URL', box.url);
  vi.stubEnv('MAIL_FROM', 'Essaim <essaim@aubrelle.example>');
  vi.stubEnv('ORIGIN', 'https://essaim.aubrelle.example');
  await db.deleteFrom('deliveries').execute();
  await db.deleteFrom('notice_settings').execute();
  box.received.length = 0;
  box.guard = box.accept = () => undefined;
});
afterEach(() => vi.unstubAllEnvs());

const publish = (body: string, community?: string) =>
  inTransaction(db, (tx) =>
    createPost(tx, helene, { title: 'Les pompes', body, status: 'published', community }),
  );
const say = async (actor: Actor, entryId: string, body: string, parentId?: string) => {
  const said = await inTransaction(db, (tx) => addComment(tx, actor, { entryId, body, parentId }));
  await drawAll(db);
  return said;
};

test('what is said of one post within a moment is one mail that threads, reads and can be ended', async () => {
  const { id } = await publish('Qui vient ?', 'le-comptoir');
  await say(nadia, id, 'Moi, **mardi**.');
  await say(thomas, id, 'Moi aussi <b>!</b> ![x](https://img.example/x.png)');
  expect(await deliver()).toBeGreaterThan(0);
  const [received, ...others] = box.received.filter(({ to }) => to[0] === 'helene.dargent@essaim.example');
  expect(others).toEqual([]);
  const { mail, header } = received!;
  expect(mail.subject).toBe('[Le comptoir] Les pompes');
  for (const body of [mail.text, mail.html]) {
    expect(body).toContain('Nadia Rahmani commente votre billet');
    expect(body).toContain('mardi');
    expect(body).toContain('Thomas Gauthier');
    expect(body).toContain(`https://essaim.aubrelle.example/posts/${id}?comment=`);
    expect(body).toContain('Parce que ce billet est de vous');
  }
  expect(mail.html).not.toMatch(/<img|<b>!|img\.example/);
  expect(mail.text).toContain('« Les pompes »'.replace('« ', '«\u202f').replace(' »', '\u202f»'));
  const [delivery] = await db
    .selectFrom('deliveries')
    .selectAll()
    .where('person_id', '=', helene.id)
    .execute();
  expect(header('message-id')).toBe(`<${delivery?.id}@aubrelle.example>`);
  expect(header('references')).toBe(`<${id}@aubrelle.example>`);
  expect(header('auto-submitted')).toBe('auto-generated');
  expect(header('list-id')).toBe('<le-comptoir.aubrelle.example>');
  expect(header('list-unsubscribe')).toMatch(/^<https:\/\/essaim\.aubrelle\.example\/stop\/[\w.-]+>$/);
  expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');

  await say(nadia, id, 'Encore.');
  await deliver();
  const again = box.received.filter(({ to }) => to[0] === 'helene.dargent@essaim.example')[1];
  expect(again?.header('references')).toBe(header('references'));
  expect(again?.mail.text).not.toContain('mardi');
  expect(await open()).toEqual([]);
});

test('what was read, taken back, left or forbidden meanwhile is not mailed', async () => {
  const { id: read } = await publish('Un.');
  await say(nadia, read, 'Déjà lu.');
  await inTransaction(db, (tx) => markNotified(tx, helene));
  const { id: deleted } = await publish('Deux.');
  const said = await say(nadia, deleted, 'Retiré.');
  await inTransaction(db, (tx) => deleteComment(tx, nadia, said.id));
  const { id: left } = await publish('Trois.');
  await say(nadia, left, 'Assez.');
  await inTransaction(db, (tx) => followThread(tx, helene, left, false));
  const { id: off } = await publish('Quatre @claire.martin');
  await drawAll(db);
  await inTransaction(db, (tx) => changeNoticeSettings(tx, claire, { mail: false }));
  await inTransaction(db, (tx) => react(tx, nadia, { on: 'entry', id: off, kind: 'thanks' }));
  await drawAll(db);
  await deliver();
  expect(box.received).toEqual([]);
  expect(await open()).toEqual([]);
});

test('who left a closed community before the mail left reads nothing of it', async () => {
  const { slug } = await inTransaction(db, (tx) =>
    foundCommunity(tx, helene, { name: 'Entre nous', access: 'closed' }),
  );
  for (const each of [nadia, thomas]) {
    await inTransaction(db, async (tx) => {
      await inviteToCommunity(tx, helene, slug, each.handle);
      await joinCommunity(tx, each, slug);
    });
  }
  await drawAll(db);
  await db.deleteFrom('deliveries').execute();
  await publish('Secret @nadia.rahmani @thomas.gauthier', slug);
  await drawAll(db);
  await inTransaction(db, (tx) => leaveCommunity(tx, nadia, slug));
  await deliver();
  expect(box.received.map(({ to }) => to[0])).toEqual(['thomas.gauthier@essaim.example']);
});

test('out of hours nothing leaves, and what is said meanwhile joins', async () => {
  const night = new Date(workday.getTime() - 6 * 3_600_000);
  const { id } = await publish('Tard.');
  await say(nadia, id, 'Le premier.');
  await deliver(night);
  expect(box.received).toEqual([]);
  await say(thomas, id, 'Le second.');
  await deliver(workday);
  const mails = box.received.filter(({ to }) => to[0] === 'helene.dargent@essaim.example');
  expect(mails).toHaveLength(1);
  expect(mails[0]?.mail.text).toMatch(/Le premier[\s\S]*Le second/);
});

test('a server that is away loses nothing; one that refuses an address is not asked again', async () => {
  const { id } = await publish('Un mot @claire.martin');
  await say(nadia, id, 'Oui.');
  vi.stubEnv('SMTP_URL', 'smtp://127.0.0.1:1');
  await deliver();
  expect(await open()).toHaveLength(2);
  vi.stubEnv('SMTP_URL', box.url);
  box.guard = (address) => {
    if (address.startsWith('claire')) throw Object.assign(new Error('no such user'), { responseCode: 550 });
  };
  await deliver(new Date(workday.getTime() + 120_000));
  expect(box.received.map(({ to }) => to[0])).toEqual(['helene.dargent@essaim.example']);
  expect(await open()).toEqual([]);
});

test('a full mailbox is tried again, later and later', async () => {
  const { id } = await publish('Un mot.');
  await say(nadia, id, 'Oui.');
  box.guard = () => {
    throw Object.assign(new Error('try again'), { responseCode: 452 });
  };
  const dueIn = async () => ((await open())[0]!.due_at.getTime() - workday.getTime()) / 60_000;
  await deliver();
  expect(await dueIn()).toBe(1);
  await deliver(new Date(workday.getTime() + 60_000));
  expect(await dueIn()).toBe(6);
  box.guard = () => undefined;
  await deliver(new Date(workday.getTime() + 6 * 60_000));
  expect(box.received).toHaveLength(1);
});

test('several processes, or one that was killed, send each mail once', async () => {
  for (let number = 0; number < 6; number += 1) {
    const { id } = await publish(`Billet ${number}.`);
    await say(nadia, id, 'Oui.');
  }
  await Promise.all([deliver(), deliver(), deliver()]);
  expect(box.received).toHaveLength(6);

  const { id } = await publish('Encore un.');
  await say(nadia, id, 'Oui.');
  // Taken by a process that ends before it has sent anything.
  await expect(deliverDue(db, 'mail', () => Promise.reject(new Error('killed')), workday)).rejects.toThrow(
    'killed',
  );
  await deliver(new Date(workday.getTime() + 20 * 60_000));
  await deliver(new Date(workday.getTime() + 40 * 60_000));
  expect(box.received).toHaveLength(7);
  expect(new Set(box.received.map(({ header }) => header('message-id'))).size).toBe(7);
});

function nextMondayAt(hourInUtc: number): Date {
  const day = new Date();
  day.setUTCHours(hourInUtc, 0, 0, 0);
  do day.setUTCDate(day.getUTCDate() + 1);
  while (day.getUTCDay() !== 1);
  return day;
}
