export interface Running {
  remainingMs: number;
  totalMs: number;
  /** Time stands still: what remains, remains. */
  paused?: boolean;
}

/** So long after its last second a round has closed, unless somebody has been given more time. */
const overtimeMs = 1_500;

export const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Counts down from what the server said was left. It never reads a wall clock: those differ between machines and can be set. */
export class Countdown {
  #deadline: number | undefined;
  #total = 0;
  #still: number | undefined;
  #timer: number | undefined;

  /** @param changed called when the figure changes, once a second */
  constructor(private readonly changed: () => void) {}

  set(clock: Running | undefined): void {
    clearTimeout(this.#timer);
    this.#deadline = clock && performance.now() + clock.remainingMs;
    this.#still = clock?.paused ? clock.remainingMs : undefined;
    this.#total = clock?.totalMs ?? 0;
    this.#wait();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  get running(): boolean {
    return this.#deadline !== undefined;
  }

  get deadline(): number | undefined {
    return this.#deadline;
  }

  get remainingMs(): number {
    return this.#still ?? (this.#deadline === undefined ? 0 : Math.max(0, this.#deadline - performance.now()));
  }

  /** Time is up here, and yet it goes on. */
  get overtime(): boolean {
    return this.#deadline !== undefined && !this.paused && performance.now() - this.#deadline >= overtimeMs;
  }

  get seconds(): number {
    return Math.ceil(this.remainingMs / 1000 - 0.02);
  }

  get paused(): boolean {
    return this.#still !== undefined;
  }

  get totalMs(): number {
    return this.#total;
  }

  #wait(): void {
    const left = this.remainingMs;
    if (this.#deadline === undefined || this.paused || this.overtime) return;
    this.#timer = window.setTimeout(() => {
      this.changed();
      this.#wait();
    }, left > 0 ? (left % 1000) + 20 : this.#deadline + overtimeMs - performance.now() + 20);
  }
}

const drained = new WeakMap<Element, { deadline: number; animation: Animation }>();

/** Lets a bar run empty in step with a countdown: linear, on the compositor; a second at a time where motion is unwelcome. */
export function drain(bar: HTMLElement | null, countdown: Countdown): void {
  if (!bar) return;
  const { deadline, totalMs, remainingMs } = countdown;
  const running = drained.get(bar);
  if (deadline === undefined || totalMs <= 0) {
    running?.animation.cancel();
    drained.delete(bar);
    bar.style.transform = 'scaleX(0)';
    return;
  }
  const left = Math.min(1, remainingMs / totalMs);
  if (calm() || countdown.paused) {
    running?.animation.cancel();
    drained.delete(bar);
    bar.style.transform = `scaleX(${left})`;
    return;
  }
  if (running && Math.abs(running.deadline - deadline) < 120) return;
  running?.animation.cancel();
  const animation = bar.animate([{ transform: `scaleX(${left})` }, { transform: 'scaleX(0)' }], { duration: remainingMs, fill: 'forwards' });
  drained.set(bar, { deadline, animation });
}
