import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { calm } from '../common/clock';
import { icon, letter, letters, shape, vars, words } from '../common/lit';
import { language, number, rich, share, t } from '../common/text';
import { choicesOf, connecting, fixText, movement, namesOf, pinGroups, positionsIn, refusedSlate, scoreRule, scoreRules } from './answers';
import type { BoardRow, Done, EvidenceView, HostView } from './contract';
import { LiveElement } from './live-element';

/** What the room sees: `<sq-projector game-id="…">`. It has no controls; the host's keyboard moves it on. */
class Projector extends LiveElement<HostView> {
  protected readonly hub = '/hubs/host';
  protected readonly movesFocus = false;
  #moving = false;

  protected attachWith(gameId: string): unknown[] {
    return [gameId, 'projector'];
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
  }

  protected screen(): string {
    return this.refusal ?? `${this.view?.phase}:${this.view?.round}`;
  }

  readonly #key = (event: KeyboardEvent) => {
    if (![' ', 'ArrowRight', 'Enter'].includes(event.key) || event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
    if (event.target instanceof HTMLAnchorElement || event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    void this.#advance();
  };

  async #advance(): Promise<void> {
    const view = this.view;
    if (!view || this.#moving || this.settling || view.phase === 'podium' || view.phase === 'aborted') return;
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
      case 'closed': return this.#distribution(view);
      case 'board': return this.#board(view);
      case 'podium': return this.#podium(view);
      case 'aborted': return html`<main class="stage deep rest"><div><h1>${t('abortedScreen')}</h1><p class="no">${t('abortedScreenText')}</p></div></main>`;
    }
  }

  #lobby(view: HostView) {
    const [first, second] = pinGroups(view.pin);
    const all = view.seats <= 120 && view.newest.length >= view.seats;
    const size = view.seats <= 24 ? 1 : view.seats <= 60 ? 2 : 3;
    return html`<main class="stage lobby">
      <section class="way" aria-label=${t('howToJoin')}>
        <div><p>${t('openOnPhone')}</p><p class="addr">${view.joinAddress}</p></div>
        <div><p class="lead">${t('enterPin')}</p><p class="bigpin" role="img" aria-label=${t('pinLabel', { digits: [...view.pin].join(' ') })}><span>${first}</span><span>${second}</span></p></div>
        ${view.isFull ? html`<div class="scan"><p>${t('noMoreSeats')}</p></div>` : html`<div class="scan"><img class="qr" src="/host/${this.gameId}/join.svg" alt=${t('qr')} width="290" height="290"><p>${t('orScan')}<br>${t('noAccount')}</p></div>`}
      </section>
      <section class="who">
        <h1>${words(view.title)}</h1>
        <p class="readycount ${all ? '' : 'only'}">${rich('joined', { n: html`<b>${number(view.seats)}</b>` }, { n: view.seats })}</p>
        ${all ? html`<ul class="names" data-size=${size}>${repeat(view.newest, name => name, (name, i) => {
          const l = letter(i % 4);
          const newest = i === view.newest.length - 1 && i > 0;
          return html`<li class="${l} ${newest ? 'new' : ''}">${shape(l)}<span>${name}</span></li>`;
        })}</ul>` : html`<div></div>`}
        <p class="s-note">${t('lobbyRounds', { rounds: view.rounds })} ${scoreRules(view.rules)}<br>${view.seats === 0 ? t('waitFirst') : t('waitHost')}</p>
      </section>
    </main>`;
  }

  #no(view: HostView) {
    return html`<p class="no">${rich('roundOf', { round: html`<b>${number(view.round)}</b>`, rounds: number(view.rounds) })}</p>`;
  }

  #question(view: HostView) {
    const open = view.phase === 'open';
    const choices = open ? choicesOf(view.question) : [];
    const n = this.countdown.seconds;
    const [first, second] = pinGroups(view.pin);
    return html`<main class="stage q ${this.low ? 'low' : ''}">
      <section class="s-ask">
        <div class="drain" aria-hidden="true"><i data-drain></i></div>
        <header class="s-top">
          ${this.#no(view)}
          ${open ? html`<p class="count" role="timer" aria-label=${t('secondsLeft', { n })}>${n}</p>` : html`<p class="count word">${t('reading')}</p>`}
          <p class="no">${open ? rich('answeredOf', { n: html`<b>${number(view.answered)}</b>`, seats: number(view.seats) }) : rich('people', { n: html`<b>${number(view.seats)}</b>` }, { n: view.seats })}</p>
        </header>
        <h1 class="s-stem">${view.question ? words(view.question.stem) : nothing}</h1>
      </section>
      <div>
        ${open ? html`<ol class="tiles" data-n=${choices.length}>${choices.map(choice => html`
          <li class="tile ${choice.letter}">${choice.mark}${view.question?.type === 'true_false' ? nothing : html`<span class="let">${choice.letter}</span>`}${choice.text}</li>`)}</ol>` : html`<p class="s-soon">${t('opensSoon')}</p>`}
        <footer class="s-foot">${view.isFull ? nothing : html`<span>${t('canJoin')}</span><b class="s-pin">PIN ${first} ${second}</b><span>${view.joinAddress}</span>`}</footer>
      </div>
    </main>`;
  }

  #distribution(view: HostView) {
    const { reveal, question } = view;
    if (!reveal || !question) return html`<main class="stage d"><header class="s-top">${this.#no(view)}<span></span><span></span></header></main>`;
    const choices = choicesOf(question);
    const key = new Set(positionsIn(reveal.key));
    const most = Math.max(1, ...reveal.counts);
    const wrong = choices
      .map((choice, i) => ({ choice, n: reveal.counts[i] ?? 0, why: reveal.whys[i], i }))
      .filter(({ i, n }) => !key.has(i) && n > 0)
      .sort((a, b) => b.n - a.n)
      .slice(0, choices.length > 4 ? 1 : 2);
    const first = choices[Math.min(...key)];
    // The longest bar leaves room for its count and for the word beside the key.
    const longest = language === 'en' ? 66 : 78;
    return html`<main class="stage d">
      <header class="s-top">${this.#no(view)}<span></span><p class="no">${rich('rightOf', { n: html`<b>${number(reveal.right)}</b>`, seats: number(view.seats) })}</p></header>
      <h1 class="s-stem">${words(question.stem)}</h1>
      <div class="s-split">
        <ol class="dist" data-n=${choices.length}>${choices.map((choice, i) => {
          const n = reveal.counts[i] ?? 0;
          return html`<li class="${choice.letter} ${key.has(i) ? 'key' : ''}">
            ${choice.mark}<b>${question.type === 'true_false' ? nothing : choice.letter}</b>${choice.text}
            <span class="track"><i ${vars({ '--p': ((n / most) * longest).toFixed(1) })}></i><b>${number(n)}</b>${key.has(i) ? html`<span class="ok">${icon('check')}${t('right')}</span>` : nothing}</span>
          </li>`;
        })}</ol>
        <section class="s-why">
          <h2>${first ? html`<span class="bare ${first.letter}">${first.mark}</span>` : nothing}${t('whyIs', { key: namesOf(choices, [...key].sort()) })}</h2>
          <p>${words(reveal.explanation)}</p>
          ${wrong.map(({ choice, n, why }) => html`<p class="most"><b>${t('chosenBy', { option: choice.name, n })}</b>${why ? html`<br>${words(why)}` : nothing}</p>`)}
        </section>
      </div>
      ${reveal.evidence[0] ? this.#evidence(reveal.evidence[0]) : nothing}
    </main>`;
  }

  // One line of the source, read from the back of the room: the quote in full, of its sentence only what fits.
  #evidence({ paragraph, before, quote, after }: EvidenceView) {
    const room = Math.max(0, 84 - quote.length);
    const head = before.length > room / 2 ? (room >= 24 ? `…${before.slice(-Math.floor(room / 2))}` : before ? '…' : '') : before;
    const tail = after.length > room / 2 ? (room >= 24 ? `${after.slice(0, Math.floor(room / 2))}…` : after ? '…' : '') : after;
    return html`<figure class="s-ev"><b>${t('fromSource', { id: paragraph })}</b><span lang="zh-CN">${head}<mark>${words(quote)}</mark>${tail}</span></figure>`;
  }

  #board(view: HostView) {
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

  #podium(view: HostView) {
    const { podium } = view;
    // Nobody is honoured for nothing.
    const top = podium?.top.slice(0, 3).filter(row => row.points > 0) ?? [];
    return html`<main class="stage deep rel">
      ${calm() || top.length === 0 ? nothing : confetti}
      <header class="s-top"><span></span><h1 class="s-title big">${t('podium')}</h1><span></span></header>
      ${top.length === 0 ? html`<p class="s-none">${t('nobodyScored')}</p>` : html`<ol class="podium">${top.map((row, i) => this.#step(row, i))}</ol>`}
      <footer class="s-foot base">
        ${podium ? html`<span>${rich('correctShare', { share: html`<b>${share(podium.correctShare)}</b>` })}</span>` : nothing}
        ${podium?.hardest ? html`<span>${rich('hardest', { round: html`<b>${t('roundShort', { round: podium.hardest.round })}</b>`, n: podium.hardest.right })}</span>` : nothing}
        <span>${scoreRule(view.rules)}</span>
      </footer>
    </main>`;
  }

  #step(row: BoardRow, i: number) {
    return html`<li class="${['B', 'D', 'C'][i]} step${i + 1}">
      <span class="nm">${row.nickname}</span><span class="pt">${t('podiumLine', { points: row.points, rights: row.rights })}</span><span class="blk">${row.rank}</span>
    </li>`;
  }

  // Bars get thinner before words get smaller. What does not fit beside them is left out, the least chosen wrong answer first; the reason stays.
  readonly #fit = () => {
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
  };

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

function countUp(cell: HTMLElement, delay: number): void {
  const to = Number(cell.dataset['points']);
  const from = to - Number(cell.dataset['gain']);
  const text = cell.firstChild && [...cell.childNodes].find(node => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
  if (!text || from === to) return;
  const start = performance.now() + delay;
  const step = (now: number) => {
    const part = Math.min(1, Math.max(0, (now - start) / 600));
    text.textContent = number(Math.round(from + (to - from) * (1 - (1 - part) ** 3)));
    if (part < 1 && cell.isConnected) requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}

// The answer shapes are the confetti: the same scatter every time, clear of the title and the blocks.
const confetti = html`<div class="confetti" aria-hidden="true">${scatter(46).map((place, i) => {
  const l = letters[i % 4]!;
  return html`<span class="bare ${l}"><svg class="shape" ${vars(place)} aria-hidden="true"><use href="#s-${l}"></use></svg></span>`;
})}</div>`;

function scatter(count: number): Record<string, string>[] {
  let seed = 20_200_822;
  const next = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  const places: { x: number; y: number }[] = [];
  for (let tries = 0; places.length < count && tries < 2_000; tries++) {
    const x = 2 + next() * 95;
    const y = 3 + next() * 68;
    const onTitle = x > 36 && x < 63 && y < 16;
    const onBlocks = x > 15 && x < 84 && y > 40;
    const close = places.some(other => Math.hypot(other.x - x, (other.y - y) * 0.6) < 5);
    if (!onTitle && !onBlocks && !close) places.push({ x, y });
  }
  return places.map(({ x, y }) => ({
    '--x': `${x.toFixed(1)}%`,
    '--y': `${y.toFixed(1)}%`,
    '--z': (0.85 + next() * 1.2).toFixed(2),
    '--turn': `${Math.round(next() * 76 - 38)}deg`,
    '--late': `${Math.round(next() * 900)}ms`,
  }));
}

customElements.define('sq-projector', Projector);
