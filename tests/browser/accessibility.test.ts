/** Every page there is, in both languages and both themes, on a desk and on a phone: axe finds nothing to say. */
import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { CDPSession, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Language } from '../../src/i18n/voice.ts';
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
import { desktop, phone, stageFor, type WindowOptions } from './windows.ts';

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

/**
 * A page is the same in every theme and width: only its style tells them apart, and the style follows at once when the
 * window turns. So it is loaded once in each language, and seen there twice with every rule: over both languages, each
 * theme and each language meets each width.
 */
interface Sight {
  theme: 'light' | 'dark';
  size: 'desk' | 'phone';
}
const sights: [Language, Sight[]][] = [
  [
    'fr',
    [
      { theme: 'light', size: 'desk' },
      { theme: 'dark', size: 'phone' },
    ],
  ],
  [
    'en',
    [
      { theme: 'dark', size: 'desk' },
      { theme: 'light', size: 'phone' },
    ],
  ],
];

test.each(sights.flatMap(([language, seen]) => seen.map((sight) => ({ language, ...sight }))))(
  'the instrument is in tune: $language, $theme, $size',
  async ({ language, ...sight }) => {
    const eye = await windowWithAxe({ as: 'helene.dargent', language });
    await eye.page.goto('/');
    // One defect of what stands there, one of its colours in this theme alone, and one of this width alone.
    const [width, other] = [`${sight.size === 'desk' ? 'min' : 'max'}-width: 700px`, sight.theme];
    await eye.page.addStyleTag({
      content: `#pale { background: #fff; color: #000 } #only-here { display: none }
        @media (prefers-color-scheme: ${other}) { #pale { color: #ddd } }
        @media (${width}) { #only-here { display: block; width: 3000px } }`,
    });
    await eye.page.evaluate(() => {
      const made = (tag: string, more: object) => Object.assign(document.createElement(tag), more);
      document
        .querySelector('main')!
        .append(
          made('img', { src: '/x.png' }),
          made('p', { id: 'pale', textContent: 'Pale' }),
          made('button', { id: 'only-here' }),
        );
    });
    const found = await findingsIn(eye, sight);
    for (const defect of [
      /image-alt at/,
      /color-contrast at .*#pale/,
      /button-name at .*#only-here/,
      /px wider/,
    ])
      expect(found).toContainEqual(expect.stringMatching(defect));
    const elsewhere = await findingsIn(eye, {
      theme: sight.theme === 'light' ? 'dark' : 'light',
      size: sight.size === 'desk' ? 'phone' : 'desk',
    });
    expect(elsewhere).toEqual([expect.stringMatching(/image-alt at/)]);
  },
);

// All pages in one go take their time on a busy machine.
test.each(sights)('every page is accessible: %s', { timeout: 600_000 }, async (language, seen) => {
  await db.updateTable('people').set({ language }).execute();
  const left = paths.values();
  const look = async () => {
    const inside = await windowWithAxe({ language, as: 'helene.dargent' });
    const stranger = await windowWithAxe({ language });
    const findings: string[] = [];
    for (const path of left)
      findings.push(...(await findingsOn(outside.test(path) ? stranger : inside, path, seen)));
    return findings;
  };
  // One window loads while the other is looked at.
  expect((await Promise.all([look(), look()])).flat()).toEqual([]);
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

async function findingsOn(eye: Eye, path: string, seen: Sight[]): Promise<string[]> {
  const answer = await eye.page.goto(path);
  const status = answer?.status() ?? 0;
  const findings = status >= 400 && !refusing.test(path) ? [`status ${status}`] : [];
  for (const sight of seen) findings.push(...(await findingsIn(eye, sight)));
  return findings.map((finding) => `${path}: ${finding}`);
}

/** What there is to say of the page as it is seen in a theme, on a desk or on a phone. */
async function findingsIn({ page, session }: Eye, { theme, size }: Sight): Promise<string[]> {
  const mobile = size === 'phone';
  await page.emulateMedia({ colorScheme: theme });
  await session.send('Emulation.setTouchEmulationEnabled', { enabled: mobile });
  await session.send('Emulation.setDeviceMetricsOverride', {
    ...(mobile ? phone : desktop),
    ...{ deviceScaleFactor: 1, mobile },
  });
  const { violations, wide } = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (options: object) => Promise<AxeResults> } };
    const { violations } = await axe.run({ resultTypes: ['violations'] });
    const { scrollWidth, clientWidth } = document.documentElement;
    return { violations, wide: scrollWidth - clientWidth };
  });
  return [
    ...violations.map(
      ({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    ),
    ...(wide > 0 ? [`${wide} px wider than the window`] : []),
  ].map((finding) => `${theme}, ${size}: ${finding}`);
}

/** A window, and the hand that turns it. */
interface Eye {
  page: Page;
  session: CDPSession;
}

async function windowWithAxe(options: WindowOptions): Promise<Eye> {
  // What is looked at is the page, as the server gives it.
  const page = await open({ ...options, worker: false });
  await page.addInitScript(axe);
  return { page, session: await page.context().newCDPSession(page) };
}
