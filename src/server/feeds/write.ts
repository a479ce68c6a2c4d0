import { generateAtomFeed, generateJsonFeed, generateRssFeed } from 'feedsmith';
import { absoluteFiles, channelOf, episodeOf, heardAt } from './podcast.ts';
import type { FeedItem, FeedSource } from './source.ts';

export type FeedFormat = 'rss' | 'atom' | 'json';

export const FEED_TYPES: Record<FeedFormat, string> = {
  rss: 'application/rss+xml; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
};

export interface Place {
  /** Address of this network, without a final slash. */
  origin: string;
  /** The feed's own address, without any key. */
  self: string;
  language: 'fr' | 'en';
  /** With which it was asked for: files are then asked for with it too. */
  key: string | null;
}

/** Writes a feed by the letter of RSS 2.0, Atom (RFC 4287) or JSON Feed 1.1. Every address in it is absolute. */
export function writeFeed(feed: FeedSource, format: FeedFormat, place: Place): string {
  const clean = { ...feed, title: cleanText(feed.title), description: cleanText(feed.description) };
  return { rss, atom, json }[format](
    { ...clean, items: feed.items.map((item) => absolute(item, place)) },
    place,
  );
}

/** When the newest item was last changed; the epoch for an empty list. */
export function lastChange(feed: FeedSource): Date {
  return new Date(Math.max(0, ...feed.items.map((item) => item.updatedAt.getTime())));
}

function rss(feed: FeedSource, { origin, self, language }: Place): string {
  return generateRssFeed({
    title: feed.title,
    link: origin + feed.path,
    description: feed.description || feed.title,
    language,
    lastBuildDate: lastChange(feed),
    ...channelOf(feed, origin),
    atom: { links: [{ href: self, rel: 'self', type: 'application/rss+xml' }] },
    items: feed.items.map((item) => ({
      title: item.title,
      link: item.path,
      guid: { value: `urn:uuid:${item.id}`, isPermaLink: false },
      pubDate: item.publishedAt,
      categories: item.tags.map((name) => ({ name })),
      ...(item.author && { dc: { creators: [item.author.name] } }),
      ...(item.summary && { description: asHtml(item.summary) }),
      content: { encoded: item.html },
      ...episodeOf(item),
    })),
  });
}

function atom(feed: FeedSource, { origin, self }: Place): string {
  return generateAtomFeed({
    id: self,
    title: { value: feed.title },
    ...(feed.description && { subtitle: { value: feed.description } }),
    updated: lastChange(feed),
    links: [
      { href: self, rel: 'self', type: 'application/atom+xml' },
      { href: origin + feed.path, rel: 'alternate', type: 'text/html' },
    ],
    entries: feed.items.map((item) => ({
      id: `urn:uuid:${item.id}`,
      title: { value: item.title },
      published: item.publishedAt,
      updated: item.updatedAt,
      authors: [
        {
          name: item.author?.name ?? feed.title,
          ...(item.author && { uri: `${origin}/people/${item.author.handle}` }),
        },
      ],
      categories: item.tags.map((term) => ({ term })),
      links: [
        { href: item.path, rel: 'alternate', type: 'text/html' },
        ...(item.enclosure
          ? [
              {
                href: item.enclosure.url,
                rel: 'enclosure',
                type: item.enclosure.type,
                length: item.enclosure.length,
              },
            ]
          : []),
      ],
      ...(item.summary && { summary: { value: item.summary } }),
      content: { type: 'html', value: item.html },
    })),
  });
}

function json(feed: FeedSource, { origin, self, language }: Place): string {
  const written = generateJsonFeed({
    title: feed.title,
    description: feed.description || undefined,
    home_page_url: origin + feed.path,
    feed_url: self,
    language,
    items: feed.items.map((item) => ({
      id: `urn:uuid:${item.id}`,
      url: item.path,
      title: item.title,
      summary: item.summary || undefined,
      content_html: item.html,
      date_published: item.publishedAt,
      date_modified: item.updatedAt,
      tags: item.tags,
      ...(item.author && {
        authors: [{ name: item.author.name, url: `${origin}/people/${item.author.handle}` }],
      }),
      ...(item.enclosure && {
        attachments: [
          {
            ...{ url: item.enclosure.url, mime_type: item.enclosure.type },
            size_in_bytes: item.enclosure.length,
            ...(item.enclosure.seconds !== undefined && { duration_in_seconds: item.enclosure.seconds }),
          },
        ],
      }),
    })),
  });
  return JSON.stringify(written, null, 2);
}

function absolute(item: FeedItem, place: Place): FeedItem {
  const { origin } = place;
  return {
    ...item,
    path: origin + item.path,
    title: cleanText(item.title),
    summary: cleanText(item.summary),
    html: absoluteLinks(absoluteFiles(cleanText(item.html), place), origin, origin + item.path),
    enclosure: item.enclosure && heardAt(item.enclosure, place),
    tags: item.tags.map(cleanText),
    author: item.author && { ...item.author, name: cleanText(item.author.name) },
  };
}

/** Addresses inside a text: of this network, and of places in the text itself. */
function absoluteLinks(html: string, origin: string, page: string): string {
  return html.replace(/ (href|src)="\/(?!\/)/g, ` $1="${origin}/`).replace(/ href="#/g, ` href="${page}#`);
}

/** A description is read as HTML: what is none must say so. */
function asHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** XML 1.0 has no room for most control characters, escaped or not. */
function cleanText(text: string): string {
  // eslint-disable-next-line no-control-regex -- they are what is taken out
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').toWellFormed();
}
