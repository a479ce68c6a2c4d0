import { readSource, type NewCredit } from '../conversation/credit.ts';
import type { Purpose } from '../conversation/present.ts';
import { cleanLine } from '../conversation/text.ts';
import { invalid } from '../errors.ts';
import type { NewCover } from './cover.ts';
import { readPublishAt } from './publish-at.ts';

const PURPOSES: readonly Purpose[] = ['tell', 'ask', 'find'];

/** What a person gives to write a post. `status` is `draft` where nothing is said. */
export interface NewPost extends NewCredit, NewCover {
  title?: string | null;
  /** Markdown. */
  body: string;
  /** Slug of a community; the actor's own blog where absent. */
  community?: string | null;
  tags?: string[] | null;
  status?: 'draft' | 'published';
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
  return {
    title: cleanLine(input.title, 'title', 200),
    status,
    purpose: input.purpose,
    publishAt: readPublishAt(input),
    community: input.community || null,
    source: readSource(input),
  };
}
