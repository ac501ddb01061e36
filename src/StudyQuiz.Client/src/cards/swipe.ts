/** A card follows the finger; far enough to a side it is thrown there. */
const far = 80;

export function swipes(element: HTMLElement, canSwipe: () => boolean, thrown: (to: 'left' | 'right') => void): void {
  let from: { x: number; y: number; id: number } | undefined;
  let moving = false;

  const move = (by: number) => {
    element.style.setProperty('--swipe', `${by}px`);
    element.dataset.leans = by < -far ? 'left' : by > far ? 'right' : '';
  };

  element.addEventListener('pointerdown', event => {
    if (event.pointerType === 'mouse' || !event.isPrimary || !canSwipe()) return;
    from = { x: event.clientX, y: event.clientY, id: event.pointerId };
  });
  element.addEventListener('pointermove', event => {
    if (!from || event.pointerId !== from.id) return;
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    if (!moving && Math.abs(dx) < 12) return;
    // A page that scrolls is no swipe
    if (!moving && Math.abs(dy) > Math.abs(dx)) {
      from = undefined;
      return;
    }
    if (!moving) {
      moving = true;
      element.setPointerCapture(event.pointerId);
      element.classList.add('swiping');
    }
    move(dx);
  });
  const end = (event: PointerEvent) => {
    if (!from || event.pointerId !== from.id) return;
    const dx = event.clientX - from.x;
    const was = moving;
    from = undefined;
    moving = false;
    element.classList.remove('swiping');
    move(0);
    if (!was || event.type === 'pointercancel') return;
    // The click that ends a swipe is none
    const swallow = (click: Event) => click.stopPropagation();
    addEventListener('click', swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener('click', swallow, { capture: true }), 0);
    if (Math.abs(dx) > far) thrown(dx < 0 ? 'left' : 'right');
  };
  element.addEventListener('pointerup', end);
  element.addEventListener('pointercancel', end);
}
