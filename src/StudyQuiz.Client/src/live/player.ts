import { html, nothing } from 'lit';
import { picture, words } from '../common/lit';
import { t } from '../common/text';
import { answerFor, choicesOf, connecting, fixNote, positionsIn, refusedSlate, scoreRules, slate } from './answers';
import type { LinkState } from './connection';
import type { GivenAnswer, Mine, PlayerView, Receipt } from './contract';
import { LiveElement } from './live-element';
import { answerForm, type Sending } from './player-forms';
import { aborted, board, end, late, lobby, outcomeText, reading, result, timeUp, waiting } from './player-screens';

/** So long before the close goes out what was chosen and not sent. */
const lastCallMs = 400;

/** So long an answer that did not get through waits for its next try. Twice is safe: the server keeps the first. */
const retryMs = [500, 1_000, 2_000, 4_000];

/** What was chosen in a round, kept by this tab until it is received: a reload loses nothing. */
interface Kept {
  round: number;
  answer: GivenAnswer;
  /** It was on its way. */
  sent: boolean;
}

/** A player's phone: `<sq-player game-id="…">`. */
class Player extends LiveElement<PlayerView> {
  protected readonly hub = '/hubs/player';
  protected readonly movesFocus = true;
  #sending?: Sending;
  #receipt?: { round: number; mine: Mine };
  #refusal?: { round: number; why: string };
  /** The round whose answer waited for the link until it was too late. */
  #missed?: number;
  #draft?: { round: number; answer: GivenAnswer };
  #lastCall: number | undefined;
  #retry: number | undefined;
  /** A round's answers were still out when the host ended the game. */
  #cutOff = false;
  #wakeLock?: WakeLockSentinel;

  protected attachWith(gameId: string): unknown[] {
    return [gameId];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('keydown', this.#key);
    document.addEventListener('visibilitychange', this.#stayAwake);
    void this.#stayAwake();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('keydown', this.#key);
    document.removeEventListener('visibilitychange', this.#stayAwake);
    clearTimeout(this.#lastCall);
    clearTimeout(this.#retry);
    void this.#wakeLock?.release();
  }

  // Absent on plain http; the seat is kept either way.
  readonly #stayAwake = async () => {
    if (document.hidden || !('wakeLock' in navigator)) return;
    try {
      this.#wakeLock = await navigator.wakeLock.request('screen');
    } catch {
      // A low battery refuses it.
    }
  };

  protected override arrived(view: PlayerView, before: PlayerView | undefined): void {
    if (view.phase === 'aborted' && before && before.phase !== 'aborted') this.#cutOff = before.phase === 'reading' || before.phase === 'open';
    if (this.#sending && (view.round !== this.#sending.round || view.phase !== 'open' || view.mine)) {
      if (!view.mine && view.result?.outcome === 'unanswered') this.#missed = this.#sending.round;
      this.#sending = undefined;
    }
    if (this.#refusal && (view.round !== this.#refusal.round || view.phase !== 'open')) this.#refusal = undefined;
    if (this.#draft?.round !== view.round || view.phase !== 'open') this.#draft = undefined;
    if (!before && view.phase === 'open' && !view.mine) this.#restore(view.round);
    clearTimeout(this.#lastCall);
    // While everybody reads, and not all at the same moment.
    if (view.phase === 'reading' && before?.phase !== 'reading') window.setTimeout(() => void this.#measure(), 300 + Math.random() * 2_000);
    if (view.phase === 'open' && view.clock) this.#lastCall = window.setTimeout(() => { if (!this.#sending) void this.#send(this.#draft?.answer); }, this.countdown.remainingMs - lastCallMs);
    if (view.phase === 'closed' && before?.phase === 'open' && view.result) navigator.vibrate?.(view.result.outcome === 'right' ? [30, 50, 30] : 90);
  }

  // What could not be sent goes out as soon as the seat is taken again; the server keeps the first answer, so twice is safe.
  protected override linked(state: LinkState): void {
    if (state === 'online') void this.#measure();
    if (state === 'online' && this.#sending && this.#sending.state !== 'sending') void this.#send(this.#sending.answer);
  }

  // The server measures the way here and back by numbers that come back at once; the shortest counts, so a busy moment does no harm.
  async #measure(): Promise<void> {
    try {
      for (let echo = 0, times = 0; times < 6; times++) echo = await this.live.invoke<number>('Ping', echo);
    } catch {
      // Nothing is credited then.
    }
  }

  /** What this player answered, from the view or from the receipt that came before it. */
  get #mine(): Mine | undefined {
    const view = this.view;
    return view?.mine ?? (this.#receipt?.round === view?.round ? this.#receipt?.mine : undefined);
  }

  protected screen(): string {
    if (this.evicted) return 'evicted';
    if (this.refusal) return this.refusal;
    return `${this.view?.phase}:${this.view?.round}:${this.#mine !== undefined}`;
  }

  protected override awayText(): string {
    return t('returning');
  }

  protected override closing(view: PlayerView): string {
    const { result } = view;
    if (!result) return t('sayClosed');
    return `${outcomeText(result.outcome)}${result.gain > 0 ? ` +${result.gain}` : ''}`;
  }

  #press(position: number): void {
    const { view } = this;
    if (!view?.question || !this.#mayAnswer || position >= choicesOf(view.question).length) return;
    if (view.question.type === 'multiple_choice') {
      const picked = new Set(positionsIn(this.#draft?.answer));
      if (!picked.delete(position)) picked.add(position);
      this.#drafted(picked.size > 0 ? answerFor(view.question, [...picked]) : undefined);
    } else {
      void this.#send(answerFor(view.question, [position]));
    }
  }

  get #mayAnswer(): boolean {
    return this.view?.phase === 'open' && !this.#mine && !this.#sending && !this.#refusal;
  }

  get #keptAs(): string {
    return `${this.gameId}:${this.view?.seat.number}`;
  }

  #keep(kept: Kept | undefined): void {
    try {
      sessionStorage.setItem(this.#keptAs, JSON.stringify(kept ?? null));
    } catch {
      // Storage is off: then a reload begins anew.
    }
  }

  #restore(round: number): void {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.#keptAs) ?? 'null') as Kept | null;
      if (kept?.round !== round) return;
      if (kept.sent) queueMicrotask(() => void this.#send(kept.answer));
      else this.#draft = kept;
    } catch {
      // Nothing that could be read.
    }
  }

  #drafted(answer: GivenAnswer | undefined): void {
    if (!this.view || !this.#mayAnswer) return;
    this.#draft = answer && { round: this.view.round, answer };
    this.#keep(this.#draft && { ...this.#draft, sent: false });
    this.requestUpdate();
  }

  async #send(answer: GivenAnswer | undefined): Promise<void> {
    const { view } = this;
    if (!view?.question || !answer || this.#mine || this.#refusal) return;
    const sending: Sending = { round: view.round, answer, state: this.live.online ? 'sending' : 'queued', failures: this.#sending?.failures ?? 0 };
    clearTimeout(this.#retry);
    this.#sending = sending;
    this.#keep({ round: view.round, answer, sent: true });
    this.requestUpdate();
    if (sending.state === 'queued') return;
    try {
      const receipt = await this.live.invoke<Receipt>('Answer', sending.round, sending.answer);
      if (receipt.received || receipt.mine) {
        this.#receipt = { round: sending.round, mine: receipt.mine ?? { answer: sending.answer, tookMs: 0 } };
        navigator.vibrate?.(30);
      } else if (receipt.refusal === 'tryAgain' || receipt.refusal === 'paused') {
        // Nothing was stored: the choice stays on the screen, to be sent again.
        throw new Error(receipt.refusal);
      } else {
        this.#refusal = { round: sending.round, why: receipt.refusal ?? '' };
      }
      if (this.#sending === sending) this.#sending = undefined;
    } catch {
      if (this.#sending === sending) this.#failed(sending);
    }
    this.requestUpdate();
  }

  #failed(sending: Sending): void {
    sending.state = this.live.online ? 'failed' : 'queued';
    if (sending.state === 'queued') return;
    const wait = retryMs[Math.min(sending.failures++, retryMs.length - 1)]!;
    // A room full of phones must not come back in step.
    this.#retry = window.setTimeout(() => { if (this.#sending === sending) void this.#send(sending.answer); }, wait * (0.7 + Math.random() * 0.6));
  }

  readonly #key = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing || this.view?.phase !== 'open') return;
    if (event.key === 'Enter' && this.view.question?.type === 'multiple_choice') {
      event.preventDefault();
      if (!this.#sending) void this.#send(this.#draft?.answer);
      return;
    }
    const at = /^[1-6]$/.test(event.key) ? Number(event.key) - 1 : /^[a-f]$/i.test(event.key) ? event.key.toLowerCase().charCodeAt(0) - 97 : -1;
    if (at >= 0) this.#press(at);
  };

  protected override render() {
    const view = this.view;
    if (this.evicted) {
      return slate(t('evictedTitle'), t('evictedText', { name: view?.seat.nickname ?? '' }), html`<button class="btn primary lg" @click=${() => this.comeBack()}>${t('evictedBack')}</button>`);
    }
    if (this.refusal) return refusedSlate(this.refusal);
    if (!view) return connecting(t('connecting'));
    const timed = view.phase === 'reading' || view.phase === 'open';
    const n = this.countdown.seconds;
    return html`
      <div class="player ${this.low ? 'low' : ''}">
        <header class="p-head">
          ${this.strip('returning', 'returningSafe')}
          ${view.phase === 'open' || view.phase === 'closed' || view.phase === 'board' ? fixNote(view.fix) : nothing}
          <div class="p-top">
            <span class="nm">${view.seat.nickname}</span>
            ${timed && view.clock ? html`<span class="clock" role="timer" aria-label=${t('secondsLeft', { n })}>${n}</span>` : html`<span class="sm muted">${view.round > 0 && view.phase !== 'podium' ? t('roundTop', { round: view.round, rounds: view.rounds }) : ''}</span>`}
            <span class="num">${t('points', { n: view.seat.points })}</span>
          </div>
        </header>
        <div class="p-drain" aria-hidden="true">${timed ? html`<i data-drain></i>` : nothing}</div>
        ${this.#main(view)}
        <footer class="p-foot">${this.#foot(view, timed)}</footer>
      </div>`;
  }

  #foot(view: PlayerView, timed: boolean) {
    if (view.phase === 'lobby') return html`<span>${scoreRules(view.rules)}</span>`;
    if (timed) return html`<span>${t('roundOf', { round: view.round, rounds: view.rounds })}</span>${view.rules.points === undefined && view.question?.points ? html`<span>${t('points', { n: view.question.points })}</span>` : nothing}${view.seat.extra > 0 ? html`<span>${t('extraTime', { n: view.seat.extra })}</span>` : nothing}`;
    if (view.phase === 'closed') return html`<span>${t('watchScreen')}</span>`;
    if (view.phase === 'board') return html`<span>${t('watchBoard')}</span><a href="/play/${this.gameId}/move">${t('moveSeat')}</a>`;
    return nothing;
  }

  #main(view: PlayerView) {
    if (view.clock?.paused) return html`<main id="main" class="p-mid"><h1>${t('pausedTitle')}</h1><p class="muted roomy">${t('pausedText')}</p></main>`;
    switch (view.phase) {
      case 'lobby': return lobby(view, this.gameId);
      case 'reading': return reading(view);
      case 'open': return this.#open(view);
      case 'closed': return result(view, this.#mine, this.#missed === view.round);
      case 'board': return board(view);
      case 'podium': return end(view, this.gameId);
      case 'aborted': return aborted(view, this.gameId, this.#cutOff);
    }
  }

  #open(view: PlayerView) {
    const { question } = view;
    if (this.#mine) return waiting(view, this.#mine);
    if (this.#refusal) return late(this.#refusal.why);
    if (!question) return nothing;
    // Others may have more time. Where the server is away, so is its clock: what is chosen goes out when it is back.
    if (view.clock && this.link === 'online' && this.countdown.remainingMs <= 0 && !this.#sending) return timeUp();
    return html`<main id="main" class="p-answer">
      ${picture(question.picture)}
      <h1 class="p-stem" ?data-long=${question.stem.length > 48}>${words(question.stem)}</h1>
      ${answerForm({
        question,
        draft: this.#draft?.answer,
        sending: this.#sending,
        press: position => this.#press(position),
        drafted: answer => this.#drafted(answer),
        send: answer => void this.#send(answer),
      })}
    </main>`;
  }
}

customElements.define('sq-player', Player);
