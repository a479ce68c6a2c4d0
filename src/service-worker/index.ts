/**
 * Between this browser and the network: pages that were opened stay readable, what was written leaves once the network
 * is back, and a notice shows words that were read anew. Pages work without it. What it keeps belongs to one person,
 * and goes when that person signs out or another comes.
 */
import { answerPush, openNotice, renewSubscription } from './notices.ts';
import { answerPage } from './page-messages.ts';
import { forgetPerson, isPicture, keepShell, readAsset, readPage, readPicture, tidyShell } from './pages.ts';
import { scope } from './scope.ts';
import { mayWait, send, sendWaiting } from './sending.ts';

const LAST_TRY_MILLISECONDS = 3_000;

scope.addEventListener('install', (event) => {
  event.waitUntil(keepShell().then(() => scope.skipWaiting()));
});

scope.addEventListener('activate', (event) => {
  event.waitUntil(tidyShell().then(() => scope.clients.claim()));
});

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== scope.location.origin) return;
  if (mayWait(request, url)) event.respondWith(send(event));
  else if (request.method === 'POST' && url.pathname === '/sign-out') event.respondWith(signOut(request));
  else if (request.method !== 'GET') return;
  else if (url.pathname.startsWith('/_app/immutable/')) event.respondWith(readAsset(request));
  else if (request.mode === 'navigate' && !url.pathname.startsWith('/files/'))
    event.respondWith(readPage(event));
  else if (request.destination === 'image' && isPicture(url)) event.respondWith(readPicture(request));
});

/** What waits gets one more chance; then nothing of this person stays here. */
async function signOut(request: Request): Promise<Response> {
  const chance = new Promise((resolve) => setTimeout(resolve, LAST_TRY_MILLISECONDS));
  await Promise.race([sendWaiting().catch(() => undefined), chance]);
  const response = await fetch(request);
  if (response.ok || response.type === 'opaqueredirect') await forgetPerson();
  return response;
}

scope.addEventListener('sync', (event) => (event as ExtendableEvent).waitUntil(sendWaiting()));
scope.addEventListener('message', (event) => event.waitUntil(answerPage(event)));
scope.addEventListener('push', (event) => event.waitUntil(answerPush(event)));
scope.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renewSubscription(event)));
scope.addEventListener('notificationclick', (event) => event.waitUntil(openNotice(event)));
