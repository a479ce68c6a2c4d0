/** A search form whose list follows what is typed: the same page is asked, and its list put in the place of the old one. */
import { askPage } from '../ask-page.ts';

const PAUSE_MILLISECONDS = 120;

export function answerWhileTyping(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-instant]');
  const field = form?.querySelector<HTMLInputElement>('input[type="search"]');
  if (!form || !field) return;
  let pause: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | undefined;
  field.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(() => {
      asking?.abort();
      asking = new AbortController();
      void ask(form, asking.signal);
    }, PAUSE_MILLISECONDS);
  });
}

async function ask(form: HTMLFormElement, signal: AbortSignal): Promise<void> {
  const place = document.getElementById(form.dataset['instant'] ?? '');
  if (!place) return;
  const url = new URL(form.action);
  for (const [name, value] of new FormData(form)) if (value) url.searchParams.set(name, String(value));
  try {
    const found = (await askPage(url, signal)).getElementById(place.id);
    if (!found) return;
    place.replaceChildren(...found.childNodes);
    history.replaceState(history.state, '', url);
  } catch {
    // The form itself still works, and says what is wrong.
  }
}
