import { html, nothing } from 'lit';
import { icon, shape, words } from '../common/lit';
import { number, seconds, t } from '../common/text';
import { answerFor, choicesOf, connecting, evidence, fixNote, movement, namesOf, positionsIn, refusalText, refusedSlate, scoreRules, slate, wave } from './answers';
import type { LinkState } from './connection';
import { isFixed, type GivenAnswer, type Mine, type PlayerView, type Receipt } from './contract';
import { LiveElement } from './live-element';

interface Sending {
  round: number;
  positions: number[];
  answer: GivenAnswer;
  /** Under way, waiting for the link, or to be tried again by hand. */
  state: 'sending' | 'queued' | 'failed';
}

/** A player's phone: `<sq-player game-id="…">`. */
class Player extends LiveElement<PlayerView> {
  protected readonly hub = '/hubs/player';
  protected readonly movesFocus = true;
  #sending?: Sending;
  #receipt?: { round: number; mine: Mine };
  #refusal?: { round: number; why: string };
  #picked: { round: number; positions: Set<number> } = { round: 0, positions: new Set() };
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
    if (this.#sending && (view.round !== this.#sending.round || view.phase !== 'open' || view.mine)) this.#sending = undefined;
    if (this.#refusal && (view.round !== this.#refusal.round || view.phase !== 'open')) this.#refusal = undefined;
    if (this.#picked.round !== view.round) this.#picked = { round: view.round, positions: new Set() };
  }

  // What could not be sent goes out as soon as the seat is taken again; the server keeps the first answer, so twice is safe.
  protected override linked(state: LinkState): void {
    if (state === 'online' && this.#sending && this.#sending.state !== 'sending') void this.#send(this.#sending.positions);
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

  protected override closing(view: PlayerView): string {
    const { result } = view;
    if (!result) return t('sayClosed');
    return `${this.#outcome(result.outcome)}${result.gain > 0 ? ` +${result.gain}` : ''}`;
  }

  #press(position: number): void {
    const view = this.view;
    if (view?.phase !== 'open' || !view.question || this.#mine || this.#sending || this.#refusal) return;
    if (position >= choicesOf(view.question).length) return;
    if (view.question.type === 'multiple_choice') {
      const { positions } = this.#picked;
      if (!positions.delete(position)) positions.add(position);
      this.requestUpdate();
    } else {
      void this.#send([position]);
    }
  }

  async #send(positions: number[]): Promise<void> {
    const view = this.view;
    if (!view?.question || positions.length === 0) return;
    const sending: Sending = { round: view.round, positions, answer: answerFor(view.question, positions), state: this.live.online ? 'sending' : 'queued' };
    this.#sending = sending;
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
      if (this.#sending === sending) sending.state = this.live.online ? 'failed' : 'queued';
    }
    this.requestUpdate();
  }

  readonly #key = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing || this.view?.phase !== 'open') return;
    if (event.key === 'Enter' && this.view.question?.type === 'multiple_choice') {
      event.preventDefault();
      if (!this.#sending && !this.#mine) void this.#send([...this.#picked.positions]);
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
    if (timed) return html`<span>${t('roundOf', { round: view.round, rounds: view.rounds })}</span>`;
    if (view.phase === 'closed') return html`<span>${t('watchScreen')}</span>`;
    if (view.phase === 'board') return html`<span>${t('watchBoard')}</span><a href="/play/${this.gameId}/move">${t('moveSeat')}</a>`;
    return nothing;
  }

  #main(view: PlayerView) {
    if (view.clock?.paused) return html`<main id="main" class="p-mid"><h1>${t('pausedTitle')}</h1><p class="muted roomy">${t('pausedText')}</p></main>`;
    switch (view.phase) {
      case 'lobby': return this.#lobby(view);
      case 'reading': return this.#reading(view);
      case 'open': return this.#mine ? this.#waiting(view, this.#mine) : this.#refusal ? this.#late(this.#refusal.why) : this.#answering(view);
      case 'closed': return this.#result(view);
      case 'board': return this.#board(view);
      case 'podium': return this.#end(view);
      case 'aborted': return this.#aborted(view);
    }
  }

  #lobby(view: PlayerView) {
    return html`<main id="main" class="p-mid">
      <span class="chip right big">${icon('check')}${t('lobbySeated')}</span>
      <div><p class="muted sm mb-2">${words(view.title)}</p><h1>${t('lobbyWait')}</h1></div>
      <p class="muted">${t('lobbyYou', { name: view.seat.nickname, n: view.seats })}</p>
      ${view.seat.isHidden ? html`<p class="note warn">${icon('eye')}<span>${t('nameWaits', { n: view.seat.number })}</span></p>` : nothing}
      ${wave}
      <p class="muted sm">${t('seatSafe')}</p>
      <a class="btn quiet" href="/play/${this.gameId}/move">${icon('screen')}${t('moveSeat')}</a>
    </main>`;
  }

  #reading(view: PlayerView) {
    return html`<main id="main" class="p-mid read">
      <h1 class="p-stem">${view.question ? words(view.question.stem) : t('readIt')}</h1>
      <p class="muted">${t('opensSoon')}</p>
    </main>`;
  }

  #answering(view: PlayerView) {
    const question = view.question;
    if (!question) return nothing;
    const many = question.type === 'multiple_choice';
    const choices = choicesOf(question);
    const sending = this.#sending;
    const chosen = new Set(sending?.positions ?? this.#picked.positions);
    return html`<main id="main" class="p-answer">
      <h1 class="p-stem">${words(question.stem)}</h1>
      <div class="pads two ${sending ? 'sent' : ''} ${many ? 'many' : ''} ${question.type === 'true_false' ? 'tf2' : ''}" data-n=${choices.length} role="group" aria-label=${t(many ? 'chooseMany' : question.type === 'true_false' ? 'chooseJudge' : 'chooseOne')}>
        ${choices.map((choice, i) => html`
          <button class="padb ${choice.letter} ${chosen.has(i) ? 'chosen' : ''}" aria-pressed=${many ? String(chosen.has(i)) : nothing} aria-busy=${sending?.state === 'sending' && chosen.has(i) ? 'true' : nothing} aria-disabled=${sending ? 'true' : nothing} @click=${() => this.#press(i)}>
            ${choice.mark}
            <span>${question.type === 'true_false' ? nothing : html`<small>${choice.letter}</small>`}${choice.text}${sending?.state === 'sending' && chosen.has(i) ? html`<em>${t('sending')}</em>` : nothing}</span>
            ${many ? html`<span class="box">${icon('check')}</span>` : nothing}
          </button>`)}
      </div>
      ${this.#below(many, chosen.size)}
    </main>`;
  }

  #below(many: boolean, chosen: number) {
    const sending = this.#sending;
    if (sending?.state === 'failed') {
      return html`<div class="p-send"><p class="note warn" role="status">${icon('warn')}<span>${t('notSent')}</span></p><button class="btn primary lg" @click=${() => void this.#send(sending.positions)}>${t('again')}</button></div>`;
    }
    if (sending?.state === 'queued') return html`<div class="p-send"><p class="note warn" role="status">${icon('off')}<span>${t('queued')}</span></p></div>`;
    if (!many) return nothing;
    return html`<div class="p-send"><button class="btn primary lg" aria-busy=${sending ? 'true' : nothing} ?disabled=${chosen === 0} @click=${() => void this.#send([...this.#picked.positions])}>${sending ? t('sending') : chosen === 0 ? t('send') : t('sendChosen', { n: chosen })}</button></div>`;
  }

  #late(why: string) {
    const late = why === 'tooLate' || why === 'wrongRound' || why === 'wrongPhase';
    return html`<main id="main" class="p-mid"><h1>${late ? t('tooLate') : refusalText(why)}</h1><p class="muted">${t('waitOthers')}</p></main>`;
  }

  #waiting(view: PlayerView, mine: Mine) {
    const choices = choicesOf(view.question);
    return html`<main id="main" class="p-mid">
      <span class="chip right big" role="status">${icon('saved')}${t('received')}</span>
      <h1>${t('waitOthers')}</h1>
      <div class="mines">${positionsIn(mine.answer).map(p => this.#bar(choices, p))}</div>
      ${wave}
      <p class="muted sm">${mine.tookMs > 0 ? t('took', { s: seconds(mine.tookMs) }) : t('seatSafe')}</p>
    </main>`;
  }

  #bar(choices: ReturnType<typeof choicesOf>, position: number, note?: string) {
    const choice = choices[position];
    return choice && html`<p class="mine ${choice.letter}">${choice.mark}${choice.text}${note ? html`<small>${note}</small>` : nothing}</p>`;
  }

  #outcome(outcome: NonNullable<PlayerView['result']>['outcome']): string {
    return t(outcome === 'right' ? 'outcomeRight' : outcome === 'partial' ? 'outcomePartial' : outcome === 'wrong' ? 'outcomeWrong' : 'outcomeNone');
  }

  #result(view: PlayerView) {
    const { result, reveal } = view;
    if (isFixed(view.fix, 'voided')) return html`<main id="main" class="p-mid"><h1>${t('voidedTitle')}</h1>${reveal?.evidence.map(evidence)}</main>`;
    if (!result) return html`<main id="main" class="p-mid"><h1>${t('sayClosed')}</h1></main>`;
    const { outcome } = result;
    const choices = choicesOf(view.question);
    const key = positionsIn(reveal?.key);
    const mine = positionsIn(this.#mine?.answer);
    const extra = mine.filter(p => !key.includes(p));
    const symbol = outcome === 'right' ? 'check' : outcome === 'partial' ? 'part' : outcome === 'wrong' ? 'x' : 'clock';
    const verdict = html`<span class="verdict ${outcome}">${icon(symbol)}</span>`;
    return html`<main id="main" class="p-mid">
      ${outcome === 'right' ? html`<span class="burst">${verdict}${['A', 'B', 'C', 'D'].map(l => html`<span class="bare ${l}">${shape(l)}</span>`)}</span>` : verdict}
      <div>
        <h1>${this.#outcome(outcome)}</h1>
        ${result.gain > 0 ? html`<p class="plus mt-3">+${number(result.gain)}</p>` : nothing}
        ${outcome === 'right' || key.length === 0 ? nothing : html`<p class="muted mt-2">${t(outcome === 'partial' || view.rules.penalty ? 'keyIs' : 'noPenaltyKeyIs')}</p>`}
      </div>
      ${outcome === 'right' ? nothing : html`<div class="mines">${key.map(p => this.#bar(choices, p, key.length > 1 && mine.includes(p) ? t('youChose') : undefined))}</div>`}
      ${extra.length > 0 && key.length > 1 ? html`<p class="muted sm">${t('youAlsoChose', { what: namesOf(choices, extra) })}</p>` : nothing}
      <dl class="pfacts">
        <div><dt>${t('rank')}</dt><dd>${number(result.rank)} ${movement(result.rank, result.rankBefore)}</dd></div>
        <div><dt>${t('streak')}</dt><dd>${number(result.streak)}</dd></div>
        <div><dt>${t('time')}</dt><dd>${this.#mine ? t('seconds', { s: seconds(this.#mine.tookMs) }) : t('none')}</dd></div>
      </dl>
      ${reveal?.evidence.map(evidence)}
    </main>`;
  }

  #board(view: PlayerView) {
    const { result } = view;
    if (!result) return html`<main id="main" class="p-mid"><h1>${t('board')}</h1></main>`;
    return html`<main id="main" class="p-mid">
      <div class="place"><h1>${t('rankIs', { n: result.rank })}</h1>${movement(result.rank, result.rankBefore)}<p class="muted mt-2">${t('amongSeats', { n: view.seats })}</p></div>
      <dl class="pfacts">
        <div><dt>${t('score')}</dt><dd>${number(view.seat.points)}</dd></div>
        <div><dt>${t('rights')}</dt><dd>${number(result.rights)}<small>/ ${number(view.round)}</small></dd></div>
        <div><dt>${t('streak')}</dt><dd>${number(result.streak)}</dd></div>
      </dl>
      ${view.reveal?.evidence.map(evidence)}
    </main>`;
  }

  #aborted(view: PlayerView) {
    const { result } = view;
    const cutOff = this.#cutOff || (view.round > 0 && !result);
    return html`<main id="main" class="p-mid">
      <div><h1>${t('abortedTitle')}</h1>
        <p class="muted roomy mt-2">${result ? t('abortedCounts') : view.round === 0 ? t('abortedEarly') : nothing}${cutOff ? t('abortedOpen') : nothing}</p></div>
      ${result ? html`<dl class="pfacts">
        <div><dt>${t('rank')}</dt><dd>${number(result.rank)}<small>/ ${number(view.seats)}</small></dd></div>
        <div><dt>${t('score')}</dt><dd>${number(view.seat.points)}</dd></div>
        <div><dt>${t('rights')}</dt><dd>${number(result.rights)}</dd></div>
      </dl>` : nothing}
      <p class="acts"><a class="btn primary lg" href="/play/${this.gameId}/result">${t('myAnswers')}</a><a class="btn lg" href="/">${t('toHome')}</a></p>
    </main>`;
  }

  #end(view: PlayerView) {
    const { result } = view;
    const top = result !== undefined && result.rank <= 3 && view.seat.points > 0;
    return html`<main id="main" class="p-mid">
      ${top ? html`<span class="burst"><span class="medal ${['B', 'D', 'C'][result.rank - 1]}">${result.rank}</span>${['A', 'B', 'C', 'D'].map(l => html`<span class="bare ${l}">${shape(l)}</span>`)}</span>` : nothing}
      <div class="place"><h1>${result ? t('finalRank', { n: result.rank }) : t('finished')}</h1><p class="muted mt-2">${result ? html`${t('amongSeats', { n: view.seats })}<br>` : nothing}${t('keptScore')}</p></div>
      ${result ? html`<dl class="pfacts two">
        <div><dt>${t('score')}</dt><dd>${number(view.seat.points)}</dd></div>
        <div><dt>${t('rights')}</dt><dd>${number(result.rights)}<small>/ ${number(view.rounds)}</small></dd></div>
      </dl>` : nothing}
      <p class="acts"><a class="btn primary lg" href="/play/${this.gameId}/result">${t('myAnswers')}</a><a class="btn lg" href="/">${t('toHome')}</a></p>
    </main>`;
  }
}

customElements.define('sq-player', Player);
