/**
 * The page's stream of signals. It is open while the page is seen: a browser has few connections to spare, and whoever
 * comes back to a page is sent what he missed.
 */
import { hand } from './signal.ts';

const HIDDEN_MILLISECONDS = 20_000;
const SILENCE_MILLISECONDS = 60_000;
const LONGEST_PAUSE_MILLISECONDS = 300_000;
const NAMES = [
  ...['post.published', 'post.returned', 'post.changed', 'post.gone', 'comment.written', 'comment.changed'],
  ...['comment.gone', 'reaction.changed', 'notification', 'writing', 'reset', 'person.changed'],
  ...['community.changed', 'read.changed', 'notification.read', 'page.changed'],
];

let source: EventSource | undefined;
let lastId = '';
let heardAt = 0;
let wasAway = false;
let pause = 2_000;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Listens for what the page says that it shows (`data-live`), for as long as it is before somebody. */
export function listenWhileSeen(): void {
  const turn = () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(rest, HIDDEN_MILLISECONDS);
    else open();
  };
  document.addEventListener('visibilitychange', turn);
  addEventListener('pagehide', close);
  addEventListener('pageshow', turn);
  // A connection that a sleeping machine lost looks open for a long time.
  setInterval(() => {
    if (source && Date.now() - heardAt > SILENCE_MILLISECONDS) reopen();
  }, 10_000);
}

function open(): void {
  if (source) return;
  heardAt = Date.now();
  source = new EventSource(`/api/v1/events?${wish()}`);
  for (const name of [...NAMES, 'hello', 'pulse']) source.addEventListener(name, hear);
  // The browser tries again by itself where the line broke, and not where it was refused.
  source.onerror = () => {
    if (source?.readyState !== EventSource.CLOSED) return;
    close();
    timer = setTimeout(open, pause + Math.random() * pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MILLISECONDS);
  };
}

function rest(): void {
  wasAway = true;
  close();
}

function close(): void {
  source?.close();
  source = undefined;
}

function reopen(): void {
  close();
  open();
}

function hear({ type, data, lastEventId }: MessageEvent<string>): void {
  heardAt = Date.now();
  if (lastEventId) lastId = lastEventId;
  if (type === 'hello') {
    pause = 2_000;
    // What one has read elsewhere is kept for nobody who did not listen.
    if (wasAway) hand({ name: 'read.changed' });
    wasAway = false;
  }
  if (NAMES.includes(type)) hand({ ...(JSON.parse(data) as object), name: type });
}

/** What is shown, and since when. */
function wish(): URLSearchParams {
  const asked = [...document.querySelectorAll<HTMLElement>('[data-live]')].map(
    (each) => each.dataset['live'],
  );
  const query = new URLSearchParams(asked.filter(Boolean).join('&'));
  const shown = [...document.querySelectorAll<HTMLElement>('[data-entry]')].map(
    (each) => each.dataset['entry'],
  );
  if (shown.length) query.set('shown', shown.slice(0, 100).join(','));
  if (lastId) query.set('after', lastId);
  else if (document.documentElement.dataset['read'])
    query.set('since', document.documentElement.dataset['read']);
  return query;
}
