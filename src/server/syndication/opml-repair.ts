const wellFormed = /^<outline(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*\/?>/i;
const known =
  /\s(text|title|description|xmlUrl|htmlUrl|type|version|language|category|created|url|isComment|isBreakpoint|[\w-]+:[\w-]+)\s*=\s*(?:["']|(?=https?:))/gi;

/**
 * Mends the outlines whose attributes hold quotes or tags of their own (a description with a link in it, pasted as it
 * was): a value runs to the next attribute that OPML knows. Line numbers stay true.
 */
export function repairOutlines(text: string): string {
  const marks = [...text.matchAll(/<\/?(?:outline|body|opml)\b/gi)].map(({ index }) => index);
  const out: string[] = [];
  let from = 0;
  for (const [position, start] of marks.entries()) {
    out.push(text.slice(from, start));
    from = marks[position + 1] ?? text.length;
    const piece = text.slice(start, from);
    out.push(/^<outline/i.test(piece) && !wellFormed.test(piece) ? mended(piece) : piece);
  }
  out.push(text.slice(from));
  return out.join('');
}

function mended(piece: string): string {
  const end = piece.lastIndexOf('>');
  if (end < 0) return piece;
  const inner = piece.slice('<outline'.length, end).replace(/\/$/, '');
  const names = new Set<string>();
  const starts = [...inner.matchAll(known)].filter(({ 1: name = '' }) => {
    const first = !names.has(name.toLowerCase());
    names.add(name.toLowerCase());
    return first;
  });
  const attributes = starts.map((match, index) => {
    const value = inner.slice(match.index + match[0].length, starts[index + 1]?.index).trim();
    return `${match[1]}="${escaped(value.replace(/["']$/, ''))}"`;
  });
  const tag = `<outline ${attributes.join(' ')}`;
  const lines = piece.slice(0, end).split('\n').length - tag.split('\n').length;
  return `${tag}${'\n'.repeat(Math.max(lines, 0))}${piece[end - 1] === '/' ? '/' : ''}${piece.slice(end)}`;
}

function escaped(value: string): string {
  return value.replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
