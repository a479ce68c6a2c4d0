import type { Told } from '../ui/offline/told.ts';
import { isShownKept, keptTitles } from './pages.ts';
import { sendWaiting } from './sending.ts';
import { dropWaiting, personOf, waitingOf, type Waiting } from './store.ts';

/** Answers a page: what waits of its own person, and whether it is shown as it was kept. */
export async function answerPage(event: ExtendableMessageEvent): Promise<void> {
  const { source } = event;
  if (!(source instanceof Client)) return;
  const asked = event.data as { about?: string; key?: string; titles?: boolean };
  const person = await personOf(source.id);
  const own = person ? await waitingOf(person) : [];
  if (asked.about === 'drop' && own.some(({ key }) => key === asked.key)) await dropWaiting(asked.key ?? '');
  if (asked.about === 'send') await sendWaiting();
  const waiting = person ? await waitingOf(person) : [];
  const told: Told = {
    about: 'told',
    kept: isShownKept(source.id),
    waiting: waiting.map(({ key, url, fields, refused }) => ({
      key,
      url: new URL(url).pathname,
      text: words(fields),
      refused,
    })),
    titles: asked.titles ? await keptTitles() : [],
  };
  source.postMessage(told);
}

/** What somebody wrote, by which he knows it again: the title or the text. */
function words(fields: Waiting['fields']): string {
  const typed = (name: string) => fields.find(([field, value]) => field === name && value !== '')?.[1];
  return String(typed('title') ?? typed('body') ?? '');
}
