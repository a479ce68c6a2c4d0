/** Without a script: a long comment is read whole, put right wherever it stands, and refused without losing a word. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { inTransaction } from '#server/platform/db.ts';
import { createPost } from '#server/posts/create.ts';
import { actorOf } from '../world.ts';
import { stageFor, wordsOf } from './windows.ts';

const { db, open } = await stageFor();
const fr = wordsOf('fr');
const thomas = await actorOf(db, 'thomas.gauthier');
const helene = await actorOf(db, 'helene.dargent');

const { id: post } = await inTransaction(db, (tx) =>
  createPost(tx, helene, { title: 'Un long fil', body: 'À discuter.', status: 'published' }),
);
const END = 'La fin du très long commentaire.';
/** Sixty long ones, as an import brings them: too many and too heavy for one page. */
const { rows } = await sql<{ id: string }>`insert into comments (entry_id, author_id, body, html, created_at)
  select ${post}, ${thomas.id}, text, '<p>' || text || '</p>', now() - interval '1 day' + n * interval '1 second'
  from generate_series(1, 60) n cross join lateral (
    select 'Commentaire ' || n || '. ' || repeat('Des mots et encore des mots. ', 700) || ${END}::text as text) said
  returning id`.execute(db);
const comments = rows.map(({ id }) => id);

test('its beginning stands among the others, and the whole at its own address', async () => {
  const page = await open({ as: 'thomas.gauthier', script: false });
  await page.goto(`/posts/${post}`);
  const first = page.locator(`#comment-${comments[0]}`);
  expect(await first.textContent()).toContain('Commentaire 1.');
  expect(await first.textContent()).not.toContain(END);
  await first.getByRole('link', { name: fr('comments.readWhole') }).click();
  await page.waitForURL(`**comment=${comments[0]}**`);
  expect(await first.textContent()).toContain(END);
  const seen = async () => page.locator('.threads > li').count();
  await page.goto(`/posts/${post}`);
  let read = await seen();
  for (const next = page.getByRole('link', { name: fr('comments.more') }); (await next.count()) > 0;) {
    await next.click();
    read += await seen();
  }
  expect(read).toBe(60);
});

test('one that stands on a later page is put right there; too long, it is refused, and nothing is lost', async () => {
  const page = await open({ as: 'thomas.gauthier', script: false });
  const late = comments[57]!;
  await page.goto(`/posts/${post}?edit=${late}#comment-${late}`);
  const form = page.locator(`#comment-${late} form`);
  const area = form.getByLabel(fr('comments.editing'));
  expect(await area.inputValue()).toContain(END);
  const typed = `Trop. ${'Encore un mot. '.repeat(1_500)}`;
  await area.fill(typed);
  await form.getByRole('button', { name: fr('app.save') }).click();
  await page.getByText(fr('refusal.comment_too_long')).last().waitFor();
  expect(await area.inputValue()).toBe(typed);
  await area.fill('Plus court.');
  await form.getByRole('button', { name: fr('app.save') }).click();
  await page.locator(`#comment-${late}`).getByText('Plus court.').waitFor();
});

test('an answer that is too long comes back under what it answers', async () => {
  const page = await open({ as: 'helene.dargent', script: false, phone: true });
  const late = comments[45]!;
  await page.goto(`/posts/${post}?comment=${late}#comment-${late}`);
  const there = page.locator(`#comment-${late}`);
  await there.getByRole('link', { name: fr('comments.reply'), exact: true }).click();
  const area = there.getByLabel(fr('comments.replyTo', { name: thomas.name }));
  const typed = 'Une réponse. '.repeat(1_700);
  await area.fill(typed);
  await there.getByRole('button', { name: fr('comments.send') }).click();
  await page.getByText(fr('refusal.comment_too_long')).last().waitFor();
  expect(await area.inputValue()).toBe(typed);
});
