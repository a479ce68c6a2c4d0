/** A page found again as it was left: the folds that stood open, and the comment that an address names. */

const OPENED = 'opened';

/** Opens again what this reader had opened, and remembers it when he leaves. */
export function keepPlace(): void {
  const name = `${OPENED} ${location.pathname}`;
  const folds = () => [...document.querySelectorAll<HTMLDetailsElement>('details[data-keep]')];
  const opened = new Set((sessionStorage.getItem(name) ?? '').split(' '));
  for (const fold of folds()) if (opened.has(fold.dataset['keep'] ?? '')) fold.open = true;
  addEventListener('pagehide', () => {
    const open = folds().filter((fold) => fold.open);
    if (open.length) sessionStorage.setItem(name, open.map((fold) => fold.dataset['keep']).join(' '));
    else sessionStorage.removeItem(name);
  });
}

/** An older link names a comment only behind its hash: the page that holds it is asked for. */
export function reachComment(): void {
  const id = /^#comment-([0-9a-f-]{36})$/.exec(location.hash)?.[1];
  if (!id || document.getElementById(`comment-${id}`) || location.search.includes(id)) return;
  if (!/^\/posts\/[^/]+$/.test(location.pathname)) return;
  location.replace(`${location.pathname}?comment=${id}${location.hash}`);
}
