import { Readable } from 'node:stream';
import { keepContent, type KeptFile } from '../files/upload.ts';
import type { Db } from '../platform/db.ts';
import { fetchGuarded } from '../platform/fetcher.ts';

export interface FoundPicture {
  url: string;
  kept: KeptFile;
}

/** Fetches the picture of a page and keeps it, cleaned: shown from here, so that no reading tells the site of it. */
export async function fetchPicture(
  db: Db,
  url: string | null,
  allow: string[],
): Promise<FoundPicture | null> {
  if (!url) return null;
  try {
    const { body } = await fetchGuarded(url, {
      allow,
      accept: 'image/avif,image/webp,image/png,image/jpeg,image/gif',
      maxBytes: 5_000_000,
      totalMs: 10_000,
      idleMs: 5_000,
    });
    if (!body) return null;
    const kept = await keepContent(db, { name: nameOf(url), content: Readable.from([body]) });
    return kept.type.startsWith('image/') ? { url, kept } : null;
  } catch {
    // A page without its picture is a page all the same.
    return null;
  }
}

function nameOf(url: string): string {
  return decodeURIComponentOrNot(new URL(url).pathname.split('/').at(-1) ?? '') || 'image';
}

function decodeURIComponentOrNot(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
