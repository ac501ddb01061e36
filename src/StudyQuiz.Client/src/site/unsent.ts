/**
 * Signing out with flashcard reviews that the server does not have yet warns first; whoever goes on keeps them on this device, under
 * their own name. What the device kept of the decks goes either way: the next person at it is somebody else.
 */
import { forgetLearner, remembered, unsentKey, type Unsent } from '../common/learner';
import { forget, forgetAll, keep, recall } from '../common/storage';
import { viewerName } from './viewer';

export function warnBeforeSignOut(): void {
  document.addEventListener('submit', event => {
    const form = event.target as HTMLFormElement;
    if (!new URL(form.action).pathname.startsWith('/sign-out')) return;
    const warning = form.querySelector<HTMLElement>('[data-unsent]');
    if (warning?.hidden && unsent() > 0) {
      event.preventDefault();
      for (const count of warning.querySelectorAll('[data-count]')) count.textContent = String(unsent());
      warning.hidden = false;
      warning.focus();
      return;
    }
    forgetLearner();
    forgetDecks();
  });
}

// Of who signs out, not of others who used this browser. What was done before an account was made is theirs as well.
function unsent(): number {
  const [name, learner] = [viewerName(), remembered()?.learner];
  return Object.entries(recall<Unsent>(unsentKey, {}))
    .reduce((sum, [whose, waiting]) => sum + (!waiting.name || waiting.name === name || whose === learner ? waiting.count : 0), 0);
}

/** After a learner was deleted nothing of theirs stays here either, not even what the server never had. */
export function forgetErased(): void {
  const erased = document.querySelector<HTMLElement>('[data-erased]')?.dataset['erased'];
  if (!erased) return;
  forgetLearner();
  forgetAll('sq-attempt-');
  const { [erased]: _, ...others } = recall<Unsent>(unsentKey, {});
  if (Object.keys(others).length > 0) keep(unsentKey, others);
  else forget(unsentKey);
  forgetDecks(erased);
}

// Not awaited: the page is leaving, and the browser finishes what was begun
function forgetDecks(erased?: string): void {
  if (!('indexedDB' in globalThis)) return;
  const opening = indexedDB.open('studyquiz-cards');
  opening.onupgradeneeded = () => opening.transaction?.abort(); // There never was one
  opening.onsuccess = () => {
    // All but the queue, which waits for its learner
    const stores = [...opening.result.objectStoreNames];
    const transaction = opening.result.transaction(stores, 'readwrite');
    for (const name of stores) if (name !== 'changes') transaction.objectStore(name).clear();
    if (!erased) return;
    const theirs = transaction.objectStore('changes').index('learner').openCursor(erased);
    theirs.onsuccess = () => {
      theirs.result?.delete();
      theirs.result?.continue();
    };
  };
}
