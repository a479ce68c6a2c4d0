import { expect, test } from 'vitest';
import { stageFor, wordsOf } from './windows.ts';

const { open } = await stageFor();
const fr = wordsOf('fr');

test('one box finds posts, people and communities, whatever the accents, and only what one may see', async () => {
  const bastien = await open({ as: 'bastien.vasseur' });
  const thomas = await open({ as: 'thomas.gauthier', phone: true });

  await bastien.goto('/search');
  await bastien.getByRole('searchbox').fill('consigne norvalt');
  await bastien.keyboard.press('Enter');
  await bastien.getByRole('link', { name: 'Moins 22 %' }).waitFor();
  expect(await bastien.locator('mark').count()).toBeGreaterThan(0);

  await thomas.goto('/search?q=consigne+norvalt');
  expect(await thomas.getByRole('link', { name: 'Moins 22 %' }).count()).toBe(0);

  await thomas.goto('/search?q=helene');
  await thomas.getByText('Hélène Dargent').first().waitFor();
  await thomas.goto('/search?q=appels%20d%20offre');
  await thomas
    .getByRole('link', { name: /appels d['’]offres/i })
    .first()
    .waitFor();
  expect(await thomas.title()).toContain(fr('app.search'));
});
