/** Changes the page around what somebody reads, or writes, which stays where it is. */
export async function keepingStill(change: () => unknown): Promise<void> {
  const root = document.documentElement;
  root.style.overflowAnchor = 'none';
  const eye = underTheEye();
  const before = eye?.getBoundingClientRect().top ?? 0;
  try {
    await change();
    if (eye?.isConnected) scrollBy({ top: eye.getBoundingClientRect().top - before, behavior: 'instant' });
  } finally {
    root.style.overflowAnchor = '';
  }
}

const PIECES = '[data-entry], .comment, .prose > *, #conversation > *';

/** What is being written, or the first piece of text that is wholly in sight. */
function underTheEye(): Element | undefined {
  const active = document.activeElement;
  if (active?.matches('textarea, input, [contenteditable]') && isInSight(active)) return active;
  const pieces = [...document.querySelectorAll(PIECES)];
  return pieces.find((piece) => piece.getBoundingClientRect().top >= 0 && isInSight(piece));
}

function isInSight(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}
