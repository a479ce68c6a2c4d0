import { scope } from './scope.ts';

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
