/** Keys that answer once, however long they are held, and only what was on the screen when they went down. */
export class Keys {
  #downOn: EventTarget | null = null;

  /** @param act Does what a key means; returns whether it means anything. Not called for a key that presses a button by itself. */
  constructor(private readonly isOnCard: () => boolean, private readonly act: (key: string) => boolean) {}

  begin(): void {
    addEventListener('keydown', this.#down);
    addEventListener('keyup', this.#up);
  }

  end(): void {
    removeEventListener('keydown', this.#down);
    removeEventListener('keyup', this.#up);
  }

  readonly #down = (event: KeyboardEvent) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    if (target.closest('input, textarea, select')) return;
    const presses = event.key === ' ' || event.key === 'Enter';
    // Held down it does nothing more: neither the next card's keys nor the button that has the focus by then
    if (event.repeat) {
      if (presses || this.isOnCard()) event.preventDefault();
      return;
    }
    this.#downOn = target;
    if (!this.isOnCard() || (presses && target.closest('button, a'))) return;
    if (this.act(event.key.length === 1 ? event.key.toLowerCase() : event.key)) event.preventDefault();
  };

  // Some browsers press a button when the space bar goes up on it, wherever it went down
  readonly #up = (event: KeyboardEvent) => {
    if (event.key === ' ' && event.target !== this.#downOn && (event.target as HTMLElement).closest('button')) event.preventDefault();
  };
}
