import { parseHTML } from 'linkedom';

/** What a page says of itself, as plain text. */
export interface LinkCard {
  title: string;
  /** Its name for itself; empty where it gives none. */
  site: string;
  description: string;
}

const LONGEST = { title: 200, site: 60, description: 280 };
/** The head of a page is what tells; what comes after so much is no head. */
const LONGEST_HEAD = 300_000;
const META = /<meta\b(?:[^>"']|"[^"]{0,4000}"|'[^']{0,4000}'){0,60}>/gi;
const MOST_TAGS = 200;
// Control characters, and those that turn the direction of what follows.
// eslint-disable-next-line no-control-regex -- they are what is taken out
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/g;

/** Reads the head of a page; null where it has no title. */
export function readCard(bytes: Uint8Array, contentType: string): LinkCard | null {
  if (!/^(text\/html|application\/xhtml\+xml)\b/i.test(contentType)) return null;
  const { document } = parseHTML(`<html><head>${tellingTags(decoded(bytes, contentType))}</head></html>`);
  const meta = (...names: string[]) => {
    for (const name of names)
      for (const key of ['property', 'name']) {
        const found = document.querySelector(`meta[${key}="${name}"]`)?.getAttribute('content');
        if (found?.trim()) return found;
      }
    return '';
  };
  const title = clean(
    meta('og:title', 'twitter:title') || (document.querySelector('title')?.textContent ?? ''),
    LONGEST.title,
  );
  if (!title) return null;
  const site = clean(meta('og:site_name', 'application-name'), LONGEST.site);
  const description = clean(
    meta('og:description', 'description', 'twitter:description'),
    LONGEST.description,
  );
  return { title, site, description: description === title ? '' : description };
}

/** The tags that tell, and no others: a page may hold what no parser gets through. */
function tellingTags(html: string): string {
  const start = html.slice(0, LONGEST_HEAD);
  const end = start.search(/<\/head|<body/i);
  const head = end < 0 ? start : start.slice(0, end);
  const title = /<title[^>]{0,200}>[^<]{0,2000}/i.exec(head)?.[0] ?? '';
  return `${title}</title>${[...head.matchAll(META)].slice(0, MOST_TAGS).join('')}`;
}

function decoded(bytes: Uint8Array, contentType: string): string {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 2048));
  const named = /charset\s*=\s*["']?([\w:-]+)/i;
  const label = named.exec(contentType)?.[1] ?? named.exec(start)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

function clean(text: string, longest: number): string {
  const line = text.toWellFormed().replace(UNSEEN, ' ').replace(/\s+/g, ' ').trim();
  const letters = [...line];
  return letters.length <= longest
    ? line
    : `${letters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`;
}
