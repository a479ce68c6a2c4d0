import { afterAll, expect, test, vi } from 'vitest';
import { credentialsOf } from '../../../../tests/credentials.ts';
import { testDatabase } from '../../../../tests/database.ts';
import { openMailbox } from '../../../../tests/mailbox.ts';
import { sentForm } from '../../../../tests/sent-form.ts';
import { actorOf } from '../../../../tests/world.ts';
import { readInvitation } from '#server/people/accept.ts';
import { openInvitations } from '#server/people/invite.ts';
import { actions } from './+page.server.ts';

const { db } = await testDatabase();
const nadia = await actorOf(db, 'nadia.rahmani');
const { cookie } = await credentialsOf(db, nadia.handle);
const mailbox = await openMailbox();
afterAll(() => mailbox.close());

/** Sends the form as a browser does, and tells what the page is told. */
async function invite(fields: Record<string, string>): Promise<{ link: string; mailed: boolean }> {
  const form = { role: 'member', days: '7', allowedDomains: '', ...fields };
  const sent = sentForm({ db, actor: nadia, cookie }, '/admin/invitations?/create', form);
  return (await actions.create(sent)) as { link: string; mailed: boolean };
}
const tokenOf = ({ link }: { link: string }) => new URL(link).pathname.split('/').at(-1) ?? '';

test('where no mail leaves, nothing is said to have been mailed', async () => {
  vi.stubEnv('SMTP_URL', undefined);
  expect(await invite({ email: 'sans.mail@aubrelle.example' })).toMatchObject({ mailed: false });
});

test('a link made with two clicks is one, told to both', async () => {
  const fields = { allowedDomains: 'aubrelle.example' };
  const clicks = await Promise.all([invite(fields), invite(fields)]);
  clicks.push(await invite(fields));
  expect(new Set(clicks.map(({ link }) => link)).size).toBe(1);
  expect((await openInvitations(db, nadia)).filter(({ reusable }) => reusable)).toHaveLength(1);
  expect(await readInvitation(db, tokenOf(clicks[0]!))).toMatchObject({
    allowedDomains: ['aubrelle.example'],
  });
  expect(await invite({ allowedDomains: 'filiale.example' })).not.toMatchObject({ link: clicks[0]!.link });
});

test('a person who is invited with two clicks gets one mail, with the link that works', async () => {
  vi.stubEnv('SMTP_URL', mailbox.url);
  const fields = { email: 'paul.renard@aubrelle.example' };
  const clicks = await Promise.all([invite(fields), invite(fields)]);
  // A letter of another person's behind it: by then a second one would have come.
  await invite({ email: 'lea.roy@aubrelle.example' });
  await vi.waitUntil(
    () => mailbox.received.some(({ to }) => to.includes('lea.roy@aubrelle.example')),
    20_000,
  );
  const letters = mailbox.received.filter(({ to }) => to.includes(fields.email));
  expect(letters).toHaveLength(1);
  expect(letters[0]?.mail.text).toContain(tokenOf(clicks[0]!));
  expect(clicks.map(({ mailed }) => mailed)).toEqual([true, true]);
  expect(await readInvitation(db, tokenOf(clicks[1]!))).toMatchObject({ email: fields.email });
});
