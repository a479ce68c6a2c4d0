/** Every page there is, in both languages and both themes, on a desk and on a phone: axe finds nothing to say. */
import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { pageRoutes } from '../sight/routes.ts';
import { stageFor, type WindowOptions } from './windows.ts';

const { open, db } = await stageFor();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

const post = await db
  .selectFrom('entries')
  .select('id')
  .where('comment_count', '>', 2)
  .where('everyone', '=', true)
  .orderBy('published_at', 'desc')
  .executeTakeFirstOrThrow();
const own = await db
  .selectFrom('entries')
  .innerJoin('people', 'people.id', 'author_id')
  .select('entries.id')
  .where('handle', '=', 'helene.dargent')
  .where('entries.status', '=', 'published')
  .executeTakeFirstOrThrow();

const fillings: Record<string, string> = {
  'posts/id': post.id,
  'communities/slug': 'le-comptoir',
  'people/handle': 'claire.martin',
  'tags/tag': 'prix',
  'invitations/token': 'inconnue',
  'reset/token': 'inconnu',
};
const better: Record<string, string> = {
  '/posts/[id]/edit': `/posts/${own.id}/edit`,
  '/communities/[slug]/settings': '/communities/face-a-norvalt/settings',
  '/search': '/search?q=pompe',
};
const outside = /^\/(sign-in|reset|setup|invitations\/)/;
const noPage = /^\/(feeds|api)\/|\/challenge$/;

const paths = pageRoutes()
  .filter(({ kind, path }) => kind === 'page' && !noPage.test(path))
  .map(({ path, parts }) => better[path] ?? filled(path, parts));

const combinations: [string, WindowOptions][] = [
  ['in French, light, on a desk', { language: 'fr', theme: 'light' }],
  ['in English, dark, on a desk', { language: 'en', theme: 'dark' }],
  ['in French, dark, on a phone', { language: 'fr', theme: 'dark', phone: true }],
  ['in English, light, on a phone', { language: 'en', theme: 'light', phone: true }],
];

describe.each(combinations)('%s', (_, options) => {
  test('every page is accessible', async () => {
    await db
      .updateTable('people')
      .set({ language: options.language ?? 'fr' })
      .execute();
    const inside = await open({ ...options, as: 'helene.dargent' });
    const stranger = await open(options);
    const findings: string[] = [];
    for (const path of paths)
      findings.push(...(await findingsOn(outside.test(path) ? stranger : inside, path)));
    expect(findings).toEqual([]);
  });
});

function filled(path: string, parts: string[]): string {
  const left = [...parts];
  return path.replace(/\[+(?:\.\.\.)?\w+(?:=\w+)?\]+/g, () => {
    const part = left.shift() ?? '';
    const value = fillings[part];
    if (value === undefined) throw new Error(`What stands for ${part} in ${path}?`);
    return value;
  });
}

async function findingsOn(page: Page, path: string): Promise<string[]> {
  await page.goto(path);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (options: object) => Promise<AxeResults> } };
    return axe.run({ resultTypes: ['violations'] });
  });
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  return [
    ...violations.map(
      ({ id, nodes }) => `${path}: ${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    ),
    ...(wide > 0 ? [`${path}: ${wide} px wider than the window`] : []),
  ];
}
