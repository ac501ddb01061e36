import './boot';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { announce, focusOn } from '../common/announce';
import { language } from '../common/language';
import { icon } from '../common/lit';
import { keepShell, troubleOffline } from '../common/offline';
import { flagDialog, moreDialog } from './dialogs';
import { back, evidence, front, spoken, well } from './faces';
import { Keys } from './keys';
import { notes, sayTrouble, sentences } from './notes';
import { Opening } from './opening';
import type { Rating } from './pack';
import { doneScreen, offlineScreen, saysUndone, textScreen, undoButton } from './screens';
import type { Session } from './session';
import { swipes } from './swipe';
import type { Link } from './sync';
import { t, type CardsKey } from './text';
import { topBar } from './top';
import { Voice } from './voice';
import { time, wait } from './waits';

type Screen = 'loading' | 'card' | 'done' | 'text' | 'offline' | 'stale' | 'clock' | 'noDeck' | 'failed';

/** Whoever looks at a card for longer is not looking at it. */
const longestLookMs = 10 * 60_000;

/** After these the screen may be of another time. */
const looks = ['offline', 'online', 'focus'];

/** The flashcards of a deck: `/cards/study?deck=…`. */
class Cards extends LitElement {
  #opening: Opening | undefined;
  #session: Session | undefined;
  #screen: Screen = 'loading';
  #question: number | undefined;
  #turned = false;
  #evidence = false;
  #link: Link = 'saved';
  #unsent = 0;
  #refused = 0;
  #wasElsewhere: 'elsewhere' | 'undoElsewhere' | undefined;
  /** What was just taken back, until the next act. */
  #undone: string | undefined;
  /** Undefined until the browser has said. */
  #opensOffline: boolean | undefined;
  #cameAt = 0;
  #busy = false;
  #dialog: 'more' | 'flag' | undefined;
  #clock: number | undefined;
  readonly #voice = new Voice(() => this.#session?.pack.deck.language ?? 'zh', () => this.requestUpdate());
  readonly #keys = new Keys(() => this.#screen === 'card' && !this.#dialog, key => this.#press(key));

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = `${t('title')} · StudyQuiz`;
    this.#keys.begin();
    this.#voice.begin();
    for (const event of looks) addEventListener(event, this.#lookAgain);
    document.addEventListener('visibilitychange', this.#lookAgain);
    this.#clock = window.setInterval(() => this.#tick(), 1000);
    void this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#keys.end();
    this.#voice.end();
    for (const event of looks) removeEventListener(event, this.#lookAgain);
    document.removeEventListener('visibilitychange', this.#lookAgain);
    clearInterval(this.#clock);
  }

  async #begin(): Promise<void> {
    this.#screen = 'loading';
    this.#voice.stop();
    this.requestUpdate();
    // Shown in the place of another page that needs a network, it has no deck
    this.#opening ??= await Opening.begin(location.pathname === '/cards/study' ? new URLSearchParams(location.search).get('deck') ?? '' : '', {
      changed: (link, unsent) => { [this.#link, this.#unsent] = [link, unsent]; this.requestUpdate(); },
      refused: count => { this.#refused += count; this.requestUpdate(); },
      unstored: () => this.requestUpdate(),
      told: () => this.requestUpdate(),
    });
    if (this.#opensOffline === undefined) void keepShell().then(kept => { this.#opensOffline = kept; this.requestUpdate(); });
    const opened = await this.#opening.open(this.#session);
    this.#session = 'session' in opened ? opened.session : undefined;
    if ('screen' in opened) return this.#show(opened.screen);
    document.title = `${opened.session.pack.deck.title} · StudyQuiz`;
    this.#voice.find();
    this.#next();
  }

  get #showsSession(): boolean {
    return this.#screen === 'card' || this.#screen === 'done';
  }

  /** After a while elsewhere: another day, another learner, another tab may have changed what the screen shows. */
  readonly #lookAgain = (event: Event) => {
    this.requestUpdate();
    if (document.hidden || this.#busy) return;
    const cameOnline = event.type === 'online' && this.#opening?.slug && ['offline', 'failed', 'stale'].includes(this.#screen);
    // A clock that was set tells nobody
    if (cameOnline || this.#screen === 'clock') void this.#begin();
    else if (!this.#beginsAnew()) void this.#reread();
  };

  // A card that was turned is answered first, and a dialog finished
  #beginsAnew(): boolean {
    const begins = this.#showsSession && !document.hidden && !this.#busy && !this.#dialog && !(this.#screen === 'card' && this.#turned) && this.#opening!.isOutdated(this.#session!);
    if (begins) void this.#begin();
    return begins;
  }

  /** Takes over what other tabs have answered. */
  async #reread(): Promise<void> {
    const [session, question] = [this.#session, this.#question];
    if (!session || !this.#showsSession) return;
    const before = question === undefined ? undefined : session.local(question).state?.reviews;
    const left = await this.#opening!.left(session);
    if (!left || this.#busy || this.#session !== session || this.#question !== question) return;
    const now = session.leftAs(left.pack, left.cards, left.deeds, Date.now());
    this.#session = now;
    const isStill = question === undefined ? now.today(Date.now()).queue.length === 0 : now.has(question) && now.local(question).state?.reviews === before;
    if (isStill) this.requestUpdate();
    else this.#next();
  }

  #show(screen: Screen): void {
    this.#screen = screen;
    this.requestUpdate();
    // On a card the question: its heading only names the deck, again and again
    void this.updateComplete.then(() => focusOn(this.querySelector<HTMLElement>('.ask') ?? this.querySelector<HTMLElement>('h1')));
  }

  #next(question = this.#session!.today(Date.now()).queue[0]): void {
    this.#voice.stop();
    this.#question = question;
    this.#turned = this.#evidence = false;
    this.#cameAt = Date.now();
    this.#show(question === undefined ? 'done' : 'card');
  }

  #tick(): void {
    if (this.#beginsAnew()) return;
    if (this.#screen === 'done' && this.#session?.today(Date.now()).queue.length) this.#next();
    const clock = this.querySelector('[data-elapsed]');
    if (clock) clock.textContent = t('elapsed', { time: time((this.#session?.tookMs ?? 0) + this.#looked()) });
  }

  #looked(): number {
    return Math.min(Date.now() - this.#cameAt, longestLookMs);
  }

  #turn(): void {
    if (this.#screen !== 'card' || this.#turned) return;
    this.#turned = true;
    this.#voice.stop();
    this.requestUpdate();
    void this.updateComplete.then(() => {
      announce(t('back'));
      this.querySelector<HTMLElement>('.rate .yes')?.focus({ preventScroll: true });
    });
  }

  async #rate(rating: Rating): Promise<void> {
    if (!this.#turned || this.#busy || this.#question === undefined) return;
    if (!this.#opening!.isOurs(this.#session!)) return this.#begin();
    this.#busy = true;
    let isNewDay = false;
    try {
      const now = Date.now();
      if (this.#session!.isOver(now)) {
        // The answer belongs to the day that it is now
        const today = this.#session!.onDayOf(now);
        if (!today) return void this.#begin();
        [this.#session, isNewDay] = [today, true];
      }
      const isKept = await this.#session!.rate(this.#question, rating, now, this.#looked());
      [this.#wasElsewhere, this.#undone] = [isKept ? undefined : 'elsewhere', undefined];
    } finally {
      this.#busy = false;
    }
    if (this.#wasElsewhere) await this.#reread();
    else if (isNewDay) await this.#begin();
    else this.#next();
  }

  async #undo(): Promise<void> {
    const what = this.#session?.lastDeed;
    if (this.#busy || !this.#session || !what) return;
    if (!this.#opening!.isOurs(this.#session)) return this.#begin();
    this.#busy = true;
    let question: number | undefined;
    try {
      question = await this.#session.undo(Date.now());
    } finally {
      this.#busy = false;
    }
    this.#wasElsewhere = question === undefined ? 'undoElsewhere' : undefined;
    this.#undone = question === undefined ? undefined : saysUndone(what, this.#session.pack.ratingButtons);
    if (question === undefined) return this.#reread();
    this.#next(question);
    announce(this.#undone!);
  }

  async #mark(change: Parameters<Session['mark']>[1], goesOn = false): Promise<void> {
    if (!this.#opening!.isOurs(this.#session!)) {
      this.#close();
      return this.#begin();
    }
    await this.#session!.mark(this.#question!, change, Date.now());
    this.#undone = undefined;
    if (goesOn) {
      this.#close();
      this.#next();
    } else {
      this.requestUpdate();
    }
  }

  #press(key: string): boolean {
    const acts: Record<string, () => void> = {
      ' ': () => this.#turn(), Enter: () => this.#turn(),
      u: () => void this.#undo(),
      e: () => this.#toggleEvidence(),
      r: () => this.#speak(),
      f: () => void this.#mark({ favourite: !this.#session!.local(this.#question!).favourite }),
    };
    for (const [i, rating] of this.#ratings.entries()) acts[String(i + 1)] = () => void this.#rate(rating);
    acts[key]?.();
    return key in acts;
  }

  get #ratings(): Rating[] {
    return this.#session?.pack.ratingButtons === 4 ? [1, 2, 3, 4] : [1, 3];
  }

  #toggleEvidence(): void {
    if (!this.#turned) return;
    this.#evidence = !this.#evidence;
    this.requestUpdate();
  }

  #speak(): void {
    if (this.#question !== undefined) this.#voice.toggle(spoken(this.#session!.card(this.#question), this.#turned));
  }

  #openDialog(dialog: 'more' | 'flag'): void {
    this.#dialog = dialog;
    this.requestUpdate();
    void this.updateComplete.then(() => this.querySelector('dialog')?.showModal());
  }

  #close(): void {
    this.querySelector('dialog')?.close();
    this.#dialog = undefined;
    this.requestUpdate();
    // Back to the card, not to the button that opened it: the next key is meant for the card
    void this.updateComplete.then(() => setTimeout(() => focusOn(this.querySelector<HTMLElement>('.ask'))));
  }

  protected override updated(): void {
    const card = this.querySelector<HTMLElement>('.card');
    if (card && !card.dataset.swipes) {
      card.dataset.swipes = 'yes';
      swipes(card, () => this.#turned && !this.#dialog, to => void this.#rate(to === 'left' ? 1 : 3));
    }
  }

  protected override render(): TemplateResult {
    return html`${this.#strip()}${topBar(this.#session, this.#screen === 'card', this.#link, this.#unsent)}${this.#body()}`;
  }

  #strip(): TemplateResult | typeof nothing {
    if (navigator.onLine) return nothing;
    const [name, trouble] = [this.#session?.pack.name, this.#trouble];
    const says = sentences(this.#unsent > 0 ? t('stripWaiting', { n: this.#unsent }) : t('strip'), name && t('whose', { name }), trouble && sayTrouble(trouble));
    return html`<p class="strip" role="status">${icon('off')}<span>${says}</span><button class="btn quiet" @click=${() => void this.#opening?.sync.flush()}>${t('retry')}</button></p>`;
  }

  /** Why this page does not open without a network. */
  get #trouble(): CardsKey | undefined {
    if (this.#opening && !this.#opening.store) return 'noStore';
    return troubleOffline() ?? (this.#opensOffline === false ? 'noOfflineBrowser' : undefined);
  }

  #body(): TemplateResult {
    switch (this.#screen) {
      case 'card': return this.#card();
      case 'done': return doneScreen(this.#session!, this.#notes(), this.#trouble, {
        goOn: () => void this.#begin(),
        read: () => this.#show('text'),
        undo: () => void this.#undo(),
      });
      case 'text': return textScreen(this.#session!.pack, () => this.#next());
      case 'loading': return html`<main class="wrap quiet-page" id="main" aria-busy="true"><h1 class="vh">${t('title')}</h1><p class="muted" role="status">${t('loading')}</p></main>`;
      case 'noDeck': return this.#message('noDeckTitle', undefined);
      case 'failed': return this.#message('failedTitle', 'failedBody', true);
      case 'stale': return this.#message('staleTitle', 'staleBody', true, { day: this.#opening?.kept.find(pack => pack.deck.slug === this.#opening?.slug)?.days.at(-2)?.day ?? '' });
      case 'clock': return this.#message('clockTitle', 'clockBody', true, { now: new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }).format(Date.now()) });
      case 'offline': return offlineScreen(this.#opening!, this.#notes());
    }
  }

  #message(title: CardsKey, body: CardsKey | undefined, retries = false, values: Record<string, string> = {}): TemplateResult {
    return html`<main class="wrap quiet-page" id="main">${this.#notes()}<h1>${t(title)}</h1>${body ? html`<p>${t(body, values)}</p>` : nothing}
      <div class="acts">${retries ? html`<button class="btn primary" @click=${() => void this.#begin()}>${t('retry')}</button>` : nothing}<a class="btn" href="/cards">${t('decks')}</a></div></main>`;
  }

  /** @param trouble Told before the first answer, and where the network is gone in the strip instead. */
  #notes(trouble?: CardsKey): TemplateResult {
    const { others, store, sync } = this.#opening ?? {};
    const told = {
      others: others ?? [], refused: this.#refused, wasElsewhere: this.#wasElsewhere, undone: this.#undone,
      onlyHere: store && !sync!.stores ? sync!.onlyHere : undefined, clockOffMs: this.#opening?.clockOffMs ?? 0,
      withdrawn: this.#session?.pack.withdrawn ?? [], trouble,
    };
    return notes(told, this.#session ? () => void this.#opening!.adopt(this.#session!.pack).then(() => this.#begin()) : undefined);
  }

  #card(): TemplateResult {
    const question = this.#question!;
    const session = this.#session!;
    const card = session.card(question);
    const local = session.local(question);
    return html`
      <main class="deck" id="main">
        <h1 class="vh">${session.pack.deck.title}</h1>
        <div class="deck-notes">${this.#notes(session.reviews === 0 && navigator.onLine ? this.#trouble : undefined)}</div>
        <article class="card ${this.#turned ? 'turned' : ''}" data-question=${question} aria-label=${t(this.#turned ? 'back' : 'front')}>
          <header>
            ${well(session.recall(question))}
            <span lang=${this.#lang ?? nothing}>${card.keyPointGroup && card.keyPointGroup !== card.keyPoint ? `${card.keyPointGroup} · ` : ''}${card.keyPoint}</span>
            <span class="acts">
              ${this.#voice.isThere ? html`<button class="btn icon" aria-pressed=${this.#voice.isSpeaking} aria-label=${t(this.#voice.isSpeaking ? 'stopReading' : 'read')} @click=${() => this.#speak()}>${icon('sound')}</button>` : nothing}
              <button class="btn icon" aria-label=${t('flag')} @click=${() => this.#openDialog('flag')}>${icon('flag')}</button>
              <button class="btn icon" aria-label=${t('more')} @click=${() => this.#openDialog('more')}>${icon('more')}</button>
            </span>
          </header>
          <div class="face" @click=${() => this.#turn()}>
            ${front(card.face, this.#turned)}
            ${this.#turned ? html`
              <div class="answer">${back(card.face)}
                ${local.note ? html`<p class="own"><b>${t('note')}</b> ${local.note}</p>` : nothing}
                ${session.isLeech(question) ? html`<p class="note">${icon('info')}<span>${t('leech', { n: local.state!.lapses, point: card.keyPoint })}</span></p>` : nothing}
                ${this.#evidence ? evidence(card.face, this.#lang) : nothing}
              </div>` : nothing}
          </div>
          <footer>${this.#turned
            ? html`${session.lastDeed ? undoButton(session.lastDeed, () => void this.#undo()) : html`<span class="dim narrow-only">${t('swipe')}</span>`}
                <span class="acts">${card.face.evidence.map(({ paragraph }) => html`<span class="chip">${paragraph}</span>`)}<button class="btn quiet" aria-expanded=${this.#evidence} @click=${() => this.#toggleEvidence()}>${t(this.#evidence ? 'hideEvidence' : 'evidence')}</button></span>`
            : session.lastDeed ? html`${undoButton(session.lastDeed, () => void this.#undo())}<span class="dim wide-only">${t('sayFirst')}</span>` : html`<span class="dim centred">${t('sayFirst')}</span>`}</footer>
        </article>
      </main>
      <footer class="foot plain"><div class="wrap">${this.#turned ? this.#rates(question) : html`<div class="rate"><button class="btn primary show" @click=${() => this.#turn()}>${t('show')}<kbd class="wide-only">${t('space')}</kbd></button></div>`}</div></footer>
      ${this.#dialogs(question)}`;
  }

  get #lang(): string | undefined {
    const of = this.#session!.pack.deck.language;
    return of === language ? undefined : of;
  }

  #rates(question: number): TemplateResult {
    const four = this.#session!.pack.ratingButtons === 4;
    const now = Date.now();
    return html`<div class="rate" role="group" aria-label=${t('howWell')}>${this.#ratings.map((rating, i) => html`
      <button class="btn ${rating === 1 ? 'no' : rating === 3 ? 'yes' : ''}" data-rating=${rating} @click=${() => void this.#rate(rating)}>${four ? t(`rate${rating}`) : t(rating === 1 ? 'no' : 'yes')}<small>${four ? wait(this.#session!.waitAfter(question, rating, now)) : t('again', { when: wait(this.#session!.waitAfter(question, rating, now)) })}</small><kbd>${i + 1}</kbd></button>`)}</div>`;
  }

  #editPath(question: number): string | undefined {
    const { mayEdit, deck } = this.#session!.pack;
    if (!mayEdit || !navigator.onLine) return undefined;
    return `/banks/${encodeURIComponent(deck.slug)}/questions/${question}/edit?back=${encodeURIComponent(`/cards/study?deck=${encodeURIComponent(deck.slug)}`)}`;
  }

  #dialogs(question: number): TemplateResult | typeof nothing {
    const session = this.#session!;
    const close = () => this.#close();
    if (this.#dialog === 'more') {
      return moreDialog(session.local(question), this.#editPath(question), close, {
        favourite: favourite => void this.#mark({ favourite }),
        note: note => void this.#mark({ note }),
        read: () => this.#show('text'),
        // The day that it is now: the dialog may have been open since the day before
        bury: () => void this.#mark({ buriedDay: (session.onDayOf(Date.now()) ?? session).day }, true),
        suspend: () => void this.#mark({ suspended: true }, true),
      });
    }
    return this.#dialog === 'flag'
      ? flagDialog(close, (reason, said) => void session.flag(question, reason, said, Date.now()).then(() => announce(t('flagged'))))
      : nothing;
  }
}

customElements.define('sq-cards', Cards);
