/** A feed of any format, before it becomes an `ImportedBlog`. Addresses are as written. */
export interface FeedDocument {
  title?: string;
  url?: string;
  language?: string;
  /** What relative addresses start from, if the document says. */
  base?: string;
  people: FeedPerson[];
  entries: FeedEntry[];
}

export interface FeedPerson {
  name?: string;
  email?: string;
  url?: string;
}

export interface FeedEntry {
  id?: string;
  url?: string;
  base?: string;
  /** Plain text or HTML: `plainText` reads both. */
  title?: string;
  html?: string;
  summary?: string;
  published?: string;
  updated?: string;
  draft?: boolean;
  people: FeedPerson[];
  tags: (string | undefined)[];
  /** Sounds, films, documents. */
  media: FeedMedia[];
  /** Pictures, the best candidate for a cover first. */
  images: (string | undefined)[];
  /** Blogger exports posts and comments as entries of one feed. */
  blogger?: { kind: string; post?: string; parent?: string };
}

export interface FeedMedia {
  url?: string;
  type?: string;
  length?: number;
  duration?: number;
}

/** Text that is not HTML, as HTML that shows it. */
export function textAsHtml(text: string | undefined): string | undefined {
  return text?.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** Whether a link leads to a picture, by its declared type or its ending. */
export function isPicture({ url, type }: FeedMedia): boolean {
  return type ? /^image\b/i.test(type) : /\.(jpe?g|png|gif|webp|avif)(\?|$)/i.test(url ?? '');
}

/** A document whose texts any database can keep: one sign that it cannot would cost the entries beside it, too. */
export function storable<Part>(part: Part): Part {
  if (typeof part === 'string') return part.replaceAll('\0', '').toWellFormed() as Part;
  if (Array.isArray(part)) return part.map((each: unknown) => storable(each)) as Part;
  if (part === null || typeof part !== 'object') return part;
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, storable(value)])) as Part;
}
