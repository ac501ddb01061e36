let region: HTMLElement | undefined;
let timer: number | undefined;

/** Says a change to those who do not see it: one polite live region a page. */
export function announce(text: string): void {
  if (!region) {
    region = document.createElement('div');
    region.className = 'vh';
    region.setAttribute('role', 'status');
    document.body.append(region);
  }
  const target = region;
  target.textContent = '';
  clearTimeout(timer);
  // A region that was just made or emptied needs a moment before its next text counts as a change.
  timer = window.setTimeout(() => { target.textContent = text; }, 80);
}

/** Moves the focus to what a new screen starts with, unless that would take it from someone who is typing. */
export function focusOn(element: HTMLElement | null | undefined): void {
  const active = document.activeElement;
  if (!element || active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement || (active instanceof HTMLElement && active.isContentEditable)) return;
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
}
