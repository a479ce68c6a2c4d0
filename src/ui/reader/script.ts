/** Marks readings without leaving the list. Without it the same forms do the same, and the page comes anew. */

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.dataset['instant']) return;
  const button = event.submitter ?? form.querySelector('button');
  if (!(button instanceof HTMLButtonElement)) return;
  event.preventDefault();
  void send(form, button);
});

async function send(form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
  const body = new FormData(form);
  body.set(button.name, button.value);
  button.disabled = true;
  const answer = await fetch(form.action, {
    method: 'POST',
    body,
    headers: { accept: 'application/json' },
  }).catch(() => null);
  button.disabled = false;
  button.focus({ preventScroll: true });
  const told = answer?.ok ? ((await answer.json().catch(() => null)) as { type?: string } | null) : null;
  // Whatever went wrong is said by the page that the form itself leads to.
  if (told?.type === 'redirect' || told?.type === 'success') return turn(form, button);
  delete form.dataset['instant'];
  form.requestSubmit(button);
}

/** The button now does the opposite, and the reading looks as it is. */
function turn(form: HTMLFormElement, button: HTMLButtonElement): void {
  const done = button.value === 'yes';
  const { other = '' } = button.dataset;
  button.dataset['other'] = button.textContent.trim();
  button.textContent = other;
  button.value = done ? 'no' : 'yes';
  const reading = form.closest('[data-reading]');
  if (form.dataset['instant'] === 'read') reading?.classList.toggle('unread', !done);
  else reading?.classList.toggle('kept', done);
}
