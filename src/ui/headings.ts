const TAG = /(?<=<\/?h)[1-6](?=[\s>])/g;

/**
 * The headings of a text as they must stand inside a page: the outermost becomes `first`, and no level is skipped
 * between them, whatever levels its author chose.
 */
export function nestHeadings(html: string, first: 2 | 3): string {
  const used = [...new Set(html.match(TAG))].sort();
  if (used.length === 0) return html;
  const nested = new Map(used.map((level, index) => [level, String(Math.min(6, first + index))]));
  return html.replace(TAG, (level) => nested.get(level) ?? level);
}
