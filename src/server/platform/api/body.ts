import { Refusal } from '../../errors.ts';

const LARGEST = 1024 * 1024;
const DEEPEST = 20;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** A body as it came, and what it says. Both empty where nothing was sent. */
export interface Body {
  raw: string;
  json: unknown;
}

/** Reads a JSON body once. Refuses what is too large, not UTF-8, not JSON, too deep, or text that no database keeps. */
export async function readBody(request: Request): Promise<Body> {
  const bytes = request.body ? await readBytes(request.body) : null;
  if (!bytes?.length) return { raw: '', json: undefined };
  const raw = decode(bytes);
  const json = parse(raw);
  checkValues(json);
  return { raw, json };
}

async function readBytes(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += chunk.length;
      // The rest is still read, into nothing: a client in the middle of sending would not hear the refusal.
      if (size <= LARGEST) chunks.push(chunk);
      else chunks.length = 0;
    }
  } catch (error) {
    // The server in front has its own limit, and breaks the stream.
    if (isTooLarge(error)) throw new Refusal('invalid', 'body_too_large');
    throw error;
  }
  if (size > LARGEST) throw new Refusal('invalid', 'body_too_large');
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

function isTooLarge(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'status' in error && error.status === 413;
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Refusal('invalid', 'body_not_utf8');
  }
}

function parse(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    throw new Refusal('invalid', 'body_not_json');
  }
}

/** Walks without recursion: depth is what is being measured. */
function checkValues(root: unknown): void {
  const open: { value: unknown; field: string; depth: number }[] = [{ value: root, field: '', depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, field, depth } = next;
    if (typeof value === 'string') {
      if (!isStorable(value)) throw unstorable(field);
    } else if (typeof value === 'object' && value !== null) {
      if (depth === DEEPEST) throw new Refusal('invalid', 'body_too_deep');
      for (const [key, inner] of Object.entries(value)) {
        if (!isStorable(key)) throw unstorable('');
        open.push({ value: inner, field: field || key, depth: depth + 1 });
      }
    }
  }
}

/** PostgreSQL keeps no NUL, and half a surrogate pair would come back as another character. */
function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

function unstorable(field: string): Refusal {
  return new Refusal('invalid', 'bad_characters', field ? { [field]: 'bad_characters' } : undefined);
}
