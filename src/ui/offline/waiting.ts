/** The line that says what the network has not taken yet, and when the page itself is an older one. */
import type { Told } from './told.ts';

const SHORT = 70;

/** Starts the worker, and keeps the line true. Without a worker the page is as it was. */
export function watchNetwork(): void {
  if (!('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  const ask = (question: object = {}) =>
    serviceWorker.controller?.postMessage({ titles: titleList() !== null, ...question });
  serviceWorker.addEventListener('message', ({ data }: MessageEvent<Told | { about: 'waiting' }>) => {
    if (data.about === 'told') show(data, ask);
    else ask();
  });
  serviceWorker.register('/service-worker.js', { type: 'module' }).catch(() => undefined);
  void serviceWorker.ready.then(({ active }) =>
    active?.postMessage({ about: 'send', titles: titleList() !== null }),
  );
  addEventListener('online', () => ask({ about: 'send' }));
  addEventListener('pageshow', ({ persisted }) => persisted && ask());
}

const titleList = () => document.getElementById('kept-titles');
let shownKeys = new Set<string>();

function show(told: Told, ask: (question: object) => void): void {
  const line = document.getElementById('network');
  if (!line) return;
  const words = line.dataset;
  const sent = [...shownKeys].some((key) => !told.waiting.some((waiting) => waiting.key === key));
  shownKeys = new Set(told.waiting.filter(({ refused }) => refused === null).map(({ key }) => key));
  const lines = [
    ...(told.kept ? [paragraph(`${words['kept']} ${readAt()}`)] : []),
    ...told.waiting.map(({ key, text, refused }) => {
      const about = text
        ? `« ${text.length > SHORT && refused === null ? `${text.slice(0, SHORT)}…` : text} »`
        : '';
      if (refused === null) return paragraph(`${words['waiting']} ${about}`);
      const said = paragraph(`${words['refused']} ${refused} ${about}`);
      const drop = Object.assign(document.createElement('button'), { textContent: words['drop'] ?? '' });
      drop.addEventListener('click', () => ask({ about: 'drop', key }));
      said.append(' ', drop);
      return said;
    }),
    ...(sent ? [paragraph(words['sent'] ?? '', location.href.replace(/[?&]waiting/, ''), words['see'])] : []),
  ];
  line.replaceChildren(...lines);
  line.hidden = lines.length === 0;
  list(told.titles);
}

function paragraph(text: string, href?: string, label?: string): HTMLParagraphElement {
  const made = Object.assign(document.createElement('p'), { textContent: text });
  made.dir = 'auto';
  if (href) made.append(' ', Object.assign(document.createElement('a'), { href, textContent: label ?? '' }));
  return made;
}

/** When the server made this page, as its reader tells the time. */
function readAt(): string {
  const at = new Date(document.documentElement.dataset['read'] ?? '');
  if (Number.isNaN(at.getTime())) return '';
  const form = { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat(document.documentElement.lang, form).format(at);
}

function list(titles: Told['titles']): void {
  titleList()?.replaceChildren(
    ...titles.map(({ url, title }) => {
      const item = document.createElement('li');
      item.append(Object.assign(document.createElement('a'), { href: url, textContent: title, dir: 'auto' }));
      return item;
    }),
  );
}
