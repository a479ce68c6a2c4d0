/** The point that says that something concerns me. It comes and goes in every window, as I read in one of them. */
import { onSignal } from './signal.ts';

export function liveBell(): void {
  onSignal(({ name }) => {
    if (name === 'notification') show(true);
    if (name === 'reset' || name === 'notification.read') void ask();
  });
  // What was read elsewhere while nobody listened.
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && isShown()) void ask();
  });
}

function points(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-news]')];
}

function isShown(): boolean {
  return points().some((point) => !point.hidden);
}

function show(news: boolean): void {
  for (const point of points()) point.hidden = !news;
}

async function ask(): Promise<void> {
  const answer = await fetch('/api/v1/notifications?limit=1').catch(() => null);
  if (!answer?.ok) return;
  const { items } = (await answer.json()) as { items: { read: boolean }[] };
  show(items.some(({ read }) => !read));
}
