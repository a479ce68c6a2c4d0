import type { BlockContent, DefinitionContent, List, ListItem, RootContent, Table } from 'mdast';
import { toString } from 'mdast-util-to-string';
import PDFDocument from 'pdfkit';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { isSwollen, isTangled } from '../platform/markdown-limits.ts';
import { remarkJoinedRuns } from '../platform/markdown-runs.ts';
import { printable, runsOf, type Run } from './export-inline.ts';
import type { PageView } from './present.ts';

/** What stands under a text in the language of whoever prints it. */
export interface PrintedWords {
  /** Who wrote, where and when, in a line. */
  about: string;
  page: (number: number, of: number) => string;
}

const parser = unified().use(remarkParse).use(remarkGfm).use(remarkJoinedRuns);
const INK = '#221D17';
const SOFT = '#6B6257';
const ACCENT = '#A4560A';
const HAIRLINE = '#C9BFAE';
const SIZE = 11;
const HEADINGS = [19, 16, 13.5, 12, 11, 11];
const DEEPEST = 8;

type Block = RootContent | BlockContent | DefinitionContent;

/** A page as a PDF: headings, paragraphs, lists, quotes, listings and tables; pictures by what they are called. */
export function pdfOf(page: PageView, words: PrintedWords, origin: string): Promise<Buffer> {
  return new Print(page, words, origin).bytes();
}

class Print {
  readonly #document: PDFKit.PDFDocument;
  readonly #origin: string;

  constructor(page: PageView, words: PrintedWords, origin: string) {
    this.#origin = origin;
    this.#document = new PDFDocument({
      size: 'A4',
      margins: { top: 64, bottom: 64, left: 72, right: 72 },
      bufferPages: true,
      info: {
        Title: page.title,
        Author: page.contributors.map(({ person }) => person.name).join(', '),
        Subject: page.community.name,
      },
    });
    this.#head(page, words);
    this.#body(page.body);
    this.#feet(words);
  }

  bytes(): Promise<Buffer> {
    const chunks: Buffer[] = [];
    return new Promise((resolve, reject) => {
      this.#document.on('data', (chunk: Buffer) => chunks.push(chunk));
      this.#document.on('end', () => resolve(Buffer.concat(chunks)));
      this.#document.on('error', reject);
      this.#document.end();
    });
  }

  #head(page: PageView, words: PrintedWords): void {
    const document = this.#document;
    document.font('Times-Bold').fontSize(24).fillColor(INK).text(printable(page.title));
    document.moveDown(0.3).font('Helvetica').fontSize(9).fillColor(SOFT).text(printable(words.about));
    document.moveDown(1.5);
  }

  #body(body: string): void {
    const tree = isTangled(body) ? null : parser.parse(body);
    if (tree && !isSwollen(tree)) this.#blocks(tree.children, 0, 0);
    else this.#listing(body, 0);
  }

  #feet(words: PrintedWords): void {
    const { start, count } = this.#document.bufferedPageRange();
    for (let at = start; at < start + count; at += 1) {
      this.#document.switchToPage(at);
      // Below the margin, where a text would begin another page.
      this.#document.page.margins.bottom = 0;
      this.#document
        .font('Helvetica')
        .fontSize(8)
        .fillColor(SOFT)
        .text(printable(words.page(at + 1, count)), 72, this.#document.page.height - 40, {
          align: 'right',
          lineBreak: false,
          width: this.#document.page.width - 144,
        });
    }
  }

  #blocks(blocks: Block[], indent: number, depth: number): void {
    for (const block of blocks) this.#block(block, indent, depth);
  }

  #block(block: Block, indent: number, depth: number): void {
    switch (block.type) {
      case 'heading': {
        const size = HEADINGS[block.depth - 1] ?? SIZE;
        this.#keep(size * 3);
        this.#document.moveDown(0.6);
        this.#runs(runsOf(block.children, this.#origin, { bold: true }), indent, size);
        return void this.#document.moveDown(0.25);
      }
      case 'paragraph':
        this.#runs(runsOf(block.children, this.#origin), indent, SIZE);
        return void this.#document.moveDown(0.6);
      case 'list':
        return this.#list(block, indent, depth);
      case 'blockquote':
        return depth < DEEPEST
          ? this.#quote(block.children, indent, depth)
          : this.#plain(toString(block), indent);
      case 'code':
        return this.#listing(block.value, indent);
      case 'table':
        return this.#table(block, indent);
      case 'thematicBreak':
        return this.#rule();
      case 'footnoteDefinition':
        return this.#blocks(block.children, indent + 14, depth + 1);
      case 'definition':
        return;
      default:
        return this.#plain('value' in block ? String(block.value) : toString(block), indent);
    }
  }

  #list(list: List, indent: number, depth: number): void {
    if (depth >= DEEPEST) return this.#plain(toString(list), indent);
    for (const [at, item] of list.children.entries()) {
      const sign = list.ordered ? `${(list.start ?? 1) + at}.` : signOf(item);
      this.#keep(SIZE * 2);
      const { x, y } = this.#document;
      this.#document.font('Times-Roman').fontSize(SIZE).fillColor(SOFT);
      this.#document.text(sign, this.#left + indent, y, { width: 22, lineBreak: false });
      this.#document.x = x;
      this.#document.y = y;
      this.#blocks(item.children, indent + 20, depth + 1);
      if (item.children.length === 0) this.#document.moveDown(1);
    }
  }

  #quote(blocks: Block[], indent: number, depth: number): void {
    const page = this.#document.bufferedPageRange().count;
    const from = this.#document.y;
    this.#blocks(blocks, indent + 16, depth + 1);
    // A line beside it, where it stands on one page.
    if (this.#document.bufferedPageRange().count !== page) return;
    const left = this.#left + indent + 4;
    this.#document
      .moveTo(left, from)
      .lineTo(left, this.#document.y - 6)
      .lineWidth(1.5)
      .strokeColor(HAIRLINE)
      .stroke();
  }

  #listing(text: string, indent: number): void {
    this.#document.font('Courier').fontSize(9).fillColor(INK);
    this.#document.text(printable(text), this.#left + indent + 8, undefined, {
      width: this.#width - indent - 8,
    });
    this.#document.moveDown(0.8);
  }

  #table(table: Table, indent: number): void {
    const rows = table.children.map((row) =>
      row.children.map((cell) => printable(toString(cell).trim()) || ' '),
    );
    const columns = Math.max(1, ...rows.map((row) => row.length));
    const data = rows.map((row, at) =>
      Array.from({ length: columns }, (_, column) => ({
        text: row[column] ?? ' ',
        font: { src: at === 0 ? 'Helvetica-Bold' : 'Helvetica', size: 9 },
      })),
    );
    this.#document.font('Helvetica').fontSize(9).fillColor(INK);
    this.#document.x = this.#left + indent;
    this.#document.table({
      data,
      maxWidth: this.#width - indent,
      defaultStyle: { border: 0.5, borderColor: HAIRLINE, padding: 4 },
    });
    this.#document.x = this.#left;
    this.#document.moveDown(1);
  }

  #rule(): void {
    const y = this.#document.y + 4;
    this.#document
      .moveTo(this.#left, y)
      .lineTo(this.#left + this.#width, y)
      .lineWidth(0.5)
      .strokeColor(HAIRLINE)
      .stroke();
    this.#document.moveDown(1);
  }

  #plain(text: string, indent: number): void {
    this.#runs([{ text: printable(text) }], indent, SIZE);
    this.#document.moveDown(0.6);
  }

  #runs(runs: Run[], indent: number, size: number): void {
    const full = runs.filter(({ text }) => text !== '');
    this.#document.x = this.#left + indent;
    for (const [at, run] of full.entries()) {
      this.#document.font(fontOf(run)).fontSize(run.code ? size * 0.9 : size);
      this.#document.fillColor(run.link ? ACCENT : INK).text(run.text, {
        width: this.#width - indent,
        continued: at < full.length - 1,
        lineGap: 2.5,
        underline: Boolean(run.link),
        strike: Boolean(run.strike),
        link: run.link ?? null,
      });
    }
    this.#document.x = this.#left;
  }

  /** Begins another page where less than this is left. */
  #keep(height: number): void {
    if (this.#document.y + height > this.#document.page.height - 64) this.#document.addPage();
  }

  get #left(): number {
    return this.#document.page.margins.left;
  }

  get #width(): number {
    return this.#document.page.width - 144;
  }
}

function signOf(item: ListItem): string {
  if (typeof item.checked !== 'boolean') return '•';
  return item.checked ? '[x]' : '[ ]';
}

function fontOf({ bold, italic, code }: Run): string {
  if (code) return bold ? 'Courier-Bold' : 'Courier';
  if (bold) return italic ? 'Times-BoldItalic' : 'Times-Bold';
  return italic ? 'Times-Italic' : 'Times-Roman';
}
