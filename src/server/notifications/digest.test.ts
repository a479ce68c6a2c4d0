import { sql } from 'kysely';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Actor } from '#server/actor.ts';
import { foundCommunity } from '#server/communities/found.ts';
import { inviteToCommunity } from '#server/communities/invite.ts';
import { joinCommunity, leaveCommunity } from '#server/communities/join.ts';

import { follow } from '#server/conversation/follow.ts';
import { react } from '#server/conversation/react.ts';
import { markRead } from '#server/conversation/reads.ts';
import { hideThing } from '#server/moderation/hide.ts';
import { editProfile } from '#server/people/profile.ts';
import { inTransaction } from '#server/platform/db.ts';
import { createPost } from '#server/posts/create.ts';
import { inRollback, testDatabase } from '../../../tests/database.ts';
import { drawAll } from '../../../tests/drawn.ts';
import { openMailbox } from '../../../tests/mailbox.ts';
import { actorOf } from '../../../tests/world.ts';
import { deliverDue } from './deliver.ts';
import { prepareDigests } from './digest.ts';
import { setLevel } from './less.ts';
import { sendMails } from './send-mails.ts';
import { changeNoticeSettings } from './settings.ts';

const { db } = await testDatabase();
const people = ['helene.dargent', 'nadia.rahmani', 'thomas.gauthier', 'pierre.alonzo'];
const [helene, nadia, thomas, pierre] = (await Promise.all(people.map((handle) => actorOf(db, handle)))) as [
  Actor,
  Actor,
  Actor,
  Actor,
];
await drawAll(db);
// Everybody may be rung at any time here: quiet/ has tests of its own.
await db.updateTable('quiet_calendar').set({ active: false }).execute();
await db.deleteFrom('deliveries').execute();
// Nobody else asks for one.
await prepareDigests(db);
await db.updateTable('notice_settings').set({ digest: 'none' }).execute();
const box = await openMailbox();
afterAll(box.close);
beforeEach(() => {
  vi.stubEnv('SMTP_URL', box.url);
  vi.stubEnv('MAIL_FROM', 'Essaim <essaim@aubrelle.example>');
  vi.stubEnv('ORIGIN', 'https://essaim.aubrelle.example');
  box.received.length = 0;
});
afterEach(() => vi.unstubAllEnvs());

/** Asks for a daily digest from now on, at a moment an hour from now. */
async function subscribe(...actors: Actor[]): Promise<void> {
  for (const actor of actors) {
    await inTransaction(db, (tx) => changeNoticeSettings(tx, actor, { digest: 'none' }));
    await inTransaction(db, (tx) => changeNoticeSettings(tx, actor, { digest: 'day' }));
  }
  await due();
}
const due = () =>
  db
    .updateTable('notice_settings')
    .set({ digest_due: later(1) })
    .where('digest', '<>', 'none')
    .execute();
const later = (hours: number) => new Date(Date.now() + hours * 3_600_000);
const digest = async (now = later(2)) => {
  box.received.length = 0;
  await prepareDigests(db, now);
  await deliverDue(db, 'mail', sendMails(now), now);
  return box.received.filter(({ header }) => header('list-id')?.startsWith('<digest.'));
};
const publish = (title: string, community?: string, author = helene) =>
  inTransaction(db, (tx) =>
    createPost(tx, author, { title, body: 'Voici.', status: 'published', community }),
  );

test('a digest says what came out where one is, once', async () => {
  await subscribe(nadia);
  await publish('Le salon de Lyon', 'le-comptoir');
  const own = await publish('Le mien', 'le-comptoir', nadia);
  const read = await publish('Déjà lu', 'le-comptoir');
  await inTransaction(db, (tx) => markRead(tx, nadia, read.id));
  await inTransaction(db, (tx) => react(tx, thomas, { on: 'entry', id: own.id, kind: 'thanks' }));
  await drawAll(db);
  const [received, ...others] = await digest();
  expect(others).toEqual([]);
  expect(received?.to).toEqual(['nadia.rahmani@essaim.example']);
  for (const body of [received?.mail.text, received?.mail.html]) {
    expect(body).toContain('Le salon de Lyon');
    expect(body).toContain('Thomas Gauthier vous remercie pour');
    expect(body).not.toContain('Déjà lu');
  }
  expect(received?.header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  await due();
  expect(await digest()).toEqual([]);
  expect(
    await db
      .selectFrom('deliveries')
      .select('id')
      .where('sent_at', 'is', null)
      .where('dropped_at', 'is', null)
      .execute(),
  ).toEqual([]);
});

test('it begins with the moment in which it is asked for', async () => {
  await inRollback(db, async (tx) => {
    for (const digest of ['none', 'day']) await changeNoticeSettings(tx, nadia, { digest });
    const { rows } = await sql`select digest_upto < date_trunc('milliseconds', now()) as before
      from notice_settings where person_id = ${nadia.id}`.execute(tx);
    expect(rows).toEqual([{ before: true }]);
  });
});

test('it says nothing that its reader may not see when it leaves', async () => {
  const { id, slug } = await inTransaction(db, (tx) =>
    foundCommunity(tx, helene, { name: 'Zorglonde', access: 'secret' }),
  );
  for (const each of [nadia, thomas, pierre]) {
    await inTransaction(db, async (tx) => {
      await inviteToCommunity(tx, helene, slug, each.handle);
      await joinCommunity(tx, each, slug);
    });
  }
  for (const each of [thomas, pierre]) {
    await inTransaction(db, (tx) => follow(tx, each, { kind: 'person', id: helene.id })).catch(
      () => undefined,
    );
  }
  await subscribe(nadia, thomas, pierre);
  await publish('Zorglonde un', slug);
  const hidden = await publish('Caché', 'le-comptoir');
  await publish('Au comptoir', 'le-comptoir');
  await inTransaction(db, (tx) => hideThing(tx, thomas, { on: 'entry', id: hidden.id, reason: 'Non.' }));
  await inTransaction(db, (tx) => leaveCommunity(tx, thomas, slug));
  // He still follows it, as if leaving had forgotten that.
  await db.insertInto('follows').values({ person_id: thomas.id, kind: 'community', target_id: id }).execute();
  await drawAll(db);
  const told = Object.fromEntries(
    (await digest()).map(({ to, raw, mail }) => [to[0], `${raw} ${mail.text} ${mail.html}`]),
  );
  expect(told['nadia.rahmani@essaim.example']).toContain('Zorglonde un');
  expect(told['thomas.gauthier@essaim.example']).toContain('Au comptoir');
  expect(told['thomas.gauthier@essaim.example']).not.toMatch(/zorglonde/i);
  // A guest reads what he was let into, and nothing beside it.
  expect(told['pierre.alonzo@essaim.example']).toContain('Zorglonde un');
  expect(told['pierre.alonzo@essaim.example']).not.toContain('Au comptoir');
  for (const body of Object.values(told)) expect(body).not.toContain('Caché');
});

test('nothing of a community of which one wants nothing, and no empty digest', async () => {
  await subscribe(nadia);
  await inTransaction(db, (tx) => setLevel(tx, nadia, 'le-comptoir', 'nothing'));
  await publish('Du bruit @nadia.rahmani', 'le-comptoir');
  await drawAll(db);
  expect(await digest()).toEqual([]);
  await inTransaction(db, (tx) => setLevel(tx, nadia, 'le-comptoir', 'concerns'));
  await due();
  expect(await digest()).toEqual([]);
});

test('what a mail told, or is about to tell, the digest does not', async () => {
  await subscribe(nadia);
  await publish('Pour Nadia', 'le-comptoir');
  await inTransaction(db, async (tx) => {
    await createPost(tx, helene, {
      title: 'On vous nomme',
      body: '@nadia.rahmani ?',
      status: 'published',
      community: 'le-comptoir',
    });
  });
  await drawAll(db);
  const [received] = await digest();
  expect(received?.mail.text).toContain('Pour Nadia');
  expect(received?.mail.text).not.toContain('On vous nomme');

  await subscribe(nadia);
  await inTransaction(db, (tx) => changeNoticeSettings(tx, nadia, { mail: false }));
  await due();
  await inTransaction(db, async (tx) => {
    await createPost(tx, helene, {
      title: 'Nommée sans mail',
      body: '@nadia.rahmani ?',
      status: 'published',
      community: 'le-comptoir',
    });
  });
  await drawAll(db);
  const [second] = await digest();
  expect(second?.mail.text?.match(/Nommée sans mail/g)).toHaveLength(1);
  expect(second?.mail.text).toContain('Hélène Dargent vous nomme dans');
});

test('a digest that could not leave leaves later, with what is true then', async () => {
  await subscribe(thomas);
  await publish('Avant la panne', 'le-comptoir');
  vi.stubEnv('SMTP_URL', 'smtp://127.0.0.1:1');
  expect(await digest()).toEqual([]);
  vi.stubEnv('SMTP_URL', box.url);
  await publish('Pendant la panne', 'le-comptoir');
  const [received, ...others] = await digest(later(3));
  expect(others).toEqual([]);
  expect(received?.mail.text).toContain('Avant la panne');
  expect(received?.mail.text).toContain('Pendant la panne');
});

test('whoever moves gets it on the clock of the new place', async () => {
  await inTransaction(db, (tx) => changeNoticeSettings(tx, helene, { digest: 'day', hour: 8 }));
  await inTransaction(db, (tx) => editProfile(tx, helene, { timeZone: 'America/Montreal' }));
  await drawAll(db);
  await prepareDigests(db);
  const row = await db
    .selectFrom('notice_settings')
    .select('digest_due')
    .where('person_id', '=', helene.id)
    .executeTakeFirstOrThrow();
  const hour = new Intl.DateTimeFormat('en', {
    timeZone: 'America/Montreal',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  expect(hour.format(row.digest_due!)).toBe('08');
});
