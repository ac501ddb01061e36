/** Answers as the wire has them, in the positions on the screen. */
export type Answer =
  | { kind: 'chosen'; options: number[] }
  | { kind: 'judged'; value: boolean }
  | { kind: 'typed'; text: string }
  | { kind: 'ordered'; items: number[] }
  | { kind: 'paired'; rights: number[] }
  | { kind: 'recalled'; text: string }
  | { kind: 'rated'; text: ''; said: number[]; knew: boolean };

const inputs = (section: HTMLElement) => [...section.querySelectorAll<HTMLInputElement>('.opt input')];
export const blank = (section: HTMLElement) => section.querySelector<HTMLInputElement>('.blank');
export const items = (section: HTMLElement) => [...section.querySelectorAll<HTMLElement>('.order > li')];
export const slots = (section: HTMLElement) => [...section.querySelectorAll<HTMLSelectElement>('.pairs select')];
const recall = (section: HTMLElement) => section.querySelector<HTMLTextAreaElement>('textarea.recall');
const said = (section: HTMLElement) => [...section.querySelectorAll<HTMLInputElement>('.saidit input')];
/** The field that a form sends; a live question has none. */
const place = (item: HTMLElement) => item.querySelector('select');

/** What a question's controls say; null where nothing is answered. */
export function read(section: HTMLElement): Answer | null {
  switch (section.dataset['type']) {
    case 'single_choice':
    case 'multiple_choice': {
      const options = inputs(section).filter(input => input.checked).map(input => Number(input.value));
      return options.length === 0 ? null : { kind: 'chosen', options };
    }
    case 'true_false': {
      const chosen = inputs(section).find(input => input.checked);
      return chosen ? { kind: 'judged', value: chosen.value === 'true' } : null;
    }
    case 'cloze': {
      const text = blank(section)!.value.trim();
      return text === '' ? null : { kind: 'typed', text };
    }
    case 'ordering': {
      // The order on the screen is an answer once something was moved: then every item has its place.
      const rows = items(section);
      return rows.every(row => place(row)?.value !== '') ? { kind: 'ordered', items: rows.map(row => Number(row.dataset['item'])) } : null;
    }
    case 'matching': {
      const rights = slots(section).map(slot => Number(slot.value));
      return rights.every(right => right === -1) ? null : { kind: 'paired', rights };
    }
    case 'flashcard':
      // Nothing written is an answer too: a thought
      return recall(section) ? { kind: 'recalled', text: recall(section)!.value.trim() } : null;
    default:
      return null;
  }
}

/** A flashcard as its learner judges it beside its back. */
export function rating(section: HTMLElement, knew: boolean): Answer {
  return { kind: 'rated', text: '', said: said(section).filter(box => box.checked).map(box => Number(box.value)), knew };
}

/** Puts an answer that the server has not got yet back into the controls. */
export function restore(section: HTMLElement, answer: Answer | null): void {
  const chosen = answer?.kind === 'chosen' ? answer.options.map(String) : answer?.kind === 'judged' ? [String(answer.value)] : [];
  for (const input of inputs(section)) input.checked = chosen.includes(input.value);
  const remembered = recall(section);
  if (remembered && answer?.kind === 'recalled') remembered.value = answer.text;
  if (answer?.kind === 'rated') for (const box of said(section)) box.checked = answer.said.includes(Number(box.value));
  const typed = blank(section);
  if (typed) typed.value = answer?.kind === 'typed' ? answer.text : '';
  if (answer?.kind === 'ordered') {
    const rows = items(section);
    for (const item of answer.items) rows[0]?.parentElement?.append(rows.find(row => row.dataset['item'] === String(item))!);
    numberItems(section);
  }
  slots(section).forEach((slot, i) => { slot.value = String(answer?.kind === 'paired' ? answer.rights[i] : -1); });
}

/** Writes the order on the screen into the fields that the form sends. */
export function numberItems(section: HTMLElement): void {
  items(section).forEach((item, i) => {
    const field = place(item);
    if (field) field.value = String(i);
  });
}
