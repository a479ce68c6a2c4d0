import { env } from '#env';
import { invalid } from '../errors.ts';
import { FetchRefused, fetchGuarded, type Fetched } from '../platform/fetcher.ts';
import { parseFeed } from './feed.ts';
import { ImportError, type ImportedBlog } from './types.ts';

export const FEED_TYPES = 'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5';
const LARGEST_FEED = 20_000_000;
const MOST_CANDIDATES = 5;

export interface FoundFeed {
  url: string;
  blog: ImportedBlog;
  fetched: Fetched;
}

/**
 * Finds the feed of a blog from the address of the feed or of any page that names it. Refuses (`invalid`, field `url`)
 * an address that cannot be reached or leads to no feed.
 */
export async function discoverFeed(address: string): Promise<FoundFeed> {
  const url = URL.parse(address.trim()) ?? URL.parse(`https://${address.trim()}`);
  if (!url) throw invalid('url', 'not_web_address');
  const first = await fetchFeed(url.href);
  const direct = await asFeed(first);
  if (direct) return direct;
  for (const candidate of feedsNamedBy(first)) {
    const found = await asFeed(await fetchFeed(candidate).catch(() => null));
    if (found) return found;
  }
  throw invalid('url', 'no_feed_there');
}

async function fetchFeed(url: string): Promise<Fetched> {
  try {
    return await fetchGuarded(url, { allow: env.FETCH_ALLOW, accept: FEED_TYPES, maxBytes: LARGEST_FEED });
  } catch (error) {
    if (error instanceof FetchRefused) throw invalid('url', `fetch_${error.code}`);
    throw error;
  }
}

async function asFeed(fetched: Fetched | null): Promise<FoundFeed | null> {
  if (!fetched?.body) return null;
  try {
    const url = fetched.movedPermanentlyTo ?? fetched.url;
    return { url, fetched, blog: await parseFeed(fetched.body, { url, contentType: fetched.headers['content-type'] }) };
  } catch (error) {
    if (error instanceof ImportError) return null;
    throw error;
  }
}

/** The addresses in `<link rel="alternate" type="application/rss+xml" href="...">`, in the page's order. */
function feedsNamedBy({ body, url }: Fetched): string[] {
  const html = Buffer.from(body ?? []).toString('utf8').slice(0, 500_000);
  const links = [...html.matchAll(/<link\b[^>]{0,2000}>/gi)].map(([link]) => link);
  const attribute = (link: string, name: string) =>
    new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(link)?.slice(1).find(Boolean) ?? '';
  return links
    .filter((link) => /alternate/i.test(attribute(link, 'rel')) && /rss|atom|feed\+json/i.test(attribute(link, 'type')))
    .flatMap((link) => URL.parse(attribute(link, 'href').replaceAll('&amp;', '&'), url)?.href ?? [])
    .slice(0, MOST_CANDIDATES);
}
