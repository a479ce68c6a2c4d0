import { gunzipSync } from 'node:zlib';
import { charsetOf, decodeText } from './charset.ts';
import { readAtom } from './feed-atom.ts';
import { blogFrom } from './feed-blog.ts';
import type { FeedDocument } from './feed-entry.ts';
import { readJson } from './feed-json.ts';
import { readRdf, readRss } from './feed-rss.ts';
import { ImportError, type ImportedBlog } from './types.ts';
import { readXml } from './xml.ts';
import { XmlCleaner } from './xml-clean.ts';

const maxUnpacked = 100_000_000;

export interface FeedSource {
  /** Where the feed was fetched; relative addresses start there. */
  url?: string;
  contentType?: string;
}

/** Reads a feed of any format and age: RSS 0.9x to 2.0, RDF, Atom, JSON Feed, and the Atom that Blogger exports. */
export async function parseFeed(bytes: Uint8Array, source: FeedSource = {}): Promise<ImportedBlog> {
  const text = decodeText(unpacked(bytes), charsetOf(source.contentType));
  if (/^[\s\ufeff]*[{[]/.test(text)) return await blogFrom(jsonDocument(text), [], source.url);
  const cleaner = new XmlCleaner({ htmlEntities: true });
  const xml = withoutDoctype(cleaner.push(text) + cleaner.end());
  const document = await xmlDocument(xml);
  return await blogFrom(document, linesOfEntries(xml), source.url);
}

/** Some servers keep their feed compressed and do not say so. */
function unpacked(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: maxUnpacked });
  } catch (error) {
    throw new ImportError(1, 'The file is compressed and cannot be unpacked', undefined, error);
  }
}

function jsonDocument(text: string): FeedDocument {
  let value: unknown;
  try {
    // Where JSON allows a control character it means a space; where it forbids one, so did the author.
    value = JSON.parse(text.replace(/[\p{Cc}\ufeff]/gu, (char) => (char === '\n' ? char : ' ')));
  } catch (error) {
    const position = Number(/position (\d+)/.exec(String(error))?.[1] ?? 0);
    throw new ImportError(
      lineAt(text, position),
      'This is not valid JSON: the file is broken or cut short',
      undefined,
      error,
    );
  }
  try {
    return readJson(value);
  } catch (error) {
    throw new ImportError(1, 'This JSON is not a feed (JSON Feed)', undefined, error);
  }
}

const readers: Record<string, (xml: string) => FeedDocument> = { rss: readRss, rdf: readRdf, feed: readAtom };

async function xmlDocument(xml: string): Promise<FeedDocument> {
  const root = rootOf(xml);
  const read = readers[root];
  if (!read) throw notAFeed(root);
  try {
    return read(xml);
  } catch (error) {
    if (isEmpty(xml)) return { people: [], entries: [] };
    await readXml(Buffer.from(xml), { closed: () => false });
    throw new ImportError(1, 'The feed cannot be read', undefined, error);
  }
}

const TAG = /<(?:[\w.-]{1,100}:)?([a-z][\w.-]{0,100})[\s>/]/iy;

/** The name of the first element, instructions left out; read once, whatever does not end. */
function rootOf(xml: string): string {
  for (let at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', at + 1)) {
    if (xml[at + 1] === '?') {
      at = xml.indexOf('>', at);
      if (at < 0) return '';
      continue;
    }
    TAG.lastIndex = at;
    const name = TAG.exec(xml)?.[1];
    if (name) return name.toLowerCase();
  }
  return '';
}

function notAFeed(root: string): ImportError {
  const known: Record<string, string> = {
    html: 'This is a web page, not a feed',
    opml: 'This is a reading list (OPML), not a feed',
    '': 'This is not a feed: it holds no XML and no JSON',
  };
  return new ImportError(1, known[root] ?? `This is not a feed: it begins with <${root.slice(0, 40)}>`);
}

/** A feed without a word in it is a feed all the same. */
function isEmpty(xml: string): boolean {
  return (
    xml.length < 2000 &&
    !/<(?:\w+:)?(item|entry)[\s>]/i.test(xml) &&
    /<\/(?:\w+:)?(rss|feed|rdf)>\s*$/i.test(xml)
  );
}

/**
 * Old feeds name a DTD for its entities (é as &eacute;), which are known without it: the declaration goes. A feed that
 * declares entities of its own is refused.
 */
function withoutDoctype(xml: string): string {
  const start = xml.slice(0, 10_000).search(/<!DOCTYPE/i);
  if (start < 0) return xml;
  const bracket = xml.indexOf('[', start);
  const plainEnd = xml.indexOf('>', start);
  const inside = bracket > 0 && bracket < plainEnd;
  const close = inside ? xml.indexOf(']', bracket) : plainEnd;
  const end = inside && close > 0 ? xml.indexOf('>', close) : close;
  if (end < 0) throw new ImportError(lineAt(xml, start), 'The DOCTYPE does not end');
  const declaration = xml.slice(start, end + 1);
  if (/<!ENTITY\s+(?!%)/i.test(declaration)) {
    throw new ImportError(
      lineAt(xml, start),
      'The feed declares entities of its own (DOCTYPE), which is refused for safety',
    );
  }
  return xml.slice(0, start) + declaration.replace(/[^\n]+/g, '') + xml.slice(end + 1);
}

function linesOfEntries(xml: string): number[] {
  const lines: number[] = [];
  let line = 1;
  for (const match of xml.matchAll(/\n|<(?:\w+:)?(?:item|entry)[\s>]/gi)) {
    if (match[0] === '\n') line += 1;
    else {
      lines.push(line);
      if (match[0].endsWith('\n')) line += 1;
    }
  }
  return lines;
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}
