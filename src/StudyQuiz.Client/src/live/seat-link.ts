/** The page that shows the code of a seat's link says when somebody has used it: asked every three seconds while it is seen. */
const panel = document.querySelector<HTMLElement>('[data-seat-link]');
const gone = document.querySelector<HTMLElement>('[data-seat-gone]');
const every = 3000;

async function ask(): Promise<void> {
  if (!panel || !gone) return;
  const waits = document.hidden || await fetch(panel.dataset['seatLink']!, { cache: 'no-store' })
    .then(answer => answer.ok ? answer.json() as Promise<{ waits: boolean }> : { waits: true })
    .then(({ waits }) => waits)
    .catch(() => true); // Without a network nothing is known
  if (waits) {
    setTimeout(() => void ask(), every);
    return;
  }
  panel.hidden = true;
  gone.hidden = false;
  gone.querySelector<HTMLElement>('h1')?.focus();
}

setTimeout(() => void ask(), every);

export {};
