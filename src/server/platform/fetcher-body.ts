import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import { FetchRefused } from './fetcher-refusal.ts';

const decoders = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
} as const;

/**
 * Reads a response body to the end, decompressed, and gives up as soon as it is longer than `maxBytes` - on the wire or
 * after decompression - so that neither an endless answer nor a decompression bomb fills the memory.
 */
export async function readBody(
  body: Readable,
  about: { encoding: string; contentLength: string; maxBytes: number; host: string },
): Promise<Uint8Array> {
  const tooLarge = () =>
    new FetchRefused('too_large', `${about.host} answers with more than ${sizeInWords(about.maxBytes)}.`);
  try {
    if (Number(about.contentLength) > about.maxBytes) throw tooLarge();
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of decompressed(body, about.encoding, about.host)) {
      size += (chunk as Uint8Array).byteLength;
      if (size > about.maxBytes) throw tooLarge();
      chunks.push(chunk as Uint8Array);
    }
    return Buffer.concat(chunks, size);
  } finally {
    body.on('error', () => {}).destroy();
  }
}

function decompressed(body: Readable, encoding: string, host: string): Readable {
  const names = encoding
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  // Encodings may be stacked; nobody honest stacks many, and each layer multiplies a bomb.
  if (names.length > 2 || names.some((name) => !Object.hasOwn(decoders, name))) {
    throw new FetchRefused(
      'network',
      `${host} answers in an encoding that is not known (${encoding.slice(0, 40)}).`,
    );
  }
  let stream = body;
  for (const name of names.reverse()) {
    // The iterator of the last stream reports what goes wrong in any of them.
    stream = pipeline(stream, decoders[name as keyof typeof decoders](), () => {});
  }
  return stream;
}

function sizeInWords(bytes: number): string {
  return bytes >= 1_000_000 ? `${Math.round(bytes / 100_000) / 10} MB` : `${Math.ceil(bytes / 1000)} kB`;
}
