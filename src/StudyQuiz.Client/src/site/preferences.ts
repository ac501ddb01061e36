/** Theme and text size at once, without a new page. Without script the same form is answered with one. The language needs the page anyway. */
export function preferences(): void {
  document.addEventListener('submit', event => {
    const form = event.target as HTMLFormElement;
    const button = event.submitter as HTMLButtonElement | null;
    if (!button || new URL(form.action).pathname !== '/preferences' || (button.name !== 'theme' && button.name !== 'text')) return;
    event.preventDefault();
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form, button)) if (typeof value === 'string') body.append(name, value);
    show(button.name, button.value);
    fetch(form.action, { method: 'POST', body, redirect: 'manual' })
      .then(answer => { if (!answer.ok && answer.type !== 'opaqueredirect') form.submit(); })
      .catch(() => undefined); // The choice holds for this page; the next press stores it.
  });
}

function show(name: 'theme' | 'text', value: string): void {
  const root = document.documentElement;
  if (value === 'system' || value === 'm' || value === '') delete root.dataset[name];
  else root.dataset[name] = value;
  for (const other of document.querySelectorAll<HTMLButtonElement>(`form[action$="/preferences"] button[name="${name}"]`)) {
    if (other.hasAttribute('aria-pressed')) other.setAttribute('aria-pressed', String(other.value === value));
  }
  dispatchEvent(new Event('resize'));
}
