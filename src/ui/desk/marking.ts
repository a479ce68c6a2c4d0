/** Words selected in a kept page are put into the form that marks them, with what stands around them. */

const AROUND = 60;

export function markSelections(): void {
  const page = document.querySelector<HTMLElement>('[data-kept-page]');
  const form = document.querySelector<HTMLFormElement>('form[data-marking]');
  const float = document.querySelector<HTMLButtonElement>('button[data-mark]');
  if (!page || !form || !float) return;
  document.addEventListener('selectionchange', () => {
    const range = rangeIn(page);
    float.hidden = range === null;
    if (!range) return;
    const box = range.getBoundingClientRect();
    float.style.top = `${box.bottom + scrollY + 6}px`;
    float.style.left = `${Math.max(8, box.left + scrollX)}px`;
  });
  // The selection would be gone by the time of the click.
  float.addEventListener('mousedown', (event) => event.preventDefault());
  float.addEventListener('click', () => {
    const range = rangeIn(page);
    if (!range) return;
    set(form, 'quote', range.toString());
    set(form, 'before', around(page, range, 'before'));
    set(form, 'behind', around(page, range, 'behind'));
    form.requestSubmit();
  });
}

function rangeIn(page: HTMLElement): Range | null {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const inside = page.contains(range.commonAncestorContainer);
  return inside && range.toString().trim() !== '' ? range : null;
}

function around(page: HTMLElement, range: Range, side: 'before' | 'behind'): string {
  const beside = document.createRange();
  beside.selectNodeContents(page);
  if (side === 'before') beside.setEnd(range.startContainer, range.startOffset);
  else beside.setStart(range.endContainer, range.endOffset);
  const text = beside.toString();
  return side === 'before' ? text.slice(-AROUND) : text.slice(0, AROUND);
}

function set(form: HTMLFormElement, name: string, value: string): void {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.value = value;
}
