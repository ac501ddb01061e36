import { blank } from './answers';
import { matching } from './matching';
import { ordering } from './ordering';

export type Matching = ReturnType<typeof matching>;

/** The controls of a question whose answer is final. @param check takes what is answered @param changed something is answered or taken back */
export function wireFinal(section: HTMLElement, check: () => void, changed: () => void): Matching {
  ordering(section, changed);
  const pairs = matching(section, changed);
  section.addEventListener('change', changed);
  blank(section)?.addEventListener('input', changed);
  // A tap or a digit decides; arrows only move, so that a keyboard can look at every option first
  if (section.dataset['type'] !== 'single_choice' && section.dataset['type'] !== 'true_false') return pairs;
  section.addEventListener('click', event => {
    const byPointer = (event as PointerEvent).pointerType !== '' && (event as PointerEvent).pointerId >= 0;
    if (byPointer && (event.target as Element).closest('.opt') && !(event.target as Element).matches('input')) setTimeout(check);
  });
  return pairs;
}

/** Enter goes on, digits choose, letters match. @returns whether the key was for the question */
export function pressedFinal(event: KeyboardEvent, section: HTMLElement, pairs: Matching, go: { check(): void; next(): void }): boolean {
  // Enter and digits belong to an input method while it composes; 229 is what some browsers report of it.
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return false;
  const target = event.target as Element;
  if (event.key === 'Enter' && !event.repeat && !target.closest('a, button, summary, textarea')) go.next();
  else if (target.closest('.blank, select, textarea') || event.defaultPrevented) return false;
  else if (/^[12]$/.test(event.key) && section.querySelector('.rate')) section.querySelectorAll<HTMLElement>('.rate button')[Number(event.key) - 1]!.click();
  else if (/^[1-9]$/.test(event.key)) {
    const input = section.querySelectorAll<HTMLInputElement>('.opt input')[Number(event.key) - 1];
    if (!input || input.disabled) return false;
    input.click();
    input.focus();
    if (input.type === 'radio') go.check();
  } else return pairs?.keydown(event) ?? false;
  return true;
}

/** What is answered stays as it is until it is told. */
export function hold(section: HTMLElement): void {
  for (const control of section.querySelectorAll<HTMLInputElement | HTMLButtonElement | HTMLSelectElement | HTMLTextAreaElement>('form :is(input, button, select, textarea)')) control.disabled = true;
}
