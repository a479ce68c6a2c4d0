import { describe, expect, test } from 'vitest';
import { inRollback, testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { foundCommunity, type NewCommunity } from './found.ts';
import { myCommunities } from './list.ts';
import { readCommunity } from './read.ts';

const { db } = await testDatabase();
const claire = await actorOf(db, 'claire.martin');
const thomas = await actorOf(db, 'thomas.gauthier');
const pierre = await actorOf(db, 'pierre.alonzo');

const open = (name: string): NewCommunity => ({ name, access: 'open' });

describe('founding', () => {
  test('makes the founder an animator who follows what he founded', () =>
    inRollback(db, async (tx) => {
      const { slug } = await foundCommunity(tx, claire, {
        name: '  Les   œufs d’Éloïse ',
        access: 'closed',
        description: 'Pour *nous*.',
        emoji: '🥚',
        themes: ['Œufs', '#œufs', 'Poules'],
      });
      expect(slug).toBe('les-oeufs-d-eloise');
      expect(await readCommunity(tx, claire, slug)).toMatchObject({
        name: 'Les œufs d’Éloïse',
        html: '<p>Pour <em>nous</em>.</p>',
        excerpt: 'Pour nous.',
        emoji: '🥚',
        themes: ['Œufs', 'Poules'],
        members: 1,
        standing: 'animator',
        following: true,
        animators: [{ handle: 'claire.martin' }],
      });
      expect((await myCommunities(tx, claire)).items.map((own) => own.slug)).toContain(slug);
    }));

  test('is for anyone but guests', () =>
    inRollback(db, async (tx) => {
      await foundCommunity(tx, thomas, open('Chez moi'));
      await expect(foundCommunity(tx, pierre, open('Chez moi'))).rejects.toMatchObject({ code: 'forbidden' });
    }));

  test('gives each its own address', () =>
    inRollback(db, async (tx) => {
      const slugs = [];
      for (const name of ['Le métier', 'Le Metier!', 'مجتمع', '🐝🐝']) {
        slugs.push((await foundCommunity(tx, claire, open(name))).slug);
      }
      expect(slugs).toEqual(['le-metier-2', 'le-metier-3', 'communaute', 'communaute-2']);
    }));

  test('two at once of one name both stand', async () => {
    const names = Array.from({ length: 6 }, () => 'Jumeaux');
    const founded = await Promise.all(
      names.map((name) => db.transaction().execute((tx) => foundCommunity(tx, claire, open(name)))),
    );
    expect(new Set(founded.map(({ slug }) => slug)).size).toBe(6);
  });

  test('a secret one leaves the address of its name free, so nobody learns of it', () =>
    inRollback(db, async (tx) => {
      const secret = await foundCommunity(tx, claire, { name: 'Projet Lune', access: 'secret' });
      const plain = await foundCommunity(tx, thomas, open('Projet Lune'));
      expect(plain.slug).toBe('projet-lune');
      expect(secret.slug).toMatch(/^projet-lune-[a-z]{8}$/);
    }));

  test.each([
    [{ name: ' ', access: 'open' }, 'name', 'community_name_missing'],
    [{ name: 'x'.repeat(91), access: 'open' }, 'name', 'text_too_long'],
    [{ name: 'New', access: 'open' }, 'name', 'community_name_reserved'],
    [{ name: 'x', access: 'private' }, 'access', 'community_access_unknown'],
    [{ name: 'x', access: 'open', description: 'x'.repeat(20_001) }, 'description', 'text_too_long'],
    [
      { name: 'x', access: 'open', themes: Array.from({ length: 31 }, (_, n) => `t${n}`) },
      'themes',
      'community_too_many_themes',
    ],
  ])('refuses %j by its field', async (input, field, reason) => {
    await inRollback(db, async (tx) => {
      await expect(foundCommunity(tx, claire, input as NewCommunity)).rejects.toMatchObject({
        code: 'invalid',
        fields: { [field]: reason },
      });
    });
  });

  test('takes hostile names as the text they are', () =>
    inRollback(db, async (tx) => {
      const name = "<script>\u0000alert('1')</script>\ud800 %_\\";
      const { slug } = await foundCommunity(tx, claire, { ...open(name), description: '<script>x</script>' });
      const community = await readCommunity(tx, claire, slug);
      expect(community.html).not.toContain('<script>');
      expect(slug).toMatch(/^script-alert-1-script/);
    }));
});
