import { html, nothing } from 'lit';
import { icon, picture, vars, words } from '../common/lit';
import { number, share } from '../common/language';
import { arrow, choicesOf, connecting, fixNote, pinGroups, positionsIn, refusalText, refusedSlate, slideText } from './answers';
import { isFixed, type Done, type GivenAnswer, type HostView, type Impact, type Phase, type QuestionView, type SeatRow } from './contract';
import { FixPanel } from './fix-panel';
import { rich, t, type HostKey } from './host-text';
import { LiveElement } from './live-element';
import { rowsOf } from './reveal';
import { SeatPanel } from './seat-panel';

const states: Record<Phase, HostKey> = {
  lobby: 'stateLobby',
  reading: 'stateReading',
  open: 'stateOpen',
  closed: 'stateClosed',
  board: 'stateBoard',
  podium: 'statePodium',
  aborted: 'stateAborted',
};

/** What the phase is called: a poll has no answer, and a slide is no question. */
function stateOf({ phase, question }: HostView): HostKey {
  if (phase === 'closed' && question?.type === 'poll') return 'statePolled';
  return phase === 'reading' && question?.type === 'slide' ? 'stateSlide' : states[phase];
}

const onward = (view: HostView): HostKey => (view.round < view.rounds ? 'doNext' : 'doPodium');

function nextAction(view: HostView): HostKey | undefined {
  switch (view.phase) {
    case 'lobby': return 'doStart';
    case 'reading': return view.question?.type === 'slide' ? onward(view) : 'doOpen';
    case 'open': return 'doClose';
    case 'closed': return view.question?.type === 'poll' ? onward(view) : 'doBoard';
    case 'board': return onward(view);
    default: return undefined;
  }
}

/** The key of a question that has no options. */
function typedKey(question: QuestionView, key: GivenAnswer | undefined) {
  if (key?.kind === 'typed') return html`<p class="typed key mt-2">${icon('check')}${key.text}</p>`;
  if (key?.kind === 'ordered' && question.options) return html`<ol class="places mt-2">${key.items.map(item => html`<li><span>${words(question.options![item] ?? '')}</span></li>`)}</ol>`;
  return question.type === 'slide' ? html`<div class="said mt-2">${slideText(question.text ?? '')}</div>` : nothing;
}

/** What is asked before it is done, for it cannot be undone. */
type Asked = 'Abort' | 'Skip' | 'ClearLobby';

const asked: Record<Asked, { says: HostKey; yes: HostKey; label: HostKey }> = {
  Abort: { says: 'endSure', yes: 'endYes', label: 'endGame' },
  Skip: { says: 'skipSure', yes: 'skipYes', label: 'skip' },
  ClearLobby: { says: 'clearSure', yes: 'clearYes', label: 'clearLobby' },
};

const moreSeconds = 10;

/** The host's desk and phone: `<sq-remote game-id="…">`. One next action, what can be done beside it, seats; the key shows only here. */
class Remote extends LiveElement<HostView> {
  protected readonly hub = '/hubs/host';
  protected readonly movesFocus = false;
  #busy?: string;
  #asked?: Asked;
  #trouble?: string;
  #copied = false;
  readonly #draw = () => this.requestUpdate();
  readonly #seatPanel = new SeatPanel((method, ...args) => this.#order(method, ...args), text => this.live.invoke<SeatRow[]>('FindSeats', text), this.#draw, () => this.#trouble);
  readonly #fixPanel = new FixPanel((method, ...args) => this.#lead(method, ...args), key => this.live.invoke<Impact | null>('PreviewKey', key), this.#draw);

  protected attachWith(gameId: string): unknown[] {
    return [gameId, 'remote'];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('keydown', this.#key);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('keydown', this.#key);
  }

  protected screen(): string {
    return this.refusal ?? `${this.view?.phase}:${this.view?.round}`;
  }

  protected override arrived(view: HostView, before: HostView | undefined): void {
    this.#seatPanel.refresh();
    if (before?.phase === view.phase && before.round === view.round) return;
    this.#trouble = undefined;
    this.#asked = undefined;
    this.#fixPanel.reset();
  }

  // Space and Enter go on, P pauses, where no control has the focus.
  readonly #key = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.repeat || event.isComposing || this.#asked) return;
    if (event.target instanceof Element && event.target.closest('a, button, input, select, textarea, label')) return;
    if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      void this.#goOn();
    } else if (event.key.toLowerCase() === 'p' && this.view?.clock) void this.#lead(this.view.clock.paused ? 'Resume' : 'Pause');
  };

  async #goOn(): Promise<void> {
    const view = this.view;
    if (!view || this.settling || !nextAction(view) || (view.phase === 'lobby' && view.seats === 0)) return;
    await this.#lead('Advance');
  }

  /** What moves the game names the phase and round that the host saw. */
  #lead(method: string, ...args: unknown[]): Promise<boolean> {
    return this.view ? this.#order(method, this.view.phase, this.view.round, ...args) : Promise.resolve(false);
  }

  async #order(method: string, ...args: unknown[]): Promise<boolean> {
    if (this.#busy) return false;
    this.#busy = method;
    this.#trouble = undefined;
    this.requestUpdate();
    let done: Done | undefined;
    try {
      done = await this.live.invoke<Done>(method, ...args);
      // Another screen was quicker: the view that comes, or is here already, shows where the game is.
      if (done.refusal === 'tryAgain') this.#trouble = t('notStored');
      else if (done.refusal === 'nicknameBlocked') this.#trouble = t('refusedNameBlocked');
      else if (done.refusal && done.refusal !== 'wrongPhase' && done.refusal !== 'gameOver') this.#trouble = refusalText(done.refusal);
      if (method === this.#asked) this.#asked = undefined;
    } catch {
      this.#trouble = t('notReached');
    }
    this.#busy = undefined;
    this.requestUpdate();
    return done !== undefined && !done.refusal;
  }

  #ask(what: Asked | undefined): void {
    const was = this.#asked;
    this.#asked = what;
    this.requestUpdate();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(what ? '[data-no]' : `[data-ask=${was}]`)?.focus());
  }

  protected override render() {
    const view = this.view;
    if (this.evicted || this.refusal) return refusedSlate(this.refusal ?? 'notYours');
    if (!view) return connecting(t('connectingScreen'));
    const [first, second] = pinGroups(view.pin);
    return html`
      ${this.strip('returningHost', 'returningSafeHost')}
      <header class="bar-top"><div class="wrap ed">
        <a class="btn icon" href="/host" aria-label=${t('leaveRemote')}>${icon('left')}</a>
        <div class="mid sm"><b>PIN ${first} ${second}</b><span class="muted wide-only">${view.joinAddress}</span></div>
        ${this.#projector(view)}
      </div></header>
      <main class="wrap ed remote console" id="main">
        ${this.#rounds(view)}
        <div class="stack">
          <div class="panel pad lead">${this.#head(view)}${this.#withdrawn(view)}${this.#dock(view)}</div>
          ${this.#question(view)}${this.#fixPanel.render(view)}${this.#teams(view)}${this.#result(view)}
        </div>
        <aside class="stack">${this.#seatPanel.render(view, this.#door(view))}${this.#watch(view)}</aside>
      </main>`;
  }

  /** Opens the projector, and says whether one is open. */
  #projector({ console }: HostView) {
    const open = (console?.projectors ?? 0) > 0;
    const label = t(open ? 'screenOnLabel' : 'openScreen');
    return html`<a class="btn quiet ${open ? 'is-right' : ''}" href="/host/${this.gameId}/screen" target="_blank" rel="opener" aria-label=${label}>${icon('screen')}<span>${t(open ? 'screenOn' : 'openScreen')}</span></a>`;
  }

  #teams({ console, phase, teams }: HostView) {
    if (!console?.teams.length || !teams) return nothing;
    // Those that nobody is in yet stand below
    const rows = [...teams, ...console.teams.filter(name => !teams.some(team => team.name === name)).map(name => ({ name, size: 0, points: 0 }))];
    const most = Math.max(1, ...rows.map(team => team.points));
    const sizes = console.teams.map(name => teams.find(team => team.name === name)?.size ?? 0);
    const uneven = Math.max(...sizes) - Math.min(...sizes) > 1;
    const over = phase === 'podium' || phase === 'aborted';
    return html`<section class="panel pad">
      <div class="head"><h2>${t('teams')}</h2><span class="sm muted">${t('teamMean')}</span></div>
      <ul class="mini-teams">${rows.map(team => html`<li><span>${team.name}</span><span class="bar" aria-hidden="true"><i ${vars({ '--p': Math.max(0, (team.points / most) * 100).toFixed(1) })}></i></span><small>${t('members', { n: team.size })}</small><b>${number(team.points)}</b></li>`)}</ul>
      ${uneven && !over ? html`<button class="btn mt-2" @click=${() => void this.#order('BalanceTeams')}>${t('balance')}</button>` : nothing}
    </section>`;
  }

  #withdrawn({ console }: HostView) {
    const gone = console?.rounds.flatMap((row, i) => (isFixed(row.fix, 'withdrawn') ? [i + 1] : [])) ?? [];
    return gone.length === 0 ? nothing : html`<p class="note warn" role="status" data-withdrawn>${icon('warn')}<span>${t('hostWithdrawn', { n: gone.join(t('listComma')) })}</span></p>`;
  }

  #rounds({ console, round }: HostView) {
    if (!console) return nothing;
    return html`<nav class="panel rounds" aria-label=${t('roundsTitle', { n: console.rounds.length })}><h2 class="sm">${t('roundsTitle', { n: console.rounds.length })}</h2>
      <ol>${console.rounds.map((row, i) => html`<li aria-current=${i + 1 === round ? 'step' : nothing}><b>${i + 1}</b><span>${row.title}</span>
        <small>${isFixed(row.fix, 'withdrawn') ? t('roundWithdrawn') : isFixed(row.fix, 'voided') || isFixed(row.fix, 'skipped') ? t(isFixed(row.fix, 'voided') ? 'voidIt' : 'skip') : row.share === undefined ? nothing : share(row.share)}</small></li>`)}</ol></nav>`;
  }

  #head(view: HostView) {
    const { clock, console } = view;
    const timed = (view.phase === 'reading' || view.phase === 'open') && clock !== undefined;
    const n = this.countdown.seconds;
    return html`<section class="rhead">
      <div>
        <p class="sm muted">${view.round > 0 ? t('roundOf', { round: view.round, rounds: view.rounds }) : words(view.title)}</p>
        <h1>${clock?.paused ? t('statePaused') : t(stateOf(view))}</h1>
        ${view.phase === 'open' && this.countdown.overtime ? html`<p class="sm">${t('overtimeLong')}</p>` : nothing}
        <p class="muted mt-1">${view.phase === 'open'
          ? rich('answeredOf', { n: html`<b>${number(view.answered)}</b>`, seats: number(view.seats) })
          : view.phase === 'closed' && view.reveal && view.question?.type === 'poll'
            ? rich('answeredOf', { n: html`<b>${number(view.reveal.answered)}</b>`, seats: number(view.seats) })
          : view.phase === 'closed' && view.reveal
            ? rich('rightOf', { n: html`<b>${number(view.reveal.right)}</b>`, seats: number(view.seats) })
            : rich('joined', { n: html`<b>${number(view.seats)}</b>` }, { n: view.seats })}${console ? html`<span class="away">${t('online', { n: number(console.online) })}</span>` : nothing}</p>
      </div>
      ${timed ? html`<span class="clock" role="timer" aria-label=${t('secondsLeft', { n })}>${n}</span>` : nothing}
      ${timed ? html`<div class="bar thin" aria-hidden="true"><i data-drain></i></div>` : nothing}
    </section>`;
  }

  #dock(view: HostView) {
    const next = nextAction(view);
    if (!next) return html`<div class="rdock"><a class="btn primary huge" href="/host/${this.gameId}/report">${t('toReport')} ${arrow}</a><a class="btn quiet" href="/host">${t('toGames')}</a></div>`;
    const empty = view.phase === 'lobby' && view.seats === 0;
    return html`<div class="rdock">
      ${this.#trouble && !this.#seatPanel.renaming ? html`<p class="note warn" role="status">${icon('warn')}<span>${this.#trouble}</span></p>` : nothing}
      ${this.#asked ? this.#sure(this.#asked) : html`
        <button class="btn primary huge" aria-busy=${this.#busy === 'Advance' ? 'true' : nothing} aria-disabled=${empty || this.settling ? 'true' : nothing} aria-describedby=${empty ? 'why-not' : nothing} @click=${() => void this.#goOn()}>${t(next)} ${arrow}<kbd class="wide-only">${t('space')}</kbd></button>
        ${empty ? html`<p class="sm muted" id="why-not">${t('noSeatsYet')}</p>` : nothing}
        ${this.#more(view)}`}
    </div>`;
  }

  #sure(what: Asked) {
    const { says, yes, label } = asked[what];
    return html`<div class="sure" role="group" aria-label=${t(label)}><p>${t(says)}</p><div class="acts">
      <button class="btn danger" aria-busy=${this.#busy === what ? 'true' : nothing} @click=${() => void this.#lead(what)}>${t(yes)}</button>
      <button class="btn" data-no @click=${() => this.#ask(undefined)}>${t(what === 'Abort' ? 'endNo' : 'never')}</button></div></div>`;
  }

  #more(view: HostView) {
    const { clock, phase } = view;
    const running = phase === 'reading' || phase === 'open';
    return html`<div class="rgrid">
      ${clock ? html`<button class="btn" aria-keyshortcuts="P" @click=${() => void this.#lead(clock.paused ? 'Resume' : 'Pause')}>${icon(clock.paused ? 'play' : 'pause')}${t(clock.paused ? 'goOnAgain' : 'pause')}</button>` : nothing}
      ${running && clock ? html`<button class="btn" aria-label=${t('tenMoreLabel')} @click=${() => void this.#lead('Extend', moreSeconds)}>${icon('plus')}${t('tenMore')}</button>` : nothing}
      ${running ? html`<button class="btn" data-ask="Skip" @click=${() => this.#ask('Skip')}>${icon('skip')}${t('skip')}</button>` : nothing}
      <button class="btn danger" data-ask="Abort" aria-label=${t('endGame')} @click=${() => this.#ask('Abort')}>${icon('stop')}${t('end')}</button>
    </div>`;
  }

  #door(view: HostView) {
    const { console, phase } = view;
    if (!console || phase === 'podium' || phase === 'aborted') return nothing;
    return html`<div class="acts joining">
      ${console.locked ? html`<span class="chip warn">${icon('lock')}${t('joinLocked')}</span>` : nothing}
      <button class="btn" aria-pressed=${console.locked ? 'true' : 'false'} @click=${() => void this.#order('LockJoining', !console.locked)}>${icon('lock')}${t(console.locked ? 'unlockJoin' : 'lockJoin')}</button>
      ${phase === 'lobby' && view.seats > 0 ? html`<button class="btn danger" data-ask="ClearLobby" @click=${() => this.#ask('ClearLobby')}>${t('clearLobby')}</button>` : nothing}
    </div>`;
  }

  /** The link that lets anybody look on. */
  #watch({ phase }: HostView) {
    const link = this.getAttribute('watch');
    if (!link || phase === 'podium' || phase === 'aborted') return nothing;
    return html`<section class="panel pad stack">
      <div class="head"><h2>${t('watchLink')}</h2></div>
      <p class="sm muted roomy">${t('watchLinkSay')}</p>
      <div class="field"><label class="vh" for="watch">${t('watchLink')}</label><input class="input" id="watch" readonly .value=${link} @focus=${(e: Event) => (e.target as HTMLInputElement).select()}></div>
      <div class="acts"><button class="btn" @click=${() => void this.#copy(link)}>${t(this.#copied ? 'copied' : 'copy')}</button><a class="btn quiet" href=${link} target="_blank" rel="noopener">${t('openIt')}</a></div>
    </section>`;
  }

  // Browsers keep their clipboard to pages with TLS: elsewhere the link is there, selected.
  async #copy(link: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(link);
      this.#copied = true;
      this.requestUpdate();
    } catch {
      this.querySelector<HTMLInputElement>('#watch')?.focus();
    }
  }

  #question(view: HostView) {
    const { question, reveal } = view;
    if (!question || view.phase === 'lobby' || view.phase === 'podium' || view.phase === 'aborted') return nothing;
    const secret = view.phase === 'reading' || view.phase === 'open';
    const key = new Set(positionsIn(view.key));
    const rows = reveal ? rowsOf(question, reveal) : choicesOf(question).map((choice, i) => ({ ...choice, n: 0, key: key.has(i) }));
    const most = Math.max(1, ...rows.map(row => row.n));
    return html`<section class="panel pad">
      <div class="head"><h2>${t('thisQuestion')}</h2>${secret && view.key ? html`<span class="chip warn">${icon('eye')} ${t('keyOnlyYou')}</span>` : nothing}</div>
      ${fixNote(view.fix)}
      ${picture(question.picture)}
      <p class="roomy">${words(question.stem)}</p>
      ${reveal ? nothing : typedKey(question, view.key)}
      <ul class="ropts mt-2">${rows.map(row => html`<li class="${row.letter} ${row.key ? 'key' : ''}">
        ${row.mark}${row.text}<span class="side">${row.key ? html`<span class="chip right">${icon('check')}${t('right')}</span>` : nothing}${reveal ? html`<b>${t('chosenCount', { n: row.n })}</b>` : nothing}</span>
        ${reveal ? html`<span class="bar"><i ${vars({ '--p': ((row.n / most) * 100).toFixed(1) })}></i></span>` : nothing}
      </li>`)}</ul>
      ${secret && question.type !== 'slide' ? html`<p class="xs dim mt-2">${t('countsLater')}</p>` : nothing}
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
}

customElements.define('sq-remote', Remote);
