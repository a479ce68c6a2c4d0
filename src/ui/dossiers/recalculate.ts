/** What watches would be together follows what is ticked: the same page is asked, and its sentence put in place of the old one. */
import { askPage } from '../ask-page.ts';

export function recalculate(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-merge]');
  if (!form) return;
  for (const button of form.querySelectorAll<HTMLElement>('[data-recalculate]')) button.hidden = true;
  let asking: AbortController | undefined;
  form.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.name !== 'watch') return;
    asking?.abort();
    asking = new AbortController();
    void ask(form, asking.signal);
  });
}

async function ask(form: HTMLFormElement, signal: AbortSignal): Promise<void> {
  const url = new URL(location.pathname, location.origin);
  for (const [name, value] of new FormData(form)) url.searchParams.append(name, String(value));
  try {
    const page = await askPage(url, signal);
    for (const id of ['gain', 'community'])
      document.getElementById(id)?.replaceChildren(...(page.getElementById(id)?.childNodes ?? []));
    // What stands ticked in the page is what the sentence tells of: its style hides it otherwise.
    for (const box of form.querySelectorAll<HTMLInputElement>('input[name="watch"]'))
      box.toggleAttribute('checked', box.checked);
    history.replaceState(history.state, '', url);
  } catch {
    if (signal.aborted) return;
    // Without an answer, the button does it.
    for (const button of form.querySelectorAll<HTMLElement>('[data-recalculate]')) button.hidden = false;
  }
}
