import { parseRdfFeed, parseRssFeed, type MediaNs, type RdfFeed, type RssFeed } from 'feedsmith';
import {
  isPicture,
  type FeedDocument,
  type FeedEntry,
  type FeedMedia,
  type FeedPerson,
} from './feed-entry.ts';

type RssItem = RssFeed.Item<string>;
type RdfItem = RdfFeed.Item<string>;
type Media = MediaNs.ItemOrFeed;

/** RSS 0.9x to 2.0. */
export function readRss(xml: string): FeedDocument {
  const feed = parseRssFeed(xml);
  return {
    title: feed.title,
    url: feed.link ?? feed.atom?.links?.find(({ rel }) => !rel || rel === 'alternate')?.href,
    language: feed.language ?? feed.dc?.languages?.[0],
    base: feed.xml?.base,
    people: firstKnown(
      namedOnly(feed.dc?.creators),
      feed.managingEditor && [personOf(feed.managingEditor)],
      namedOnly([feed.itunes?.author]),
    ),
    entries: feed.items?.map(fromRssItem) ?? [],
  };
}

/** RSS 0.90 and 1.0, which are RDF. */
export function readRdf(xml: string): FeedDocument {
  const feed = parseRdfFeed(xml);
  return {
    title: feed.title,
    url: feed.link,
    language: feed.dc?.languages?.[0],
    base: feed.xml?.base,
    people: namedOnly(feed.dc?.creators) ?? [],
    entries: feed.items?.map(fromRdfItem) ?? [],
  };
}

function fromRssItem(item: RssItem): FeedEntry {
  const permalink =
    item.guid?.isPermaLink !== false && /^https?:/i.test(item.guid?.value ?? '')
      ? item.guid?.value
      : undefined;
  const html = item.content?.encoded ?? item.description ?? item.itunes?.summary ?? mediaText(item.media);
  const attached: FeedMedia[] = [...(item.enclosures ?? []), ...mediaFiles(item.media)];
  const duration = item.itunes?.duration;
  return {
    id: item.guid?.value,
    url: item.link ?? permalink ?? item.atom?.links?.find(({ rel }) => !rel || rel === 'alternate')?.href,
    base: item.xml?.base,
    title: item.title ?? item.dc?.titles?.[0] ?? item.itunes?.title,
    html,
    summary: item.description === html ? undefined : item.description,
    published: item.pubDate ?? item.dc?.dates?.[0] ?? item.dcterms?.created?.[0] ?? item.atom?.published,
    updated: item.atom?.updated ?? item.dcterms?.modified?.[0],
    people: firstKnown(
      namedOnly(item.dc?.creators),
      item.authors?.map(personOf),
      item.atom?.authors?.map(({ name, email, uri }) => ({ name, email, url: uri })),
      namedOnly([item.itunes?.author]),
    ),
    tags: [...(item.categories?.map(({ name }) => name) ?? []), ...(item.dc?.subjects ?? [])],
    media: attached.filter((file) => !isPicture(file)).map((file) => ({ duration, ...file })),
    images: [
      item.itunes?.image,
      ...mediaImages(item.media),
      ...attached.filter(isPicture).map(({ url }) => url),
    ],
  };
}

function fromRdfItem(item: RdfItem): FeedEntry {
  const html = item.content?.encoded ?? item.description ?? item.dc?.descriptions?.[0];
  return {
    id: item.rdf?.about ?? item.link,
    url: item.link ?? item.rdf?.about,
    base: item.xml?.base,
    title: item.title ?? item.dc?.titles?.[0],
    html,
    summary: item.description === html ? undefined : item.description,
    published: item.dc?.dates?.[0] ?? item.dcterms?.issued?.[0],
    updated: item.dcterms?.modified?.[0],
    people: namedOnly(item.dc?.creators) ?? [],
    tags: item.dc?.subjects ?? [],
    media: [],
    images: mediaImages(item.media),
  };
}

function firstKnown(...candidates: (FeedPerson[] | undefined)[]): FeedPerson[] {
  return candidates.find((people) => people && people.length > 0) ?? [];
}

function namedOnly(names: (string | undefined)[] | undefined): FeedPerson[] | undefined {
  return names?.filter((name) => name?.trim()).map((name) => personOf({ name }));
}

/** `name@example.org (Name)`, in a field meant for either. */
function personOf({ name, email, link }: { name?: string; email?: string; link?: string }): FeedPerson {
  const both = /^\s*<?([^\s@()<>]+@[^\s@()<>]+)>?\s*(?:\((.*)\))?\s*$/.exec(name ?? '');
  return both ? { name: both[2], email: both[1], url: link } : { name, email, url: link };
}

/** What the Media RSS extension carries, in its groups or out of them. */
export function mediaFiles(media: Media | undefined): FeedMedia[] {
  const contents = [
    ...(media?.contents ?? []),
    ...(media?.groups?.flatMap(({ contents: inner }) => inner ?? []) ?? []),
  ];
  return contents.map(({ url, type, medium, fileSize, duration }) => ({
    url,
    type: type ?? (medium === 'image' ? 'image' : undefined),
    length: fileSize,
    duration,
  }));
}

export function mediaImages(media: Media | undefined): (string | undefined)[] {
  const thumbnails = [
    ...(media?.thumbnails ?? []),
    ...(media?.groups?.flatMap(({ thumbnails: inner }) => inner ?? []) ?? []),
  ];
  return [...mediaFiles(media).filter(isPicture), ...thumbnails].map(({ url }) => url);
}

export function mediaText(media: Media | undefined): string | undefined {
  return (
    media?.description?.value ?? media?.groups?.find(({ description }) => description)?.description?.value
  );
}
