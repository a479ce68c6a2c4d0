import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../tests/database.ts';
import { pageStage } from '../../../tests/pages.ts';
import { actorOf } from '../../../tests/world.ts';
import { pagesOf } from './tree.ts';

const { db } = await testDatabase('world');
const elise = await actorOf(db, 'elise.perrin');
const { home, page } = await pageStage(db);

test('where there are more pages than are shown in one tree, it says so', async () => {
  const slug = await home();
  const { id } = await page(elise, { community: slug, title: 'Première' });
  const add = (many: number) =>
    sql`with one as (select * from entries where id = ${id}),
    made as (insert into entries (id, kind, author_id, community_id, everyone, title, body, html, excerpt,
        reading_minutes, status, created_at, published_at)
      select gen_random_uuid(), kind, author_id, community_id, everyone, title, body, html, excerpt,
        reading_minutes, status, created_at, published_at from one, generate_series(1, ${many}::int)
      returning id, community_id)
    insert into pages (id, community_id, position, state)
      select made.id, made.community_id, 2, first.state from made, pages first where first.id = ${id}`.execute(
      db,
    );
  await add(1_999);
  expect(await pagesOf(db, elise, slug)).toMatchObject({ items: { length: 2_000 }, more: false });
  await add(1);
  expect(await pagesOf(db, elise, slug)).toMatchObject({ items: { length: 2_000 }, more: true });
});
