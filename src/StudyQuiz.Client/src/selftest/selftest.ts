import { announce } from '../common/announce';
import { Countdown } from '../common/clock';
import { t } from './selftest-text';
import { blank, read, restore } from './answers';
import { matching } from './matching';
import { ordering } from './ordering';
import { AnswerQueue, type Change, type Link } from './queue';
import { saySaved, sayWaiting, setText } from './saved';
import { showTimeLeft } from './timeleft';
import { isWithdrawn, withdraw } from './withdrawn';
import { keep, recall } from '../common/storage';
import './challenge';
import './practice';
import './reading';
import './unsent';

const typingPause = 600;
/** Whoever only reads learns of a withdrawn question by then. */
const askEvery = 30_000;

/** A running self-test over the server's form: one question at a time, every answer saved as it is given. */
class SelfTest extends HTMLElement {
  #sections!: HTMLElement[];
  #form!: HTMLFormElement;
  #queue!: AnswerQueue;
  #flags!: Set<number>;
  #at = 1;
  #typing: { timer: number; position: number } | undefined;
  /** Where an input method composes: what stands in the field is not the field's last word yet. */
  #composing: number | undefined;
  #over = false;
  /** What went wrong with the last change; it stays until the next one. */
  #trouble: string | undefined;
  #link: { state: Link; queued: number } = { state: 'saved', queued: 0 };
  /** Whether the server has anything of this attempt: before that nothing is called saved. */
  #anySaved = false;
  readonly #matchings = new Map<number, ReturnType<typeof matching>>();
  readonly #countdown = new Countdown(() => this.#tick());

  connectedCallback(): void {
    this.#form = this.querySelector<HTMLFormElement>('#answers')!;
    this.#sections = [...this.querySelectorAll<HTMLElement>('section.q')];
    this.#flags = new Set(recall<number[]>(this.#flagsKey, []));
    this.#queue = new AnswerQueue(this.#attempt, position => Number(this.#section(position).dataset['sequence']), {
      changed: (link, queued) => this.#linked(link, queued),
      overtaken: () => { this.#trouble = t('overtaken'); },
      adopted: change => this.#adopt(change),
      elsewhere: change => {
        this.#adopt(change);
        this.#trouble = t('changedElsewhere', { n: change.position });
        this.#showLink();
      },
      refused: why => { this.#trouble = why ?? t('notTakenHere'); },
      withdrawn: position => this.#withdrawn([position]),
      closed: () => location.assign(`/self-test/${this.#attempt}/result`),
    });

    // What did not reach the server before a reload is on this device: it goes back into the page, then out again.
    this.#anySaved = this.#sections.some(section => Number(section.dataset['sequence']) > 0);
    for (const change of this.#queue.waiting) restore(this.#section(change.position), change.answer);
    for (const section of this.#sections) if (!isWithdrawn(section)) this.#wire(section);

    this.#countdown.set({ remainingMs: Number(this.dataset['remainingMs']), totalMs: 0 });
    this.#listen();
    const open = this.#sections.findIndex(section => read(section) === null && !isWithdrawn(section)) + 1;
    this.#show(this.#fromAddress() ?? (open || 1), 'replace', false);
    this.#tick();
    void this.#queue.flush();
    setInterval(() => { if (!document.hidden && !this.#over) void this.#askTime(); }, askEvery);
  }

  get #attempt(): string {
    return this.dataset['attempt']!;
  }

  get #flagsKey(): string {
    return `sq-attempt-${this.#attempt}-flags`;
  }

  #section(position: number): HTMLElement {
    return this.#sections[position - 1]!;
  }

  #wire(section: HTMLElement): void {
    const position = Number(section.dataset['position']);
    const changed = () => this.#changed(position);
    ordering(section, changed);
    this.#matchings.set(position, matching(section, changed));
    section.addEventListener('change', event => {
      if (!(event.target instanceof HTMLSelectElement) && event.target !== blank(section)) changed();
    });
    const text = blank(section);
    if (!text) return;
    text.addEventListener('compositionstart', () => { this.#composing = position; });
    text.addEventListener('compositionend', () => { this.#composing = undefined; this.#typed(position); });
    text.addEventListener('input', () => { if (this.#composing === undefined) this.#typed(position); });
    text.addEventListener('blur', () => this.#finishTyping());
  }

  #withdrawn(positions: number[]): void {
    const gone = positions.filter(position => withdraw(this.#section(position)));
    if (gone.length === 0) return;
    for (const position of gone) this.#flags.delete(position);
    if (this.#typing && gone.includes(this.#typing.position)) this.#typing = undefined;
    if (this.#composing !== undefined && gone.includes(this.#composing)) this.#composing = undefined;
    this.#draw();
    announce(t('withdrawnSaid', { n: gone.join(t('listComma')) }));
    if (gone.includes(this.#at)) this.#section(this.#at).querySelector<HTMLElement>('.stem')!.focus({ preventScroll: true });
  }

  #adopt(change: Change): void {
    // What is being typed here is later than what was left there.
    if ((this.#typing?.position ?? this.#composing) === change.position) return;
    restore(this.#section(change.position), change.answer);
    this.#matchings.get(change.position)?.draw();
    this.#draw();
  }

  #typed(position: number): void {
    if (this.#typing) clearTimeout(this.#typing.timer);
    this.#typing = { position, timer: window.setTimeout(() => this.#finishTyping(), typingPause) };
    this.#showLink();
    this.#draw();
  }

  /** Sends what is typed, half composed as it may be: at the deadline, and where the page goes away, a draft counts. */
  #finishTyping(): void {
    const position = this.#typing?.position ?? this.#composing;
    if (position === undefined) return;
    clearTimeout(this.#typing?.timer);
    this.#typing = undefined;
    this.#changed(position);
  }

  #changed(position: number): void {
    this.#trouble = undefined;
    this.#queue.add(position, read(this.#section(position)));
    this.#draw();
  }

  #listen(): void {
    this.addEventListener('click', event => this.#clicked(event));
    addEventListener('keydown', event => this.#pressed(event));
    addEventListener('popstate', () => this.#show(this.#fromAddress() ?? 1, 'keep'));
    addEventListener('pagehide', () => this.#finishTyping());
    addEventListener('pageshow', event => { if (event.persisted) location.reload(); });
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.#askTime();
      else this.#finishTyping();
    });
    this.#form.addEventListener('submit', event => {
      event.preventDefault();
      // Enter in a field asks for a form's hand-in; here it means the next question.
      if (event.submitter?.matches('[data-hand-in]')) this.#askHandIn();
    });
    const sheet = this.#dialog('sheet');
    sheet.addEventListener('close', () => this.querySelector('.exam')!.append(this.querySelector('.sheet')!));
    const handIn = this.#dialog('hand-in');
    handIn.addEventListener('close', () => { if (handIn.returnValue === 'hand-in') void this.#handIn(); });
  }

  #dialog(name: 'sheet' | 'hand-in'): HTMLDialogElement {
    return this.querySelector<HTMLDialogElement>(`[data-${name}-dialog]`)!;
  }

  #clicked(event: Event): void {
    const target = event.target as Element;
    const link = target.closest<HTMLAnchorElement>('a[href^="#q"]');
    if (link) {
      event.preventDefault();
      for (const dialog of this.querySelectorAll<HTMLDialogElement>('dialog[open]')) dialog.close('');
      this.#show(Number(link.hash.slice(2)));
      return;
    }
    const go = target.closest<HTMLElement>('[data-go]');
    if (go) this.#go(Number(go.dataset['go']));
    else if (target.closest('[data-flag]')) this.#flag();
    else if (target.closest('[data-sheet]')) {
      const dialog = this.#dialog('sheet');
      dialog.append(this.querySelector('.sheet')!);
      dialog.showModal();
    }
  }

  #pressed(event: KeyboardEvent): void {
    // Enter and digits belong to an input method while it composes; 229 is what some browsers report of it.
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || this.querySelector('dialog[open]')) return;
    const target = event.target as Element;
    const section = this.#section(this.#at);
    if (target.closest('.blank, select')) {
      if (event.key === 'Enter' && target.closest('.blank')) {
        event.preventDefault();
        this.#go(1);
      }
      return;
    }
    if (event.defaultPrevented || event.altKey) return;
    if (event.key === 'Enter' && !target.closest('a, button')) this.#go(1);
    else if (event.key.toLowerCase() === 'm') this.#flag();
    else if (/^[1-9]$/.test(event.key)) {
      const input = section.querySelectorAll<HTMLInputElement>('.opt input')[Number(event.key) - 1];
      if (!input) return;
      input.click();
      input.focus();
    } else if (!this.#matchings.get(this.#at)?.keydown(event)) return;
    event.preventDefault();
  }

  #go(by: number): void {
    const to = this.#at + by;
    if (to > this.#sections.length) this.#askHandIn();
    else if (to >= 1) this.#show(to);
  }

  #fromAddress(): number | undefined {
    const position = Number(/^#q(\d+)$/.exec(location.hash)?.[1]);
    return position >= 1 && position <= this.#sections.length ? position : undefined;
  }

  /** @param address whether going there is a step that the browser's back undoes */
  #show(position: number, address: 'push' | 'replace' | 'keep' = 'push', focus = true): void {
    this.#finishTyping();
    this.#at = position;
    if (address === 'push') history.pushState(null, '', `#q${position}`);
    else if (address === 'replace') history.replaceState(null, '', `#q${position}`);
    this.#sections.forEach((section, i) => { section.hidden = i + 1 !== position; });
    const type = this.#section(position).dataset['type'];
    for (const keys of this.querySelectorAll<HTMLElement>('[data-keys]')) keys.hidden = keys.dataset['keys'] !== type;
    this.#draw();
    scrollTo(0, 0);
    this.#matchings.get(position)?.reveal();
    if (focus) this.#section(position).querySelector<HTMLElement>('.stem')!.focus({ preventScroll: true });
  }

  #flag(): void {
    if (!this.#flags.delete(this.#at)) this.#flags.add(this.#at);
    keep(this.#flagsKey, [...this.#flags]);
    this.#draw();
  }

  #draw(): void {
    const count = this.#sections.length;
    const answered = this.#sections.map(section => read(section) !== null);
    const done = answered.filter(Boolean).length;
    const asked = this.#sections.filter(section => !isWithdrawn(section)).length;
    const steps = this.querySelector('.steps')!;
    steps.setAttribute('aria-valuenow', String(this.#at));
    steps.setAttribute('aria-label', t('roundOf', { round: this.#at, rounds: count }));
    [...steps.children].forEach((step, i) => {
      step.className = i + 1 === this.#at ? 'c' : this.#flags.has(i + 1) ? 'f' : answered[i] ? 'd' : '';
    });
    this.querySelectorAll('.sheet ol a').forEach((cell, i) => {
      const position = i + 1;
      const flagged = this.#flags.has(position);
      cell.className = [answered[i] && 'd', flagged && 'f'].filter(Boolean).join(' ');
      cell.toggleAttribute('aria-current', position === this.#at);
      if (position === this.#at) cell.setAttribute('aria-current', 'true');
      cell.setAttribute('aria-label', [t('roundShort', { round: position }), t(isWithdrawn(this.#section(position)) ? 'cellWithdrawn' : answered[i] ? 'cellAnswered' : 'cellOpen'), flagged && t('cellFlagged')].filter(Boolean).join(t('listComma')));
    });
    setText(this, '[data-count]', `${done} / ${asked}`);
    setText(this, '[data-answered]', t('answeredCount', { n: done }));
    setText(this, '[data-flagged]', t('flaggedCount', { n: this.#flags.size }));
    setText(this, '[data-open]', t('openCount', { n: asked - done }));
    setText(this, '[data-place]', `${this.#at} / ${count}`);
    setText(this, '[data-go="1"] > span', t(this.#at === count ? 'toHandIn' : 'nextQuestion'));
    this.querySelector('[data-flag]')!.setAttribute('aria-pressed', String(this.#flags.has(this.#at)));
    for (const back of this.querySelectorAll('[data-go="-1"]')) back.setAttribute('aria-disabled', String(this.#at === 1));
  }

  #linked(state: Link, queued: number): void {
    if (this.#link.state === 'saving' && state === 'saved' && !this.#trouble) this.#anySaved = true;
    this.#link = { state, queued };
    if (!this.#over) this.#showLink();
  }

  #showLink(): void {
    const { state, queued } = this.#link;
    if (sayWaiting(this, state, queued)) return;
    if (state === 'saved' && this.#typing) saySaved(this, 'saved', t('saving'), false);
    else if (state === 'saved' && this.#trouble) saySaved(this, 'off', this.#trouble, true);
    else if (state === 'saved') saySaved(this, 'saved', t(this.#anySaved ? 'saved' : 'nothingYet'), false);
    else saySaved(this, 'saved', t('saving'), false);
  }

  #tick(): void {
    if (this.#over) return;
    const left = Math.max(0, this.#countdown.seconds);
    showTimeLeft(this, left);
    if (left === 0) void this.#handIn(true);
  }

  /** A machine that slept counted nothing meanwhile. */
  async #askTime(): Promise<void> {
    const answer = await this.#fetchTime();
    if (!answer) return;
    if (answer.submitted) location.assign(`/self-test/${this.#attempt}/result`);
    else {
      this.#countdown.set({ remainingMs: answer.remainingMs, totalMs: 0 });
      this.#withdrawn(answer.withdrawn);
    }
    this.#tick();
  }

  async #fetchTime(): Promise<{ submitted: boolean; remainingMs: number; withdrawn: number[] } | undefined> {
    try {
      const response = await fetch(`/api/attempts/${this.#attempt}`, { cache: 'no-store', signal: AbortSignal.timeout(5000) });
      return response.ok ? await response.json() as { submitted: boolean; remainingMs: number; withdrawn: number[] } : undefined;
    } catch {
      return undefined;
    }
  }

  #askHandIn(): void {
    this.#finishTyping();
    const open = this.#sections.filter(section => read(section) === null && !isWithdrawn(section)).map(section => Number(section.dataset['position']));
    const sheet = this.#dialog('sheet');
    if (sheet.open) sheet.close();
    const dialog = this.#dialog('hand-in');
    setText(this, '[data-unanswered-said]', open.length === 0 ? t('allAnswered') : t('openListed', { n: open.length }));
    dialog.querySelector('[data-unanswered]')!.replaceChildren(...open.map(position => {
      const link = document.createElement('a');
      link.href = `#q${position}`;
      link.textContent = String(position);
      link.setAttribute('aria-label', t('roundShort', { round: position }));
      const item = document.createElement('li');
      item.append(link);
      return item;
    }));
    dialog.returnValue = '';
    dialog.showModal();
  }

  /** Sends what waits, then the form; offline it waits for the network instead of leaving the page. */
  async #handIn(timeUp = false): Promise<void> {
    if (this.#over) return;
    this.#over = true;
    this.#countdown.stop();
    this.#finishTyping();
    if (timeUp) {
      for (const dialog of this.querySelectorAll<HTMLDialogElement>('dialog[open]')) dialog.close('');
      announce(t('timeUp'));
    }
    for (;;) {
      saySaved(this, 'saved', t(timeUp ? 'timeUp' : 'handingIn'), false);
      await this.#queue.flush();
      if (await this.#fetchTime()) break;
      if (this.#link.state !== 'apart' || !sayWaiting(this, this.#link.state, this.#link.queued)) saySaved(this, 'off', t('handInWaits'), true);
      await new Promise<void>(resolve => {
        const timer = window.setTimeout(resolve, 3000);
        addEventListener('online', () => { clearTimeout(timer); resolve(); }, { once: true });
      });
    }
    this.#form.querySelector<HTMLInputElement>('input[name="take"]')!.value = this.#queue.waiting.map(change => change.position).join(',') || 'none';
    this.#form.submit();
  }
}

customElements.define('sq-self-test', SelfTest);
