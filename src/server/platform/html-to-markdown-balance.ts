/** Deeper nesting than any author means; the tags beyond are dropped, their text stays. */
const maxDepth = 100;
/** Lists and quotes indent each line once per level, so they get a cap of their own. */
const maxIndents = 12;
/** The least length of a piece. */
const pieceLength = 50_000;
/** After so many tags that never end, `<` is only a character. */
const maxUnclosed = 20;

const names = (list: string) => new Set(list.split(' '));
const voidElements = names('area base br col embed hr img input keygen link meta param source track wbr');
const dropped = names('html head body plaintext slot base link meta title');
const droppedWithContent = names('script style noembed noframes svg template');
const rawText = names('xmp textarea iframe');
const indenting = names('ul ol dl blockquote menu dir');
const cutBefore = names('p h1 h2 h3 h4 h5 h6 div figure blockquote pre table section article');
const inline = names(
  'a abbr b big cite code del em font i ins kbd mark nobr q s samp small span strike strong sub sup tt u var',
);
const closesParagraph = names(
  'address article aside blockquote center details dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li dd dt main menu nav ol p pre section summary table ul',
);
/** An opening tag on the left ends an open element on the right, when only inline elements stand between. */
const siblings: Record<string, Set<string>> = {
  li: names('li'),
  dt: names('dt dd'),
  dd: names('dt dd'),
  tr: names('tr td th'),
  td: names('td th'),
  th: names('td th'),
  option: names('option'),
};

/**
 * Rewrites HTML as found in the wild into HTML whose tags nest and close, in one pass and in linear time. The HTML
 * parser behind it then has nothing to repair: repairing is where a few hostile kilobytes grow into gigabytes, and where
 * ten thousand levels overflow the stack. Scripts and styles go; an unclosed comment or tag becomes text. A long text comes
 * back in pieces, cut between blocks that stand in nothing, for each to be read by itself.
 */
export function balanceHtml(html: string): string[] {
  const pieces: string[] = [];
  let out: string[] = [];
  let written = 0;
  const open: string[] = [];
  const overflow = new Map<string, number>();
  const endless = new Set<string>();
  let unclosed = 0;
  let from = 0;

  const cut = (at: number) => {
    if (open.length > 0 || at - written < pieceLength) return;
    pieces.push(out.join(''));
    out = [];
    written = at;
  };
  const closeDownTo = (depth: number) => {
    while (open.length > depth) out.push(`</${open.pop()}>`);
  };
  const closeImplied = (name: string) => {
    if (closesParagraph.has(name)) {
      const paragraph = lastThrough(open, names('p'));
      if (paragraph >= 0) closeDownTo(paragraph);
    }
    for (let same; siblings[name] && (same = lastThrough(open, siblings[name])) >= 0;) closeDownTo(same);
  };
  const openTag = (name: string, source: string) => {
    closeImplied(name);
    if (voidElements.has(name)) {
      out.push(source);
      return;
    }
    const indents = indenting.has(name) ? open.filter((each) => indenting.has(each)).length : 0;
    if (open.length >= maxDepth || indents >= maxIndents) {
      overflow.set(name, (overflow.get(name) ?? 0) + 1);
      return;
    }
    open.push(name);
    out.push(source);
  };
  const closeTag = (name: string) => {
    const beyond = overflow.get(name) ?? 0;
    if (beyond > 0) {
      overflow.set(name, beyond - 1);
      return;
    }
    const depth = open.lastIndexOf(name);
    if (depth >= 0 && !crossesTable(open, depth)) closeDownTo(depth);
    else if (name === 'br') out.push('<br>');
  };

  const addText = (end: number) => {
    while (open.length === 0 && end - from > pieceLength) {
      const blank = html.indexOf('\n\n', Math.max(from, written + pieceLength));
      if (blank < 0 || blank >= end) break;
      out.push(html.slice(from, blank));
      from = blank;
      cut(blank);
    }
    out.push(html.slice(from, end));
  };

  while (from < html.length) {
    const start = html.indexOf('<', from);
    if (start < 0) break;
    addText(start);
    const token = unclosed < maxUnclosed ? readToken(html, start) : undefined;
    if (!token) {
      if (/[a-z!?/]/i.test(html[start + 1] ?? '')) unclosed += 1;
      out.push('&lt;');
      from = start + 1;
      continue;
    }
    from = token.end;
    if (token.comment !== undefined) out.push(`<!--${token.comment}-->`);
    if (token.name === undefined || dropped.has(token.name)) continue;
    const { name } = token;
    if (token.closing) closeTag(name);
    else if (droppedWithContent.has(name) || rawText.has(name)) {
      const end = endless.has(name) ? undefined : endOfRawText(html, from, name);
      if (!end) endless.add(name);
      if (rawText.has(name)) {
        const content = end && name !== 'iframe' ? html.slice(from, end.before) : '';
        out.push(html.slice(start, token.end), content, `</${name}>`);
      }
      from = end?.after ?? from;
    } else {
      if (cutBefore.has(name)) {
        closeImplied(name);
        cut(start);
      }
      openTag(name, html.slice(start, token.end));
    }
  }
  addText(html.length);
  closeDownTo(0);
  pieces.push(out.join(''));
  return pieces;
}

interface Token {
  end: number;
  name?: string;
  closing?: boolean;
  comment?: string;
}

function readToken(html: string, start: number): Token | undefined {
  if (html.startsWith('<!--', start)) {
    const end = html.indexOf('-->', start + 4);
    return end < 0 ? undefined : { end: end + 3, comment: html.slice(start + 4, end) };
  }
  const closing = html[start + 1] === '/';
  const letter = html.charCodeAt(start + (closing ? 2 : 1)) | 32;
  if (letter < 97 || letter > 122) {
    if (!/^<(!doctype|\?xml)/i.test(html.slice(start, start + 9))) return undefined;
    const end = html.indexOf('>', start);
    return end < 0 ? undefined : { end: end + 1 };
  }
  const end = endOfTag(html, start + 1);
  if (end < 0) return undefined;
  const name = /^[^\s/>]+/.exec(html.slice(start + (closing ? 2 : 1), Math.min(end, start + 40)))?.[0];
  return name ? { end, name: name.toLowerCase(), closing } : undefined;
}

/** The index after the `>` that ends a tag; quotes count only as values, after `=`. */
function endOfTag(html: string, from: number): number {
  for (let i = from; i < html.length; i++) {
    const char = html[i];
    if (char === '>') return i + 1;
    if (char !== '=') continue;
    let next = i + 1;
    while (next < html.length && html.charCodeAt(next) <= 32) next++;
    const quote = html[next];
    if (quote !== '"' && quote !== "'") continue;
    const end = html.indexOf(quote, next + 1);
    if (end < 0) return -1;
    i = end;
  }
  return -1;
}

function endOfRawText(
  html: string,
  from: number,
  name: string,
): { before: number; after: number } | undefined {
  const pattern = new RegExp(`</${name}[^>]{0,20}>`, 'gi');
  pattern.lastIndex = from;
  const match = pattern.exec(html);
  return match ? { before: match.index, after: match.index + match[0].length } : undefined;
}

/** Where the innermost of the wanted elements is open, looking no further than inline elements. */
function lastThrough(open: string[], wanted: Set<string>): number {
  for (let i = open.length - 1; i >= 0; i--) {
    const name = open[i]!;
    if (wanted.has(name)) return i;
    if (!inline.has(name) && name !== 'p') return -1;
  }
  return -1;
}

function crossesTable(open: string[], depth: number): boolean {
  const name = open[depth]!;
  return !/^(table|thead|tbody|tfoot|tr)$/.test(name) && open.indexOf('table', depth + 1) > 0;
}
