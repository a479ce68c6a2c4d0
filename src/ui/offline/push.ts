/** Being told on this device. The browser is asked only when the person has just asked for it. */

/** Makes the form of the settings work where the browser can be told at all. */
export function offerPush(): void {
  const form = document.querySelector<HTMLFormElement>('form#tell');
  if (!form || !('serviceWorker' in navigator) || !('PushManager' in window)) return;
  form.hidden = false;
  document.getElementById('tell-cannot')?.setAttribute('hidden', '');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    subscribe(form).catch(() => document.getElementById('tell-refused')?.removeAttribute('hidden'));
  });
}

async function subscribe(form: HTMLFormElement): Promise<void> {
  const { pushManager } = await navigator.serviceWorker.ready;
  // One that was made for keys we have no more would never ring.
  await (await pushManager.getSubscription())?.unsubscribe();
  const made = await pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: form.dataset['key'] ?? '',
  });
  const { endpoint, keys } = made.toJSON();
  const values = { endpoint, p256dh: keys?.['p256dh'], auth: keys?.['auth'] };
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value ?? '';
  }
  form.submit();
}
