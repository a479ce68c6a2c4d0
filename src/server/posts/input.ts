import { cleanLine } from '../conversation/text.ts';
import type { Purpose } from '../conversation/present.ts';
import { invalid } from '../errors.ts';
import { readPublishAt } from './publish-at.ts';

const PURPOSES: readonly Purpose[] = ['tell', 'ask', 'find'];

/** What a person gives to write a post. `status` is `draft` where nothing is said. */
export interface NewPost {
  title?: string | null;
  /** Markdown. */
  body: string;
  /** Slug of a community; the actor's own blog where absent. */
  community?: string | null;
  tags?: string[] | null;
  status?: 'draft' | 'published';
  /** Address of a picture; the first one of the text where none is given. */
  cover?: string | null;
  sourceUrl?: string | null;
  sourceTitle?: string | null;
  sourceAuthor?: string | null;
  /** The colleague's post that this one passes on. */
  curatedId?: string | null;
  /** What it is for: `tell` where nothing is said. */
  purpose?: Purpose;
  /** When a draft comes out by itself, ISO 8601; null takes it back. */
  publishAt?: string | null;
}

/** Checks everything but the text. */
export function readPostInput(input: NewPost) {
  const { status } = input;
  if (status !== undefined && status !== 'draft' && status !== 'published')
    throw invalid('status', 'unknown_status');
  if (input.purpose !== undefined && !PURPOSES.includes(input.purpose))
    throw invalid('purpose', 'unknown_purpose');
  const sourceUrl = webAddress(input.sourceUrl, 'sourceUrl');
  return {
    title: cleanLine(input.title, 'title', 200),
    status,
    purpose: input.purpose,
    publishAt: readPublishAt(input),
    community: input.community || null,
    // One of ours stands there by itself, and follows the text.
    cover: input.cover?.startsWith('/files/') ? null : webAddress(input.cover, 'cover'),
    sourceUrl,
    sourceTitle: sourceUrl ? cleanLine(input.sourceTitle, 'sourceTitle', 300) || sourceUrl : null,
    sourceAuthor: sourceUrl ? cleanLine(input.sourceAuthor, 'sourceAuthor', 200) : null,
    curatedId: input.curatedId || null,
  };
}

/** An http(s) address, or nothing. Refuses any other scheme: it would stand in a link. */
function webAddress(text: unknown, field: string): string | null {
  const line = cleanLine(text, field, 2000);
  if (line === '') return null;
  const url = URL.parse(line);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw invalid(field, 'not_web_address');
  return url.href;
}
