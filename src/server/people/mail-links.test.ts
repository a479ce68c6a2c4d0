import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../tests/database.ts';
import { inOneWindow } from '../../../tests/one-window.ts';
import { actorOf } from '../../../tests/world.ts';
import type { Actor } from '../actor.ts';
import { inTransaction } from '../platform/db.ts';
import { acceptInvitation, readInvitation } from './accept.ts';
import { mailAddress } from './address.ts';
import { askForConfirmation, sendConfirmation } from './confirm.ts';
import { createPerson } from './create.ts';
import { changePassword } from './email.ts';
import { createInvitation, openInvitations, revokeInvitation } from './invite.ts';
import { sendInvitation } from './invite-mail.ts';
import { askForEmail, confirmEmail, readEmailLink, sendEmailLink } from './new-email.ts';
import { checkPasswordLink } from './password-link.ts';
import { ownProfile } from './profile.ts';
import { purgeAccounts } from './purge.ts';
import { askForReset, sendResetMail } from './reset.ts';

const { db } = await testDatabase();
const nadia = await actorOf(db, 'nadia.rahmani');
const { email = '' } = (await db
  .selectFrom('people')
  .select('email')
  .where('handle', '=', 'claire.martin')
  .executeTakeFirstOrThrow()) as { email: string };
const folder = mkdtempSync(join(tmpdir(), 'essaim-links-'));
const address = 'https://reseau.example';

beforeEach(() => {
  vi.stubEnv('DATA_DIR', folder);
  vi.stubEnv('SMTP_URL', undefined);
  vi.stubEnv('ORIGIN', undefined);
  rmSync(join(folder, 'mail'), { recursive: true, force: true });
  return sql`delete from attempts`.execute(db);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function mails(): string[] {
  try {
    return readdirSync(join(folder, 'mail')).map((name) => readFileSync(join(folder, 'mail', name), 'utf8'));
  } catch {
    return [];
  }
}
const tokenIn = (mail = '', place: string) =>
  new RegExp(`${address}/${place}/([\\w-]{20,})`).exec(mail)?.[1] ?? '';

describe('a reset mail', () => {
  test('goes to a known address, with a link that works', async () => {
    await sendResetMail(db, email.toUpperCase(), address);
    expect(mails()).toHaveLength(1);
    expect(mails()[0]).toContain(`To: ${email}\n`);
    // Whoever gets it must see which network it is about.
    expect(mails()[0]).toMatch(/^Subject: .*Aubrelle/m);
    await checkPasswordLink(db, tokenIn(mails()[0], 'reset'));
  });

  test('goes nowhere else, and asking tells nothing', async () => {
    await inOneWindow(db);
    await sendResetMail(db, 'nobody@aubrelle.example', address);
    await sendResetMail(db, `${email}, nobody@aubrelle.example`, address);
    expect(mails()).toEqual([]);
    const ask = (asked: string) => askForReset(db, { email: asked, ip: '192.0.2.1' });
    for (const asked of [email, 'nobody@aubrelle.example']) {
      for (let count = 0; count < 5; count++) expect(await ask(asked)).toBeUndefined();
      await expect(ask(asked)).rejects.toMatchObject({ code: 'too_many' });
    }
  });
});

describe('behind a link for several', () => {
  const link = () =>
    inTransaction(db, (tx) =>
      createInvitation(tx, nadia, { allowedDomains: ['aubrelle.example', 'essaim.example'] }),
    );
  const ask = (token: string, asked: string) =>
    askForConfirmation(db, { token, email: asked, ip: '192.0.2.1' });

  test('an address is proved by a personal link', async () => {
    const { token } = await link();
    const asked = await ask(token, 'New@aubrelle.example');
    await sendConfirmation(db, { ...asked, language: 'fr' }, address);
    expect(mails()).toHaveLength(1);
    const personal = tokenIn(mails()[0], 'invitations');
    expect(personal).not.toBe(token);
    expect(await readInvitation(db, personal)).toMatchObject({
      email: 'new@aubrelle.example',
      role: 'member',
    });
    await expect(ask(token, 'new@elsewhere.example')).rejects.toMatchObject({ reason: 'domain_not_allowed' });
    await expect(ask('guess', 'new@aubrelle.example')).rejects.toMatchObject({ code: 'not_found' });
  });

  test('nobody comes in with an address that was not proved, where mails leave', async () => {
    const { id, token } = await link();
    const asked = await ask(token, 'proved@aubrelle.example');
    await sendConfirmation(db, { ...asked, language: 'fr' }, address);
    const personal = tokenIn(mails()[0], 'invitations');
    const enter = (through: string, email: string) =>
      inTransaction(db, (tx) =>
        acceptInvitation(tx, { token: through, email, name: 'Le Patron', password: 'une autre phrase' }),
      );
    vi.stubEnv('SMTP_URL', 'smtp://127.0.0.1:9');
    await expect(enter(token, 'boss@aubrelle.example')).rejects.toMatchObject({
      fields: { email: 'email_unproved' },
    });
    const uses = async () => (await openInvitations(db, nadia)).find(({ id: one }) => one === id)?.uses;
    expect(await uses()).toBe(0);
    expect(await enter(personal, '')).toMatchObject({ email: 'proved@aubrelle.example' });
    expect(await uses()).toBe(1);
  });

  test('a link that is closed takes those it mailed along', async () => {
    const { id, token } = await link();
    const asked = await ask(token, 'late@aubrelle.example');
    await sendConfirmation(db, { ...asked, language: 'fr' }, address);
    const personal = tokenIn(mails()[0], 'invitations');
    await readInvitation(db, personal);
    await inTransaction(db, (tx) => revokeInvitation(tx, nadia, id));
    await expect(readInvitation(db, personal)).rejects.toMatchObject({ code: 'not_found' });
    await sendConfirmation(db, { ...asked, language: 'fr' }, address);
    expect(mails()).toHaveLength(1);
  });

  test('whoever is here already is told so by mail only', async () => {
    const { token } = await link();
    const asked = await ask(token, email);
    expect(Object.keys(asked)).toEqual(Object.keys(await ask(token, 'other@aubrelle.example')));
    await sendConfirmation(db, { ...asked, language: 'fr' }, address);
    expect(mails()[0]).toContain(`${address}/sign-in`);
    expect(tokenIn(mails()[0], 'invitations')).toBe('');
  });
});

describe('a new address', () => {
  let bernard: Actor;
  beforeEach(async () => {
    bernard = await actorOf(db, 'bernard.lecoq');
  });
  const addressOf = async (who: Actor) => (await ownProfile(db, who)).email;
  const askFor = async (typed: string) =>
    sendEmailLink(db, bernard, await askForEmail(db, bernard, typed), address);
  const confirm = (who: Actor, token: string) => inTransaction(db, (tx) => confirmEmail(tx, who, token));
  const mailTo = (to: string | null) => mails().find((mail) => mail.includes(`To: ${to}\n`));

  test('counts once its link is opened, by the one who asked; the old one is told', async () => {
    const old = await addressOf(bernard);
    await sendResetMail(db, old ?? '', address);
    const reset = tokenIn(mailTo(old), 'reset');
    rmSync(join(folder, 'mail'), { recursive: true });
    await askFor('Bernard@Nouveau.example');
    expect(mailTo(old)).toContain(`${address}/settings/account`);
    expect(tokenIn(mailTo(old), 'settings/account')).toBe('');
    const token = tokenIn(mailTo('bernard@nouveau.example'), 'settings/account');
    expect(await readEmailLink(db, bernard, token)).toBe('bernard@nouveau.example');
    expect(await addressOf(bernard)).toBe(old);
    await expect(confirm(nadia, token)).rejects.toMatchObject({ code: 'not_found' });
    await expect(confirm(bernard, `${token}x`)).rejects.toMatchObject({ code: 'not_found' });
    await checkPasswordLink(db, reset);
    await confirm(bernard, token);
    expect(await addressOf(bernard)).toBe('bernard@nouveau.example');
    await expect(confirm(bernard, token)).rejects.toMatchObject({ code: 'not_found' });
    await expect(checkPasswordLink(db, reset)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('that somebody has is answered like any other, and nothing changes', async () => {
    const before = await addressOf(bernard);
    expect(await askForEmail(db, bernard, email)).toBe(email);
    await askFor(email);
    expect(mails()).toHaveLength(1);
    expect(mailTo(email)).toContain(`${address}/sign-in`);
    expect(await addressOf(bernard)).toBe(before);
    await expect(askForEmail(db, bernard, 'nothing')).rejects.toMatchObject({ reason: 'bad_email' });
  });

  test('taken meanwhile, asked for again, or behind a new password opens nothing', async () => {
    const ask = async (typed: string) => {
      rmSync(join(folder, 'mail'), { recursive: true, force: true });
      await askFor(typed);
      return tokenIn(mailTo(typed), 'settings/account');
    };
    const first = await ask('un@nouveau.example');
    const second = await ask('deux@nouveau.example');
    await expect(readEmailLink(db, bernard, first)).rejects.toMatchObject({ code: 'not_found' });
    await inTransaction(db, (tx) =>
      createPerson(tx, { name: 'Plus Rapide', email: 'deux@nouveau.example', handle: 'plus.rapide' }),
    );
    await expect(confirm(bernard, second)).rejects.toMatchObject({ reason: 'email_unusable' });
    const third = await ask('trois@nouveau.example');
    await inTransaction(db, (tx) =>
      changePassword(tx, bernard, { password: 'une autre phrase', session: null }),
    );
    await expect(confirm(bernard, third)).rejects.toMatchObject({ code: 'not_found' });
  });
});

test('who runs the network is told that somebody he invites is here; others are not', async () => {
  const thomas = await actorOf(db, 'thomas.gauthier');
  const invite = (who: Actor, asked: string) =>
    inTransaction(db, (tx) => createInvitation(tx, who, { email: asked }));
  await expect(invite(nadia, ` ${email.toUpperCase()}`)).rejects.toMatchObject({
    code: 'conflict',
    fields: { email: 'invited_is_here' },
  });
  expect(await invite(nadia, 'nouvelle@aubrelle.example')).toMatchObject({ token: expect.any(String) });
  const { token } = await invite(thomas, email);
  await expect(
    inTransaction(db, (tx) => acceptInvitation(tx, { token, name: 'Deux', password: 'une autre phrase' })),
  ).rejects.toMatchObject({ reason: 'email_taken' });
});

test('a personal invitation is mailed with the name of who invites', async () => {
  await sendInvitation(db, nadia, { email: 'luc@x.example', link: `${address}/invitations/x` });
  expect(mails()[0]).toContain(nadia.name);
  expect(mails()[0]).toContain(`${address}/invitations/x`);
});

test('links in mails begin where the network is, never where a request says', async () => {
  expect(await mailAddress(db)).toMatch(/^http:\/\/localhost:\d+$/);
  await db.updateTable('network').set({ address }).execute();
  expect(await mailAddress(db)).toBe(address);
  vi.stubEnv('ORIGIN', 'https://autre.example');
  expect(await mailAddress(db)).toBe('https://autre.example');
});

test('what is over is forgotten, and nothing else', async () => {
  await sendResetMail(db, email, address);
  const token = tokenIn(mails()[0], 'reset');
  await inTransaction(db, purgeAccounts);
  await checkPasswordLink(db, token);
  await sql`update auth_verification set "expiresAt" = now() - interval '1 second'`.execute(db);
  await inTransaction(db, purgeAccounts);
  expect((await sql`select 1 from auth_verification`.execute(db)).rows).toEqual([]);
});
