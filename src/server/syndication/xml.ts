import { SaxesParser } from 'saxes';
import { TextReader } from './charset.ts';
import { ImportError, type ImportSource } from './types.ts';
import { XmlCleaner } from './xml-clean.ts';

const maxDepth = 200;
/** What is broken in more places than this holds nothing to read, where flaws are passed over. */
const maxFlaws = 20_000;
/** Flaws of form that lose nothing. */
const harmless =
  /unbound namespace|undefined entity|malformed character entity|disallowed character\.|]]>|duplicate attribute|text data outside|XML declaration|version number|encoding value|standalone value|processing instruction|malformed comment|whitespace required|malformed name|only one root/;

export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  /** All text inside, in order, but not that of child elements. */
  text: string;
  children: XmlElement[];
  line: number;
}

export interface XmlVisitor {
  /** At an opening tag; `parents` runs from the root inwards. */
  opened?(element: XmlElement, parents: XmlElement[]): void;
  /** At a closing tag. `false`: the parent need not keep this child. */
  closed(element: XmlElement, parents: XmlElement[]): boolean | void;
  /** A flaw that would stop the reading; return to go on, throw to stop. */
  broken?(problem: ImportError): void;
}

/**
 * Walks through an XML document of any size as it arrives. Declared entities, external ones included, are refused, never
 * expanded; so is nesting beyond what any format needs.
 */
export async function readXml(source: ImportSource, visitor: XmlVisitor, hint?: string): Promise<void> {
  const text = new TextReader(hint);
  const cleaner = new XmlCleaner();
  const parser = makeParser(visitor);
  let last = performance.now();
  for await (const bytes of inPieces(source)) {
    parser.write(cleaner.push(text.push(bytes)));
    if (performance.now() - last > 30) {
      await breathe();
      last = performance.now();
    }
  }
  parser.write(cleaner.push(text.end())).write(cleaner.end()).close();
}

/** Lets other requests go on in the middle of long work. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function* inPieces(source: ImportSource): AsyncIterable<Uint8Array> {
  if (!(source instanceof Uint8Array)) return yield* source;
  const size = 1 << 18;
  for (let from = 0; from < source.byteLength; from += size) yield source.subarray(from, from + size);
}

function makeParser(visitor: XmlVisitor): SaxesParser {
  const parser = new SaxesParser({ xmlns: false });
  const parents: XmlElement[] = [];
  const pieces: string[][] = [];
  let closed: XmlElement | undefined;
  const addText = (text: string) => pieces.at(-1)?.push(text);
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('doctype', (doctype) => {
    if (/<!ENTITY/i.test(doctype)) {
      throw new ImportError(
        parser.line,
        'The file declares entities of its own (DOCTYPE), which is refused for safety',
      );
    }
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (parents.length >= maxDepth) {
      throw new ImportError(parser.line, `The file nests more than ${maxDepth} elements`, parser.column);
    }
    const element = { name, attributes, text: '', children: [], line: parser.line };
    visitor.opened?.(element, parents);
    parents.push(element);
    pieces.push([]);
  });
  parser.on('closetag', () => {
    const element = parents.pop()!;
    element.text = pieces.pop()!.join('');
    closed = element;
    if (visitor.closed(element, parents) !== false) parents.at(-1)?.children.push(element);
  });
  let flaws = 0;
  parser.on('error', (error) => {
    flaws += 1;
    const hopeless = visitor.broken !== undefined && flaws > maxFlaws;
    if (!hopeless && harmless.test(error.message)) return;
    const problem = new ImportError(
      parser.line,
      sentence(error.message, parents.at(-1), closed),
      parser.column,
    );
    if (!visitor.broken || hopeless) throw problem;
    visitor.broken(problem);
  });
  return parser;
}

function sentence(message: string, open: XmlElement | undefined, closed: XmlElement | undefined): string {
  const detail = message.replace(/^[^:]*\d+:\d+: /, '').replace(/\.$/, '');
  const inside = open ? ` inside <${open.name}>` : '';
  if (/^(unclosed tag|unexpected end)/.test(detail)) {
    return `The file stops in the middle${inside && ` of <${open?.name}>`}: it is cut short or broken`;
  }
  if (/root element/.test(detail)) return 'The file holds no XML document';
  if (/unexpected close tag/.test(detail))
    return `<${closed?.name}>, opened on line ${closed?.line}, is not closed`;
  return `The XML is broken${inside}: ${detail}`;
}
