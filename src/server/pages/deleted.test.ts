/** What was deleted of a community's pages: seen and brought back by those who may change them, and by nobody else. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Actor } from '#server/actor.ts';
import { testDatabase } from '../../../tests/database.ts';
import { pageStage } from '../../../tests/pages.ts';
import { actorOf } from '../../../tests/world.ts';
import { deletedPagesOf, deletePage, restorePage } from './remove.ts';
import { setPageRules } from './rules.ts';

const { db } = await testDatabase('world');
const elise = await actorOf(db, 'elise.perrin');
const lucie = await actorOf(db, 'lucie.ferrand');
const mathieu = await actorOf(db, 'mathieu.kessler');
const owner = await actorOf(db, 'helene.dargent');

const { write, refusal, home, page, read } = await pageStage(db);

const deleted = async (actor: Actor, slug: string) =>
  (await deletedPagesOf(db, actor, slug)).items.map(({ title }) => title);
const remove = (actor: Actor, id: string) => write((tx) => deletePage(tx, actor, id));
const restore = (actor: Actor, id: string) => write((tx) => restorePage(tx, actor, id));

test('whoever may change the pages finds a deleted one, with who deleted it, and brings it back', async () => {
  const slug = await home();
  const { id } = await page(elise, { community: slug, title: 'Fiche Acme', body: 'Un prix.' });
  expect(await deleted(lucie, slug)).toEqual([]);
  await remove(elise, id);
  expect((await deletedPagesOf(db, lucie, slug)).items).toMatchObject([
    { id, title: 'Fiche Acme', excerpt: 'Un prix.', by: { handle: 'elise.perrin' } },
  ]);
  await restore(lucie, id);
  expect(await deleted(lucie, slug)).toEqual([]);
  expect((await read(elise, id)).title).toBe('Fiche Acme');
  expect(await refusal(restore(lucie, id))).toBe('not_found');
});

test('nobody outside learns of it, whatever his role', async () => {
  const slug = await home();
  const { id } = await page(elise, { community: slug, title: 'Fiche Acme' });
  await remove(elise, id);
  for (const stranger of [mathieu, owner]) {
    expect(await refusal(deleted(stranger, slug))).toBe('not_found');
    expect(await refusal(restore(stranger, id))).toBe('not_found');
  }
  expect(await deleted(elise, slug)).toEqual(['Fiche Acme']);
});

test('a member who may not change the pages has only what he deleted himself', async () => {
  const slug = await home();
  const hers = await page(lucie, { community: slug, title: 'De Lucie' });
  const other = await page(elise, { community: slug, title: 'D’Élise' });
  await remove(lucie, hers.id);
  await remove(elise, other.id);
  await write((tx) => setPageRules(tx, elise, slug, { editing: 'animators' }));
  expect(await deleted(lucie, slug)).toEqual(['De Lucie']);
  expect(await deleted(elise, slug)).toEqual(['D’Élise', 'De Lucie']);
  expect(await refusal(restore(lucie, other.id))).toBe('not_found');
});

test('what was hidden, is older than 30 days, or stands in an archived community does not come back', async () => {
  const slug = await home();
  const [hidden, old, kept] = [
    await page(lucie, { community: slug, title: 'Masquée' }),
    await page(lucie, { community: slug, title: 'Ancienne' }),
    await page(lucie, { community: slug, title: 'Récente' }),
  ];
  for (const { id } of [hidden, old, kept]) await remove(lucie, id);
  await sql`update entries set hidden_at = now(), hidden_reason = 'Trop tôt.' where id = ${hidden.id}`.execute(
    db,
  );
  await sql`update entries set deleted_at = now() - interval '31 days' where id = ${old.id}`.execute(db);
  expect(await deleted(elise, slug)).toEqual(['Récente']);
  for (const { id } of [hidden, old]) expect(await refusal(restore(elise, id))).toBe('not_found');
  await sql`update communities set archived_at = now() where slug = ${slug}`.execute(db);
  expect(await deleted(elise, slug)).toEqual([]);
  expect(await refusal(restore(elise, kept.id))).toBe('not_found');
});
