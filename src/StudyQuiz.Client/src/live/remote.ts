import { html, nothing } from 'lit';
import { icon, vars, words } from '../common/lit';
import { number, rich, share, t, type TextKey } from '../common/text';
import { arrow, choicesOf, connecting, pinGroups, positionsIn, refusalText, refusedSlate } from './answers';
import type { Done, HostView, Phase } from './contract';
import { LiveElement } from './live-element';

const states: Record<Phase, TextKey> = {
  lobby: 'stateLobby',
  reading: 'stateReading',
  open: 'stateOpen',
  closed: 'stateClosed',
  board: 'stateBoard',
  podium: 'statePodium',
  aborted: 'stateAborted',
};

function nextAction(view: HostView): TextKey | undefined {
  switch (view.phase) {
    case 'lobby': return 'doStart';
    case 'reading': return 'doOpen';
    case 'open': return 'doClose';
    case 'closed': return 'doBoard';
    case 'board': return view.round < view.rounds ? 'doNext' : 'doPodium';
    default: return undefined;
  }
}

/** The host's phone or laptop: `<sq-remote game-id="…">`. One next action; the key shows only here. */
class Remote extends LiveElement<HostView> {
  protected readonly hub = '/hubs/host';
  protected readonly movesFocus = false;
  #busy?: 'advance' | 'abort';
  #asking = false;
  #trouble?: string;

  protected attachWith(gameId: string): unknown[] {
    return [gameId, 'remote'];
  }

  protected screen(): string {
    return this.refusal ?? `${this.view?.phase}:${this.view?.round}`;
  }

  protected override arrived(view: HostView, before: HostView | undefined): void {
    if (before?.phase === view.phase && before.round === view.round) return;
    this.#trouble = undefined;
    this.#asking = false;
  }

  async #do(what: 'advance' | 'abort'): Promise<void> {
    const view = this.view;
    if (!view || this.#busy || (what === 'advance' && this.settling)) return;
    this.#busy = what;
    this.#trouble = undefined;
    this.requestUpdate();
    try {
      const done = what === 'advance' ? await this.live.invoke<Done>('Advance', view.phase, view.round) : await this.live.invoke<Done>('Abort', view.phase, view.round);
      // Another screen was quicker: the view that comes, or is here already, shows where the game is.
      if (done.refusal === 'tryAgain') this.#trouble = t('notStored');
      else if (done.refusal && done.refusal !== 'wrongPhase' && done.refusal !== 'gameOver') this.#trouble = refusalText(done.refusal);
      if (what === 'abort') this.#asking = false;
    } catch {
      this.#trouble = t('notReached');
    }
    this.#busy = undefined;
    this.requestUpdate();
  }

  #ask(asking: boolean): void {
    this.#asking = asking;
    this.requestUpdate();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(asking ? '[data-no]' : '[data-end]')?.focus());
  }

  protected override render() {
    const view = this.view;
    if (this.evicted || this.refusal) return refusedSlate(this.refusal ?? 'notYours');
    if (!view) return connecting(t('connectingScreen'));
    const [first, second] = pinGroups(view.pin);
    return html`
      ${this.strip('returningHost', 'returningSafeHost')}
      <header class="bar-top"><div class="wrap">
        <a class="btn icon" href="/host" aria-label=${t('leaveRemote')}>${icon('left')}</a>
        <div class="mid sm"><b>PIN ${first} ${second}</b></div>
        <a class="btn quiet" href="/host/${this.gameId}/screen" target="_blank" rel="opener" aria-label=${t('openScreen')}>${icon('screen')}<span>${t('openScreen')}</span></a>
      </div></header>
      <main class="wrap remote" id="main">
        <div class="stack">${this.#head(view)}${this.#dock(view)}${this.#question(view)}${this.#result(view)}</div>
        ${this.#seats(view)}
      </main>`;
  }

  #head(view: HostView) {
    const timed = (view.phase === 'reading' || view.phase === 'open') && view.clock !== undefined;
    const n = this.countdown.seconds;
    return html`<section class="rhead">
      <div>
        <p class="sm muted">${view.round > 0 ? t('roundOf', { round: view.round, rounds: view.rounds }) : words(view.title)}</p>
        <h1>${t(states[view.phase])}</h1>
        <p class="muted mt-1">${view.phase === 'open'
          ? rich('answeredOf', { n: html`<b>${number(view.answered)}</b>`, seats: number(view.seats) })
          : view.phase === 'closed' && view.reveal
            ? rich('rightOf', { n: html`<b>${number(view.reveal.right)}</b>`, seats: number(view.seats) })
            : rich('joined', { n: html`<b>${number(view.seats)}</b>` }, { n: view.seats })}</p>
      </div>
      ${timed ? html`<span class="clock" role="timer" aria-label=${t('secondsLeft', { n })}>${n}</span>` : nothing}
      ${timed ? html`<div class="bar thin" aria-hidden="true"><i data-drain></i></div>` : nothing}
    </section>`;
  }

  #dock(view: HostView) {
    const next = nextAction(view);
    if (!next) return html`<div class="rdock"><a class="btn primary huge" href="/host">${t('toGames')}</a></div>`;
    const busy = this.#busy !== undefined;
    const empty = view.phase === 'lobby' && view.seats === 0;
    return html`<div class="rdock">
      ${this.#trouble ? html`<p class="note warn" role="status">${icon('warn')}<span>${this.#trouble}</span></p>` : nothing}
      ${this.#asking
        ? html`<div class="sure" role="group" aria-label=${t('endGame')}><p>${t('endSure')}</p><div class="acts">
            <button class="btn danger" aria-busy=${this.#busy === 'abort' ? 'true' : nothing} @click=${() => void this.#do('abort')}>${t('endYes')}</button>
            <button class="btn" data-no @click=${() => this.#ask(false)}>${t('endNo')}</button></div></div>`
        : html`<button class="btn primary huge" aria-busy=${this.#busy === 'advance' ? 'true' : nothing} aria-disabled=${empty || this.settling || this.#busy === 'abort' ? 'true' : nothing} aria-describedby=${empty ? 'why-not' : nothing} @click=${() => { if (!empty) void this.#do('advance'); }}>${t(next)} ${arrow}</button>
          ${empty ? html`<p class="sm muted" id="why-not">${t('noSeatsYet')}</p>` : nothing}
          <button class="btn danger" data-end aria-disabled=${busy ? 'true' : nothing} @click=${() => this.#ask(true)}>${icon('stop')}${t('endGame')}</button>`}
    </div>`;
  }

  #question(view: HostView) {
    const { question, reveal } = view;
    if (!question || view.phase === 'lobby' || view.phase === 'podium' || view.phase === 'aborted') return nothing;
    const choices = choicesOf(question);
    const key = new Set(positionsIn(view.key ?? reveal?.key));
    const most = Math.max(1, ...(reveal?.counts ?? []));
    const secret = view.phase === 'reading' || view.phase === 'open';
    return html`<section class="panel pad">
      <div class="head"><h2>${t('thisQuestion')}</h2>${secret ? html`<span class="chip warn">${icon('eye')} ${t('keyOnlyYou')}</span>` : nothing}</div>
      <p class="roomy">${words(question.stem)}</p>
      <ul class="ropts mt-2">${choices.map((choice, i) => html`<li class="${choice.letter} ${key.has(i) ? 'key' : ''}">
        ${choice.mark}${choice.text}<span class="side">${key.has(i) ? html`<span class="chip right">${icon('check')}${t('right')}</span>` : nothing}${reveal ? html`<b>${t('chosenCount', { n: reveal.counts[i] ?? 0 })}</b>` : nothing}</span>
        ${reveal ? html`<span class="bar"><i ${vars({ '--p': (((reveal.counts[i] ?? 0) / most) * 100).toFixed(1) })}></i></span>` : nothing}
      </li>`)}</ul>
      ${secret ? html`<p class="xs dim mt-2">${t('countsLater')}</p>` : nothing}
    </section>`;
  }

  /** How a game that is over ended. */
  #result({ podium, seats }: HostView) {
    if (!podium) return nothing;
    const { top, correctShare, hardest } = podium;
    return html`<section class="panel pad">
      <div class="head"><h2>${t('podium')}</h2></div>
      ${top.length === 0 ? html`<p class="muted sm">${t('noResult')}</p>` : html`
        <p class="about mb-3"><span>${rich('correctShare', { share: html`<b>${share(correctShare)}</b>` })}</span>${hardest ? html`<span>${rich('hardest', { round: html`<b>${t('roundShort', { round: hardest.round })}</b>`, n: hardest.right })}</span>` : nothing}</p>
        <ol class="ranks rule">${top.map(row => html`<li><b>${number(row.rank)}</b><span class="nm">${row.nickname}</span><span class="pt">${t('podiumLine', { points: row.points, rights: row.rights })}</span></li>`)}</ol>
        ${seats > top.length ? html`<p class="xs dim mt-2">${t('moreSeats', { n: seats - top.length })}</p>` : nothing}`}
    </section>`;
  }

  #seats(view: HostView) {
    const latest = view.newest.slice(-12).reverse();
    return html`<aside class="panel pad">
      <div class="head"><h2>${t('seats')}</h2><span class="sm muted">${t('seatCount', { n: view.seats })}</span></div>
      ${latest.length === 0 ? html`<p class="muted sm">${t('noSeats')}</p>` : html`<p class="xs dim mb-2">${t('newestSeats')}</p>
        <ul class="chips">${latest.map(name => html`<li class="chip">${name}</li>`)}</ul>
        ${view.seats > latest.length ? html`<p class="xs dim mt-2">${t('moreSeats', { n: view.seats - latest.length })}</p>` : nothing}`}
    </aside>`;
  }
}

customElements.define('sq-remote', Remote);
