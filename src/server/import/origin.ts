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
 * The same for a feed that was fetched. A feed may name any site as its own: only one of the same host is believed, or
 * it could pass for another blog and correct that one's posts.
 */
export function originOfFeed(blog: ImportedBlog, feedUrl: string): string {
  const feed = plainAddress(feedUrl);
  const site = blog.url && plainAddress(blog.url);
  return keyText(site && hostOf(site) === hostOf(feed) ? site : feed);
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

function hostOf(address: string): string {
  return address.split(/[/?]/, 1)[0]!;
}
