import { troubleOffline } from '../common/offline';

/** Says on a page that leads to what works offline that it doesn't in this browser, why, and what to do. */
export function tellNoOffline(): void {
  const trouble = troubleOffline();
  const note = document.querySelector<HTMLElement>('[data-no-offline]');
  if (!trouble || !note) return;
  for (const said of note.querySelectorAll<HTMLElement>('[data-trouble]')) said.hidden = said.dataset['trouble'] !== trouble;
  note.hidden = false;
}
