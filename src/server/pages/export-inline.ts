import type { PhrasingContent } from 'mdast';
import { toString } from 'mdast-util-to-string';

/** Words that look alike. */
export interface Run {
  text: string;
  bold?: boolean;
  italic?: boolean;
  code?: boolean;
  strike?: boolean;
  link?: string;
}

type Look = Omit<Run, 'text'>;

/** The words of a line with their looks. */
export function runsOf(nodes: PhrasingContent[], origin: string, look: Look = {}): Run[] {
  return nodes.flatMap((node): Run[] => {
    switch (node.type) {
      case 'text':
        return [
          {
            ...look,
            text: printable(node.value.replace(/\s+/g, ' ')).replace(
              NAMED,
              (_, name: string, shown?: string) => shown ?? name,
            ),
          },
        ];
      case 'strong':
        return runsOf(node.children, origin, { ...look, bold: true });
      case 'emphasis':
        return runsOf(node.children, origin, { ...look, italic: true });
      case 'delete':
        return runsOf(node.children, origin, { ...look, strike: true });
      case 'inlineCode':
        return [{ ...look, code: true, text: printable(node.value) }];
      case 'link':
        return runsOf(node.children, origin, { ...look, ...linkTo(node.url, origin) });
      case 'break':
        return [{ ...look, text: '\n' }];
      case 'image':
        return [{ ...look, italic: true, text: `[${printable(node.alt || node.url)}]` }];
      case 'html':
        return [{ ...look, text: printable(node.value) }];
      default:
        return [{ ...look, text: printable(toString(node)) }];
    }
  });
}

const NAMED = /\[\[([^[\]|\n]+)(?:\|([^[\]\n]+))?\]\]/gu;

function linkTo(url: string, origin: string): { link?: string } {
  const address = URL.parse(url, `${origin}/`);
  return address && /^(https?|mailto):$/.test(address.protocol) ? { link: address.href } : {};
}

const ALIKE: Record<string, string> = {
  '\u202f': '\u00a0',
  '\u2060': '',
  '\u200b': '',
  '→': '->',
  '←': '<-',
  '⇒': '=>',
  '≥': '>=',
  '≤': '<=',
  '≠': '!=',
  '−': '-',
  '✓': 'v',
  '✔': 'v',
  '✗': 'x',
};
/** What the fonts that every reader of PDF has can show: Windows-1252. */
const SHOWN = /[\n\t\u0020-\u007e\u00a0-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/u;

/** A text in signs that can be printed: another one that says the same, its letter without the accent, or a mark. */
export function printable(text: string): string {
  return [...text.normalize('NFC')]
    .map((sign) => {
      if (SHOWN.test(sign)) return sign;
      if (sign in ALIKE) return ALIKE[sign]!;
      const bare = sign.normalize('NFKD').replace(/\p{M}+/gu, '');
      return bare !== '' && [...bare].every((each) => SHOWN.test(each)) ? bare : '¤';
    })
    .join('');
}
