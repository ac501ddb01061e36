import { announce } from '../common/announce';
import { forget, keep, recall } from '../common/storage';
import { t } from './selftest-text';
import { segmentPage } from '../site/segmentation';
import { items, numberItems, rating, read, restore, type Answer } from './answers';
import { hold, pressedFinal, wireFinal, type Matching } from './finals';
import { AnswerQueue, type Link } from './queue';
import { saySaved, sayWaiting, setText } from './saved';
import { withdraw } from './withdrawn';

const patience = 10_000;

/** A practice over the server's forms: one question at a time; each answer is final, and what it was worth is told at once. */
class Practice extends HTMLElement {
  #sections!: HTMLElement[];
  #queue!: AnswerQueue;
  #at = 1;
  #anySaved = false;
  #link: { state: Link; queued: number } = { state: 'saved', queued: 0 };
  #trouble: string | undefined;
  /** Answered here, and not yet told. */
  readonly #waiting = new Set<number>();
  readonly #matchings = new Map<number, Matching>();

  connectedCallback(): void {
    this.#sections = [...this.querySelectorAll<HTMLElement>('section.q')];
    this.#anySaved = this.#sections.some(section => this.#isTold(section));
    this.#queue = new AnswerQueue(this.dataset['attempt']!, position => Number(this.#section(position).dataset['sequence']), {
      changed: (state, queued) => { this.#link = { state, queued }; this.#showLink(); },
      overtaken: () => { this.#trouble = t('answeredElsewhere'); },
      adopted: change => this.#hold(change.position),
      refused: why => { this.#trouble = why ?? t('notTakenHere'); },
      withdrawn: position => {
        this.#waiting.delete(position);
        if (!withdraw(this.#section(position))) return;
        this.#draw();
        announce(t('withdrawnSaid', { n: position }));
        if (position === this.#at) this.#section(position).querySelector<HTMLElement>('.stem')!.focus({ preventScroll: true });
      },
      stored: position => {
        this.#anySaved = true;
        if (this.#trouble === t('endWaits')) this.#trouble = undefined;
        void this.#tell(position);
      },
      closed: () => location.assign(`/self-test/${this.dataset['attempt']}/result`),
    });
    for (const section of this.#sections) if (!this.#isTold(section)) this.#wire(section);
    // What did not reach the server before a reload stands as it was given
    for (const change of this.#queue.waiting) {
      restore(this.#section(change.position), change.answer);
      this.#matchings.get(change.position)?.draw();
      this.#hold(change.position);
    }
    this.#listen();
    const open = this.#sections.findIndex(section => !this.#isTold(section)) + 1;
    this.#show(this.#fromAddress() ?? (open || 1), 'replace', false);
    void this.#queue.flush();
  }

  #section(position: number): HTMLElement {
    return this.#sections[position - 1]!;
  }

  #isTold(section: HTMLElement): boolean {
    return Boolean(section.dataset['outcome']);
  }

  /** A flashcard whose back is shown, which is to be judged. */
  #isRevealed(section: HTMLElement): boolean {
    return section.querySelector('[data-selfcheck]') !== null;
  }

  #isDone(position: number): boolean {
    return this.#isTold(this.#section(position)) || this.#waiting.has(position);
  }

  #wire(section: HTMLElement): void {
    const position = Number(section.dataset['position']);
    // What is not confirmed yet outlives a reload on this device
    const changed = () => {
      if (!this.#isDone(position) && !this.#isRevealed(section)) keep(this.#draftKey(position), read(section));
      this.#draw();
    };
    const pairs = wireFinal(section, () => this.#check(), changed);
    this.#matchings.set(position, pairs);
    section.addEventListener('input', event => { if (event.target instanceof HTMLTextAreaElement) changed(); });
    const draft = recall<Answer | null>(this.#draftKey(position), null);
    if (!draft || this.#isRevealed(section)) return;
    restore(section, draft);
    pairs?.draw();
  }

  #draftKey(position: number): string {
    return `sq-attempt-${this.dataset['attempt']}-draft-${position}`;
  }

  #listen(): void {
    this.addEventListener('click', event => this.#clicked(event));
    addEventListener('keydown', event => this.#pressed(event));
    addEventListener('popstate', () => this.#show(this.#fromAddress() ?? 1, 'keep'));
    addEventListener('pageshow', event => { if (event.persisted) location.reload(); });
    addEventListener('online', () => { for (const position of this.#waiting) void this.#tell(position); });
    this.addEventListener('submit', event => {
      const form = event.target as HTMLFormElement;
      // An appeal against what was told leaves the page
      if (form.method === 'dialog' || form.closest('.appeal')) return;
      event.preventDefault();
      if (form.matches('[data-end-form]')) this.#askEnd();
      else if (form.matches('[data-selfcheck]')) this.#rate(event.submitter as HTMLButtonElement | null);
      else this.#check();
    });
    const dialog = this.querySelector<HTMLDialogElement>('[data-end-dialog]')!;
    dialog.addEventListener('close', () => { if (dialog.returnValue === 'end') void this.#end(); });
  }

  #clicked(event: Event): void {
    const target = event.target as Element;
    const go = target.closest<HTMLElement>('[data-go]');
    if (go) this.#go(Number(go.dataset['go']));
    else if (target.closest('[data-next]')) this.#next();
  }

  #pressed(event: KeyboardEvent): void {
    if (this.querySelector('dialog[open]') || (event.target as Element).closest('.appeal')) return;
    const go = { check: () => this.#check(), next: () => this.#next() };
    if (pressedFinal(event, this.#section(this.#at), this.#matchings.get(this.#at), go)) event.preventDefault();
  }

  /** Checks what is answered here, else goes on. */
  #next(): void {
    if (!this.#isDone(this.#at)) this.#check();
    else if (this.#firstOpen() === undefined) void this.#end();
    else this.#go(1);
  }

  #firstOpen(): number | undefined {
    // the next one below, then round from the top
    const positions = this.#sections.map((_, i) => i + 1);
    return [...positions.slice(this.#at), ...positions.slice(0, this.#at)].find(position => !this.#isDone(position));
  }

  #go(by: number): void {
    const to = this.#at + by;
    if (to >= 1 && to <= this.#sections.length) this.#show(to);
    else if (by > 0) this.#show(this.#firstOpen() ?? this.#at);
  }

  #check(): void {
    const section = this.#section(this.#at);
    if (this.#isDone(this.#at) || this.#isRevealed(section)) return;
    // The order on the screen is what is answered, moved or not
    if (items(section).length > 0) numberItems(section);
    const answer = read(section);
    if (answer === null) {
      this.#trouble = t('answerFirst');
      this.#showLink();
      announce(t('answerFirst'));
      return;
    }
    this.#trouble = undefined;
    this.#hold(this.#at);
    this.#queue.add(this.#at, answer);
  }

  #rate(button: HTMLButtonElement | null): void {
    const section = this.#section(this.#at);
    if (!button || this.#isDone(this.#at)) return;
    const answer = rating(section, button.value === 'true');
    this.#hold(this.#at);
    this.#queue.add(this.#at, answer);
  }

  #hold(position: number): void {
    this.#waiting.add(position);
    forget(this.#draftKey(position));
    hold(this.#section(position));
    this.#draw();
  }

  async #tell(position: number): Promise<void> {
    const section = this.#section(position);
    if (this.#isTold(section)) return;
    let told: string | undefined;
    try {
      const response = await fetch(`/self-test/${this.dataset['attempt']}/told/${position}`, { cache: 'no-store', signal: AbortSignal.timeout(patience) });
      told = response.ok ? await response.text() : undefined;
    } catch {
      // the next time that there is a network
    }
    if (told === undefined) {
      this.#draw();
      return;
    }
    this.#waiting.delete(position);
    const part = new DOMParser().parseFromString(told, 'text/html');
    section.replaceChildren(...part.body.childNodes);
    const verdict = section.querySelector<HTMLElement>('[data-verdict]');
    if (verdict) section.dataset['outcome'] = verdict.dataset['verdict']!;
    segmentPage(section);
    this.#draw();
    if (position !== this.#at) return;
    (verdict ?? section.querySelector<HTMLElement>('.saidit input'))?.focus({ preventScroll: true });
    (verdict?.closest('.tell') ?? section.querySelector('.twocol'))?.scrollIntoView({ block: 'nearest' });
  }

  #fromAddress(): number | undefined {
    const position = Number(/^#q(\d+)$/.exec(location.hash)?.[1]);
    return position >= 1 && position <= this.#sections.length ? position : undefined;
  }

  /** @param address whether going there is a step that the browser's back undoes */
  #show(position: number, address: 'push' | 'replace' | 'keep' = 'push', focus = true): void {
    this.#at = position;
    this.#trouble = undefined;
    if (address === 'push') history.pushState(null, '', `#q${position}`);
    else if (address === 'replace') history.replaceState(null, '', `#q${position}`);
    this.#sections.forEach((section, i) => { section.hidden = i + 1 !== position; });
    this.#draw();
    this.#showLink();
    scrollTo(0, 0);
    this.#matchings.get(position)?.reveal();
    const section = this.#section(position);
    if (focus) (section.querySelector<HTMLElement>('[data-verdict]') ?? section.querySelector<HTMLElement>('.stem'))?.focus({ preventScroll: true });
  }

  #draw(): void {
    const count = this.#sections.length;
    const steps = this.querySelector('.steps')!;
    steps.setAttribute('aria-valuenow', String(this.#at));
    steps.setAttribute('aria-label', t('roundOf', { round: this.#at, rounds: count }));
    [...steps.children].forEach((step, i) => {
      const outcome = this.#section(i + 1).dataset['outcome'];
      step.className = i + 1 === this.#at ? 'c' : outcome === 'Right' ? 'r' : outcome === 'Withdrawn' ? '' : outcome ? 'x' : this.#waiting.has(i + 1) ? 'd' : '';
    });
    setText(this, '[data-place]', `${this.#at} / ${count}`);
    const here = this.#isDone(this.#at);
    const section = this.#section(this.#at);
    this.querySelector<HTMLElement>('[data-next]')!.hidden = !here && this.#isRevealed(section);
    setText(this, '[data-next] > span', t(!here ? section.dataset['type'] === 'flashcard' ? 'showAnswer' : 'check' : this.#firstOpen() === undefined ? 'toResult' : 'nextQuestion'));
    const waits = this.#section(this.#at).querySelector<HTMLElement>('[data-waits]');
    if (waits) waits.hidden = !this.#waiting.has(this.#at) || this.#link.state !== 'waiting';
    for (const back of this.querySelectorAll('[data-go="-1"]')) back.setAttribute('aria-disabled', String(this.#at === 1));
  }

  #showLink(): void {
    const { state, queued } = this.#link;
    this.#draw();
    if (sayWaiting(this, state, queued)) return;
    if (this.#trouble) saySaved(this, 'off', this.#trouble, true);
    else if (state === 'saving') saySaved(this, 'saved', t('saving'), false);
    else saySaved(this, 'saved', t(this.#anySaved ? 'saved' : 'nothingYet'), false);
  }

  #askEnd(): void {
    const open = this.#sections.filter((_, i) => !this.#isDone(i + 1)).length;
    const dialog = this.querySelector<HTMLDialogElement>('[data-end-dialog]')!;
    setText(this, '[data-end-said]', open === 0 ? t('allAnswered') : t('openDontCount', { n: open }));
    dialog.returnValue = '';
    dialog.showModal();
  }

  /** Sends what waits first; without a network the page stays and says so. */
  async #end(): Promise<void> {
    await this.#queue.flush();
    if (this.#queue.waiting.length > 0 || !navigator.onLine) {
      this.#trouble = t('endWaits');
      this.#showLink();
      announce(t('endWaits'));
      return;
    }
    this.#sections.forEach((_, i) => forget(this.#draftKey(i + 1)));
    this.querySelector<HTMLFormElement>('[data-end-form]')!.submit();
  }
}

customElements.define('sq-practice', Practice);
