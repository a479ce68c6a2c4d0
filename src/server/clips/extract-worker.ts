/**
 * Reads a page, in a thread of its own: it may be made to keep a reader busy for ever, or to fill its memory, and a thread
 * can be ended from outside.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { charsetOf, decodeText } from '../syndication/charset.ts';
import { extract, type Extract } from './extract.ts';
import { cleanPage } from './page.ts';

function read({ bytes, type, url }: { bytes: Uint8Array; type: string; url: string }): Extract {
  const text = decodeText(bytes, charsetOf(type));
  if (!/^text\/plain\b/i.test(type)) return extract(text, url);
  const escaped = text.slice(0, 500_000).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const page = cleanPage(`<pre>${escaped}</pre>`, url);
  const nothing = { title: '', author: '', site: '', summary: page.text.slice(0, 280) };
  return { ...nothing, publishedAt: null, language: null, picture: null, canonical: null, page };
}

let answer: Extract | null = null;
try {
  answer = read(workerData as { bytes: Uint8Array; type: string; url: string });
} catch {
  // Too many elements, or deeper than the stack.
}
parentPort?.postMessage(answer);
