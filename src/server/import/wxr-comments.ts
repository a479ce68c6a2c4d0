import { htmlToMarkdown } from '#server/platform/html-to-markdown.ts';
import { linkUrl } from '#server/platform/html-to-markdown-urls.ts';
import { pastDate } from '../syndication/dates.ts';
import { plainText } from '../syndication/plain-text.ts';
import type { SkippedList } from '../syndication/skipped.ts';
import { inThreads } from '../syndication/threads.ts';
import type { ImportedComment } from '../syndication/types.ts';
import { readEmail } from '../syndication/feed-authors.ts';
import type { WxrAuthors } from './wxr-authors.ts';
import { field } from './wxr-records.ts';
import type { XmlElement } from '../syndication/xml.ts';

interface Around {
  authors: WxrAuthors;
  skipped: SkippedList;
  baseUrl?: string;
  /** Of the post: what a comment without a date falls back to. */
  writtenAt?: Date;
}

/** The approved comments of an item, in threads. Spam, trash and what waits for approval is counted, not kept. */
export function commentsOf(item: XmlElement, postKey: string, around: Around): ImportedComment[] {
  const comments: ImportedComment[] = [];
  for (const element of item.children) {
    if (element.name !== 'wp:comment') continue;
    const left = whyLeft(element);
    if (left) around.skipped.count(element.line, left, (n) => `${n} ${left}`, ['comment', 'comments']);
    else comments.push(readComment(element, postKey, around));
  }
  return inThreads(comments);
}

function whyLeft(element: XmlElement): string | undefined {
  const approved = field(element, 'wp:comment_approved') || '1';
  if (approved === 'spam') return 'marked as spam';
  if (/trash/.test(approved)) return 'in the trash';
  if (approved !== '1' && approved !== 'approve') return 'waiting for approval';
  if (!field(element, 'wp:comment_content')) return 'without text';
  const type = field(element, 'wp:comment_type');
  return /^(comment|pingback|trackback|)$/.test(type) ? undefined : 'that a plugin wrote';
}

function readComment(element: XmlElement, postKey: string, around: Around): ImportedComment {
  const { authors, baseUrl, writtenAt } = around;
  const id = field(element, 'wp:comment_id');
  const parent = field(element, 'wp:comment_parent');
  const email = readEmail(field(element, 'wp:comment_author_email'));
  const url = linkUrl(field(element, 'wp:comment_author_url'));
  const userKey = authors.keyOfUser(field(element, 'wp:comment_user_id'));
  const type = field(element, 'wp:comment_type');
  const at = pastDate(field(element, 'wp:comment_date_gmt')) ?? pastDate(field(element, 'wp:comment_date'));
  return {
    key: `${postKey}#comment-${id || `line-${element.line}`}`,
    ...(parent && parent !== '0' && { parentKey: `${postKey}#comment-${parent}` }),
    kind: type === 'pingback' || type === 'trackback' ? 'pingback' : 'comment',
    author: {
      name: plainText(field(element, 'wp:comment_author')),
      ...(email && { email }),
      ...(url && /^https?:\/\/./i.test(url) && { url }),
      ...(userKey && { userKey }),
    },
    body: htmlToMarkdown(field(element, 'wp:comment_content'), { wordpress: true, baseUrl }),
    at: at ?? writtenAt ?? new Date(0),
  };
}
