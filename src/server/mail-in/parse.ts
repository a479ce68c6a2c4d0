import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { htmlToMarkdown } from '../platform/html-to-markdown.ts';
import { Declined } from './declined.ts';
import { keptLineEnds } from './line-ends.ts';

/** A file that came with a mail. */
export interface IncomingFile {
  name: string;
  content: Uint8Array;
  /** How the text points at it, where it stands in the middle of the text. */
  marks: string[];
  /** Drawn by the dress of the mail, not attached by hand. */
  dress: boolean;
}

export interface IncomingMail {
  /** The one address it says it comes from; null where it names none, or several. */
  from: string | null;
  /** How whoever sent it calls himself, on one line; his address where he gives no name. */
  sender: string;
  /** Without angle brackets. */
  messageId: string | null;
  /** The first header of this name, lower case. */
  header(name: string): string | undefined;
  subject: string;
  /** The plain text as Markdown, still with what it quotes; empty where there is none. */
  text: string;
  /** The HTML, likewise. */
  rich(): string;
  files: IncomingFile[];
}

const DEEPEST = 30;
const LARGEST_HEADERS = 256 * 1024;
const LONGEST_BODY = 2_000_000;
const MOST_FILES = 20;
/** Longer than any name with its address. */
const LONGEST_FROM = 2000;

/** Reads a message. Refuses one that is nested, headed or filled beyond what people send. */
export async function parseMail(raw: Uint8Array): Promise<IncomingMail> {
  const email = await PostalMime.parse(raw, {
    maxNestingDepth: DEEPEST,
    maxHeadersSize: LARGEST_HEADERS,
    forceRfc822Attachments: true,
  }).catch(() => {
    throw new Declined('unreadable');
  });
  if (email.attachments.length > MOST_FILES) throw new Declined('files');
  return {
    from: senderOf(email),
    sender: line(email.from?.name || email.from?.address || ''),
    messageId: email.messageId?.trim().replace(/^<|>$/g, '') || null,
    header: (name) => email.headers.find(({ key }) => key === name)?.value,
    subject: email.subject ?? '',
    text: keptLineEnds(clean(email.text ?? '')).trim(),
    rich: () => richText(clean(email.html ?? ''), email.attachments),
    files: email.attachments.flatMap(fileOf),
  };
}

// Control characters, and those that turn the direction of what follows.
// eslint-disable-next-line no-control-regex -- they are what is taken out
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g;

function line(text: string): string {
  return text.toWellFormed().replace(UNSEEN, ' ').replace(/\s+/g, ' ').trim().slice(0, 300).toWellFormed();
}

/** Programs show one of two From, and not the same one: such a mail comes from nobody. */
function senderOf({ from, headers }: Email): string | null {
  if (headers.filter(({ key }) => key === 'from').length !== 1) return null;
  const value = headers.find(({ key }) => key === 'from')!.value;
  if (value.length > LONGEST_FROM) return null;
  const several = (value.replace(/"(?:[^"\\]|\\.)*"|\([^)]*\)/g, '').match(/@/g) ?? []).length !== 1;
  return several ? null : (from?.address?.trim().toLowerCase() ?? null);
}

/** Stands for a picture of the mail while its HTML becomes Markdown. */
const INLINE = 'https://inline.invalid/';
const SHOWN = /!\[(?:[^\]\\]|\\.)*\]\(https:\/\/inline\.invalid\/(\d+)(?: "(?:[^"\\]|\\.)*")?\)/g;

/**
 * HTML as Markdown, in which each picture that came with the mail is the mark of its file. One that is elsewhere is left
 * out: whoever sent it would hear of each reader.
 */
function richText(html: string, attachments: Attachment[]): string {
  const ids = attachments.map(cidOf);
  const pictures = (address: string) => {
    const id = /^cid:(.+)$/i.exec(address)?.[1];
    const at = id === undefined ? -1 : ids.indexOf(unescaped(id));
    return at === -1 ? null : `${INLINE}${at}`;
  };
  return (
    htmlToMarkdown(html, { pictures })
      .replace(SHOWN, (_, at: string) => `[cid:${ids[Number(at)]}]`)
      // Programs make a blank line of a paragraph that holds a hard space.
      .replace(/^[ \u00a0\u202f]+$/gm, '')
      .trim()
  );
}

function cidOf({ contentId }: Attachment): string | undefined {
  return contentId?.replace(/^<|>$/g, '');
}

/** Addresses of pictures are written as URLs are. */
function unescaped(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

function clean(text: string): string {
  if (text.length > LONGEST_BODY) throw new Declined('large');
  return text.replaceAll('\0', '').replace(/\r\n?/g, '\n');
}

function fileOf(attachment: Attachment): IncomingFile[] {
  const { filename, mimeType, content, disposition, related } = attachment;
  const bytes = typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content);
  if (bytes.length === 0) return [];
  const name = filename ?? `fichier.${mimeType.split('/')[1]?.replace(/\W.*$/, '') || 'bin'}`;
  const id = cidOf(attachment);
  return [
    {
      name,
      content: bytes,
      marks: [`[image: ${name}]`, ...(id ? [`[cid:${id}]`] : [])],
      dress: related === true && disposition !== 'attachment',
    },
  ];
}
