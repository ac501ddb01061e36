import { announce } from '../common/announce';

const pause = 1000;
const selector = '[data-waiting]';

/** Asks again for the page that waits and shows what is new of it; when it leads elsewhere, so does this. Without script the page refreshes itself. */
export function waiting(): void {
  if (document.querySelector(selector)) void follow();
}

async function follow(): Promise<void> {
  for (;;) {
    await new Promise(resolve => setTimeout(resolve, pause));
    const shown = document.querySelector(selector);
    if (!shown) return;
    try {
      const answer = await fetch(location.href, { headers: { accept: 'text/html' }, redirect: 'manual' });
      const next = answer.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector(selector) : null;
      if (!next) {
        // It is over, however it went: the server says where to go on.
        location.reload();
        return;
      }
      show(shown, next);
    } catch {
      // The server is away for the moment; the next question may reach it.
    }
  }
}

/** Only what changed, so that the focus stays on the button. */
function show(shown: Element, next: Element): void {
  for (const part of ['h1', 'h1 + p', '.stages']) {
    const [old, fresh] = [shown.querySelector(part), next.querySelector(part)];
    if (old && fresh && old.innerHTML !== fresh.innerHTML) {
      old.replaceWith(fresh);
      if (part === '.stages') announce(fresh.querySelector('[aria-current]')?.textContent?.trim() ?? '');
    }
  }
  if (!next.querySelector('form')) shown.querySelector('form')?.remove();
}
