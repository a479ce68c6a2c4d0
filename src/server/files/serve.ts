import type { Actor } from '../actor.ts';
import type { FileFacts } from '../platform/markdown-files.ts';
import { notFound } from '../errors.ts';
import type { Db } from '../platform/db.ts';
import { fileStorage, type Range } from '../platform/files/storage.ts';
import { blobKey, previewKey } from './keys.ts';
import { kindOf } from '../platform/files/kinds.ts';
import { narrowPicture } from './narrow.ts';
import { WIDTHS, type Format } from './pictures.ts';
import { fileForReading } from './read.ts';

/** Nothing in a file runs, loads anything or speaks for this network, wherever it is opened. */
const SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'";
/** A browser's own reader of documents does not work inside a sandbox; it runs nothing of theirs in our name. */
const DOCUMENT = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'";

const ENDING = /^audio\.[a-z0-9]{2,4}$/;

/**
 * Answers with a file the actor may see, or with what is made of it: `480`, `960`, `1600` (a picture no wider than that)
 * or `preview` (a document's first page); `audio.mp3` and the like are a recording itself, for players that go by endings. Pictures, recordings and PDF are shown; everything else is a download without
 * a type that a browser would act on.
 */
export async function answerFile(
  db: Db,
  actor: Actor,
  where: { id: string; variant?: string | undefined },
  headers: Headers,
): Promise<Response> {
  const file = await fileForReading(db, actor, where.id);
  const variant =
    ENDING.test(where.variant ?? '') && kindOf(file.type) === 'audio' ? undefined : where.variant;
  const made = variant === undefined ? whole(file) : part(file, variant, headers);
  const etag = `"${file.sha256.slice(0, 32)}${variant === undefined ? '' : `.${made.name}`}"`;
  const answered = new Headers({
    etag,
    'cache-control': 'private, max-age=3600',
    vary: made.negotiated ? 'accept, cookie' : 'cookie',
    'x-content-type-options': 'nosniff',
    'content-security-policy': made.type === 'application/pdf' ? DOCUMENT : SANDBOX,
    'content-disposition': `${made.shown ? 'inline' : 'attachment'}; ${named(file.name)}`,
  });
  if (knows(headers, etag)) return new Response(null, { status: 304, headers: answered });
  answered.set('content-type', made.type);
  const key = await made.key();
  const storage = fileStorage();
  if (made.bytes === undefined)
    return new Response((await storage.read(key)) ?? gone(), { headers: answered });

  answered.set('accept-ranges', 'bytes');
  const range = rangeOf(headers, made.bytes, etag);
  if (range === 'beyond') {
    answered.set('content-range', `bytes */${made.bytes}`);
    return new Response(null, { status: 416, headers: answered });
  }
  const { from, to } = range ?? { from: 0, to: made.bytes - 1 };
  answered.set('content-length', String(to - from + 1));
  if (range) answered.set('content-range', `bytes ${from}-${to}/${made.bytes}`);
  const body = (await storage.read(key, range ?? undefined)) ?? gone();
  return new Response(body, { status: range ? 206 : 200, headers: answered });
}

interface Made {
  name: string;
  type: string;
  shown: boolean;
  /** Where the browser's wishes decide the type. */
  negotiated: boolean;
  /** Known where parts of it can be asked for. */
  bytes?: number;
  key: () => Promise<string>;
}

function whole(file: FileFacts & { sha256: string }): Made {
  const shown = kindOf(file.type) !== 'other';
  const type = shown ? file.type : 'application/octet-stream';
  const key = () => Promise.resolve(blobKey(file.sha256));
  return { name: '', type, shown, negotiated: false, bytes: file.bytes, key };
}

function part(file: FileFacts & { sha256: string }, variant: string, headers: Headers): Made {
  if (variant === 'preview' && file.previewWidth !== null) {
    const key = () => Promise.resolve(previewKey(file.sha256));
    return { name: variant, type: 'image/webp', shown: true, negotiated: false, key };
  }
  const width = WIDTHS.find((each) => String(each) === variant);
  if (!width || kindOf(file.type) !== 'image') throw notFound();
  const format = formatFor(file, headers);
  const key = () => narrowPicture(file.sha256, width, format);
  return { name: `${variant}.${format}`, type: `image/${format}`, shown: true, negotiated: true, key };
}

/** AVIF where the browser says that it knows it; what may move stays WebP, which everybody shows. */
function formatFor(file: FileFacts, headers: Headers): Format {
  if (file.type === 'image/webp') return 'webp';
  return headers.get('accept')?.includes('image/avif') ? 'avif' : 'webp';
}

function gone(): never {
  throw notFound();
}

function named(name: string): string {
  const plain = name.normalize('NFKD').replace(/[^\x20-\x7e]|["\\%]/g, '') || 'file';
  const letters = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `filename="${plain}"; filename*=UTF-8''${letters}`;
}

function knows(headers: Headers, etag: string): boolean {
  const tags = headers.get('if-none-match');
  return tags !== null && tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}

/** One range of bytes (RFC 9110, 14.2). Several at once, or of another version, are answered with the whole. */
function rangeOf(headers: Headers, bytes: number, etag: string): Range | 'beyond' | null {
  const asked = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(headers.get('range')?.trim() ?? '');
  const only = headers.get('if-range');
  if (!asked || (asked[1] === '' && asked[2] === '') || (only !== null && only !== etag)) return null;
  const from = asked[1] === '' ? Math.max(0, bytes - Number(asked[2])) : Number(asked[1]);
  const to = asked[1] === '' || asked[2] === '' ? bytes - 1 : Math.min(Number(asked[2]), bytes - 1);
  if (asked[1] !== '' && asked[2] !== '' && Number(asked[2]) < from) return null;
  return from < bytes && to >= from ? { from, to } : 'beyond';
}
