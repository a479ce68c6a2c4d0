import { decodeText } from './charset.ts';
import { repairOutlines } from './opml-repair.ts';
import { plainText } from './plain-text.ts';
import { SkippedList } from './skipped.ts';
import { ImportError, type Skipped } from './types.ts';
import { readXml, type XmlElement } from './xml.ts';

export interface ReadingList {
  title: string;
  feeds: ListedFeed[];
  /** What was in the file and could not be read, by line. */
  skipped: Skipped[];
}

export interface ListedFeed {
  line: number;
  title: string;
  xmlUrl: string;
  htmlUrl?: string;
  /** The names of the folders around it, outermost first. */
  folders: string[];
}

const maxFlaws = 50;

/**
 * Reads a list of feeds (OPML). Many are not well-formed: what is there is taken, what cannot be read is told by line.
 * Throws `ImportError` only when the file holds no list at all.
 */
export async function parseOpml(bytes: Uint8Array): Promise<ReadingList> {
  const list: ReadingList = { title: '', feeds: [], skipped: [] };
  const byUrl = new Map<string, number>();
  const skipped = new SkippedList();
  const flaws: ImportError[] = [];
  let outlines = 0;
  let root: XmlElement | undefined;

  await readXml(Buffer.from(repairOutlines(decodeText(bytes))), {
    opened(element, parents) {
      root ??= element;
      element.name = element.name.toLowerCase();
      if (element.name !== 'outline') return;
      outlines += 1;
      const feed = feedFrom(element, parents, skipped);
      if (!feed) return;
      const known = byUrl.get(feed.xmlUrl);
      if (known !== undefined) return skipped.add(element.line, `${feed.xmlUrl} is already on line ${known}`);
      byUrl.set(feed.xmlUrl, element.line);
      list.feeds.push(feed);
    },
    closed(element, parents) {
      if (element.name === 'title' && parents.at(-1)?.name === 'head') list.title = plainText(element.text);
      return false;
    },
    broken(flaw) {
      if (flaws.length < maxFlaws && flaws.at(-1)?.line !== flaw.line) flaws.push(flaw);
    },
  });

  if (outlines === 0 && root?.name !== 'opml') throw notAList(root, flaws[0]);
  for (const { line, reason } of flaws) skipped.add(line, reason);
  return { ...list, skipped: skipped.list() };
}

function feedFrom(element: XmlElement, parents: XmlElement[], skipped: SkippedList): ListedFeed | undefined {
  const attributes = lowerKeys(element.attributes);
  const type = attributes.type?.trim().toLowerCase() ?? '';
  const given = (attributes.xmlurl ?? (/^(rss|atom|feed)/.test(type) ? attributes.url : undefined))?.trim();
  if (!given) {
    if (type === 'include') skipped.add(element.line, 'A list kept elsewhere is not fetched');
    else if (type === 'link')
      skipped.count(element.line, 'link', (n) => `${n} that lead to pages, not to feeds`);
    return undefined;
  }
  const xmlUrl = webAddress(given);
  if (!xmlUrl) {
    skipped.add(element.line, `“${plainText(given).slice(0, 100)}” is not a web address`);
    return undefined;
  }
  const htmlUrl = webAddress(attributes.htmlurl?.trim() ?? '');
  const title = plainText(attributes.title) || plainText(attributes.text) || new URL(xmlUrl).hostname;
  const folders = parents
    .filter(({ name }) => name === 'outline')
    .map(nameOf)
    .filter(Boolean);
  return { line: element.line, title: title.slice(0, 500), xmlUrl, ...(htmlUrl && { htmlUrl }), folders };
}

function webAddress(address: string): string | undefined {
  const written = address.replace(/^feed:(\/\/)?(?=https?:)/i, '').replace(/^feed:/i, 'http:');
  if (!URL.canParse(written)) return undefined;
  const url = new URL(written);
  return /^https?:$/.test(url.protocol) && url.hostname ? url.href : undefined;
}

function nameOf(folder: XmlElement): string {
  const attributes = lowerKeys(folder.attributes);
  return (plainText(attributes.text) || plainText(attributes.title)).slice(0, 200);
}

function lowerKeys(attributes: Record<string, string>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key.toLowerCase(), value]));
}

function notAList(root: XmlElement | undefined, flaw: ImportError | undefined): ImportError {
  if (!root) return flaw ?? new ImportError(1, 'The file holds no XML document');
  const known: Record<string, string> = {
    html: 'This is a web page, not a reading list (OPML)',
    rss: 'This is a feed, not a list of feeds (OPML)',
    feed: 'This is a feed, not a list of feeds (OPML)',
    'rdf:rdf': 'This is a feed, not a list of feeds (OPML)',
  };
  return new ImportError(
    root.line,
    known[root.name] ?? `This is not a reading list (OPML): it begins with <${root.name.slice(0, 40)}>`,
  );
}
