import { env } from '#env';
import { invalid } from '../errors.ts';
import { FetchRefused, fetchGuarded, type Fetched, type FetchOptions } from '../platform/fetcher.ts';
import { parseFeedApart } from './feed-apart.ts';
import { originOfFeed, type FetchedBlog } from './origin.ts';
import { ImportError } from './types.ts';

const MOST_CANDIDATES = 5;
const PATIENCE_MILLISECONDS = 45_000;
/** Where the feed of a site is that does not name it. */
const USUAL_PLACES = ['feed', 'rss.xml', 'feed.xml', 'atom.xml', 'index.xml'];

export interface FoundFeed {
  url: string;
  blog: FetchedBlog;
  fetched: Fetched;
}

/** Fetches a feed as the operator allows it; any refusal is a `FetchRefused`. */
export function fetchFeed(url: string, options: FetchOptions = {}): Promise<Fetched> {
  const accept =
    'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5';
  return fetchGuarded(url, { allow: env.FETCH_ALLOW, accept, ...options });
}

/**
 * Finds the feed of a blog from the address of the feed or of any page that names it. Refuses (`invalid`, field `url`)
 * an address that cannot be reached or leads to no feed.
 */
export async function discoverFeed(address: string, options: FetchOptions = {}): Promise<FoundFeed> {
  const typed = address.trim();
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`);
  if (!url?.hostname) throw invalid('url', 'not_web_address');
  url.hash = '';
  const asking = { ...options, signal: AbortSignal.timeout(PATIENCE_MILLISECONDS) };
  const first = await fetchTyped(url.href, asking);
  const direct = await asFeed(url.href, first);
  if (direct) return direct;
  const named = feedsNamedBy(first);
  for (const candidate of named.length > 0 ? named : usualPlaces(first)) {
    const found = await asFeed(candidate, await fetchTyped(candidate, asking).catch(() => null));
    if (found) return found;
  }
  throw invalid('url', 'no_feed_there');
}

async function fetchTyped(url: string, options: FetchOptions): Promise<Fetched> {
  try {
    return await fetchFeed(url, options);
  } catch (error) {
    if (error instanceof FetchRefused)
      throw invalid('url', error.status === 410 ? 'source_gone' : `fetch_${error.code}`);
    throw error;
  }
}

async function asFeed(asked: string, fetched: Fetched | null): Promise<FoundFeed | null> {
  if (!fetched?.body) return null;
  try {
    const url = fetched.movedPermanentlyTo ?? asked;
    const blog = await readFetched(fetched, fetched.body);
    return { url, fetched, blog };
  } catch (error) {
    if (error instanceof ImportError) return null;
    throw error;
  }
}

/** Reads the feed that an answer holds, or throws an `ImportError`. */
export async function readFetched(
  { url, headers }: Fetched,
  body: Uint8Array,
  origin?: string,
): Promise<FetchedBlog> {
  const blog = await parseFeedApart(body, { url, contentType: headers['content-type'] });
  return { ...blog, origin: origin || originOfFeed(blog, url) };
}

/** Of a page; what is no page has no feed beside it. */
function usualPlaces({ url, headers }: Fetched): string[] {
  if (!/html/i.test(headers['content-type'] ?? '')) return [];
  return USUAL_PLACES.map((place) => new URL(place, `${new URL(url).origin}/`).href);
}

/** The addresses in `<link rel="alternate" type="application/rss+xml" href="...">`, in the page's order. */
function feedsNamedBy({ body, url }: Fetched): string[] {
  const html = Buffer.from(body ?? [])
    .toString('utf8')
    .slice(0, 500_000);
  const links = [...html.matchAll(/<link\b[^<>]{0,2000}>/gi)].map(([link]) => link);
  const attribute = (link: string, name: string) =>
    new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i')
      .exec(link)
      ?.slice(1)
      .find(Boolean) ?? '';
  return links
    .filter(
      (link) =>
        /alternate/i.test(attribute(link, 'rel')) && /rss|atom|feed\+json/i.test(attribute(link, 'type')),
    )
    .flatMap((link) => URL.parse(attribute(link, 'href').replaceAll('&amp;', '&'), url)?.href ?? [])
    .slice(0, MOST_CANDIDATES);
}
