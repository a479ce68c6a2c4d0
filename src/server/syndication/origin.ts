import { createHash } from 'node:crypto';
import type { ImportedBlog } from './types.ts';

const LONGEST_KEY = 500;

/** A blog that was fetched, with what the keys of its posts begin with. */
export interface FetchedBlog extends ImportedBlog {
  origin: string;
}

/** What the keys of a blog's posts begin with: its address without what changes when it moves to https, else its title. */
export function originOf(blog: ImportedBlog | FetchedBlog): string {
  if ('origin' in blog) return blog.origin;
  return keyText((blog.url && plainAddress(blog.url)) || blog.title);
}

/**
 * The same for a feed that was fetched. A feed may name any site as its own: only the one at whose own address it
 * stands is believed, as `host/blog` is for `host/blog/feed.xml`. Else it could pass for another blog, on a host that
 * many share too, and take or correct that one's posts.
 */
export function originOfFeed(blog: ImportedBlog, feedUrl: string): string {
  const feed = plainAddress(feedUrl);
  const site = blog.url && plainAddress(blog.url);
  return keyText(site && FEED_OF_A_SITE.test(restBehind(site, feed)) ? site : feed);
}

/** What stands behind the address of a site where its feed is: names that say "feed", and none of a person. */
const FEED_OF_A_SITE =
  /^(\/(feeds?|rss2?|atom|index|posts|default|all|rdf|xml|json)?(\.(xml|rss|atom|json|rdf|php))?)*(\?(feed|format|type|alt)=\w+)?$/;

function restBehind(site: string, feed: string): string {
  return feed.startsWith(site) ? feed.slice(site.length) : '~';
}

/** A text that the database can index, whatever its length. */
export function keyText(text: string): string {
  const clean = text.toWellFormed().replaceAll('\u0000', '');
  if (clean.length <= LONGEST_KEY) return clean;
  return `${clean.slice(0, LONGEST_KEY / 2)} ${createHash('sha256').update(clean).digest('base64url')}`;
}

/** The key of a post, the same in every import of the same blog. */
export function postKey(origin: string, key: string): string {
  return keyText(`${origin} ${key.replace(/^https?:\/\//i, '')}`);
}

function plainAddress(address: string): string {
  const url = URL.parse(address);
  if (!url) return address;
  return url.host.replace(/^www\./, '') + url.pathname.replace(/\/+$/, '') + url.search;
}
