/** Puts Markdown where the caret stands, in a paragraph of its own, as if it had been typed. */
export function insertParagraph(area: HTMLTextAreaElement, markdown: string): void {
  const { selectionStart: at, value } = area;
  const before = value.slice(0, at);
  const gap = before === '' || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n';
  const after = value.slice(area.selectionEnd).startsWith('\n') ? '' : '\n\n';
  area.setRangeText(`${gap}${markdown}${after}`, at, area.selectionEnd, 'end');
  area.dispatchEvent(new Event('input', { bubbles: true }));
}

/** The files that a paste or a drop carries; none where it is text. */
export function filesIn(transfer: DataTransfer | null): File[] {
  if (!transfer || transfer.types.includes('text/plain')) return [];
  return [...transfer.files];
}
