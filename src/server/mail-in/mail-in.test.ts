import { createTransport } from 'nodemailer';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Actor } from '#server/actor.ts';
import { foundCommunity } from '#server/communities/found.ts';
import { inviteToCommunity } from '#server/communities/invite.ts';
import { joinCommunity, leaveCommunity } from '#server/communities/join.ts';
import { addComment } from '#server/conversation/comment.ts';
import { replyAddress, replySecret } from '#server/conversation/reply-address.ts';
import { readItem } from '#server/desk/read.ts';
import { renewDeskAddress } from '#server/desk/mail-address.ts';
import { listItems } from '#server/desk/list.ts';
import { deliverDue } from '#server/notifications/deliver.ts';
import { sendMails } from '#server/notifications/send-mails.ts';
import { inTransaction } from '#server/platform/db.ts';
import { createPost } from '#server/posts/create.ts';
import { testDatabase } from '../../../tests/database.ts';
import { drawAll } from '../../../tests/drawn.ts';
import { openMailbox } from '../../../tests/mailbox.ts';
import { actorOf } from '../../../tests/world.ts';
import { openMailIn } from './open.ts';
import { startMailIn } from './receive.ts';

const { db } = await testDatabase();
const [helene, nadia] = (await Promise.all(
  ['helene.dargent', 'nadia.rahmani'].map((handle) => actorOf(db, handle)),
)) as [Actor, Actor];
await drawAll(db);
const DOMAIN = 'reponses.aubrelle.example';
vi.stubEnv('MAIL_DOMAIN', DOMAIN);
const [box, door] = await Promise.all([openMailbox(), startMailIn(db, { host: '127.0.0.1', port: 0 })]);
const secret = await replySecret(db);
afterAll(() => Promise.all([box.close(), door.stop()]));

beforeEach(async () => {
  vi.stubEnv('MAIL_DOMAIN', DOMAIN);
  vi.stubEnv('SMTP_URL', box.url);
  vi.stubEnv('MAIL_FROM', 'Essaim <essaim@aubrelle.example>');
  await sql`delete from deliveries`.execute(db);
  await sql`delete from attempts`.execute(db);
  box.received.length = 0;
});
afterEach(() => vi.unstubAllEnvs());

const publish = (community?: string) =>
  inTransaction(db, (tx) =>
    createPost(tx, helene, { title: 'Les pompes', body: 'Qui vient ?', status: 'published', community }),
  );
const commentsUnder = (entryId: string) =>
  db
    .selectFrom('comments')
    .select(['id', 'author_id', 'parent_id', 'body', 'html'])
    .where('entry_id', '=', entryId)
    .orderBy('id')
    .execute();
const addressOf = (actor: Actor, entryId: string, commentId: string | null = null) =>
  replyAddress(secret, DOMAIN, { personId: actor.id, entryId, commentId });

interface Sent {
  to: string;
  from?: string;
  subject?: string;
  returnPath?: string;
  headers?: Record<string, string>;
  text?: string;
  html?: string;
  messageId?: string;
  attachments?: { filename: string; content: Buffer | string; contentType?: string; cid?: string }[];
  raw?: string;
}

/** Sends as a company's mail server does; the reply of ours, which begins with its code. */
async function send({ returnPath, ...mail }: Sent, port = door.port): Promise<string> {
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true });
  const from = mail.from ?? 'helene.dargent@essaim.example';
  try {
    const { response } = await transport.sendMail({
      subject: 'Re: Les pompes',
      ...mail,
      from,
      envelope: { from: returnPath ?? from, to: mail.to },
    });
    return response;
  } catch (error) {
    return (error as { response?: string }).response ?? String(error);
  } finally {
    transport.close();
  }
}

test('a notice goes out, and its answer stands as a comment of its reader under the right comment', async () => {
  const { id } = await publish('le-comptoir');
  const said = await inTransaction(db, (tx) => addComment(tx, nadia, { entryId: id, body: 'Moi, mardi.' }));
  await drawAll(db);
  const monday = nextMonday();
  await sql`delete from quiet_holidays`.execute(db);
  await deliverDue(db, 'mail', sendMails(monday), monday);
  const notice = box.received.find(({ to }) => to[0] === 'helene.dargent@essaim.example')!;
  const to = notice.mail.replyTo![0]!.address!;
  expect(to).toMatch(/^reply\+[0-9a-v]{56}@reponses\.aubrelle\.example$/);
  expect(notice.mail.text).toContain('Répondez à ce mail pour commenter.');
  const answer = `Très bien, **mardi**.\n\nLe 3 mars 2026 à 14:02, Essaim a écrit :\n${notice.mail.text!.replace(/^/gm, '> ')}`;
  // Some servers fold the case of addresses.
  expect(await send({ to: to.toUpperCase(), text: answer })).toMatch(/^250/);
  const comments = await commentsUnder(id);
  expect(comments).toHaveLength(2);
  expect(comments[1]).toMatchObject({
    author_id: helene.id,
    parent_id: said.id,
    body: 'Très bien, **mardi**.',
  });
  expect(comments[1]!.html).toContain('<strong>mardi</strong>');
});

test('the same message twice, and at once, is one comment', async () => {
  const { id } = await publish();
  const mail = { to: addressOf(helene, id), text: 'Oui.', messageId: '<one@mail.example>' };
  const replies = await Promise.all([send(mail), send(mail), send(mail)]);
  expect(replies.every((reply) => reply.startsWith('250'))).toBe(true);
  expect(await send(mail)).toMatch(/^250/);
  expect(await commentsUnder(id)).toHaveLength(1);
});

test('a forged sender and forged addresses are refused', async () => {
  const { id } = await publish();
  const to = addressOf(helene, id);
  expect(await send({ to, from: 'nadia.rahmani@essaim.example', text: 'Moi !' })).toMatch(
    /^550 .*autre personne/,
  );
  expect(
    await send({
      to,
      from: 'nadia.rahmani@essaim.example',
      returnPath: 'helene.dargent@essaim.example',
      text: 'x',
    }),
  ).toMatch(/^550/);
  await sql`update people set language = 'en' where id = ${helene.id}`.execute(db);
  expect(await send({ to, from: 'x@y.example', text: 'Me!' })).toMatch(/^550 .*belongs to somebody else/);
  await sql`update people set language = 'fr' where id = ${helene.id}`.execute(db);
  const twoFroms = `From: helene.dargent@essaim.example\r\nFrom: nadia.rahmani@essaim.example\r\nTo: ${to}\r\n\r\nOui.`;
  expect(await send({ to, raw: twoFroms })).toMatch(/^550/);
  const unknown = /^550 Personne ne recoit de mail a cette adresse\.$/;
  const changed = to.replace(/.@/, (end) => (end === '0@' ? '1@' : '0@'));
  const foreign = replyAddress('another secret', DOMAIN, {
    personId: helene.id,
    entryId: id,
    commentId: null,
  });
  for (const address of [
    changed,
    foreign,
    `reply+x@${DOMAIN}`,
    `helene@${DOMAIN}`,
    to.replace(DOMAIN, 'x.example'),
  ])
    expect(await send({ to: address, text: 'Oui.' }), address).toMatch(unknown);
  expect(await commentsUnder(id)).toEqual([]);
  expect(await send({ to, text: 'Oui.' })).toMatch(/^250/);
  expect(await commentsUnder(id)).toHaveLength(1);
});

test('who has left the community, or the network, says nothing there any more', async () => {
  const { slug } = await inTransaction(db, (tx) =>
    foundCommunity(tx, helene, { name: 'Entre nous', access: 'closed' }),
  );
  await inTransaction(db, async (tx) => {
    await inviteToCommunity(tx, helene, slug, nadia.handle);
    await joinCommunity(tx, nadia, slug);
  });
  const { id } = await publish(slug);
  const mail = { to: addressOf(nadia, id), from: 'nadia.rahmani@essaim.example' };
  expect(await send({ ...mail, text: 'Oui.' })).toMatch(/^250/);
  await inTransaction(db, (tx) => leaveCommunity(tx, nadia, slug));
  expect(await send({ ...mail, text: 'Encore.' })).toMatch(/^550 .*conversation/);
  await sql`update people set status = 'deactivated' where id = ${nadia.id}`.execute(db);
  expect(await send({ ...mail, text: 'Encore.' })).toMatch(/^550 Personne/);
  await sql`update people set status = 'active' where id = ${nadia.id}`.execute(db);
  expect(await commentsUnder(id)).toHaveLength(1);
});

test('bounces, absences, lists and our own mails are taken without a word', async () => {
  const { id } = await publish();
  const to = addressOf(helene, id);
  const { rows } = await sql<{
    id: string;
  }>`insert into deliveries (person_id, channel, what, thing_id, due_at, sent_at)
    values (${helene.id}, 'mail', 'notice', ${id}, now(), now()) returning id`.execute(db);
  const machines: Omit<Sent, 'to'>[] = [
    { returnPath: '' },
    { headers: { 'Auto-Submitted': 'auto-replied' } },
    { headers: { Precedence: 'bulk' } },
    { headers: { 'X-Auto-Response-Suppress': 'All' } },
    { headers: { 'List-Id': '<x.example>' } },
    { from: 'MAILER-DAEMON@essaim.example' },
    { messageId: `<${rows[0]!.id}@aubrelle.example>` },
  ];
  for (const machine of machines)
    expect(await send({ to, text: 'Je suis absent.', ...machine }), JSON.stringify(machine)).toMatch(/^250/);
  expect(await commentsUnder(id)).toEqual([]);
  expect(box.received).toEqual([]);
  expect(await send({ to, text: 'Me voici.', headers: { 'Auto-Submitted': 'no' } })).toMatch(/^250/);
  expect(await commentsUnder(id)).toHaveLength(1);
});

test('what is attached stands in the comment, and a picture where it was put', async () => {
  const { id } = await publish();
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const to = addressOf(helene, id);
  expect(
    await send({
      to,
      text: 'Voici le plan :\n\n[image: plan.png]\n\nEt le reste.',
      html: '<p>Voici le plan : <img src="cid:plan"></p><img src="cid:logo">',
      attachments: [
        { filename: 'plan.png', content: png, cid: 'plan' },
        { filename: 'logo.png', content: png, cid: 'logo' },
        { filename: '../../devis.txt', content: 'Mille euros' },
      ],
    }),
  ).toMatch(/^250/);
  const [comment] = await commentsUnder(id);
  expect(comment!.body).toMatch(
    /^Voici le plan :\n\n!\[plan\]\(\/files\/[\w-]+\)\n\nEt le reste\.\n\n\[[^\]/]*devis\.txt\]\(\/files\/[\w-]+\)$/,
  );
  const uses = await db
    .selectFrom('file_uses')
    .select('file_id')
    .where('comment_id', '=', comment!.id)
    .execute();
  expect(uses).toHaveLength(2);
});

test('hostile mails: NUL, script, nothing at all, nests, size', async () => {
  const { id } = await publish();
  const to = addressOf(helene, id);
  expect(await send({ to, text: 'Oui\0 mardi.' })).toMatch(/^250/);
  expect(
    await send({ to, html: '<p>Oui <b>mardi</b><script>alert(1)</script><img src=x onerror=alert(2)></p>' }),
  ).toMatch(/^250/);
  const comments = await commentsUnder(id);
  expect(comments.map(({ body }) => body)[0]).toBe('Oui mardi.');
  expect(comments[1]!.html).toMatch(/<strong>mardi<\/strong>/);
  expect(comments[1]!.html).not.toMatch(/script|onerror|alert/);
  expect(await send({ to, text: 'Le 3 mars 2026, Nadia a écrit :\n> Qui ?' })).toMatch(/^550 .*vide/);
  const head = `From: helene.dargent@essaim.example\r\nTo: ${to}\r\n`;
  const nests = Array.from(
    { length: 2_000 },
    (_, depth) => `Content-Type: multipart/mixed; boundary="b${depth}"\r\n\r\n--b${depth}\r\n`,
  ).join('');
  expect(await send({ to, raw: `${head}${nests}Content-Type: text/plain\r\n\r\nOui.` })).toMatch(/^550 .*lu/);
  expect(await send({ to, raw: `${head}${`X-A: ${'a'.repeat(900)}\r\n`.repeat(600)}\r\nOui.` })).toMatch(
    /^550/,
  );
  expect(await send({ to, html: '<div>'.repeat(100_000) + 'Profond' })).toMatch(/^(250|550)/);
  expect(await send({ to, raw: `${head}\r\n${`${'a'.repeat(70)}\r\n`.repeat(380_000)}` })).toMatch(/^552/);
  expect((await commentsUnder(id)).filter(({ body }) => body.includes('aaaa'))).toEqual([]);
});

test('answers come in where MAIL_IN says, from when it is said until all is stopped', async () => {
  const { id } = await publish();
  const mail = { to: addressOf(helene, id), text: 'Oui.' };
  const free = await startMailIn(db, { host: '127.0.0.1', port: 0 });
  await free.stop();
  expect(await send(mail, free.port)).toMatch(/ECONNREFUSED/);
  vi.stubEnv('MAIL_IN', `127.0.0.1:${free.port}`);
  const opened = openMailIn(db);
  await vi.waitFor(async () => expect(await send(mail, free.port)).toMatch(/^250/), 20_000);
  await opened.stop();
  expect(await send(mail, free.port)).toMatch(/ECONNREFUSED/);
  vi.stubEnv('MAIL_IN', '');
  await openMailIn(db).stop();
  expect(await commentsUnder(id)).toHaveLength(1);
});

function nextMonday(): Date {
  const day = new Date();
  day.setUTCHours(9, 0, 0, 0);
  do day.setUTCDate(day.getUTCDate() + 1);
  while (day.getUTCDay() !== 1);
  return day;
}

test('a mail to a desk lies there for its owner alone, once; a new address ends the old one', async () => {
  vi.stubEnv('MAIL_IN', '127.0.0.1:2525');
  const { address } = await inTransaction(db, (tx) => renewDeskAddress(tx, nadia));
  const forwarded = {
    to: address,
    from: 'helene.dargent@essaim.example',
    subject: 'Fwd: Norvalt',
    text: 'Vu ?\n\n> Hausse de 4 %',
  };
  await send({ ...forwarded, messageId: '<un@exemple.fr>' });
  await send({ ...forwarded, messageId: '<un@exemple.fr>', headers: { 'list-id': '<lettre.exemple.fr>' } });
  const { items } = await listItems(db, nadia);
  expect(items).toMatchObject([{ kind: 'note', title: 'Fwd: Norvalt' }]);
  expect(items[0]!.readLaterAt).not.toBeNull();
  expect((await readItem(db, nadia, items[0]!.id)).body).toContain('> Hausse de 4 %');
  await expect(readItem(db, helene, items[0]!.id)).rejects.toMatchObject({ code: 'not_found' });
  await inTransaction(db, (tx) => renewDeskAddress(tx, nadia));
  expect(await send(forwarded)).toMatch(/^550/);
});

test('an address alone in a mail of one’s own becomes a clip', async () => {
  vi.stubEnv('MAIL_IN', '127.0.0.1:2525');
  const { address } = await inTransaction(db, (tx) => renewDeskAddress(tx, nadia));
  await send({
    to: address,
    from: 'nadia.rahmani@essaim.example',
    subject: '',
    text: 'https://norvalt.example/prix',
  });
  expect((await listItems(db, nadia, { kind: 'clip' })).items).toMatchObject([
    { url: 'https://norvalt.example/prix', readLaterAt: null },
  ]);
});
