import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { editCommunity } from '#server/communities/edit.ts';
import { foundCommunity } from '#server/communities/found.ts';
import { joinCommunity } from '#server/communities/join.ts';
import { editProfile } from '#server/people/profile.ts';
import { inTransaction, type Tx } from '#server/platform/db.ts';
import { addComment, deleteComment } from '#server/conversation/comment.ts';
import { createPost } from '#server/posts/create.ts';
import { deletePost } from '#server/posts/remove.ts';
import { actorOf } from '../world.ts';
import { goInto, listening, stageFor, until, wordsOf } from './windows.ts';

const { open, db } = await stageFor();
const fr = wordsOf('fr');
const elise = await actorOf(db, 'elise.perrin');
const amadou = await actorOf(db, 'amadou.diallo');

const write = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, work);
const publish = (title: string, body = 'Un corps de billet.', tags: string[] = []) =>
  inTransaction(db, (tx) => createPost(tx, elise, { title, body, tags, status: 'published' }));

/** Where the top of something stands in the window. */
const topOf = (page: Page, selector: string) =>
  page.locator(selector).evaluate((element) => Math.round(element.getBoundingClientRect().top));

test('new posts wait above until they are asked for, and the text stays where it is read', async () => {
  const reader = await open({ as: 'lucie.ferrand' });
  await listening(reader, '/?scope=all');
  await reader.evaluate(() => scrollTo(0, 700));
  const third = `[data-entry="${await reader.locator('[data-entry]').nth(3).getAttribute('data-entry')}"]`;
  const before = await topOf(reader, third);
  const first = await publish('Le premier');
  await publish('Le deuxième');
  const gone = await publish('Le retiré');
  const button = reader.locator('[data-arrivals]');
  await button.getByText(fr('live.arrivals', { count: 3 })).waitFor();
  await inTransaction(db, (tx) => deletePost(tx, elise, gone.id));
  await button.getByText(fr('live.arrivals', { count: 2 })).waitFor();
  await until(() => topOf(reader, third)).toBe(before);
  expect(await reader.getByText('Le premier').count()).toBe(0);

  await button.click();
  await reader.getByRole('link', { name: 'Le deuxième' }).waitFor();
  expect(await reader.locator('[data-entry]').nth(1).getAttribute('data-entry')).toBe(first.id);
  await button.waitFor({ state: 'hidden' });
});

test('the list of a subject and that of a person tell of what comes into them, and of nothing else', async () => {
  await publish('D’avant', 'Un corps de billet.', ['Vendanges']);
  const reader = await open({ as: 'lucie.ferrand' });
  const elsewhere = await open({ as: 'lucie.ferrand' });
  await listening(reader, '/tags/vendanges');
  await listening(elsewhere, '/people/elise.perrin');
  await publish('D’un autre sujet');
  const { id } = await publish('Du même sujet', 'Un corps de billet.', ['Vendanges']);
  await elsewhere
    .locator('[data-arrivals]')
    .getByText(fr('live.arrivals', { count: 2 }))
    .waitFor();
  const button = reader.locator('[data-arrivals]');
  await button.getByText(fr('live.arrivals', { count: 1 })).waitFor();
  await button.click();
  await reader.getByRole('link', { name: 'Du même sujet' }).waitFor();
  expect(await reader.locator('[data-entry]').first().getAttribute('data-entry')).toBe(id);
});

test('a comment appears on the page that somebody reads, and moves nothing', async () => {
  const body = Array.from({ length: 30 }, (_, at) => `Le paragraphe ${at} de ce long billet.`).join('\n\n');
  const post = await publish('Long', body);
  const { id: early } = await inTransaction(db, (tx) =>
    addComment(tx, amadou, { entryId: post.id, body: 'Un premier mot.' }),
  );
  const { id: late } = await inTransaction(db, (tx) =>
    addComment(tx, amadou, { entryId: post.id, body: 'Un second mot.\n\n'.repeat(30) }),
  );
  const reader = await open({ as: 'lucie.ferrand', phone: true });
  await listening(reader, `/posts/${post.id}`);
  await reader.locator(`#comment-${late}`).evaluate((element) => element.scrollIntoView());
  const before = await topOf(reader, `#comment-${late}`);
  const { id } = await inTransaction(db, (tx) =>
    addComment(tx, amadou, { entryId: post.id, parentId: early, body: 'Une réponse qui arrive au-dessus.' }),
  );
  await reader.locator(`#comment-${id}`).waitFor({ state: 'attached' });
  await until(() => topOf(reader, `#comment-${late}`)).toBe(before);
  await inTransaction(db, (tx) => deleteComment(tx, amadou, id));
  await reader.locator(`#comment-${id}`).waitFor({ state: 'detached' });
  await until(() => topOf(reader, `#comment-${late}`)).toBe(before);
});

test('two people under one post see each other write, and what they said', async () => {
  const post = await publish('À deux');
  const lucie = await open({ as: 'lucie.ferrand' });
  // Names fade by themselves after a while: here they go because of what was said, and only then.
  await lucie.addInitScript(() => {
    const wait = setTimeout.bind(window);
    Object.assign(window, {
      setTimeout: (act: () => void, ms = 0) => wait(act, ms < 5_000 ? ms : 2 ** 31 - 1),
    });
  });
  const amadou = await open({ as: 'amadou.diallo', phone: true });
  await listening(lucie, `/posts/${post.id}`);
  await listening(amadou, `/posts/${post.id}`);
  await (
    await goInto(amadou, fr('comments.sayFirst'))
  )
    .getByRole('textbox', { name: fr('comments.sayFirst') })
    .pressSequentially('Je crois que');
  await lucie.getByText(fr('live.writes', { count: 1, names: 'Amadou Diallo' })).waitFor();

  await (
    await goInto(lucie, fr('comments.sayFirst'))
  )
    .getByRole('textbox', { name: fr('comments.sayFirst') })
    .fill('Un brouillon de Lucie.');
  await amadou.getByRole('button', { name: fr('comments.publish') }).click();
  await lucie.locator('.comment', { hasText: 'Je crois que' }).waitFor();
  expect((await lucie.locator('.write textarea').inputValue()).trim()).toBe('Un brouillon de Lucie.');
  await until(() => lucie.getByText(fr('live.writes', { count: 1, names: 'Amadou Diallo' })).count()).toBe(0);

  await lucie
    .getByRole('button', { name: fr('reactions.thanks') })
    .first()
    .click();
  await amadou.locator('#reactions .count', { hasText: '1' }).waitFor();
});

test('what concerns me shows in every window, without a reload', async () => {
  const page = await open({ as: 'elise.perrin' });
  await listening(page, '/people');
  const point = page.locator('.face [data-news]');
  if (await point.isVisible()) {
    await page.goto('/notifications');
    await listening(page, '/people');
  }
  const post = await publish('Pour la cloche');
  await inTransaction(db, (tx) => addComment(tx, amadou, { entryId: post.id, body: 'Oui.' }));
  await point.waitFor({ state: 'visible' });
});

test('another name follows on the page that somebody reads, without a jump', async () => {
  const { slug } = await write((tx) => foundCommunity(tx, elise, { name: 'Ancien nom', access: 'open' }));
  const lucie = await actorOf(db, 'lucie.ferrand');
  await write((tx) => joinCommunity(tx, lucie, slug));
  await write((tx) =>
    createPost(tx, elise, { title: 'Dedans', body: 'Un corps.', community: slug, status: 'published' }),
  );
  const { id } = await publish('Sous les yeux', 'Une ligne.\n\n'.repeat(60));
  const [list, post] = [await open({ as: 'lucie.ferrand' }), await open({ as: 'lucie.ferrand' })];
  await list.clock.install();
  await listening(list, '/?scope=all');
  await listening(post, `/posts/${id}`);
  await post.evaluate(() => scrollTo(0, 600));
  const before = await post.evaluate(() => scrollY);
  await write((tx) => editCommunity(tx, elise, slug, { name: 'Nouveau nom' }));
  await list.locator('.own').getByText('Nouveau nom').waitFor();
  await list.locator('[data-entry] .caps').getByText('Nouveau nom').waitFor();
  await write((tx) => editProfile(tx, elise, { name: 'Élise Perrin-Roy' }));
  await post.locator('article.post').getByText('Élise Perrin-Roy').first().waitFor();
  expect(await post.evaluate(() => scrollY)).toBe(before);
  // A list is read again at most every ten seconds: its clock goes faster than ours.
  const renamed = list.locator('[data-entry]').getByText('Élise Perrin-Roy');
  await until(async () => {
    await list.clock.runFor(1_000);
    return renamed.count();
  }).toBeGreaterThan(0);
});

test('what I read on one device is no longer new on the other', async () => {
  const { id } = await publish('À lire une fois');
  const [desk, pocket] = [
    await open({ as: 'lucie.ferrand' }),
    await open({ as: 'lucie.ferrand', phone: true }),
  ];
  await listening(desk, '/?scope=all');
  await desk.locator(`[data-entry="${id}"].unread`).waitFor();
  await pocket.goto(`/posts/${id}`);
  await desk.locator(`[data-entry="${id}"]:not(.unread)`).waitFor();
});
