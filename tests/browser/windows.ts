/** Real Chromium, one window for each person, on a server and a database of the journey's own. */
import { readFileSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, afterEach, expect } from 'vitest';
import { startBuilt, type BuiltServer } from '../built-server.ts';
import { credentialsOf } from '../credentials.ts';
import { testDatabase } from '../database.ts';
import { findChromium } from '../stages/chromium.ts';
import type { Db } from '#server/platform/db.ts';
import { voice, type Language, type Say } from '../../src/i18n/voice.ts';

export interface Stage {
  db: Db;
  origin: string;
  server: BuiltServer;
  /** Opens a window. Whatever goes wrong in it (an error of a script, a refused resource) fails the journey. */
  open(options?: WindowOptions): Promise<Page>;
}

export interface WindowOptions {
  /** A handle of the world, who is signed in. */
  as?: string;
  phone?: boolean;
  /** Without it nothing of ours runs in the browser. */
  script?: boolean;
  language?: Language;
  theme?: 'light' | 'dark';
  /** Its connection is broken on purpose: a request that fails is no trouble. */
  breaks?: boolean;
  /** Without it no worker of ours stands between the page and the server. */
  worker?: boolean;
}

export const phone = { width: 390, height: 844 };
export const desktop = { width: 1280, height: 900 };

/** How long something may take to come on a machine that has much else to do. What is right comes at once. */
export const patience = 60_000;

/** Waits until what is looked at is as expected. */
export const until = <Seen>(look: () => Seen) => expect.poll(look, { timeout: patience });

/** Sets up a server on a copy of the world (or an empty network) and a browser; both go away with the file. */
export async function stageFor(
  template: 'world' | 'empty' = 'world',
  env: Record<string, string> = {},
): Promise<Stage> {
  const { db, url } = await testDatabase(template);
  const [server, browser] = await Promise.all([startBuilt(url, env), theBrowser()]);
  const contexts: BrowserContext[] = [];
  const troubles: string[] = [];
  // What nobody looks at any more must not keep the machine from the next test.
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    const told = troubles.splice(0);
    if (told.length > 0) throw new Error(`In the browser: ${told.join('\n')}\n${server.output()}`);
  });
  afterAll(() => server.stop());
  return {
    ...{ db, server, origin: server.origin },
    async open({ as, ...options } = {}) {
      const context = await openContext(browser, server.origin, options);
      contexts.push(context);
      if (as) await signIn(context, db, server.origin, as);
      const page = await context.newPage();
      page.setDefaultTimeout(patience);
      watch(page, troubles, options.breaks);
      return page;
    },
  };
}

let launched: Promise<Browser> | undefined;

/** One for all files of a worker, who share nothing in it. It ends with the worker. */
async function theBrowser(): Promise<Browser> {
  const open = await launched?.catch(() => undefined);
  if (open?.isConnected()) return open;
  launched = chromium.launch({
    executablePath: findChromium(),
    // It would keep a process at hand for the next site, and a new one whenever another person's window is used: there
    // is one site only.
    args: ['--no-sandbox', '--disable-site-isolation-trials'],
  });
  return launched;
}

/**
 * Waits until the worker stands between the page and the server. Where Chromium does not set it up with the first page,
 * which it left once in hundreds of times, it does with a later one: as for people, who open another page soon.
 */
export async function underWorker(page: Page): Promise<void> {
  const soon = { timeout: patience / 4 };
  await until(async () => {
    const stands = await page
      .waitForFunction(() => navigator.serviceWorker.controller !== null, null, soon)
      .then(
        () => true,
        () => false,
      );
    if (!stands) await page.reload();
    return stands;
  }).toBe(true);
}

/** Goes to an address and waits until its stream is open: from then on the page's script hears keys as well. */
export async function listening(page: Page, address: string): Promise<void> {
  const stream = page.waitForResponse((response) => response.url().includes('/api/v1/events'));
  await page.goto(address);
  await stream;
}

/** Waits until the editor has come over the plain field of a page, which it hides. */
export async function editing(page: Page): Promise<Page> {
  await page.locator('.surface [role=textbox]').first().waitFor();
  return page;
}

/** Goes into a plain field and waits until the editor has come over it. */
export async function goInto(page: Page, name: string): Promise<Page> {
  await page.getByLabel(name).first().focus();
  return editing(page);
}

function openContext(
  browser: Browser,
  baseURL: string,
  options: Omit<WindowOptions, 'as'>,
): Promise<BrowserContext> {
  const { phone: small = false, script = true, language = 'fr', theme = 'light', worker = true } = options;
  return browser.newContext({
    baseURL,
    viewport: small ? phone : desktop,
    hasTouch: small,
    isMobile: small,
    javaScriptEnabled: script,
    locale: language === 'fr' ? 'fr-FR' : 'en-GB',
    timezoneId: 'Europe/Paris',
    colorScheme: theme,
    reducedMotion: 'reduce',
    serviceWorkers: worker ? 'allow' : 'block',
  });
}

async function signIn(context: BrowserContext, db: Db, origin: string, handle: string): Promise<void> {
  const { cookie } = await credentialsOf(db, handle);
  const [name = '', value = ''] = cookie.split(/=(.*)/s);
  await context.addCookies([{ name, value, url: origin, httpOnly: true, sameSite: 'Lax' }]);
}

/** A page that answers 4xx is somebody's refusal; its line in the console is no trouble. */
function watch(page: Page, troubles: string[], breaks = false): void {
  page.on('pageerror', (error) => {
    const cut = breaks && error.message.includes('dynamically imported');
    if (!cut) troubles.push(`${page.url()}: ${error.message}`);
  });
  page.on('console', (message) => {
    const refused = /^Failed to load resource: the server responded with a status of 4\d\d/.test(
      message.text(),
    );
    const cut = breaks && /net::ERR_|dynamically imported/.test(message.text());
    if (message.type() === 'error' && !refused && !cut) troubles.push(`${page.url()}: ${message.text()}`);
  });
}

/** How the product says something, by its key: a journey follows the words when they change. */
export function wordsOf(language: Language): Say {
  return voice(language, JSON.parse(readFileSync(`messages/${language}.json`, 'utf8')) as object);
}
