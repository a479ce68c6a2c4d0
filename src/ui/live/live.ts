/** Lets a page live: whoever is not signed in, or has a browser without streams, reads it as it is. */
import { liveBell } from './bell.ts';
import { liveList } from './list.ts';
import { liveNames } from './names.ts';
import { listenWhileSeen } from './stream.ts';

export function live(): void {
  if (!('EventSource' in globalThis) || !document.querySelector('[data-news]')) return;
  liveBell();
  liveList();
  liveNames();
  listenWhileSeen();
}
