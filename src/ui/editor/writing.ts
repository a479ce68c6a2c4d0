/**
 * Tells when somebody writes in an element and when he has left it. Who leaves it by a tap or a click leaves it once that
 * has landed: what closes behind him moves nothing from under his finger. Gives the way to stop.
 */
export function watchWriting(element: HTMLElement, tell: (writing: boolean) => void): () => void {
  const stopping = new AbortController();
  const { signal } = stopping;
  let pressed = false;
  const landed = () =>
    setTimeout(() => {
      pressed = false;
      tell(element.contains(document.activeElement));
    });
  element.addEventListener('focusin', () => tell(true), { signal });
  element.addEventListener(
    'focusout',
    ({ relatedTarget }) => !pressed && tell(element.contains(relatedTarget as Node | null)),
    { signal },
  );
  addEventListener('mousedown', () => (pressed = true), { signal, capture: true });
  // The click follows in the same turn.
  addEventListener('mouseup', landed, { signal, capture: true });
  addEventListener('dragend', landed, { signal, capture: true });
  return () => stopping.abort();
}
