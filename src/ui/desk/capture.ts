/** One key opens the box for a note anywhere; what is kept leaves without leaving the page. */

const SHOWN_MILLISECONDS = 6_000;

/** Opens the box. False where there is none: nobody is signed in. */
export function openCapture(): boolean {
  const dialog = document.querySelector<HTMLDialogElement>('dialog#capture');
  if (!dialog || dialog.open) return false;
  dialog.showModal();
  const field = dialog.querySelector<HTMLTextAreaElement>('textarea');
  const selected = getSelection()?.toString().trim() ?? '';
  if (field && field.value === '' && selected) field.value = `> ${selected.replaceAll('\n', '\n> ')}\n\n`;
  field?.focus();
  return true;
}

/** Sends what is written there, and says that it is kept. */
export function sendCaptures(): void {
  const dialog = document.querySelector<HTMLDialogElement>('dialog#capture');
  const form = dialog?.querySelector<HTMLFormElement>('form[method="POST" i]');
  if (!dialog || !form) return;
  for (const opener of document.querySelectorAll('[data-capture]'))
    opener.addEventListener('click', (event) => openCapture() && event.preventDefault());
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send(dialog, form);
  });
}

interface Answer {
  type: string;
  location?: string;
  data?: string;
}

async function send(dialog: HTMLDialogElement, form: HTMLFormElement): Promise<void> {
  const said = dialog.querySelector<HTMLElement>('.said')!;
  const button = form.querySelector<HTMLButtonElement>('button:not([type="button"])')!;
  said.hidden = true;
  button.disabled = true;
  try {
    const answer = await fetch(form.action, {
      method: 'POST',
      body: new FormData(form),
      headers: { accept: 'application/json', 'x-sveltekit-action': 'true' },
    });
    const told = (await answer.json()) as Answer;
    if (told.type !== 'redirect') return tell(said, messageIn(told) ?? dialog.dataset['failed'] ?? '');
    form.reset();
    dialog.close();
    toast(dialog, told.location ?? '/desk');
  } catch {
    tell(said, dialog.dataset['failed'] ?? '');
  } finally {
    button.disabled = false;
  }
}

/** The refusal's sentence, out of the flat list in which it travels. */
function messageIn({ data }: Answer): string | null {
  const flat: unknown = JSON.parse(data ?? '[]');
  if (!Array.isArray(flat)) return null;
  const at = (flat[0] as { message?: number } | undefined)?.message;
  const message: unknown = at === undefined ? null : flat[at];
  return typeof message === 'string' ? message : null;
}

function toast(dialog: HTMLDialogElement, location: string): void {
  const line = document.getElementById('captured');
  if (!line) return;
  const url = new URL(location, document.baseURI);
  const item = url.searchParams.get('kept');
  const known = url.searchParams.has('known');
  const see = Object.assign(document.createElement('a'), {
    href: item ? `/desk/items/${item}` : '/desk',
    textContent: dialog.dataset['see'] ?? '',
  });
  line.replaceChildren(`${dialog.dataset[known ? 'known' : 'done'] ?? ''} `, see);
  line.hidden = false;
  setTimeout(() => (line.hidden = true), SHOWN_MILLISECONDS);
}

function tell(said: HTMLElement, message: string): void {
  said.textContent = message;
  said.hidden = false;
}
