import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { Refusal } from '../../errors.ts';
import { HEARD_IN_VAIN } from '../files/incoming.ts';

const LARGEST = 1024 * 1024;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** A body as it came, and what it says. Both empty where nothing was sent. */
export interface Body {
  raw: string;
  json: unknown;
}

/** The bytes that come with a request, straight from the connection where there is one; null where none come. */
export function contentOf(request: Request, incoming?: IncomingMessage): Readable | null {
  if (!incoming) return request.body && Readable.fromWeb(request.body as ReadableStream<Uint8Array>);
  const { 'content-length': length, 'transfer-encoding': coding } = incoming.headers;
  return coding !== undefined || Number(length ?? 0) > 0 ? incoming : null;
}

/** Reads a JSON body once. Refuses what is too large, not UTF-8 or not JSON. */
export async function readBody(content: Readable | null): Promise<Body> {
  const bytes = content ? await readBytes(content) : null;
  if (!bytes?.length) return { raw: '', json: undefined };
  const raw = decode(bytes);
  return { raw, json: parse(raw) };
}

async function readBytes(content: Readable): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of content as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size <= LARGEST) chunks.push(chunk);
    else chunks.length = 0;
    if (size > LARGEST + HEARD_IN_VAIN) break;
  }
  if (size > LARGEST) throw new Refusal('invalid', 'body_too_large');
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
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
