const lineFeed = 0x0a;
const multiByte = /^(utf-16|gb|big5|euc|shift_jis|iso-2022|replacement)/;

/**
 * Bytes to text, piece by piece. A byte order mark decides; else what the document declares, else `hint` (a Content-Type
 * header), else UTF-8. Declarations lie often: text that is valid UTF-8 is read as UTF-8 under any single-byte name,
 * and bytes that are not UTF-8 are read in the declared charset, or as windows-1252, line by line.
 */
export class TextReader {
  #hint: string | undefined;
  #decoder: TextDecoder | undefined;
  #fallback = 'windows-1252';
  #lineWise = false;
  #waiting: Uint8Array[] = [];
  #size = 0;

  constructor(hint?: string) {
    this.#hint = hint;
  }

  push(bytes: Uint8Array): string {
    this.#waiting.push(bytes);
    this.#size += bytes.byteLength;
    if (!this.#decoder && this.#size < 1024) return '';
    return this.#read(false);
  }

  end(): string {
    return this.#read(true);
  }

  #read(last: boolean): string {
    if (!last && this.#lineWise && !this.#waiting.at(-1)!.includes(lineFeed)) return '';
    const bytes = Buffer.concat(this.#waiting);
    if (!this.#decoder) this.#choose(bytes);
    this.#waiting = [];
    this.#size = 0;
    if (!this.#lineWise) return this.#decoder!.decode(bytes, { stream: !last });
    const end = last ? bytes.length : bytes.lastIndexOf(lineFeed) + 1;
    if (end < bytes.length) this.#waiting.push(bytes.subarray(end));
    return decodeLines(bytes.subarray(0, end), this.#fallback);
  }

  #choose(bytes: Buffer): void {
    const label = byteOrderMark(bytes) ?? declared(bytes) ?? known(this.#hint) ?? 'utf-8';
    this.#decoder = new TextDecoder(label);
    this.#lineWise = !multiByte.test(this.#decoder.encoding);
    if (this.#decoder.encoding !== 'utf-8') this.#fallback = this.#decoder.encoding;
  }
}

/** A whole document as text. */
export function decodeText(bytes: Uint8Array, hint?: string): string {
  const reader = new TextReader(hint);
  const text = reader.push(bytes) + reader.end();
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** The charset that a Content-Type header names. */
export function charsetOf(contentType: string | undefined): string | undefined {
  return /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType ?? '')?.[1];
}

function byteOrderMark(bytes: Buffer): string | undefined {
  const head = bytes.toString('hex', 0, 4);
  if (head.startsWith('efbbbf')) return 'utf-8';
  if (head.startsWith('fffe') || head === '3c003f00' || /^3c00..00/.test(head)) return 'utf-16le';
  if (head.startsWith('feff') || head === '003c003f' || /^003c00/.test(head)) return 'utf-16be';
  return undefined;
}

function declared(bytes: Buffer): string | undefined {
  const head = bytes.toString('latin1', 0, 1024);
  const label = known(/<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1]);
  // The declaration could be read byte by byte, so the document is not in UTF-16 whatever it says.
  return label?.startsWith('utf-16') ? 'utf-8' : label;
}

function known(label: string | undefined): string | undefined {
  try {
    return label && new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

function decodeLines(bytes: Uint8Array, fallback: string): string {
  const text = new TextDecoder().decode(bytes);
  if (!text.includes('\ufffd')) return text;
  const out: string[] = [];
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(lineFeed, start);
    const end = found < 0 ? bytes.length : found + 1;
    out.push(decodeLine(bytes.subarray(start, end), fallback));
    start = end;
  }
  return out.join('');
}

/** One broken character does not make a UTF-8 line Latin: the majority of its accented characters decides. */
function decodeLine(bytes: Uint8Array, fallback: string): string {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  const sound = (text.match(/\P{ASCII}/gu)?.length ?? 0) - broken;
  return broken > sound ? new TextDecoder(fallback).decode(bytes) : text;
}
