import { FORMATS, WIDTHS, type Format, type Width } from './pictures.ts';

/** Where the bytes of that name are kept. */
export function blobKey(sha256: string): string {
  return `${sha256.slice(0, 2)}/${sha256}`;
}

/** Where the picture of a document's first page is kept. */
export function previewKey(sha256: string): string {
  return `${blobKey(sha256)}.preview.webp`;
}

export function narrowKey(sha256: string, width: Width, format: Format): string {
  return `${blobKey(sha256)}.${width}.${format}`;
}

/** Everything that may be kept of one blob. */
export function keysOf(sha256: string): string[] {
  const narrow = WIDTHS.flatMap((width) => FORMATS.map((format) => narrowKey(sha256, width, format)));
  return [blobKey(sha256), previewKey(sha256), ...narrow];
}

/** Where a part of an upload waits for the rest. */
export function partKey(uploadId: string, part: string): string {
  return `uploads/${uploadId}/${part}`;
}
