import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { ownProfile } from './profile.ts';
import { listRoster } from './roster.ts';

const { db } = await testDatabase();
const nadia = await actorOf(db, 'nadia.rahmani');
const thomas = await actorOf(db, 'thomas.gauthier');
const bernard = await actorOf(db, 'bernard.lecoq');

describe('the roster', () => {
  const everybody = async (where: Parameters<typeof listRoster>[2] = {}) => {
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const { items, next } = await listRoster(db, nadia, { ...where, cursor, limit: 3 });
      found.push(...items.map(({ handle }) => handle));
      cursor = next;
    } while (cursor);
    return found;
  };

  test('is paged without a gap, for those who run the network', async () => {
    const all = await everybody();
    expect(new Set(all).size).toBe(all.length);
    expect(all).toContain('claire.martin');
    await expect(listRoster(db, thomas)).rejects.toMatchObject({ reason: 'admins_only' });
    await expect(listRoster(db, nadia, { cursor: 'forged' })).rejects.toMatchObject({ reason: 'bad_cursor' });
  });

  test('finds by name without accents and by address', async () => {
    expect(await everybody({ query: 'helene' })).toContain('helene.dargent');
    expect(await everybody({ query: '%' })).toEqual([]);
    const { email } = await ownProfile(db, bernard);
    expect(await everybody({ query: email?.toUpperCase() })).toEqual(['bernard.lecoq']);
    expect(await everybody({ status: 'deactivated' })).toEqual([]);
  });
});
