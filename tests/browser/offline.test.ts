/** The network goes; what was opened stays, what is written waits, and nothing of one person is shown to another. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect, test } from 'vitest';
import { credentialsOf } from '../credentials.ts';
import { worldPassword } from '../world.ts';
import { wireTo } from './network.ts';
import { editing, stageFor, underWorker, until, wordsOf } from './windows.ts';

const { open, db, server } = await stageFor();
const wire = await wireTo(server.origin);
afterEach(() => wire.mend());
afterAll(() => wire.close());
const fr = wordsOf('fr');

const { id: entry, title } = await db
  .selectFrom('entries')
  .innerJoin('entry_activity', 'entry_id', 'id')
  .select(['id', 'title'])
  .where('entries.everyone', '=', true)
  .where('entries.listed', '=', true)
  .where('title', '<>', '')
  .orderBy('comment_count', 'desc')
  .executeTakeFirstOrThrow();

async function signIn(page: Page, handle: string): Promise<void> {
  await page.goto(`${wire.origin}/sign-in`);
  await page.getByLabel(fr('account.email')).fill(`${handle}@essaim.example`);
  await page.getByLabel(fr('account.password')).fill(worldPassword);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${wire.origin}/`);
  await underWorker(page);
}

/** Until the worker has kept what this window shows. */
async function kept(page: Page, path: string): Promise<void> {
  await page.waitForFunction(async (wanted) => {
    for (const name of await caches.keys()) if (await (await caches.open(name)).match(wanted)) return true;
    return false;
  }, path);
}

async function comments(body: string): Promise<number> {
  const rows = await db.selectFrom('comments').select('id').where('body', '=', body).execute();
  return rows.length;
}

test('what was opened stays readable, what is written waits and is said once', async () => {
  const page = await open({ breaks: true });
  await signIn(page, 'thomas.gauthier');
  await page.reload();
  await kept(page, '/');
  await page.goto(`${wire.origin}/posts/${entry}`);
  await kept(page, `/posts/${entry}`);
  // A page that is cut while its script is on the way loads itself again, and drops where one was going.
  await page.locator('.write [name="body"]').focus();
  await editing(page);
  wire.cut();

  await page.goto(`${wire.origin}/`);
  await page.getByText(fr('offline.kept')).waitFor();
  await page.goto(`${wire.origin}/posts/${entry}`);
  await page.getByRole('heading', { name: title }).waitFor();
  await page.locator('.write [name="body"]').fill('Écrit dans le tunnel.');
  await page
    .locator('.write')
    .getByRole('button', { name: fr('comments.publish') })
    .click();
  await page.getByText(fr('offline.waiting')).waitFor();
  await page.getByText('Écrit dans le tunnel.').first().waitFor();
  expect(await comments('Écrit dans le tunnel.')).toBe(0);

  // The window is closed before the network comes back: it leaves when somebody opens another.
  const next = await page.context().newPage();
  await page.close();
  wire.mend();
  await next.goto(`${wire.origin}/posts/${entry}`);
  await until(() => comments('Écrit dans le tunnel.')).toBe(1);
  await next.reload();
  await next.reload();
  expect(await comments('Écrit dans le tunnel.')).toBe(1);
  await next.locator('#conversation').getByText('Écrit dans le tunnel.').waitFor();
});

test('another person in the same browser finds nothing of the first', async () => {
  const page = await open({ breaks: true });
  await signIn(page, 'bernard.lecoq');
  await page.goto(`${wire.origin}/posts/${entry}`);
  await kept(page, `/posts/${entry}`);
  await page.goto(`${wire.origin}/sign-out`);
  await page
    .getByRole('main')
    .getByRole('button', { name: fr('app.signOut') })
    .click();
  await page.waitForURL('**/sign-in');
  await page.waitForFunction(async () => (await caches.keys()).every((name) => !name.startsWith('pages ')));
  await signIn(page, 'yanis.belkacem');
  await page.reload();
  await kept(page, '/');
  wire.cut();
  const answer = await page.goto(`${wire.origin}/posts/${entry}`);
  expect(await answer?.text()).not.toContain(title);
  await page.getByRole('heading', { name: fr('offline.title') }).waitFor();
});

/** A comment as the worker sends it, from somebody's browser. */
async function send(handle: string, body: string, headers: Record<string, string>): Promise<number> {
  const { cookie } = await credentialsOf(db, handle);
  const answer = await fetch(`${server.origin}/posts/${entry}?/comment`, {
    method: 'POST',
    headers: {
      cookie,
      origin: server.origin,
      accept: 'application/json',
      'x-sveltekit-action': 'true',
      ...headers,
    },
    body: new URLSearchParams({ body }),
  });
  return answer.status;
}

test('a comment whose answer was lost on the way lands once, however late it comes again', async () => {
  await send('claire.martin', 'Deux fois parti.', { 'idempotency-key': 'une-clef' });
  await db
    .updateTable('idempotency_keys')
    .set({ created_at: new Date(Date.now() - 3_600_000) })
    .execute();
  await send('claire.martin', 'Deux fois parti.', { 'idempotency-key': 'une-clef' });
  expect(await comments('Deux fois parti.')).toBe(1);
});

test('what one person wrote never leaves as another', async () => {
  const { id } = await db
    .selectFrom('people')
    .select('id')
    .where('handle', '=', 'mathieu.kessler')
    .executeTakeFirstOrThrow();
  expect(await send('ines.carvalho', 'Au nom d’un autre.', { 'x-essaim-for': id })).toBe(401);
  expect(await comments('Au nom d’un autre.')).toBe(0);
  expect(await send('mathieu.kessler', 'Au nom d’un autre.', { 'x-essaim-for': id })).toBe(200);
  expect(await comments('Au nom d’un autre.')).toBe(1);
});
