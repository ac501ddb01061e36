import { announce } from '../common/announce';
import { drag } from '../common/drag';
import { t } from '../common/text';
import { items, numberItems } from './answers';

/** Moving the items of an ordering question: by its buttons, by Alt and an arrow, by dragging. */
export function ordering(section: HTMLElement, changed: () => void): void {
  const list = section.querySelector('.order');
  if (!list) return;

  const done = (item: HTMLElement) => {
    numberItems(section);
    changed();
    announce(t('movedTo', { what: item.firstElementChild!.textContent, n: items(section).indexOf(item) + 1 }));
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
    const button = (event.target as Element).closest<HTMLElement>('[data-move]');
    if (button) move(button.closest('li')!, Number(button.dataset['move']));
  });
  list.addEventListener('keydown', event => {
    const { key, altKey } = event as KeyboardEvent;
    const item = (event.target as Element).closest('li');
    if (!item || (key !== 'ArrowUp' && key !== 'ArrowDown')) return;
    event.preventDefault();
    const by = key === 'ArrowUp' ? -1 : 1;
    if (altKey) move(item, by);
    else ((by < 0 ? item.previousElementSibling : item.nextElementSibling)?.querySelector<HTMLElement>(`[data-move="${by}"]`))?.focus();
  });
  list.addEventListener('pointerdown', event => {
    const grip = (event.target as Element).closest<HTMLElement>('.grip');
    if (!grip) return;
    event.preventDefault();
    drag(grip, event as PointerEvent, () => items(section), done);
  });
}
