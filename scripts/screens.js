// Takes the pictures of docs/screens from a running demonstration: node scripts/screens.js ORIGIN PASSWORD
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { findChromium } from '../tests/stages/chromium.ts';
import { root } from './runtime.js';

const [baseURL = 'http://localhost:3000', password = ''] = process.argv.slice(2);
const folder = join(root, 'docs', 'screens');
const desk = { viewport: { width: 1280, height: 900 } };
const phone = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 1.5,
  isMobile: true,
  hasTouch: true,
};

const busiest = '/posts/KERMORVAN';
const dossier = '/dossiers/WEISSBRUCK';
const wiki = '/pages/WEISSBRUCK';
const screens = [
  { name: 'feed', path: '/' },
  { name: 'post', path: busiest },
  { name: 'conversation', path: `${busiest}#conversation` },
  { name: 'write', path: '/posts/new', ready: write },
  { name: 'communities', path: '/communities' },
  { name: 'community', path: '/communities/le-metier' },
  { name: 'people', path: '/people' },
  { name: 'profile', path: '/people/claire.martin' },
  { name: 'search', path: '/search?q=pompe' },
  { name: 'notices', path: '/notifications' },
  { name: 'desk', path: '/desk' },
  { name: 'page', path: wiki },
  { name: 'dossier', path: dossier },
];

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
try {
  await takeAll('', { ...desk, colorScheme: 'light' });
  await takeAll('-phone', { ...phone, colorScheme: 'dark' });
} finally {
  await browser.close();
}

async function takeAll(suffix, options) {
  const context = await browser.newContext({
    ...options,
    ...{ baseURL, locale: 'fr-FR', timezoneId: 'Europe/Paris', reducedMotion: 'reduce' },
  });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.locator('input[type=email]').fill('yanis.belkacem@essaim.example');
  await page.locator('input[type=password]').fill(password);
  await Promise.all([page.waitForURL('/'), page.keyboard.press('Enter')]);
  const found = {
    [busiest]: await lostTender(page),
    [dossier]: await first(page, '/dossiers', 'main h2 a'),
    [wiki]: await first(page, '/communities/le-metier/pages', 'main a:has-text("Weissbruck")'),
  };
  for (const { name, path, ready } of screens) {
    await page.goto('about:blank');
    const [place, part = ''] = path.split('#');
    await page.goto(`${found[place] ?? place}${part && `#${part}`}`);
    await ready?.(page);
    const picture = sharp(await page.screenshot());
    await picture.webp({ quality: 72, effort: 6 }).toFile(join(folder, `${name}${suffix}.webp`));
  }
  await context.close();
}

/** The address of the post that the demonstration talks most about. */
async function lostTender(page) {
  return first(page, '/search?q=Kermorvan+perdu&kind=post', '.hits h2 a');
}

/** Where the first such link on a page leads. */
async function first(page, path, link) {
  await page.goto(path);
  return page.locator(link).first().getAttribute('href');
}

async function write(page) {
  await page.locator('input[name=title]').fill('Trois questions que je pose avant de parler de prix');
  const text = page.locator('.surface [role=textbox]').first();
  await text.click();
  await text.pressSequentially('La première : qui, chez vous, a déjà changé de fournisseur ?', { delay: 1 });
}
