import { scope } from './scope.ts';
import { currentPerson } from './store.ts';

/** What a notice says, read with this browser's own right at the moment it rings. */
interface Notice {
  title: string;
  body: string;
  url: string;
}

/** A push carries a name and an id. Its words are asked for; where they may not be read, only the network is named. */
export async function answerPush(event: PushEvent): Promise<void> {
  const told = parse(event.data);
  const response = told && (await fetch(`/api/v1/push/notices/${told.id}`).catch(() => null));
  const notice = response?.ok ? ((await response.json()) as Notice) : null;
  await scope.registration.showNotification(notice?.title ?? 'Essaim', {
    body: notice?.body ?? '',
    icon: '/icon-192.png',
    badge: '/badge-96.png',
    tag: told?.id ?? 'essaim',
    data: { url: notice?.url ?? '/notifications' },
  });
}

function parse(data: PushEvent['data']): { id: string } | null {
  try {
    const told = data?.json() as { name?: unknown; id?: unknown };
    return typeof told.id === 'string' && /^[0-9a-f-]{36}$/.test(told.id) ? { id: told.id } : null;
  } catch {
    return null;
  }
}

/** Opens what a notice is about, in a window that is already there if there is one. */
export async function openNotice(event: NotificationEvent): Promise<void> {
  event.notification.close();
  const { url } = event.notification.data as { url: string };
  const windows = await scope.clients.matchAll({ type: 'window' });
  const open = windows[0];
  if (!open) return void (await scope.clients.openWindow(url));
  await open.focus();
  await open.navigate(url);
}

/**
 * The push service gave this browser another address, or wants it to ask for one. The network goes on telling it if the
 * person who is signed in had asked for that here; else the new address is given back.
 */
export async function renewSubscription(event: PushSubscriptionChangeEvent): Promise<void> {
  const made = event.newSubscription ?? (await subscribeAgain(event.oldSubscription));
  if (!made) return;
  const { endpoint, keys } = made.toJSON();
  const person = await currentPerson();
  const answer = await fetch('/settings/device?/renew', {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'x-sveltekit-action': 'true',
      ...(person && { 'x-essaim-for': person }),
    },
    body: new URLSearchParams({
      endpoint: endpoint ?? '',
      p256dh: keys?.['p256dh'] ?? '',
      auth: keys?.['auth'] ?? '',
    }),
  });
  if (answer.status >= 500) return;
  const { type } = (await answer.json()) as { type: string };
  if (type !== 'redirect') await made.unsubscribe();
}

/** For the same keys as before. */
async function subscribeAgain(old: PushSubscription | null): Promise<PushSubscription | null> {
  const { pushManager } = scope.registration;
  const standing = await pushManager.getSubscription();
  if (standing) return standing;
  const key = old?.options.applicationServerKey;
  return key ? pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }) : null;
}
