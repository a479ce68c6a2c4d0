import { openCapture } from '../desk/capture.ts';

/** Everything by keyboard: one letter where nobody is typing. What each does is listed by `?`. */

const PLACES: Record<string, string> = {
  f: '/',
  b: '/desk',
  c: '/communities',
  p: '/people',
  n: '/notifications',
  d: '/drafts',
  r: '/settings',
  l: '/desk/reader',
};
const TOGETHER_MILLISECONDS = 1_500;
/** What `j` and `k` walk along: posts and comments, people and communities. */
const THINGS = 'main article, main [data-thing]';

let prefixedAt = 0;

/** Listens for the letters, unless the page says that its reader does not want them. */
export function listenForKeys(): void {
  if (document.querySelector('[data-keys="off"]')) return;
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isTyping(event.target) || document.querySelector('dialog[open]')) return;
    if (act(event.key)) event.preventDefault();
  });
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select, [role="textbox"]') !== null)
  );
}

function act(key: string): boolean {
  const prefixed = performance.now() - prefixedAt < TOGETHER_MILLISECONDS && prefixedAt > 0;
  prefixedAt = 0;
  if (prefixed) return go(PLACES[key]);
  switch (key) {
    case '?':
      return help();
    case 'g':
      prefixedAt = performance.now();
      return true;
    case 'j':
      return walk(1);
    case 'k':
      return walk(-1);
    case 'o':
      return open(current());
    case 'r':
      return reply();
    case 't':
      return press((current() ?? document).querySelector<HTMLElement>('button[name="kind"][value="thanks"]'));
    case 'l':
      return press(document.querySelector<HTMLElement>('[data-key="l"]'));
    case 'm':
    case 's':
    case 'v':
      return press(ground()?.querySelector<HTMLElement>(`main [data-key="${key}"]`));
    case 'n':
      return go('/posts/new');
    case 'c':
      return openCapture();
    case '/':
      return find();
    default:
      return false;
  }
}

function go(path: string | undefined): boolean {
  if (path) location.assign(path);
  return path !== undefined;
}

function press(target: HTMLElement | null | undefined): boolean {
  target?.click();
  return Boolean(target);
}

/** Its title leads to a thing; where it has none, its first link does. */
function open(thing: HTMLElement | null): boolean {
  return press(thing?.querySelector<HTMLElement>('h2 a, h3 a') ?? thing?.querySelector<HTMLElement>('a'));
}

function help(): boolean {
  const dialog = document.querySelector<HTMLDialogElement>('dialog#keys');
  dialog?.showModal();
  return dialog !== null;
}

/** The thing that holds the focus; the innermost where one holds another. */
function current(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>(THINGS) ?? null;
}

/** In a list, the thing that holds the focus and no other; elsewhere the page. */
function ground(): ParentNode | null {
  return current() ?? (document.querySelector(THINGS) ? null : document);
}

function walk(step: 1 | -1): boolean {
  const things = [...document.querySelectorAll<HTMLElement>(THINGS)].filter(
    (thing) => thing.getClientRects().length > 0,
  );
  const at = current();
  const from = at ? things.indexOf(at) : firstBelow(things) - (step === 1 ? 1 : 0);
  const next = things[from + step];
  // Past the last, to the page that goes on from here.
  if (!next) return press(document.querySelector<HTMLElement>(`main [data-key="${step === 1 ? 'j' : 'k'}"]`));
  const link = next.querySelector<HTMLElement>('h2 a, h3 a');
  if (link) link.focus({ preventScroll: true });
  else {
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
  }
  next.scrollIntoView({ block: 'start' });
  return true;
}

/** Where one who has not begun to walk begins: at the first thing whose top is in the window. */
function firstBelow(things: HTMLElement[]): number {
  const found = things.findIndex((thing) => thing.getBoundingClientRect().top >= 0);
  return found < 0 ? things.length : found;
}

function reply(): boolean {
  const link = current()?.querySelector<HTMLElement>('a.reply[aria-expanded="false"]');
  if (link) return press(link);
  const place = current()?.querySelector('.answer') ?? document.querySelector('.write');
  const field = place?.querySelector<HTMLElement>('textarea:not([hidden]), [contenteditable="true"]');
  field?.focus();
  return Boolean(field);
}

function find(): boolean {
  const field = document.querySelector<HTMLInputElement>('main input[type="search"]');
  if (!field) return go('/search');
  field.focus();
  field.select();
  return true;
}
