/** A page that is not run reads itself again, quietly: what is there becomes as it is now, where it stands. */

type Follow = (fresh: Document) => unknown;

const SOON_MILLISECONDS = 1_500;
/** However much is said, the page is read again at most this often. */
const APART_MILLISECONDS = 10_000;
const followers: Follow[] = [];
let isWaiting = false;
let readAt = 0;

/** Calls `follow` with the page as it is now, each time it has been read again. */
export function onFresh(follow: Follow): void {
  followers.push(follow);
}

/** Not all readers at once, and one of them not all the time. */
export function readSoon(): void {
  if (isWaiting || isRun()) return;
  isWaiting = true;
  const wait = Math.max(SOON_MILLISECONDS, readAt + APART_MILLISECONDS - Date.now());
  setTimeout(() => void readAgain(), wait * (1 + Math.random()));
}

/** The same page, read as anybody reads it; null where it is no longer what it was. */
export async function freshPage(): Promise<Document | null> {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return null;
  return new DOMParser().parseFromString(await answer.text(), 'text/html');
}

/** Puts a piece as it is now where it stood, unless somebody is at it. */
export function replace(old: HTMLElement | undefined, fresh: HTMLElement | undefined): void {
  if (!old || !fresh || old.contains(document.activeElement) || old.isEqualNode(fresh)) return;
  old.replaceWith(document.importNode(fresh, true));
}

async function readAgain(): Promise<void> {
  isWaiting = false;
  readAt = Date.now();
  const fresh = await freshPage();
  if (fresh) for (const follow of followers) await follow(fresh);
}

/** A post, and what is being written, are brought up to date by their own script. */
function isRun(): boolean {
  return document.querySelector('[data-live^="entry="], .composer') !== null;
}
