/** Drags an item among its siblings by a grip; the others make room while it moves. done is called where it came to stand elsewhere. */
export function drag(grip: HTMLElement, start: PointerEvent, items: () => HTMLElement[], done: (item: HTMLElement) => void): void {
  const item = grip.closest('li')!;
  const before = items().indexOf(item);
  // Listened for on the window: moving the item in the document would end a pointer capture.
  const follow = (event: PointerEvent) => {
    if (event.pointerId !== start.pointerId) return;
    for (const other of items()) {
      if (other === item) continue;
      const box = other.getBoundingClientRect();
      const middle = box.top + box.height / 2;
      const below = item.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
      if (below ? event.clientY > middle : event.clientY < middle) {
        if (below) other.after(item);
        else { other.before(item); break; }
      }
    }
  };
  const end = (event: PointerEvent) => {
    if (event.pointerId !== start.pointerId) return;
    removeEventListener('pointermove', follow);
    removeEventListener('pointerup', end);
    removeEventListener('pointercancel', end);
    item.classList.remove('drag');
    if (items().indexOf(item) !== before) done(item);
  };
  item.classList.add('drag');
  addEventListener('pointermove', follow);
  addEventListener('pointerup', end);
  addEventListener('pointercancel', end);
}
