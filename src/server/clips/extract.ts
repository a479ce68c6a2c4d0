import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { readsEnglish } from '../../i18n/typography.ts';
import { pastDate } from '../syndication/dates.ts';
import { cleanPage, type CleanPage } from './page.ts';

/** What a page says of itself. Lines without control characters. */
export interface Extract {
  title: string;
  author: string;
  site: string;
  summary: string;
  publishedAt: string | null;
  language: string | null;
  picture: string | null;
  /** The address by which it wants to be known, where that is one of its own site. */
  canonical: string | null;
  /** Null where there is no main text. */
  page: CleanPage | null;
}

const MOST_ELEMENTS = 60_000;
const DEEPEST = 1_500;
const LONGEST = { title: 300, author: 300, site: 200, summary: 600 };
/** Fewer words are a notice, a menu, a door that asks for a subscription. */
const FEWEST_WORDS = 12;

type Page = ReturnType<typeof parseHTML>['document'];

/** Reads a page as it was fetched from `url`. Throws where it is too tangled to be read. */
export function extract(html: string, url: string): Extract {
  if (isTangled(html)) throw new Error('too tangled');
  const { document } = parseHTML(
    /<html[\s>]/i.test(html) ? html : `<html><head></head><body>${html}</body></html>`,
  );
  const meta = metaOf(document);
  const canonical = canonicalOf(document, url);
  const picture = webUrl(meta('og:image:secure_url', 'og:image', 'twitter:image', 'twitter:image:src'), url);
  const described = meta('og:description', 'description', 'twitter:description', 'dc.description');
  const dated =
    meta(
      'article:published_time',
      'og:published_time',
      'datepublished',
      'date',
      'dc.date',
      'dcterms.created',
      'pubdate',
    ) ||
    (document.querySelector('article time[datetime], time[datetime]')?.getAttribute('datetime') ?? '');
  const written = meta('author', 'article:author', 'dc.creator', 'parsely-author');
  const named = meta('og:title', 'twitter:title') || (document.querySelector('title')?.textContent ?? '');
  const languages = [document.documentElement?.getAttribute('lang'), meta('og:locale', 'content-language')];
  // It takes the document apart: whatever is asked of it is asked before.
  const read = new Readability(document as unknown as Document, {
    maxElemsToParse: MOST_ELEMENTS,
    charThreshold: 200,
  }).parse();
  const page = read?.content ? cleanPage(read.content, url) : null;
  const told = page && page.words >= FEWEST_WORDS ? page : null;
  return {
    title: line(read?.title || named, LONGEST.title),
    author: line(personal(read?.byline) || personal(written), LONGEST.author),
    site: line(meta('og:site_name', 'application-name') || read?.siteName, LONGEST.site),
    summary: line(described || read?.excerpt, LONGEST.summary),
    publishedAt: pastDate(read?.publishedTime || dated)?.toISOString() ?? null,
    language: languageOf(languages, told?.text ?? ''),
    picture,
    canonical,
    page: told,
  };
}

/** More elements, or deeper ones, than anybody writes: seen without a parser, which would be busy with them for long. */
function isTangled(html: string): boolean {
  let tags = 0;
  let depth = 0;
  for (const [, closing, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)/gi)) {
    tags += 1;
    if (/^(div|section|article|table|span|blockquote|ul|ol|b|i|font|center)$/i.test(name))
      depth += closing ? -1 : 1;
    if (tags > 3 * MOST_ELEMENTS || depth > DEEPEST) return true;
  }
  return false;
}

function metaOf(document: Page) {
  const found = new Map<string, string>();
  for (const tag of [...document.querySelectorAll('meta')].slice(0, 400)) {
    const content = tag.getAttribute('content')?.trim();
    if (!content) continue;
    for (const key of ['property', 'name', 'itemprop', 'http-equiv']) {
      const name = tag.getAttribute(key)?.trim().toLowerCase();
      if (name && !found.has(name)) found.set(name, content);
    }
  }
  return (...names: string[]) => names.map((name) => found.get(name)).find(Boolean) ?? '';
}

/** A page may say by what address it wants to be known, but not that it is somebody else's. */
function canonicalOf(document: Page, url: string): string | null {
  const told = webUrl(document.querySelector('link[rel~="canonical"]')?.getAttribute('href') ?? '', url);
  return told && siteOf(told) === siteOf(url) ? told : null;
}

function siteOf(url: string): string {
  return new URL(url).hostname.replace(/^(www|m|amp)\./, '');
}

function webUrl(address: string, base: string): string | null {
  const url = address.trim() && URL.parse(address.trim(), base);
  return url && (url.protocol === 'https:' || url.protocol === 'http:') && url.href.length <= 2000
    ? url.href
    : null;
}

/** An address, or a line of credits, is nobody's name. */
function personal(byline: string | null | undefined): string {
  const text = byline?.trim() ?? '';
  return /^https?:|@\w+\.\w/.test(text) ? '' : text.replace(/^(par|by|von|de)\s+/i, '');
}

function languageOf(told: (string | null | undefined)[], text: string): string | null {
  for (const each of told) {
    const language = /^[a-z]{2,3}(?=$|[-_])/i.exec(each?.trim() ?? '')?.[0];
    if (language) return language.toLowerCase();
  }
  return text !== '' && readsEnglish(text) ? 'en' : null;
}

// Control characters, and those that turn the direction of what follows.
// eslint-disable-next-line no-control-regex -- they are what is taken out
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/g;

function line(text: string | null | undefined, longest: number): string {
  const whole = (text ?? '').toWellFormed().replace(UNSEEN, ' ').replace(/\s+/g, ' ').trim();
  return whole.length <= longest
    ? whole
    : `${whole
        .slice(0, longest - 1)
        .toWellFormed()
        .replace(/\ufffd$/, '')
        .trimEnd()}…`;
}
