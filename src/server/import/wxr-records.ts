import { ImportError, type ImportSource } from '../syndication/types.ts';
import { readXml, type XmlElement } from '../syndication/xml.ts';

/** What a WordPress export says of itself, as it stands in the file. */
export interface WxrRecords {
  channel: Map<string, XmlElement>;
  authors: XmlElement[];
  items: XmlElement[];
}

/** Reads the elements of a WXR file and refuses other formats by their name. */
export async function readWxrRecords(source: ImportSource): Promise<WxrRecords> {
  const records: WxrRecords = { channel: new Map(), authors: [], items: [] };
  let wordpress = false;
  await readXml(source, {
    opened(element, parents) {
      if (parents.length === 0) checkRoot(element);
      element.name = canonical(element.name);
      wordpress ||= element.name.startsWith('wp:');
    },
    closed(element, parents) {
      if (parents.at(-1)?.name !== 'channel') return parents.length > 2;
      if (element.name === 'item') records.items.push(element);
      else if (element.name === 'wp:author') records.authors.push(element);
      else if (!records.channel.has(element.name)) records.channel.set(element.name, element);
      return false;
    },
  });
  if (!wordpress) {
    throw new ImportError(
      1,
      'This is an RSS feed, not a WordPress export (WXR): it can be imported as a feed',
    );
  }
  return records;
}

/** The text of the first child of that name that says something. */
export function field(element: XmlElement, name: string): string {
  return element.children.find((child) => child.name === name && child.text.trim() !== '')?.text.trim() ?? '';
}

function checkRoot({ name, attributes, line }: XmlElement): void {
  const root = name.toLowerCase();
  if (root === 'rss') return;
  const known: Record<string, string> = {
    feed: /blogger|blogspot/i.test(JSON.stringify(attributes))
      ? 'This is a Blogger export (Atom), not a WordPress export (WXR): it can be imported as a feed'
      : 'This is an Atom feed (Blogger exports are in this format too), not a WordPress export (WXR): it can be imported as a feed',
    'rdf:rdf': 'This is an RSS 1.0 feed, not a WordPress export (WXR): it can be imported as a feed',
    opml: 'This is a reading list (OPML), not a WordPress export (WXR)',
    html: 'This is a web page, not a WordPress export (WXR)',
    item: 'This is one entry cut out of an export: the <rss> and <channel> around it are missing',
    channel: 'The <rss> around the channel is missing: this is not a whole WordPress export (WXR)',
  };
  throw new ImportError(
    line,
    known[root] ?? `This is not a WordPress export (WXR): it begins with <${name.slice(0, 40)}>`,
  );
}

/** WordPress names its own elements `wp:`; a few tools write another prefix, or another case. */
function canonical(name: string): string {
  return name
    .toLowerCase()
    .replace(/^(wxr|wordpress|ns\d+):(?=post_|comment|author|status|wxr_|meta|base_)/, 'wp:');
}
