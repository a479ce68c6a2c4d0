/** A page found again as it was left: the folds that stood open, and the comment that an address names. */

const OPENED = 'opened';

/** Opens again what this reader had opened, and remembers it when he leaves. */
export function keepPlace(): void {
  const name = `${OPENED} ${location.pathname}`;
  const folds = () => [...document.querySelectorAll<HTMLDetailsElement>('details[data-keep]')];
  const opened = new Set((sessionStorage.getItem(name) ?? '').split(' '));
  for (const fold of folds()) if (opened.has(fold.dataset['keep'] ?? '')) holdOpen(fold);
  addEventListener('pagehide', () => {
    const open = folds().filter((fold) => fold.open);
    if (open.length) sessionStorage.setItem(name, open.map((fold) => fold.dataset['keep']).join(' '));
    else sessionStorage.removeItem(name);
  });
}

/** A page that script takes over sets its folds as the server drew them: until somebody touches it, that is undone. */
function holdOpen(fold: HTMLDetailsElement): void {
  fold.open = true;
  const touched = new AbortController();
  fold.addEventListener('toggle', () => (fold.open = true), { signal: touched.signal });
  for (const gesture of ['pointerdown', 'keydown'])
    addEventListener(gesture, () => touched.abort(), { once: true, capture: true });
}

/** An older link names a comment only behind its hash: the page that holds it is asked for. */
export function reachComment(): void {
  const id = /^#comment-([0-9a-f-]{36})$/.exec(location.hash)?.[1];
  if (!id || document.getElementById(`comment-${id}`) || location.search.includes(id)) return;
  if (!/^\/posts\/[^/]+$/.test(location.pathname)) return;
  location.replace(`${location.pathname}?comment=${id}${location.hash}`);
}
