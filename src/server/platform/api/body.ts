import { Refusal } from '../../errors.ts';

const LARGEST = 1024 * 1024;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** A body as it came, and what it says. Both empty where nothing was sent. */
export interface Body {
  raw: string;
  json: unknown;
}

/** Reads a JSON body once. Refuses what is too large, not UTF-8 or not JSON. */
export async function readBody(request: Request): Promise<Body> {
  const bytes = request.body ? await readBytes(request.body) : null;
  if (!bytes?.length) return { raw: '', json: undefined };
  const raw = decode(bytes);
  return { raw, json: parse(raw) };
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
