import { parseAtomFeed, type AtomFeed } from 'feedsmith';
import { isPicture, textAsHtml, type FeedDocument, type FeedEntry, type FeedMedia } from './feed-entry.ts';
import { mediaFiles, mediaImages, mediaText } from './feed-rss.ts';

type AtomEntry = AtomFeed.Entry<string>;
type AtomText = { value?: string; type?: string } | undefined;

const bloggerKind = 'http://schemas.google.com/g/2005#kind';

/** Atom 0.3 and 1.0, and the Atom that Blogger exports. */
export function readAtom(xml: string): FeedDocument {
  const feed = parseAtomFeed(xml);
  return {
    title: htmlOf(feed.title),
    url: alternate(feed.links),
    language: feed.xml?.lang,
    base: feed.xml?.base,
    people: feed.authors?.map(({ name, email, uri }) => ({ name, email, url: uri })) ?? [],
    entries: feed.entries?.map(fromEntry) ?? [],
  };
}

function fromEntry(entry: AtomEntry): FeedEntry {
  const summary = htmlOf(entry.summary);
  const content = htmlOf(entry.content) ?? mediaText(entry.media);
  const enclosures = entry.links?.filter(({ rel }) => rel === 'enclosure') ?? [];
  const attached: FeedMedia[] = [
    ...enclosures.map(({ href, type, length }) => ({ url: href, type, length })),
    ...mediaFiles(entry.media),
  ];
  const kind = entry.categories?.find(({ scheme }) => scheme === bloggerKind)?.term?.split('#')[1];
  const id = entry.id?.trim();
  return {
    id,
    url: alternate(entry.links) ?? (/^https?:/i.test(id ?? '') ? id : undefined),
    base: entry.content?.xml?.base ?? entry.xml?.base,
    title: htmlOf(entry.title),
    html: content ?? summary,
    summary: content === undefined ? undefined : summary,
    published: entry.published ?? entry.dc?.dates?.[0] ?? entry.updated,
    updated: entry.updated,
    draft: entry.app?.control?.draft,
    people: entry.authors?.map(({ name, email, uri }) => ({ name, email, url: uri })) ?? namesOf(entry),
    tags:
      entry.categories
        ?.filter(({ scheme }) => scheme !== bloggerKind)
        .map(({ label, term }) => label ?? term) ?? [],
    media: attached.filter((file) => !isPicture(file)),
    images: [...mediaImages(entry.media), ...attached.filter(isPicture).map(({ url }) => url)],
    ...(kind && {
      blogger: {
        kind,
        post: entry.thr?.inReplyTos?.[0]?.ref,
        parent: entry.links
          ?.find(({ rel }) => rel === 'related')
          ?.href?.split('/')
          .at(-1),
      },
    }),
  };
}

function namesOf(entry: AtomEntry): { name: string }[] {
  return entry.dc?.creators?.map((name) => ({ name })) ?? [];
}

/** Text says by its type whether `<` is a character or a tag. */
function htmlOf(text: AtomText): string | undefined {
  if (text?.value === undefined) return undefined;
  const type = text.type?.toLowerCase() ?? 'text';
  if (/html/.test(type)) return text.value;
  return /^text(\/plain)?$/.test(type) || /xml$/.test(type) ? textAsHtml(text.value) : undefined;
}

function alternate(links: AtomEntry['links']): string | undefined {
  const readable = links?.filter(({ rel }) => !rel || rel === 'alternate') ?? [];
  return (readable.find(({ type }) => !type || /html/.test(type)) ?? readable[0])?.href;
}
