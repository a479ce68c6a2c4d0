import { sql } from 'kysely';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Actor } from '#server/actor.ts';
import { archiveCommunity } from '#server/communities/edit.ts';
import { foundCommunity } from '#server/communities/found.ts';
import { inviteToCommunity } from '#server/communities/invite.ts';
import { joinCommunity, leaveCommunity } from '#server/communities/join.ts';
import { listNotifications } from '#server/notifications/list.ts';
import { inTransaction, type Tx } from '#server/platform/db.ts';
import { editPost } from '#server/posts/edit.ts';
import { testDatabase } from '../../../tests/database.ts';
import { drawAll } from '../../../tests/drawn.ts';
import { handOver, PNG, type Sent } from '../../../tests/hand-over.ts';
import { openMailbox } from '../../../tests/mailbox.ts';
import { inOneWindow } from '../../../tests/one-window.ts';
import { actorOf } from '../../../tests/world.ts';
import { closeCommunityMail, communityMail, openCommunityMail } from './community-mail.ts';
import { startMailIn } from './receive.ts';
import { endWriteAddress, renewWriteAddress } from './write-address.ts';

const { db } = await testDatabase();
const [helene, nadia, pierre] = (await Promise.all(
  ['helene.dargent', 'nadia.rahmani', 'pierre.alonzo'].map((handle) => actorOf(db, handle)),
)) as [Actor, Actor, Actor];
const DOMAIN = 'mail.aubrelle.example';
vi.stubEnv('MAIL_DOMAIN', DOMAIN);
const [box, door] = await Promise.all([openMailbox(), startMailIn(db, { host: '127.0.0.1', port: 0 })]);
afterAll(() => Promise.all([box.close(), door.stop()]));

const act = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, work);
const mailOf = ({ handle }: Actor) => `${handle}@essaim.example`;
const send = (mail: Sent) =>
  handOver(door.port, { from: mailOf(helene), subject: 'Les pompes', text: 'Elles tiennent.', ...mail });

/** A community of Hélène's that takes mail, with her own address for it. */
let place: { slug: string; address: string; own: string };
beforeEach(async () => {
  vi.stubEnv('MAIL_DOMAIN', DOMAIN);
  vi.stubEnv('SMTP_URL', box.url);
  vi.stubEnv('MAIL_FROM', 'Essaim <essaim@aubrelle.example>');
  vi.stubEnv('ORIGIN', 'https://essaim.aubrelle.example');
  await sql`delete from attempts`.execute(db);
  box.received.length = 0;
  place = await founded('closed');
});
afterEach(() => vi.unstubAllEnvs());

async function founded(access: 'open' | 'closed' | 'secret') {
  const { slug } = await act((tx) => foundCommunity(tx, helene, { name: 'Les essais', access }));
  await act(async (tx) => {
    await openCommunityMail(tx, helene, slug);
    await renewWriteAddress(tx, helene, slug);
  });
  const { address, ownAddress } = await communityMail(db, helene, slug);
  return { slug, address: address!, own: ownAddress! };
}

const postsIn = (slug: string) =>
  db
    .selectFrom('entries')
    .innerJoin('communities', 'communities.id', 'entries.community_id')
    .select(['entries.id', 'title', 'body', 'html', 'status', 'author_id', 'entries.enclosure'])
    .where('communities.slug', '=', slug)
    .orderBy('entries.id')
    .execute();
const toldOf = async (actor: Actor, id: string) =>
  (await listNotifications(db, actor)).items.filter(({ url }) => url === `/posts/${id}`);

test('what a member sends to his own address is out in his name, dressed as he dressed it', async () => {
  expect(place.own).toMatch(/^les-essais(-\d+)?\+[0-9a-v]{20}@mail\.aubrelle\.example$/);
  const mail: Sent = {
    to: place.own.toUpperCase(),
    subject: 'Fwd: Les pompes',
    messageId: '<one@mail.example>',
    text: 'Elles tiennent.',
    html: `<p>Elles <b>tiennent</b> : <img src="cid:plan" alt="Plan"></p><ul><li>une</li><li>deux</li></ul>
      <p><img src="cid:nowhere"><script>alert(1)</script></p><div>-- <br>Hélène Dargent<br><img src="cid:logo"></div>`,
    attachments: [
      { filename: 'plan.png', content: PNG, cid: 'plan' },
      { filename: 'logo.png', content: PNG, cid: 'logo' },
      { filename: '../devis.txt', content: 'Mille euros' },
    ],
  };
  const replies = await Promise.all([send(mail), send(mail)]);
  expect([...replies, await send(mail)].every((reply) => reply.startsWith('250'))).toBe(true);
  const [post, ...others] = await postsIn(place.slug);
  expect(others).toEqual([]);
  expect(post).toMatchObject({ title: 'Les pompes', status: 'published', author_id: helene.id });
  expect(post!.body).toMatch(
    /^Elles \*\*tiennent\*\* : !\[plan\]\(\/files\/[\w-]+\)\n\n- une\n- deux\n\n\[[^\]/]*devis\.txt\]\(\/files\/[\w-]+\)$/,
  );
  expect(post!.html).not.toContain('script');
  expect(box.received).toEqual([]);
});

test('what comes to the address that anybody may know is a draft, of which its author alone is told', async () => {
  expect(place.address).toBe(`${place.slug}@${DOMAIN}`);
  expect(await send({ to: place.address })).toMatch(/^250/);
  const [post] = await postsIn(place.slug);
  expect(post).toMatchObject({ status: 'draft', author_id: helene.id, body: 'Elles tiennent.' });
  await drawAll(db);
  expect(await toldOf(helene, post!.id)).toMatchObject([
    { kind: 'by_mail', read: false, community: null, less: { thread: null } },
  ]);
  expect(await toldOf(nadia, post!.id)).toEqual([]);
  const { rows } = await sql`select channel from deliveries where thing_id = ${post!.id}`.execute(db);
  expect(rows).toEqual([{ channel: 'mail' }]);
  await act((tx) => editPost(tx, helene, post!.id, { status: 'published' }));
  expect(await toldOf(helene, post!.id)).toEqual([]);
});

test('a mail to several places lands in each, once', async () => {
  const second = await founded('open');
  const mail: Sent = { to: [place.own, second.address], messageId: '<both@mail.example>' };
  expect(await send(mail)).toMatch(/^250/);
  expect(await send(mail)).toMatch(/^250/);
  expect(await postsIn(place.slug)).toMatchObject([{ status: 'published' }]);
  expect(await postsIn(second.slug)).toMatchObject([{ status: 'draft' }]);
});

describe('a forged sender', () => {
  test('publishes nothing, whatever address he knows', async () => {
    const from = mailOf(nadia);
    for (const to of [place.own, place.own.replace(place.slug, 'autre')])
      expect(await send({ to, from })).toMatch(/^550 .*autre personne/);
    const twoFroms = `From: ${mailOf(helene)}\r\nFrom: ${from}\r\nTo: ${place.own}\r\n\r\nOui.`;
    expect(await send({ to: place.own, raw: twoFroms })).toMatch(/^550/);
    const wrong = place.own.replace(/.@/, (end) => (end === '0@' ? '1@' : '0@'));
    expect(await send({ to: wrong })).toMatch(/^550 Personne/);
    expect(await postsIn(place.slug)).toEqual([]);
    expect(await send({ to: place.own })).toMatch(/^250/);
    expect(await postsIn(place.slug)).toMatchObject([{ status: 'published' }]);
  });

  test('who has an address no more publishes nothing by it', async () => {
    const before = place.own;
    await act((tx) => renewWriteAddress(tx, helene, place.slug));
    expect(await send({ to: before })).toMatch(/^550 Personne/);
    const { ownAddress } = await communityMail(db, helene, place.slug);
    expect(await send({ to: ownAddress! })).toMatch(/^250/);
    await act((tx) => endWriteAddress(tx, helene, place.slug));
    expect(await send({ to: ownAddress! })).toMatch(/^550 Personne/);
    expect(await postsIn(place.slug)).toHaveLength(1);
  });

  test('fills nobody’s drafts', async () => {
    for (let number = 0; number < 12; number += 1)
      await send({ to: place.address, messageId: `<${number}@x.example>` });
    expect(await postsIn(place.slug)).toHaveLength(10);
    expect(await send({ to: place.address, messageId: '<more@x.example>' })).toMatch(/^451/);
    expect(await send({ to: place.own })).toMatch(/^250/);
    expect(await postsIn(place.slug)).toHaveLength(11);
  });
});

describe('where a mail cannot land', () => {
  /** The answer that its sender is sent, as one line. */
  const answered = async (mail: Sent) => {
    box.received.length = 0;
    expect(await send(mail)).toMatch(/^250/);
    return box.received.map(({ to, mail: { text } }) => `${to[0]}: ${text?.replace(/\s+/g, ' ')}`);
  };

  test('a member, or who could be one, hears why; what he may not know of is as if it were not there', async () => {
    const outside = mailOf(nadia);
    expect(await answered({ to: place.address, from: outside })).toEqual([
      expect.stringMatching(`^${outside}: .*rejoignez-la.* https://.*/communities/${place.slug} `),
    ]);
    const secret = await founded('secret');
    await sql`delete from attempts`.execute(db);
    const hidden = await answered({ to: secret.address, from: outside });
    const absent = await answered({ to: `nulle-part@${DOMAIN}`, from: outside });
    expect(hidden).toEqual([expect.stringContaining('Personne ne reçoit')]);
    expect(absent).toEqual(hidden);
    await sql`delete from attempts`.execute(db);
    const open = await founded('open');
    expect(await answered({ to: open.address, from: mailOf(pierre) })).toEqual([
      hidden[0]!.replace(outside, mailOf(pierre)),
    ]);
    await act((tx) => closeCommunityMail(tx, helene, place.slug));
    expect(await answered({ to: place.own })).toEqual([expect.stringContaining('ne reçoit pas de billets')]);
    await act((tx) => archiveCommunity(tx, helene, place.slug));
    expect(await answered({ to: place.own })).toEqual([expect.stringContaining('est archivée')]);
    expect(await answered({ to: open.own, text: '-- \nHélène' })).toEqual([
      expect.stringContaining('est vide'),
    ]);
    for (const { slug } of [place, secret, open]) expect(await postsIn(slug)).toEqual([]);
  });

  test('who left the community writes there no more', async () => {
    const { slug, own } = await founded('secret');
    await act(async (tx) => {
      await inviteToCommunity(tx, helene, slug, nadia.handle);
      await joinCommunity(tx, nadia, slug);
      await leaveCommunity(tx, helene, slug);
    });
    expect(await answered({ to: own })).toEqual([expect.stringContaining('Personne ne reçoit')]);
    expect(await postsIn(slug)).toEqual([]);
  });

  test('a stranger hears nothing, and machines neither; an answer begins no conversation', async () => {
    await inOneWindow(db);
    expect(await answered({ to: place.address, from: 'x@y.example' })).toEqual([]);
    expect(await answered({ to: `nulle-part@${DOMAIN}`, from: 'x@y.example' })).toEqual([]);
    const machines: Partial<Sent>[] = [
      { returnPath: '' },
      { headers: { 'Auto-Submitted': 'auto-replied' } },
      { headers: { Precedence: 'list' } },
    ];
    for (const machine of machines)
      expect(await answered({ to: place.address, from: mailOf(nadia), ...machine })).toEqual([]);
    const many = { to: place.address, from: mailOf(nadia) };
    const answers = await Promise.all(Array.from({ length: 6 }, () => send(many)));
    expect(answers.every((reply) => reply.startsWith('250'))).toBe(true);
    expect(box.received).toHaveLength(3);
    for (const { header } of box.received) expect(header('auto-submitted')).toBe('auto-generated');
    // What we send, come back as it is.
    expect(await answered({ to: place.address, raw: box.received[0]?.raw ?? '' })).toEqual([]);
    expect(await postsIn(place.slug)).toEqual([]);
  });

  test('where no mail leaves, his own server tells him', async () => {
    vi.stubEnv('SMTP_URL', 'smtp://127.0.0.1:1');
    expect(await send({ to: place.address, from: mailOf(nadia) })).toMatch(/^550 .*rejoignez-la/);
  });
});

test('hostile mails land nowhere, or harmless', async () => {
  const head = `From: ${mailOf(helene)}\r\nTo: ${place.own}\r\n`;
  const nests = Array.from(
    { length: 2_000 },
    (_, depth) => `Content-Type: multipart/mixed; boundary="b${depth}"\r\n\r\n--b${depth}\r\n`,
  ).join('');
  expect(await send({ to: place.own, raw: `${head}${nests}Content-Type: text/plain\r\n\r\nOui.` })).toMatch(
    /^550 .*lu/,
  );
  const huge = `${head}\r\n${`${'a'.repeat(70)}\r\n`.repeat(380_000)}`;
  expect(await send({ to: place.own, raw: huge })).toMatch(/^552/);
  expect(await postsIn(place.slug)).toEqual([]);
  const hostile: Sent = {
    to: place.own,
    subject: `${'Titre\u202e '.repeat(100)}\0`,
    html: `<p>Oui\0 <img src=x onerror=alert(1)><a href="javascript:alert(2)">là</a>
      <img src="https://inline.invalid/0"><img src="https://spy.example/x.gif" alt="Suivi"><img src="cid:%E0%A4%A"></p>${'<div>'.repeat(20_000)}fin`,
  };
  expect(await send(hostile)).toMatch(/^250/);
  const [post] = await postsIn(place.slug);
  expect(post!.title.length).toBeLessThanOrEqual(200);
  expect(post!.html).not.toMatch(/onerror|javascript:|<img|inline\.invalid|spy|cid:/);
});

test('only animators open the address, only members are told of it', async () => {
  await expect(act((tx) => openCommunityMail(tx, nadia, place.slug))).rejects.toMatchObject({
    code: 'forbidden',
  });
  await expect(act((tx) => renewWriteAddress(tx, nadia, place.slug))).rejects.toMatchObject({
    code: 'forbidden',
  });
  expect(await communityMail(db, nadia, place.slug)).toEqual({
    ...{ possible: true, open: false, address: null, ownAddress: null },
  });
  // His own address writes in his name.
  const reading: Actor = { ...helene, scopes: ['read'] };
  expect(await communityMail(db, reading, place.slug)).toEqual({
    ...{ possible: true, open: true, address: place.address, ownAddress: null },
  });
  const { slug } = await founded('secret');
  await expect(communityMail(db, nadia, slug)).rejects.toMatchObject({ code: 'not_found' });
  vi.stubEnv('MAIL_DOMAIN', '');
  expect(await communityMail(db, helene, place.slug)).toMatchObject({ possible: false, address: null });
});
