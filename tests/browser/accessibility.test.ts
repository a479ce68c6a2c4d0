/** Every page there is, in both languages and both themes, on a desk and on a phone: axe finds nothing to say. */
import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { openCommunityMail } from '#server/mail-in/community-mail.ts';
import { renewWriteAddress } from '#server/mail-in/write-address.ts';
import { addHighlight } from '#server/desk/highlights.ts';
import { keepClip } from '#server/desk/keep.ts';
import { writeNote } from '#server/desk/note.ts';
import { saveSearch } from '#server/desk/saved.ts';
import { createWatch } from '#server/desk/watch.ts';
import { recommendSource } from '#server/sources/recommend.ts';
import { makeRule } from '#server/sources/rules.ts';
import { reportThing } from '#server/moderation/report.ts';
import { createPage } from '#server/pages/create.ts';
import { commentPassage } from '#server/pages/passages.ts';
import { deletePage } from '#server/pages/remove.ts';
import { createInvitation } from '#server/people/invite.ts';
import { inTransaction } from '#server/platform/db.ts';
import { foundDossier } from '#server/dossiers/found.ts';
import { followFeed } from '../followed-feed.ts';
import { sampleWatch } from '../watches.ts';
import { actorOf } from '../world.ts';
import { pageRoutes } from '../sight/routes.ts';
import { stageFor, type WindowOptions } from './windows.ts';

const { open, db } = await stageFor('world', { MAIL_DOMAIN: 'mail.aubrelle.example' });
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const helene = await actorOf(db, 'helene.dargent');

/** Where parameters lead: to pages with something on them. */
const fillings: Record<string, string> = {
  'posts/id': await busiestPost(),
  'communities/slug': 'le-comptoir',
  'people/handle': 'claire.martin',
  'tags/tag': 'prix',
  'reset/token': 'inconnu',
  'account/token': 'inconnu',
  'stop/token': 'inconnu',
  ...(await inTransaction(db, async (tx) => {
    const thomas = await actorOf(tx, 'thomas.gauthier');
    const entryId = await busiestPost();
    const report = await reportThing(tx, thomas, {
      on: 'entry',
      id: entryId,
      reason: 'other',
      words: 'À relire.',
    });
    const invitation = await createInvitation(tx, helene, { email: null, role: 'member' });
    const { id: imported } = await tx
      .insertInto('imports')
      .values({
        asked_by: helene.id,
        kind: 'feed',
        source: 'https://blog.example/rss',
        status: 'waiting',
        attempts: 9,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return { 'moderation/id': report.id, 'invitations/token': invitation.token, 'imports/id': imported };
  })),
};
const { id: own } = await db
  .selectFrom('entries')
  .select('id')
  .where('author_id', '=', helene.id)
  .where('status', '=', 'published')
  .executeTakeFirstOrThrow();
const { id: another } = await db
  .selectFrom('entries')
  .select('id')
  .where('author_id', '<>', helene.id)
  .where('everyone', '=', true)
  .where('listed', '=', true)
  .executeTakeFirstOrThrow();
await db
  .updateTable('memberships')
  .set({ role: 'animator' })
  .where('person_id', '=', helene.id)
  .where('community_id', '=', (eb) =>
    eb.selectFrom('communities').select('id').where('slug', '=', 'le-metier'),
  )
  .execute();
await inTransaction(db, async (tx) => {
  await openCommunityMail(tx, helene, 'le-metier');
  await renewWriteAddress(tx, helene, 'le-metier');
});
const followed = await inTransaction(db, async (tx) => {
  const made = await followFeed(tx, helene, 'https://fluides.example', [
    { id: 'Hausse des tarifs', text: 'Douze pour cent.' },
    { id: 'Une usine ferme', author: 'Claire Vasseur' },
  ]);
  await makeRule(tx, helene, { words: 'norvalt', does: 'keep' });
  await recommendSource(tx, helene, { community: 'le-metier', source: made.source, why: 'Sérieux.' });
  return made;
});
const { watch, kept } = await inTransaction(db, async (tx) => {
  const { id: watch } = await createWatch(tx, helene, { name: 'Norvalt', about: 'Leurs prix' });
  const { id: kept } = await keepClip(tx, helene, {
    url: 'https://norvalt.example/prix',
    title: 'Tarifs',
    watch,
  });
  await tx
    .insertInto('desk_pages')
    .values({
      ...{ item_id: kept, html: '<p>Hausse de 4 %.</p>', text: 'Hausse', words: 3 },
      fetched_url: 'https://norvalt.example/prix',
    })
    .execute();
  await addHighlight(tx, helene, kept, { quote: 'Hausse de 4 %', note: 'Enfin' });
  await writeNote(tx, helene, { body: 'À dire à Claire', watch, readLater: true });
  await saveSearch(tx, helene, { place: 'desk', query: 'q=norvalt' });
  return { watch, kept };
});
const wiki = await inTransaction(db, async (tx) => {
  const community = 'le-metier';
  const page = (title: string, body: string, parentId?: string) =>
    createPage(tx, helene, { community, title, body, parentId });
  const { id } = await page('Acme', '## Prix\n\n12 euros.\n\n## Suite\n\nVoir [[Norvalt]].');
  await page('Sous Acme', 'Voir [[Acme]].', id);
  await deletePage(tx, helene, (await page('Ancienne fiche', 'Un prix de 2019.')).id);
  await commentPassage(tx, helene, id, { quote: 'euros', body: 'Hors taxes ?' });
  return id;
});
const twins = [
  await sampleWatch(db, {
    ...{ owner: 'helene.dargent', name: 'Hydralis', community: 'le-comptoir' },
    things: [{ title: 'Hydralis à Grenoble', url: 'https://presse.example/1', body: 'Tout près.' }],
  }),
  await sampleWatch(db, {
    ...{ owner: 'thomas.gauthier', name: 'Hydralis', community: 'le-comptoir' },
    things: [{ title: 'Hydralis s’installe', url: 'https://presse.example/1', body: 'À suivre.' }],
  }),
];
const dossier = await inTransaction(db, (tx) =>
  foundDossier(tx, helene, { name: 'Hydralis', community: 'le-comptoir', watches: twins }),
);
const odile = await db
  .insertInto('people')
  .values({ handle: 'odile.ailleurs', name: 'Odile Ailleurs', status: 'outside' })
  .returning('id')
  .executeTakeFirstOrThrow();
await db.insertInto('outside_places').values({ person_id: odile.id, everyone: true }).execute();
const better: Record<string, string> = {
  '/desk/items/[id]': `/desk/items/${kept}`,
  '/desk/watches/[id]': `/desk/watches/${watch}`,
  '/dossiers/[id]': `/dossiers/${dossier.id}`,
  '/dossiers/new': `/dossiers/new?watch=${twins.join('&watch=')}`,
  '/desk/sources/[id]': `/desk/sources/${followed.source}`,
  '/desk/reader/[id]': `/desk/reader/${followed.reading}`,
  '/desk/reader': '/desk/reader?state=all',
  '/desk/share': `/desk/share?watch=${watch}`,
  '/desk/clip': '/desk/clip?url=https://exemple.fr/&title=Un+titre',
  '/posts/[id]/edit': `/posts/${own}/edit`,
  '/communities/[slug]/mail': '/communities/le-metier/mail',
  ...Object.fromEntries(
    ['', '/edit', '/history', '/move'].map((step) => [`/pages/[id]${step}`, `/pages/${wiki}${step}`]),
  ),
  '/communities/[slug]/pages': '/communities/le-metier/pages',
  '/communities/[slug]/pages/deleted': '/communities/le-metier/pages/deleted',
  '/communities/[slug]/pages/new': '/communities/le-metier/pages/new',
  '/communities/[slug]/pages/rules': '/communities/le-metier/pages/rules',
  '/communities/[slug]/settings': '/communities/le-metier/settings',
  '/communities/[slug]/requests': '/communities/le-metier/requests',
  '/people/[handle]/claim': '/people/odile.ailleurs/claim',
  '/moderation/hide': `/moderation/hide?post=${another}`,
  '/reports/new': `/reports/new?post=${another}`,
  '/search': '/search?q=pompe',
};
/** Pages that say no, on purpose. */
const refusing = /inconnu/;
const outside = /^\/(sign-in|reset|setup|invitations\/)/;

const paths = pageRoutes()
  .filter(({ kind }) => kind === 'page')
  .map(({ path, parts }) => better[path] ?? filled(path, parts));

test('the instrument is in tune', async () => {
  const page = await windowWithAxe({ as: 'helene.dargent' });
  await page.goto('/');
  await page.evaluate(() =>
    document.body.append(Object.assign(document.createElement('img'), { src: '/x.png' })),
  );
  expect(await violationsOn(page)).toContainEqual(expect.objectContaining({ id: 'image-alt' }));
});

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
    const left = paths.values();
    const look = async () => {
      const inside = await windowWithAxe({ ...options, as: 'helene.dargent' });
      const stranger = await windowWithAxe(options);
      const findings: string[] = [];
      for (const path of left)
        findings.push(...(await findingsOn(outside.test(path) ? stranger : inside, path)));
      return findings;
    };
    // One window loads while the other is looked at.
    expect((await Promise.all([look(), look()])).flat()).toEqual([]);
  });
});

async function busiestPost(): Promise<string> {
  const { id } = await db
    .selectFrom('entries')
    .innerJoin('entry_activity', 'entry_id', 'id')
    .select('id')
    .where('entries.everyone', '=', true)
    .orderBy('comment_count', 'desc')
    .executeTakeFirstOrThrow();
  return id;
}

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
  const answer = await page.goto(path);
  const violations = await violationsOn(page);
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  const status = answer?.status() ?? 0;
  return [
    ...(status >= 400 && !refusing.test(path) ? [`${path}: status ${status}`] : []),
    ...violations.map(
      ({ id, nodes }) => `${path}: ${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    ),
    ...(wide > 0 ? [`${path}: ${wide} px wider than the window`] : []),
  ];
}

async function windowWithAxe(options: WindowOptions): Promise<Page> {
  const page = await open(options);
  await page.addInitScript(axe);
  return page;
}

async function violationsOn(page: Page): Promise<AxeResults['violations']> {
  const { violations } = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (options: object) => Promise<AxeResults> } };
    return axe.run({ resultTypes: ['violations'] });
  });
  return violations;
}
