/** Where a server of vectors compares texts: whoever writes is told so before, and sees what it chose of what he may see. */
import { afterAll, expect, test } from 'vitest';
import { inTransaction } from '#server/platform/db.ts';
import { createPost } from '#server/posts/create.ts';
import { sketchTexts } from '#server/twins/sketch.ts';
import { startVectorsServer } from '../vectors-server.ts';
import { actorOf } from '../world.ts';
import { editing, stageFor, wordsOf } from './windows.ts';

const vectors = await startVectorsServer((text) => (/tarif|remise/i.test(text) ? [1, 0] : [0, 1]));
afterAll(() => vectors.close());
const { open, db } = await stageFor('world', {
  LIKENESS_URL: vectors.address,
  LIKENESS_MODEL: 'meaning-1',
  LIKENESS_SCALE: '0.2,0.4,0.6,0.8',
  LIKENESS_PATIENCE_MS: '5000',
  FETCH_ALLOW: vectors.host,
});
const fr = wordsOf('fr');
const told = fr('twins.comparedBy', { host: '127.0.0.1' });
const there = 'Zorba casse ses tarifs';
const typed = 'Chaudière Zorba : une remise';

test('a colleague reads it without script, a guest with script is told of nothing that he may not see', async () => {
  const thomas = await actorOf(db, 'thomas.gauthier');
  await inTransaction(db, (tx) =>
    createPost(tx, thomas, { title: there, body: 'De 8 %.', status: 'published' }),
  );
  await sketchTexts(db);

  const guest = await open({ as: 'pierre.alonzo', phone: true });
  await guest.goto('/posts/new');
  await editing(guest);
  await guest.getByText(told).waitFor();
  const answer = guest.waitForResponse('**/api/v1/already');
  await guest.getByLabel(fr('editor.title'), { exact: true }).fill(typed);
  await guest.getByLabel(fr('editor.title'), { exact: true }).press('Tab');
  expect(await (await answer).json()).toEqual({ items: [] });
  expect(JSON.stringify(vectors.asked)).not.toContain(there);

  const hers = await open({ as: 'nadia.rahmani', script: false });
  await hers.goto('/posts/new');
  await hers.getByText(told).waitFor();
  await hers.getByLabel(fr('editor.title'), { exact: true }).fill(typed);
  await hers.getByRole('button', { name: fr('editor.preview') }).click();
  await hers.getByRole('link', { name: there }).waitFor();
  expect(vectors.asked.at(-1)?.texts).toEqual(expect.arrayContaining([typed, there]));

  await hers.goto('/settings/export');
  await hers.getByText(told).waitFor();
});
