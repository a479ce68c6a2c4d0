/** A tar of plain files (POSIX ustar): what any machine can look into, written and read as a stream. */
import type { Writable } from 'node:stream';
import { once } from 'node:events';

const BLOCK = 512;

/** Writes entries one after the other; `end` closes the archive, not the stream. */
export class TarWriter {
  readonly #out: Writable;

  constructor(out: Writable) {
    this.#out = out;
  }

  async add(name: string, content: Uint8Array): Promise<void> {
    await this.stream(name, content.length, [content]);
  }

  /** @param bytes exactly as many as `content` brings; another number is an error, for the archive would be broken */
  async stream(
    name: string,
    bytes: number,
    content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  ): Promise<void> {
    await this.#write(header(name, bytes));
    let written = 0;
    for await (const chunk of content) {
      written += chunk.length;
      await this.#write(chunk);
    }
    if (written !== bytes) throw new Error(`${name}: ${written} bytes instead of ${bytes}`);
    await this.#write(Buffer.alloc(padding(bytes)));
  }

  async end(): Promise<void> {
    await this.#write(Buffer.alloc(2 * BLOCK));
  }

  async #write(chunk: Uint8Array): Promise<void> {
    if (chunk.length > 0 && !this.#out.write(chunk)) await once(this.#out, 'drain');
  }
}

function header(name: string, bytes: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  if (Buffer.byteLength(name) > 100) throw new Error(`too long a name: ${name}`);
  block.write(name);
  block.write('0000600\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  block.write(`${bytes.toString(8).padStart(11, '0')}\0`, 124);
  block.write(
    `${Math.floor(Date.now() / 1000)
      .toString(8)
      .padStart(11, '0')}\0`,
    136,
  );
  block.write('0', 156);
  block.write('ustar\x0000', 257);
  block.write(`${sumOf(block).toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

/** The sum of all bytes, those of the sum itself read as spaces. */
function sumOf(block: Buffer): number {
  return block.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);
}

const padding = (bytes: number) => (BLOCK - (bytes % BLOCK)) % BLOCK;

export interface TarEntry {
  name: string;
  bytes: number;
  /** Its content, to be read before the next entry is asked for; what is left is skipped. */
  content: AsyncGenerator<Buffer>;
}

/** The archive is cut off, or none. */
export class BrokenTar extends Error {}

/** The entries of an archive, in order. */
export async function* readTar(source: AsyncIterable<Buffer>): AsyncGenerator<TarEntry> {
  const from = new Chunks(source);
  for (;;) {
    const block = Buffer.concat(await Array.fromAsync(from.take(BLOCK)));
    if (block.every((byte) => byte === 0)) return;
    if (parseInt(block.toString('latin1', 148, 154), 8) !== sumOf(block)) throw new BrokenTar();
    const bytes = parseInt(block.toString('latin1', 124, 135), 8);
    const content = from.take(bytes);
    yield { name: block.toString('utf8', 0, 100).replace(/\0.*$/s, ''), bytes, content };
    for await (const _ of content);
    for await (const _ of from.take(padding(bytes)));
  }
}

/** A stream, read by numbers of bytes. */
class Chunks {
  readonly #source: AsyncIterator<Buffer>;
  #left: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async *take(bytes: number): AsyncGenerator<Buffer> {
    let wanted = bytes;
    while (wanted > 0) {
      if (this.#left.length === 0) {
        const { done, value } = await this.#source.next();
        if (done) throw new BrokenTar();
        this.#left = value;
      }
      const piece = this.#left.subarray(0, wanted);
      this.#left = this.#left.subarray(piece.length);
      wanted -= piece.length;
      yield piece;
    }
  }
}
