/** What people and communities are called, and what is marked as unread, follows what changes elsewhere. */
import { onFresh, readSoon, replace } from './again.ts';
import { onSignal, type Signal } from './signal.ts';
import { keepingStill } from './still.ts';

export function liveNames(): void {
  onSignal((signal) => {
    if (isShown(signal) || (isRead(signal) && document.querySelector('.unread, .dot:not([data-news])')))
      readSoon();
  });
  onFresh((fresh) => keepingStill(() => follow(fresh)));
}

/** Whether somebody, or a community, that has another name is named on this page. */
export function isShown({ name, person, community }: Signal): boolean {
  const path = name === 'person.changed' ? `/people/${person}` : `/communities/${community}`;
  if (name !== 'person.changed' && name !== 'community.changed') return false;
  return (
    location.pathname.startsWith(path) || document.querySelector(`a[href="${CSS.escape(path)}"]`) !== null
  );
}

function isRead({ name }: Signal): boolean {
  return name === 'read.changed' || name === 'notification.read';
}

const NAMED = 'a[href^="/people/"], a[href^="/communities/"]';

/** Links that lead to the same and look the same say the same. */
function follow(fresh: Document): void {
  const called = new Map(links(fresh).map((link) => [lookOf(link), link]));
  for (const link of links(document)) {
    const now = called.get(lookOf(link));
    if (now && now.innerHTML !== link.innerHTML) link.replaceChildren(...copyOf(now));
  }
  const [title, now] = [document.querySelector('h1'), fresh.querySelector('h1')];
  if (title && now && title.innerHTML !== now.innerHTML) title.replaceChildren(...copyOf(now));
  document.title = fresh.title;
  for (const line of document.querySelectorAll<HTMLElement>('[id^="notice-"]:not(:has(details[open]))'))
    replace(line, fresh.getElementById(line.id) ?? undefined);
}

/** Those in a list of posts come with their posts. */
function links(page: Document): HTMLElement[] {
  return [...page.querySelectorAll<HTMLElement>(NAMED)].filter((link) => !link.closest('[data-entry]'));
}

function lookOf(link: HTMLElement): string {
  return `${link.getAttribute('href')} ${link.className} ${link.parentElement?.className}`;
}

function copyOf(element: HTMLElement): Node[] {
  return [...document.importNode(element, true).childNodes];
}
