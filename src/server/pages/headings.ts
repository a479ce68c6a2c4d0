import type { Heading } from './present.ts';

const HEADING = /<h([2-6])>(.*?)<\/h\1>/gs;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'" };

/** The rendered text with an id on each heading, and what these headings are. */
export function withHeadings(html: string): { html: string; headings: Heading[] } {
  const headings: Heading[] = [];
  const taken = new Map<string, number>();
  const named = html.replace(HEADING, (_, level: string, inner: string) => {
    const text = plain(inner);
    const base = slugOf(text);
    const before = taken.get(base) ?? 0;
    taken.set(base, before + 1);
    const id = before === 0 ? base : `${base}-${before + 1}`;
    headings.push({ id, level: Number(level), text });
    return `<h${level} id="${id}">${inner}</h${level}>`;
  });
  return { html: named, headings: headings.filter(({ text }) => text !== '') };
}

/** The words of a piece of HTML that we made. */
export function plain(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replace(
      /&(#x?[0-9a-f]+|\w+);/gi,
      (whole, name: string) => ENTITIES[name.toLowerCase()] ?? numbered(whole, name),
    )
    .trim();
}

function numbered(whole: string, name: string): string {
  const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
  return name.startsWith('#') && code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

/** Never one of the page's own ids: those have no `s-` before them. */
function slugOf(text: string): string {
  const slug = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return `s-${slug || 'titre'}`;
}
