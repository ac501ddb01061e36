import { t } from './selftest-text';
import type { Link } from './queue';

/** Writes into an element of a page, unless it says so already. */
export function setText(root: Element, selector: string, text: string): void {
  const element = root.querySelector(selector);
  if (element && element.textContent !== text) element.textContent = text;
}

/** Says in the page's head whether answers are saved. @param isOpen something is not, or went wrong */
export function saySaved(root: Element, icon: string, text: string, isOpen: boolean): void {
  const saved = root.querySelector('[data-saved]')!;
  saved.classList.toggle('queued', isOpen);
  saved.classList.toggle('none', text === t('nothingYet'));
  saved.querySelector('use')!.setAttribute('href', `#i-${icon}`);
  setText(root, '[data-saved] > span', text);
}

/** Says how many answers wait, and what for; false where none does. */
export function sayWaiting(root: Element, link: Link, queued: number): boolean {
  if (link !== 'waiting' && link !== 'apart') return false;
  saySaved(root, 'off', t(link === 'apart' ? 'waitsForSignIn' : navigator.onLine ? 'unsent' : 'offlineQueued', { n: queued }), true);
  return true;
}
