import { parseJsonFeed, type JsonFeed } from 'feedsmith';
import { isPicture, textAsHtml, type FeedDocument, type FeedEntry } from './feed-entry.ts';

/** JSON Feed 1.0 and 1.1. */
export function readJson(value: unknown): FeedDocument {
  const feed = parseJsonFeed(value);
  return {
    title: textAsHtml(feed.title),
    url: feed.home_page_url,
    language: feed.language,
    base: feed.home_page_url ?? feed.feed_url,
    people: feed.authors ?? [],
    entries: feed.items?.map(fromItem) ?? [],
  };
}

function fromItem(item: JsonFeed.Item<string>): FeedEntry {
  const attached = item.attachments?.map((file) => ({
    url: file.url,
    type: file.mime_type,
    length: file.size_in_bytes,
    duration: file.duration_in_seconds,
  }));
  return {
    id: item.id,
    url: item.url ?? item.external_url,
    title: textAsHtml(item.title),
    html: item.content_html ?? textAsHtml(item.content_text) ?? textAsHtml(item.summary),
    summary: item.content_html || item.content_text ? textAsHtml(item.summary) : undefined,
    published: item.date_published,
    updated: item.date_modified,
    people: item.authors ?? [],
    tags: item.tags ?? [],
    media: attached?.filter((file) => !isPicture(file)) ?? [],
    images: [item.image, item.banner_image, ...(attached?.filter(isPicture).map(({ url }) => url) ?? [])],
  };
}
