import type { Say } from '../i18n/voice.ts';

const WORTH = /<(?:h[1-6]|table|pre|input|data)[\s>]/;
const BYTES = /<data class="bytes" value="(\d+)">[^<]*<\/data>/g;
// A whole tag with its quoted values: what looks like a tag inside a value is passed over with it.
const TAG = /<(\/?)([a-z][a-z0-9]*)((?:[^">]|"[^"]*")*)>/g;

/**
 * A rendered text as it must stand inside a page: its outermost heading becomes `first` and no level is skipped,
 * whatever levels its author chose; what is too wide scrolls by keyboard too; a ticked box says what it is, and a file how
 * large it is.
 */
export function dressProse(html: string, first: 2 | 3, t: Say): string {
  if (!WORTH.test(html)) return html;
  const outermost = Math.min(...[...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level)));
  let level = first - 1;
  const told = html.replace(BYTES, (_, bytes: string) => sizeOf(Number(bytes), t));
  return told.replace(TAG, (tag: string, slash: string, name: string, rest: string) => {
    if (/^h[1-6]$/.test(name)) {
      if (!slash) level = Math.min(first + Number(name[1]) - outermost, level + 1, 6);
      return `<${slash}h${level}${rest}>`;
    }
    if (name === 'table') return slash ? '</table></div>' : `<div class="wide" tabindex="0"><table${rest}>`;
    if (name === 'pre' && !slash) return `<pre tabindex="0"${rest}>`;
    if (name === 'input')
      return `<input aria-label="${t(/ checked/.test(rest) ? 'posts.done' : 'posts.toDo')}"${rest}>`;
    return tag;
  });
}

/** `1,2 Mo`, or `640 Ko`. */
function sizeOf(bytes: number, t: Say): string {
  if (bytes < 1_000_000) return t('files.sizeSmall', { size: Math.max(1, Math.round(bytes / 1_000)) });
  return t('files.size', {
    size: t('files.point', { whole: Math.floor(bytes / 1e6), tenth: Math.floor(bytes / 1e5) % 10 }),
  });
}
