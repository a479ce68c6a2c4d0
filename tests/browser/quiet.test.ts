import { expect, test } from 'vitest';
import { stageFor, wordsOf } from './windows.ts';

const { open, db } = await stageFor();
const fr = wordsOf('fr');
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test('away for some days: whoever names her is told when it arrives, insists with a reason, and she reads why', async () => {
  const lucie = await open({ as: 'lucie.ferrand', script: false, phone: true });
  await lucie.goto('/settings/hours');
  await lucie.getByLabel(fr('quiet.leaveFrom')).fill(day(-1));
  await lucie.getByLabel(fr('quiet.leaveTo')).fill(day(-2));
  await lucie.getByRole('button', { name: fr('quiet.leaveAdd') }).click();
  await lucie.getByText(fr('refusal.leave_end_first')).first().waitFor();
  expect(await lucie.getByLabel(fr('quiet.leaveFrom')).inputValue()).toBe(day(-1));
  await lucie.getByLabel(fr('quiet.leaveTo')).fill(day(3));
  await lucie.getByRole('button', { name: fr('quiet.leaveAdd') }).click();
  await lucie.getByText(fr('settings.saved')).waitFor();

  const amadou = await open({ as: 'amadou.diallo' });
  await amadou.goto('/posts/new');
  await amadou.locator('.surface [role=textbox]').waitFor();
  await amadou.getByLabel(fr('editor.title'), { exact: true }).fill('Le devis de Roanne');
  await amadou.getByLabel(fr('editor.body'), { exact: true }).fill('Un prix, @lucie.ferrand ?');
  await amadou.getByRole('button', { name: fr('editor.publish') }).click();
  const waiting = amadou.getByRole('region', { name: fr('quiet.waitingTitle') });
  await waiting.getByText('Lucie Ferrand').first().waitFor();
  await waiting.locator('summary').click();
  await waiting.getByLabel(fr('quiet.insistReason')).fill('Le client attend avant ce soir.');
  await waiting.getByRole('button', { name: fr('quiet.insistDo') }).click();
  await amadou.getByText(fr('quiet.insistDone')).waitFor();
  const address = new URL(amadou.url()).pathname;

  await lucie.goto(address);
  await lucie.getByText('Le client attend avant ce soir.').waitFor();
  await amadou.goto('/settings/hours');
  await amadou.getByText(fr('quiet.insisted', { count: 1 })).waitFor();
});

test('an admin closes one holiday less and keeps the calendar; nobody else may', async () => {
  const nadia = await open({ as: 'nadia.rahmani', script: false });
  await nadia.goto('/admin/calendar');
  await nadia.getByLabel(fr('quiet.opensAt')).fill('19:00');
  await nadia.getByRole('button', { name: fr('app.save') }).click();
  await nadia.getByText(fr('refusal.hours_end_first')).waitFor();
  await nadia.getByLabel(fr('quiet.opensAt')).fill('09:00');
  await nadia.getByRole('button', { name: fr('app.save') }).click();
  await nadia.getByText(fr('settings.saved')).waitFor();
  await nadia.getByLabel(/Lundi de Pentecôte/).uncheck();
  await nadia.getByRole('button', { name: fr('quiet.closedSave') }).click();
  await nadia.getByText(fr('settings.saved')).waitFor();
  expect(await nadia.getByLabel(/Lundi de Pentecôte/).isChecked()).toBe(false);
  expect(await nadia.getByLabel(/Noël/).isChecked()).toBe(true);
  const calendar = db.selectFrom('quiet_calendar').select('opens_at');
  expect(await calendar.executeTakeFirstOrThrow()).toEqual({ opens_at: 540 });

  const lucie = await open({ as: 'lucie.ferrand' });
  const answer = await lucie.goto('/admin/calendar');
  expect(answer?.status()).toBe(403);
});
