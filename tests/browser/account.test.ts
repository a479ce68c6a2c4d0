import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { codeOf } from '../authenticator.ts';
import { worldPassword } from '../world.ts';
import { stageFor, wordsOf } from './windows.ts';

const { open, origin } = await stageFor();
const fr = wordsOf('fr');

async function giveSignIn(page: Page, handle: string): Promise<void> {
  await page.getByLabel(fr('account.email')).fill(`${handle}@essaim.example`);
  await page.getByLabel(fr('account.password')).fill(worldPassword);
  await page.getByRole('button', { name: fr('account.signIn.submit') }).click();
}

async function giveCode(page: Page, code: string, backup = false): Promise<void> {
  await page.getByLabel(fr(backup ? 'account.code.backup' : 'account.code.code')).fill(code);
  await page.getByRole('button', { name: fr('account.signIn.submit') }).click();
}

test('a second factor is set up, asked for, survives the telephone, and is lifted when all is lost', async () => {
  const own = await open({ as: 'amadou.diallo', script: false });
  await own.goto('/settings/security/second-factor');
  await own.getByLabel(fr('settings.currentPassword')).fill(worldPassword);
  await own.getByRole('button', { name: fr('settings.second.begin') }).click();
  const secret = await own.locator('code').innerText();
  const confirm = async (code: string) => {
    await own.getByLabel(fr('account.code.code')).fill(code);
    await own.getByRole('button', { name: fr('settings.second.confirm') }).click();
  };
  await confirm('000000');
  await own.getByText(fr('refusal.wrong_code')).waitFor();
  await confirm(codeOf(secret));
  await own.getByText(fr('settings.second.nowOn')).waitFor();
  const codes = await own.locator('li code').allInnerTexts();
  expect(codes).toHaveLength(10);

  const door = await open({ script: false });
  await door.goto('/desk');
  await giveSignIn(door, 'amadou.diallo');
  for (let missed = 0; missed < 6; missed++) await giveCode(door, '000000');
  await door.getByText(fr('account.signIn.code')).waitFor();
  await giveSignIn(door, 'amadou.diallo');
  await door.getByRole('link', { name: fr('account.code.useBackup') }).click();
  await giveCode(door, codes[0]?.replace('-', ' ') ?? '', true);
  await door.waitForURL('**/desk');
  await door.goto('/settings/security/second-factor');
  await door.getByText(fr('settings.second.left', { count: 9 })).waitFor();

  const nadia = await open({ as: 'nadia.rahmani' });
  await nadia.goto('/admin/people?q=amadou');
  await nadia.getByText(fr('settings.people.change')).click();
  await nadia.getByRole('button', { name: fr('settings.people.lift') }).click();
  await nadia.getByText(fr('settings.people.said.lifted', { name: 'Amadou Diallo' })).waitFor();
  expect(await nadia.getByLabel(fr('settings.people.find')).inputValue()).toBe('amadou');
  const again = await open();
  await again.goto('/desk');
  await giveSignIn(again, 'amadou.diallo');
  await again.waitForURL('**/desk');
});

test('a passkey is made, named, opens the door, and is removed', async () => {
  const page = await open();
  // A passkey belongs to a name, never to an address of numbers.
  const at = origin.replace('127.0.0.1', 'localhost');
  await page.goto(`${at}/sign-in`);
  await giveSignIn(page, 'mathieu.kessler');
  await page.waitForURL(`${at}/`);
  const device = await page.context().newCDPSession(page);
  await device.send('WebAuthn.enable');
  const options = { protocol: 'ctap2', transport: 'internal', automaticPresenceSimulation: true } as const;
  const kind = { hasResidentKey: true, hasUserVerification: true, isUserVerified: true };
  await device.send('WebAuthn.addVirtualAuthenticator', { options: { ...options, ...kind } });
  const make = async () => {
    await page.goto(`${at}/settings/security/passkeys`);
    await page.getByLabel(fr('settings.currentPassword')).fill(worldPassword);
    await page.getByRole('button', { name: fr('settings.passkeys.make') }).click();
  };
  await make();
  await page.getByText(fr('settings.security.done.keyAdded')).waitFor();
  await make();
  await page.getByText(fr('settings.passkeys.known')).waitFor();

  await page.goto(`${at}/settings/security`);
  const keys = page.getByRole('region', { name: fr('settings.passkeys.title') });
  await keys.locator('summary', { hasText: fr('settings.passkeys.rename') }).click();
  await keys.getByLabel(fr('settings.passkeys.name')).fill('Portable');
  await keys.getByRole('button', { name: fr('settings.passkeys.rename') }).click();
  await keys.getByText('Portable', { exact: true }).waitFor();

  const enter = async () => {
    await page.context().clearCookies();
    await page.goto(`${at}/sign-in/passkey?next=%2Fdesk`);
    await page.getByRole('button', { name: fr('account.passkey.submit') }).click();
  };
  await enter();
  await page.waitForURL('**/desk');
  await page.goto(`${at}/settings/security`);
  await keys.locator('summary', { hasText: fr('settings.passkeys.remove') }).click();
  await keys.getByText(fr('settings.passkeys.removeMeans')).waitFor();
  await keys.getByRole('button', { name: fr('settings.passkeys.remove') }).click();
  await page.getByText(fr('settings.security.done.keyRemoved')).waitFor();
  await enter();
  await page.getByText(fr('refusal.passkey_refused')).waitFor();
});

test('a session ended elsewhere says so at the next click, and leads back', async () => {
  const [here, there] = [await open({ as: 'ines.carvalho' }), await open({ as: 'ines.carvalho' })];
  await there.goto('/communities');
  await here.goto('/settings/security');
  const row = here.getByRole('listitem').filter({ has: here.locator('form[action="?/end"]') });
  await row.getByRole('button').click();
  await here.getByText(fr('settings.security.done.ended')).waitFor();
  await there.goto('/communities/le-metier');
  await there.getByText(fr('account.signIn.ended')).waitFor();
  await giveSignIn(there, 'ines.carvalho');
  await there.waitForURL('**/communities/le-metier');
});

test('the last to leave is told what follows, and whoever asks afterwards knows that nobody answers yet', async () => {
  const [elise, bastien] = [await open({ as: 'elise.perrin' }), await open({ as: 'bastien.vasseur' })];
  await elise.goto('/communities/new');
  await elise.getByLabel(fr('communities.form.name'), { exact: true }).fill('Chantier Nord');
  await elise.getByLabel(fr('communities.access.closed')).check();
  await elise.getByRole('button', { name: fr('communities.form.submit') }).click();
  const leaving = elise.locator('details').filter({ hasText: fr('communities.leave') });
  await leaving.locator('summary').click();
  await leaving.getByText(fr('refusal.community_last_member')).waitFor();
  expect(await leaving.getByRole('button').count()).toBe(0);

  await leaving.getByRole('link', { name: fr('communities.memberList.inviteTitle') }).click();
  await elise.goto('/communities/chantier-nord/members?invite=Kessler');
  await elise.getByRole('button', { name: new RegExp(`^${fr('communities.memberList.invite')} `) }).click();
  const mathieu = await open({ as: 'mathieu.kessler' });
  await mathieu.goto('/communities/chantier-nord');
  await mathieu.getByRole('button', { name: fr('communities.accept') }).click();
  await mathieu.getByRole('link', { name: fr('communities.write') }).waitFor();
  await bastien.goto('/communities/chantier-nord');
  await bastien.getByText(fr('communities.closedDoor')).waitFor();

  await elise.goto('/communities/chantier-nord');
  await leaving.locator('summary').click();
  await leaving.getByText(fr('communities.leaveLastAnimator')).waitFor();
  await leaving.getByRole('button', { name: fr('communities.leaveDo') }).click();
  await bastien.goto('/communities/chantier-nord');
  await bastien.getByText(fr('communities.closedDoorNobody')).waitFor();
});
