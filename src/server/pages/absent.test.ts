/** A page that is hidden or deleted answers like one that never was, also where it is only named. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../tests/database.ts';
import { pageStage } from '../../../tests/pages.ts';
import { actorOf } from '../../../tests/world.ts';
import { linksTo } from './links.ts';
import { movePage } from './move.ts';

const { db } = await testDatabase('world');
const elise = await actorOf(db, 'elise.perrin');
const lucie = await actorOf(db, 'lucie.ferrand');

const { write, refusal, home, page } = await pageStage(db);
const NEVER = '01900000-0000-7000-8000-000000000000';

const HIDE = sql`hidden_at = now(), hidden_reason = 'Trop tôt.'`;
const DELETE = sql`deleted_at = now()`;

test.for([
  ['hidden', HIDE],
  ['deleted', DELETE],
] as const)('%s', async ([, taken]) => {
  const slug = await home();
  const top = await page(lucie, { community: slug, title: 'En haut' });
  const below = await page(elise, { community: slug, title: 'Dessous', parentId: top.id });
  const beside = await page(elise, { community: slug, title: 'À côté' });
  await page(lucie, { community: slug, title: 'Source', body: 'Voir [[Dessous]].' });
  const moved = (to: { parentId?: string; before?: string }, id = top.id) =>
    refusal(write((tx) => movePage(tx, lucie, id, to)));

  expect(await linksTo(db, lucie, below.id)).toHaveLength(1);
  expect(await moved({ parentId: below.id })).toBe('page_below_itself');
  expect(await moved({ before: beside.id })).toBe('done');

  await sql`update entries set ${taken} where id in (${below.id}, ${beside.id})`.execute(db);
  for (const id of [below.id, beside.id, NEVER, 'x']) {
    expect(await refusal(linksTo(db, lucie, id))).toBe('not_found');
    expect(await moved({ parentId: id })).toBe('page_not_there');
    expect(await moved({ before: id })).toBe('page_not_there');
  }
});

test('a page that stands below a hidden one keeps its place where no other is named, and is not told of it', async () => {
  const slug = await home();
  const top = await page(elise, { community: slug, title: 'En haut' });
  const below = await page(lucie, { community: slug, title: 'Dessous', parentId: top.id });
  await sql`update entries set ${HIDE} where id = ${top.id}`.execute(db);
  for (const parentId of [top.id, NEVER])
    expect(await refusal(write((tx) => movePage(tx, lucie, below.id, { parentId })))).toBe('page_not_there');
  expect(await refusal(write((tx) => movePage(tx, lucie, below.id, {})))).toBe('done');
});
