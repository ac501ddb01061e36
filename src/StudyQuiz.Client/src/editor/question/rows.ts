import { announce } from '../../common/announce';
import { drag } from '../../common/drag';
import { t } from './text';

const most = 26;

/** Options and pairs: added, removed, moved by buttons, by Alt and an arrow, by dragging. Names and letters follow their places. */
export function rows(list: HTMLElement, add: HTMLButtonElement | null, changed: () => void): void {
  const lettered = list.querySelector('[data-letter]')?.textContent === 'A';
  const mark = (place: number) => (lettered ? String.fromCharCode(65 + place) : String(place + 1));
  const items = () => [...list.children] as HTMLElement[];

  const number = () => {
    items().forEach((item, place) => {
      const letter = item.querySelector('[data-letter]')!;
      const old = letter.textContent;
      letter.textContent = mark(place);
      for (const control of item.querySelectorAll<HTMLElement>('[aria-label]')) {
        control.setAttribute('aria-label', control.getAttribute('aria-label')!.replace(new RegExp(`(?<![\\p{L}\\d])${old}(?![A-Za-z\\d])`, 'u'), mark(place)));
      }
      for (const control of item.querySelectorAll<HTMLTextAreaElement>('textarea')) control.name = control.id = control.name.replace(/\d+$/, String(place));
      const right = item.querySelector<HTMLInputElement>('[name=correct]');
      if (right) right.value = String(place);
    });
    if (add) add.hidden = items().length >= most;
  };
  const done = (item: HTMLElement) => {
    number();
    changed();
    announce(t('rowMoved', { what: item.querySelector('textarea')!.value, n: items().indexOf(item) + 1 }));
  };
  const move = (item: HTMLElement, by: number) => {
    const other = by < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    // The neighbour travels, not the item: what has the focus keeps it.
    if (by < 0) item.after(other);
    else item.before(other);
    done(item);
  };

  list.addEventListener('click', event => {
    const button = (event.target as Element).closest<HTMLElement>('[data-move], [data-remove]');
    const item = button?.closest('li');
    if (!button || !item) return;
    if (button.dataset['move']) move(item, Number(button.dataset['move']));
    else remove(item);
  });
  list.addEventListener('keydown', event => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    move((event.target as Element).closest('li')!, event.key === 'ArrowUp' ? -1 : 1);
  });
  list.addEventListener('pointerdown', event => {
    const grip = (event.target as Element).closest<HTMLElement>('.grip');
    if (!grip) return;
    event.preventDefault();
    drag(grip, event, items, done);
  });
  add?.addEventListener('click', () => {
    const fresh = items().at(-1)!.cloneNode(true) as HTMLElement;
    clear(fresh);
    list.append(fresh);
    number();
    fresh.querySelector('textarea')!.focus();
  });

  function remove(item: HTMLElement): void {
    if (items().length <= 2) clear(item);
    else {
      const next = item.nextElementSibling ?? item.previousElementSibling;
      item.remove();
      number();
      next!.querySelector('textarea')!.focus();
    }
    changed();
    announce(t('rowGone'));
  }
}

function clear(item: HTMLElement): void {
  for (const control of item.querySelectorAll('textarea')) control.value = '';
  const right = item.querySelector<HTMLInputElement>('[name=correct]');
  if (right) right.checked = false;
}

/** Moves the line of a text that the caret is in, with Alt and an arrow: the items of an ordering. */
export function movableLines(area: HTMLTextAreaElement): void {
  area.addEventListener('keydown', event => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    const lines = area.value.split('\n');
    const at = area.value.slice(0, area.selectionStart).split('\n').length - 1;
    const to = at + (event.key === 'ArrowUp' ? -1 : 1);
    if (to < 0 || to >= lines.length) return;
    [lines[at], lines[to]] = [lines[to]!, lines[at]!];
    area.value = lines.join('\n');
    const caret = lines.slice(0, to).join('\n').length + (to > 0 ? 1 : 0);
    area.setSelectionRange(caret, caret);
    area.dispatchEvent(new Event('input', { bubbles: true }));
  });
}
