const section = '<![CDATA[';
/** More than any entity, tag name or mark that has to be seen whole before it is judged. */
const lookahead = 100;

/**
 * Repairs, piece by piece, what exporters get wrong and a parser of XML must refuse: `&` and `<` that stand for
 * themselves, HTML's entities, control characters, CDATA inside CDATA, words before the document. Comments go. Line
 * numbers stay true.
 */
export class XmlCleaner {
  #rest = '';
  #started = false;
  #state: 'markup' | 'section' | 'comment' = 'markup';
  /** The element around the open CDATA section, and whether another section seems to open inside. */
  #around = '';
  #nested = false;
  #out: string[] = [];
  #entity: RegExp;

  /** With `htmlEntities`, HTML's named entities stay for a reader that knows them. */
  constructor({ htmlEntities = false } = {}) {
    this.#entity = htmlEntities
      ? /^&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/i
      : /^&(?:#\d{1,7}|#x[\da-f]{1,6}|amp|lt|gt|quot|apos);/i;
  }

  push(piece: string): string {
    this.#rest += piece.replace(/[[\p{Cc}\ufffe\uffff]--[\t\n\r\u0080-\u009f]]/gv, '');
    if (!this.#started && this.#rest.length < lookahead) return '';
    return this.#run(false);
  }

  end(): string {
    const cleaned = this.#run(true);
    return this.#state === 'comment' ? `${cleaned}<!--` : cleaned;
  }

  #run(last: boolean): string {
    if (!this.#started) this.#rest = withoutPreamble(this.#rest);
    this.#started = true;
    const text = this.#rest;
    const limit = last ? text.length : text.length - lookahead;
    let from = 0;
    while (from < limit) {
      if (this.#state === 'markup') from = this.#markup(text, from, limit);
      else if (this.#state === 'section') from = this.#section(text, from, limit);
      else from = this.#comment(text, from, limit);
    }
    this.#rest = text.slice(from);
    const cleaned = this.#out.join('');
    this.#out = [];
    return cleaned;
  }

  #markup(text: string, from: number, limit: number): number {
    const at = nextOf(text, from);
    if (at < 0 || at >= limit) {
      this.#out.push(text.slice(from, limit));
      return limit;
    }
    this.#out.push(text.slice(from, at));
    if (text[at] === '&') {
      this.#out.push(this.#entity.test(text.slice(at, at + 40)) ? '&' : '&amp;');
      return at + 1;
    }
    if (text.startsWith(section, at)) {
      this.#state = 'section';
      this.#nested = false;
      this.#out.push(section);
      return at + section.length;
    }
    if (text.startsWith('<!--', at)) {
      this.#state = 'comment';
      return at + 4;
    }
    if (/^<!doctype/i.test(text.slice(at, at + 9))) {
      // Pages write it in small letters, and are to be refused as pages.
      this.#out.push('<!DOCTYPE');
      return at + 9;
    }
    const name = /^<(\/?[\p{L}_:][^\s<>/]*)/u.exec(text.slice(at, at + lookahead))?.[1];
    if (name && !name.startsWith('/')) this.#around = name;
    this.#out.push(name || /[!?]/.test(text[at + 1] ?? '') ? '<' : '&lt;');
    return at + 1;
  }

  #section(text: string, from: number, limit: number): number {
    const at = text.indexOf(']]>', from);
    const ended = at >= 0 && at < limit;
    const content = text.slice(from, ended ? at : limit);
    // A mark cut by the end of this piece is in the next one whole, or does not matter.
    if (content.includes(section)) this.#nested = true;
    this.#out.push(content);
    if (!ended) return limit;
    const next = text.slice(at + 3, at + 3 + lookahead).trimStart();
    const ends = !this.#nested || next.startsWith(`</${this.#around}`) || next.startsWith(section);
    if (ends) this.#state = 'markup';
    this.#out.push(ends ? ']]>' : `]]]]>${section}>`);
    return at + 3;
  }

  #comment(text: string, from: number, limit: number): number {
    const at = text.indexOf('-->', from);
    const ended = at >= 0 && at < limit;
    const end = ended ? at + 3 : limit;
    if (ended) this.#state = 'markup';
    this.#out.push(onlyLines(text.slice(from, end)));
    return end;
  }
}

/** The text before the document - blank lines, a warning of the server - reduced to its line ends. */
function withoutPreamble(text: string): string {
  const start = /<(\?xml|!doctype|rss|rdf:rdf|feed|opml|html|!--)[\s>-]/i.exec(text)?.index ?? 0;
  const mark = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  return onlyLines(text.slice(mark, start)) + text.slice(Math.max(start, mark));
}

function onlyLines(text: string): string {
  return text.includes('\n') ? text.replace(/[^\n]+/g, '') : '';
}

function nextOf(text: string, from: number): number {
  const mark = /[<&]/g;
  mark.lastIndex = from;
  return mark.exec(text)?.index ?? -1;
}
