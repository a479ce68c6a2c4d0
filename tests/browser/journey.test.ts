/** The whole way: written on a phone without network, read live by a colleague, who answers by mail. */
import { afterAll, expect, test, vi } from 'vitest';
import { startMailIn } from '#server/mail-in/receive.ts';
import { deliverDue } from '#server/notifications/deliver.ts';
import { sendMails } from '#server/notifications/send-mails.ts';
import { handOver } from '../hand-over.ts';
import { openMailbox } from '../mailbox.ts';
import { worldPassword } from '../world.ts';
import { wireTo } from './network.ts';
import { editing, stageFor, underWorker, until, wordsOf } from './windows.ts';
import sharp from 'sharp';

const box = await openMailbox();
const mail = {
  SMTP_URL: box.url,
  MAIL_FROM: 'Essaim <essaim@aubrelle.example>',
  MAIL_DOMAIN: 'reponses.aubrelle.example',
};
for (const [name, value] of Object.entries(mail)) vi.stubEnv(name, value);
const { open, db, server } = await stageFor('world', mail);
const [wire, door] = await Promise.all([
  wireTo(server.origin),
  startMailIn(db, { host: '127.0.0.1', port: 0 }),
]);
afterAll(() => Promise.all([wire.close(), door.stop(), box.close()]));
const fr = wordsOf('fr');
const photo = await sharp({ create: { width: 800, height: 500, channels: 3, background: '#4c6b4f' } })
  .jpeg()
  .toBuffer();
// Nobody keeps hours here: those of the organisation are tried elsewhere.
await db.updateTable('quiet_calendar').set({ active: false }).execute();

test('with a picture and a name, offline; it leaves once, a colleague sees it live and answers by mail', async () => {
  const phone = await open({ phone: true, breaks: true });
  await phone.goto(`${wire.origin}/sign-in`);
  await phone.getByLabel(fr('account.email')).fill('thomas.gauthier@essaim.example');
  await phone.getByLabel(fr('account.password')).fill(worldPassword);
  await phone.keyboard.press('Enter');
  await phone.waitForURL(`${wire.origin}/`);
  await underWorker(phone);
  await phone.goto(`${wire.origin}/posts/new`);
  await editing(phone);

  const colleague = await open({ as: 'lucie.ferrand' });
  const listening = colleague.waitForResponse((response) => response.url().includes('/api/v1/events'));
  await colleague.goto('/?scope=all');
  await listening;

  wire.cut();
  await phone.getByLabel(fr('editor.title'), { exact: true }).fill('Depuis le tunnel');
  await phone
    .getByRole('textbox', { name: fr('editor.body'), exact: true })
    .fill('@lucie.ferrand, regardez ce stand.');
  await phone
    .locator('.attach input[type=file]')
    .first()
    .setInputFiles({ name: 'Stand.jpg', mimeType: 'image/jpeg', buffer: photo });
  await phone.getByRole('button', { name: fr('editor.publish'), exact: true }).tap();
  await phone.getByText(fr('offline.waiting')).waitFor();
  const written = () =>
    db.selectFrom('entries').select(['id', 'status']).where('title', '=', 'Depuis le tunnel').execute();
  expect(await written()).toEqual([]);
  wire.mend();
  await phone.goto(`${wire.origin}/`);
  await until(written).toHaveLength(1);

  await colleague
    .locator('[data-arrivals]')
    .getByText(fr('live.arrivals', { count: 1 }))
    .click();
  await colleague.getByRole('link', { name: 'Depuis le tunnel' }).click();
  const picture = colleague.getByRole('img', { name: 'Stand' });
  await picture.scrollIntoViewIfNeeded();
  await until(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  expect((await written()).map(({ status }) => status)).toEqual(['published']);
  const [entry] = await written();

  // The mail that named her waited for nobody's hours.
  await db
    .updateTable('notifications')
    .set({ read_at: null })
    .where('entry_id', '=', entry?.id ?? '')
    .execute();
  const letter = () =>
    box.received.find(
      ({ to, mail }) => to[0] === 'lucie.ferrand@essaim.example' && mail.text?.includes('Depuis le tunnel'),
    );
  const later = new Date(Date.now() + 30 * 60_000);
  await until(async () => {
    await deliverDue(db, 'mail', sendMails(later), later);
    return letter() !== undefined;
  }).toBe(true);

  const back = phone.waitForResponse((response) => response.url().includes('/api/v1/events'));
  await phone.goto(`${wire.origin}/posts/${entry?.id}`);
  await back;
  const to = letter()?.mail.replyTo?.[0]?.address ?? '';
  const answer = 'Très beau stand.\n\nLe 3 mars 2026 à 14:02, Essaim a écrit :\n> Depuis le tunnel\n';
  expect(
    await handOver(door.port, {
      ...{ from: 'lucie.ferrand@essaim.example', subject: 'Re: Depuis le tunnel', to, text: answer },
    }),
  ).toMatch(/^250/);
  const comment = phone.locator('.comment', { hasText: 'Très beau stand.' });
  await comment.waitFor();
  expect(await comment.textContent()).not.toContain('a écrit');
});
