import { announce } from '../common/announce';
import { Countdown, drain } from '../common/clock';
import { t } from './selftest-text';
import { segmentPage } from '../site/segmentation';
import { items, numberItems, read, restore } from './answers';
import { hold, pressedFinal, wireFinal, type Matching } from './finals';
import { AnswerQueue, type Link } from './queue';
import { saySaved, sayWaiting } from './saved';
import { showTimeLeft } from './timeleft';

const patience = 10_000;
/** The server takes what arrives shortly after the end, and closes a run then. */
const grace = 2_500;
const again = 3_000;

/** One queue a page: the element is exchanged with every step, answers on their way are not. */
let queue: AnswerQueue | undefined;
let current: Challenge | undefined;
/** How long ago the server said what is left: a page has been read and its script started since, a step has not. */
let sinceSaid = () => performance.now() - ((performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined)?.responseStart ?? 0);
/** What the next step has to say beside its own. */
let carried: string | undefined;

/** A step of a challenge over the server's forms: counts its clock down, sends its answer, and makes place for the next step. */
class Challenge extends HTMLElement {
  #left = new AbortController();
  #section: HTMLElement | null = null;
  #pairs: Matching;
  #isHeld = false;
  #link: { state: Link; queued: number } = { state: 'saved', queued: 0 };
  #trouble = carried;
  readonly #countdown = new Countdown(() => this.#tick());

  connectedCallback(): void {
    current = this;
    carried = undefined;
    queue ??= new AnswerQueue(this.dataset['attempt']!, position => position === current?.position ? Number(current.dataset['sequence']) : 0, {
      changed: (state, queued) => current?.linked(state, queued),
      overtaken: () => { carried = t('answeredElsewhere'); },
      adopted: change => { if (current?.position === change.position) current.holdAs(change.answer); },
      refused: why => { carried = why ?? t('notTakenHere'); void current?.step(); },
      stored: () => void current?.step(),
      closed: () => void current?.step(),
    });
    this.#section = this.querySelector('section[data-type]');
    if (this.#section) this.#open(this.#section);
    const signal = this.#left.signal;
    this.addEventListener('submit', event => void this.#submitted(event), { signal });
    addEventListener('keydown', event => this.#pressed(event), { signal });
    addEventListener('pageshow', event => { if (event.persisted) location.reload(); }, { signal });
    document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') this.#tick(); }, { signal });
    segmentPage(this);
    this.#showLink();
    (this.querySelector<HTMLElement>('[data-verdict]') ?? this.querySelector<HTMLElement>('.stem'))?.focus({ preventScroll: true });
    void queue.flush();
  }

  disconnectedCallback(): void {
    this.#left.abort();
    this.#countdown.stop();
  }

  get position(): number {
    return Number(this.#section?.dataset['position']);
  }

  #open(section: HTMLElement): void {
    this.#pairs = wireFinal(section, () => this.#check(), () => undefined);
    const waiting = queue!.waiting.find(change => change.position === this.position);
    this.#countdown.set({ remainingMs: Math.max(0, Number(this.dataset['remainingMs']) - sinceSaid()), totalMs: Number(this.dataset['totalMs']) });
    drain(this.querySelector('.timebar i'), this.#countdown);
    if (waiting) this.holdAs(waiting.answer);
    this.#tick();
  }

  holdAs(answer: Parameters<typeof restore>[1]): void {
    restore(this.#section!, answer);
    this.#pairs?.draw();
    this.#hold();
  }

  #hold(): void {
    this.#isHeld = true;
    hold(this.#section!);
  }

  async #submitted(event: SubmitEvent): Promise<void> {
    const form = event.target as HTMLFormElement;
    if (form.id === 'answer') {
      event.preventDefault();
      this.#check();
    } else if (form.matches('[data-open]')) {
      event.preventDefault();
      await this.step(form);
    }
  }

  #pressed(event: KeyboardEvent): void {
    const next = () => this.querySelector<HTMLElement>('footer .primary')!.click();
    if (!this.#section) {
      if (event.key === 'Enter' && !event.repeat && !(event.target as Element).closest('a, button, summary, .appeal')) next();
    } else if (pressedFinal(event, this.#section, this.#pairs, { check: () => this.#check(), next })) event.preventDefault();
  }

  #check(timeUp = false): void {
    if (this.#isHeld || !this.#section) return;
    if (!timeUp && items(this.#section).length > 0) numberItems(this.#section);
    const answer = read(this.#section);
    if (answer === null) {
      if (timeUp) {
        this.#hold();
        setTimeout(() => void this.step(), grace);
      } else {
        this.#trouble = t('answerFirst');
        announce(this.#trouble);
        this.#showLink();
      }
      return;
    }
    this.#trouble = undefined;
    this.#hold();
    queue!.add(this.position, answer);
  }

  #tick(): void {
    if (!this.#section || this.#left.signal.aborted) return;
    const left = Math.max(0, this.#countdown.seconds);
    showTimeLeft(this, left);
    if (left > 0 || this.#isHeld) return;
    announce(t('timeOver'));
    this.#check(true);
  }

  linked(state: Link, queued: number): void {
    this.#link = { state, queued };
    this.#showLink();
  }

  #showLink(): void {
    const { state, queued } = this.#link;
    if (sayWaiting(this, state, queued)) return;
    if (this.#trouble) saySaved(this, 'off', this.#trouble, true);
    else if (state === 'saving') saySaved(this, 'saved', t('saving'), false);
  }

  /** Asks the server for what is next, by a form or by looking, and puts it in this one's place. */
  async step(form?: HTMLFormElement): Promise<void> {
    if (this.#left.signal.aborted) return;
    try {
      const response = form
        ? await fetch(form.action, { method: 'POST', body: new FormData(form), signal: AbortSignal.timeout(patience) })
        : await fetch(`/self-test/${this.dataset['attempt']}`, { cache: 'no-store', signal: AbortSignal.timeout(patience) });
      if (!response.ok) throw new Error(String(response.status));
      const next = new DOMParser().parseFromString(await response.text(), 'text/html').querySelector('sq-challenge');
      if (!next) location.replace(response.url);
      else if (this.isConnected) {
        sinceSaid = () => 0;
        this.replaceWith(document.adoptNode(next));
        scrollTo(0, 0);
      }
    } catch {
      this.#trouble = t('stepWaits');
      this.#showLink();
      if (form) announce(this.#trouble);
      else setTimeout(() => void this.step(), again);
    }
  }
}

customElements.define('sq-challenge', Challenge);
