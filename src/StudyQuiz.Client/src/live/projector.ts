import { html, nothing, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { announce } from '../common/announce';
import { calm } from '../common/clock';
import { number } from '../common/language';
import { icon, letter, picture, shape, vars, words } from '../common/lit';
import { connecting, fixText, movement, pinGroups, refusedSlate, scoreRule, scoreRules, slideText } from './answers';
import type { Done, HostView } from './contract';
import { rich, t } from './host-text';
import { LiveElement } from './live-element';
import { podium } from './podium';
import { reveal, roundNumber } from './reveal';
import { Sounds } from './sounds';
import { teamBoard } from './teams';
import { answerTiles } from './tiles';

/** What the room sees: `<sq-projector game-id="…">`. It has no controls; the host's keyboard moves it on. */
class Projector extends LiveElement<HostView> {
  /** Whether anybody may look: then there is no way to join on it, and its keyboard leads nothing. */
  readonly #watching = this.hasAttribute('watching');
  protected readonly hub = this.#watching ? '/hubs/watch' : '/hubs/host';
  protected readonly movesFocus = false;
  #moving = false;
  readonly #sounds = new Sounds();
  #ticked = 0;

  protected attachWith(gameId: string): unknown[] {
    return this.#watching ? [gameId] : [gameId, 'projector'];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('keydown', this.#key);
    addEventListener('resize', this.#fit);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('keydown', this.#key);
    removeEventListener('resize', this.#fit);
    this.#sounds.stop();
  }

  protected override arrived(view: HostView, before: HostView | undefined): void {
    if (before?.rules.sound !== view.rules.sound) this.#sounds.on = view.rules.sound;
    if (!before) return;
    if (view.phase === 'lobby' && view.seats > before.seats) this.#sounds.play('joined');
    if (view.phase === before.phase) return;
    if (view.phase === 'open') this.#sounds.play('opened');
    else if (view.phase === 'closed' || view.phase === 'board' || view.phase === 'podium') this.#sounds.play(view.phase);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#fitNames();
    const n = this.countdown.seconds;
    if (this.low && n > 0 && n !== this.#ticked) this.#sounds.play('tick');
    this.#ticked = n;
  }

  protected screen(): string {
    return this.refusal ?? `${this.view?.phase}:${this.view?.round}`;
  }

  readonly #key = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() === 'm' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      this.#sounds.on = !this.#sounds.on;
      announce(t(this.#sounds.on ? 'soundOn' : 'soundOff'));
      this.#sounds.play('joined');
      return;
    }
    if (![' ', 'ArrowRight', 'Enter'].includes(event.key) || event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
    if (event.target instanceof HTMLAnchorElement || event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    void this.#advance();
  };

  async #advance(): Promise<void> {
    const view = this.view;
    if (!view || this.#watching || this.#moving || this.settling || view.phase === 'podium' || view.phase === 'aborted') return;
    this.#moving = true;
    try {
      await this.live.invoke<Done>('Advance', view.phase, view.round);
    } catch {
      // The link is down and says so; the next press goes through.
    }
    this.#moving = false;
  }

  protected override render() {
    const view = this.view;
    if (this.evicted || this.refusal) return refusedSlate(this.refusal ?? 'notYours');
    if (!view) return connecting(t('connectingScreen'));
    return html`${this.link !== 'online' && this.linkTold ? html`<div class="s-link">${this.strip('returningHost', 'returningSafeHost')}</div>` : fixText(view.fix) && (view.phase === 'open' || view.phase === 'closed') ? html`<div class="s-link"><p class="strip">${icon('warn')}<span>${fixText(view.fix)}</span></p></div>` : nothing}${this.#stage(view)}`;
  }

  #stage(view: HostView) {
    if (view.clock?.paused) return html`<main class="stage deep rest"><div><h1>${t('pausedTitle')}</h1><p class="no">${t('pausedText')}</p></div></main>`;
    switch (view.phase) {
      case 'lobby': return this.#lobby(view);
      case 'reading':
      case 'open': return this.#question(view);
      case 'closed': return reveal(view);
      case 'board': return this.#board(view);
      case 'podium': return podium(view);
      case 'aborted': return html`<main class="stage deep rest"><div><h1>${t('abortedScreen')}</h1><p class="no">${t('abortedScreenText')}</p></div></main>`;
    }
  }

  #lobby(view: HostView) {
    const [first, second] = pinGroups(view.pin);
    const all = view.seats <= 120 && view.newest.length >= view.seats;
    return html`<main class="stage lobby ${this.#watching ? 'watch' : ''}">
      ${this.#watching ? nothing : html`<section class="way" aria-label=${t('howToJoin')}>
        <div><p>${t('openOnPhone')}</p><p class="addr">${view.joinAddress}</p></div>
        <div><p class="lead">${t('enterPin')}</p><p class="bigpin" role="img" aria-label=${t('pinLabel', { digits: [...view.pin].join(' ') })}><span>${first}</span><span>${second}</span></p></div>
        ${view.isFull ? html`<div class="scan"><p>${t('noMoreSeats')}</p></div>` : html`<div class="scan"><img class="qr" src="/host/${this.gameId}/join.svg" alt=${t('qr')} width="290" height="290"><p>${t('orScan')}<br>${t('noAccount')}</p></div>`}
      </section>`}
      <section class="who">
        <h1>${words(view.title)}</h1>
        <p class="readycount ${all ? '' : 'only'}">${rich('joined', { n: html`<b>${number(view.seats)}</b>` }, { n: view.seats })}</p>
        ${all ? html`<ul class="names">${repeat(view.newest, name => name, (name, i) => {
          const l = letter(i % 4);
          const newest = i === view.newest.length - 1 && i > 0;
          return html`<li class="${l} ${newest ? 'new' : ''}">${shape(l)}<span>${name}</span></li>`;
        })}</ul>` : html`<div></div>`}
        <p class="s-note">${t('lobbyRounds', { rounds: view.rounds })} ${scoreRules(view.rules)}<br>${view.seats === 0 ? t('waitFirst') : t('waitHost')}</p>
      </section>
    </main>`;
  }

  #question(view: HostView) {
    const { question } = view;
    const open = view.phase === 'open';
    const n = this.countdown.seconds;
    const [first, second] = pinGroups(view.pin);
    if (question?.type === 'slide') return html`<main class="stage deep slide">
      <header class="s-top">${roundNumber(view)}<span></span><p class="no">${rich('people', { n: html`<b>${number(view.seats)}</b>` }, { n: view.seats })}</p></header>
      <div><h1 class="s-stem">${words(question.stem)}</h1><div class="said">${slideText(question.text ?? '')}</div></div>
    </main>`;
    return html`<main class="stage q ${this.low ? 'low' : ''}">
      <section class="s-ask">
        <div class="drain" aria-hidden="true"><i data-drain></i></div>
        <header class="s-top">
          ${roundNumber(view)}
          ${open && this.countdown.overtime ? html`<p class="count word">${t('overtime')}</p>` : open ? html`<p class="count" role="timer" aria-label=${t('secondsLeft', { n })}>${n}</p>` : html`<p class="count word">${t('reading')}</p>`}
          <p class="no">${open ? rich('answeredOf', { n: html`<b>${number(view.answered)}</b>`, seats: number(view.seats) }) : rich('people', { n: html`<b>${number(view.seats)}</b>` }, { n: view.seats })}</p>
        </header>
        <div class="s-what">${picture(question?.picture)}<h1 class="s-stem">${question ? words(question.stem) : nothing}</h1></div>
      </section>
      <div>
        ${open && question ? answerTiles(question) : html`<p class="s-soon">${t('opensSoon')}</p>`}
        ${view.pin ? html`<footer class="s-foot">${view.isFull ? nothing : html`<span>${t('canJoin')}</span><b class="s-pin">PIN ${first} ${second}</b><span>${view.joinAddress}</span>`}</footer>` : nothing}
      </div>
    </main>`;
  }

  #board(view: HostView) {
    if (view.teams?.length) return teamBoard(view, view.teams, t('teamBoard'));
    const rows = (view.board ?? []).slice(0, 7);
    const most = Math.max(1, ...rows.map(row => row.points));
    const climber = view.climber;
    return html`<main class="stage deep">
      <header class="s-top">
        <p class="no">${rich('afterRound', { round: html`<b>${number(view.round)}</b>` })}</p>
        <h1 class="s-title">${t('board')}</h1>
        <p class="no">${rich('people', { n: html`<b>${number(view.seats)}</b>` }, { n: view.seats })}</p>
      </header>
      <ol class="board">${repeat(rows, row => row.nickname, row => html`
        <li class=${climber?.nickname === row.nickname ? 'up' : ''} ${vars({ '--w': ((row.points / most) * 100).toFixed(1) })} data-rank=${row.rank} data-before=${row.rankBefore ?? nothing}>
          <span class="r">${row.rank}</span>
          ${row.rankBefore === undefined ? html`<span></span>` : movement(row.rank, row.rankBefore)}
          <span class="nm"><span>${row.nickname}</span>${row.streak >= 2 ? html`<span class="mv streak">${t('inARow', { n: row.streak })}</span>` : nothing}</span>
          <span class="gain">${row.gain > 0 ? `+${number(row.gain)}` : t('noGain')}</span>
          <span class="pt" data-points=${row.points} data-gain=${row.gain}>${number(row.points)}</span>
        </li>`)}</ol>
      <footer class="s-foot"><span>${scoreRule(view.rules)}</span>${climber ? html`<span>${rich('climber', { name: html`<b>${climber.nickname}</b>`, n: climber.places })}</span>` : html`<span></span>`}</footer>
    </main>`;
  }

  // A long question takes smaller letters, down to what the back row can still read (44 and 36 px of 1080), before any of it is hidden.
  #fitQuestion(): void {
    const stage = this.querySelector<HTMLElement>('.stage.q');
    const ask = stage?.querySelector<HTMLElement>('.s-ask');
    if (!stage || !ask) return;
    for (const letters of ['', 'm', 's', 'xs']) {
      stage.dataset['letters'] = letters;
      if (ask.scrollHeight <= ask.clientHeight + 1) return;
    }
  }

  // What its author made longer than that: everything gets smaller, for what cannot be read from the back is still better than what is not there.
  #shrink(stage: HTMLElement): void {
    for (let fit = 1; fit >= 0.35; fit -= 0.05) {
      if (fit === 1) stage.style.removeProperty('--fit');
      else stage.style.setProperty('--fit', fit.toFixed(2));
      this.#fitParts();
      if (whole(stage)) return;
    }
  }

  // As large as lets every name in; where even the smallest do not fit, the newest are seen.
  #fitNames(): void {
    const names = this.querySelector<HTMLElement>('.names');
    if (!names || this.view?.phase !== 'lobby') return;
    const list = [...names.children] as HTMLElement[];
    for (const name of list) name.hidden = false;
    const over = () => names.scrollHeight > names.clientHeight + 1;
    for (let size = 1; size <= 5; size++) {
      names.dataset['size'] = String(size);
      if (!over()) return;
    }
    for (const name of list) {
      if (!over()) return;
      name.hidden = true;
    }
  }

  readonly #fit = () => {
    const stage = this.querySelector<HTMLElement>('.stage');
    if (!stage) return;
    // On a phone it scrolls
    if (stage.matches('.q, .d, .slide') && getComputedStyle(stage).overflow !== 'visible') this.#shrink(stage);
    else {
      this.#fitParts();
      this.#fitNames();
    }
  };

  // Bars get thinner before words get smaller. What does not fit beside them is left out, the least chosen wrong answer first; the reason stays.
  #fitParts(): void {
    this.#fitQuestion();
    const dist = this.querySelector<HTMLElement>('.dist');
    if (dist) {
      delete dist.dataset['tight'];
      if (dist.scrollHeight > dist.clientHeight + 4) dist.dataset['tight'] = '';
    }
    const why = this.querySelector<HTMLElement>('.s-why');
    if (!why) return;
    const most = [...why.querySelectorAll<HTMLElement>('.most')];
    for (const part of most) part.hidden = false;
    while (most.length > 0 && why.scrollHeight > why.clientHeight + 1) most.pop()!.hidden = true;
  }

  // Rows travel from where they stood to their new rank, and their points count up.
  protected override shown(): void {
    this.#fit();
    if (this.view?.phase !== 'board' || calm() || !this.previous) return;
    const rows = [...this.querySelectorAll<HTMLElement>('.board > li')];
    const pitch = rows.length > 1 ? rows[1]!.offsetTop - rows[0]!.offsetTop : 0;
    rows.forEach((row, i) => {
      const before = Number(row.dataset['before'] ?? row.dataset['rank']);
      // From outside the list a row comes from just below it.
      const places = Math.min(before - 1, rows.length) - i;
      if (places !== 0 && pitch > 0) {
        row.animate([{ transform: `translateY(${places * pitch}px)` }, { transform: 'none' }], { duration: 600, delay: 400 + i * 40, easing: 'cubic-bezier(.2, 0, 0, 1)', fill: 'backwards' });
      }
      const points = row.querySelector<HTMLElement>('.pt');
      if (points) countUp(points, 400 + i * 40);
    });
  }
}

/** Whether all words of a picture are in it. */
function whole(stage: HTMLElement): boolean {
  const edge = stage.getBoundingClientRect();
  if (['.s-ask', '.s-why', '.s-split', '.slide > div'].some(part => [...stage.querySelectorAll<HTMLElement>(part)].some(box => box.scrollHeight > box.clientHeight + 4))) return false;
  return [...stage.querySelectorAll('h1, li, p, figure')].every(part => {
    const { top, bottom, right } = part.getBoundingClientRect();
    return top >= edge.top - 1 && bottom <= edge.bottom + 1 && right <= edge.right + 1;
  });
}

function countUp(cell: HTMLElement, delay: number): void {
  const to = Number(cell.dataset['points']);
  const from = to - Number(cell.dataset['gain']);
  const text = cell.firstChild && [...cell.childNodes].find(node => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
  if (!text || from === to) return;
  const start = performance.now() + delay;
  const step = (now: number) => {
    const part = Math.min(1, Math.max(0, (now - start) / 600));
    // A team's mean may have a tenth
    text.textContent = number(part < 1 ? Math.round(from + (to - from) * (1 - (1 - part) ** 3)) : to);
    if (part < 1 && cell.isConnected) requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}

customElements.define('sq-projector', Projector);
