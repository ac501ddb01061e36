import './boot';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { announce, focusOn } from '../common/announce';
import { language } from '../common/language';
import { icon, words } from '../common/lit';
import { pauseOf } from './day';
import { flagDialog, moreDialog } from './dialogs';
import { back, evidence, front, spoken, well } from './faces';
import { keepShell, troubleOffline } from './offline';
import type { Pack, Rating } from './pack';
import { Session } from './session';
import { Store } from './store';
import { swipes } from './swipe';
import { Sync, type Link } from './sync';
import { rich, t, type CardsKey } from './text';
import { time, wait } from './waits';

type Screen = 'loading' | 'card' | 'done' | 'text' | 'offline' | 'stale' | 'noDeck' | 'failed';

/** A card's, where the kept pack is of a version that did not say. */
const usualSeconds = 12;

/** The flashcards of a deck: `/cards/study?deck=…`. */
class Cards extends LitElement {
  #store: Store | undefined;
  #sync!: Sync;
  #session: Session | undefined;
  #kept: Pack[] = [];
  #screen: Screen = 'loading';
  #question: number | undefined;
  #turned = false;
  #evidence = false;
  #link: Link = 'saved';
  #unsent = 0;
  #others?: { count: number; name: string };
  #refused = 0;
  #opensOffline = false;
  #cameAt = 0;
  readonly #startedAt = Date.now();
  #tookMs = 0;
  #busy = false;
  #voice: SpeechSynthesisVoice | undefined;
  #speaking = false;
  #dialog: 'more' | 'flag' | undefined;
  #clock: number | undefined;

  readonly #slug = new URLSearchParams(location.search).get('deck') ?? '';

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = `${t('title')} · StudyQuiz`;
    addEventListener('keydown', this.#key);
    addEventListener('offline', this.#networkChanged);
    addEventListener('online', this.#networkChanged);
    document.addEventListener('visibilitychange', this.#networkChanged);
    this.#findVoice();
    globalThis.speechSynthesis?.addEventListener?.('voiceschanged', this.#findVoice);
    this.#clock = window.setInterval(() => this.#tick(), 1000);
    void this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('keydown', this.#key);
    removeEventListener('offline', this.#networkChanged);
    removeEventListener('online', this.#networkChanged);
    document.removeEventListener('visibilitychange', this.#networkChanged);
    globalThis.speechSynthesis?.removeEventListener?.('voiceschanged', this.#findVoice);
    clearInterval(this.#clock);
  }

  async #begin(): Promise<void> {
    this.#screen = 'loading';
    this.requestUpdate();
    if (!this.#sync) {
      this.#store = await Store.open();
      this.#sync = new Sync(this.#store, {
        changed: (link, unsent) => { [this.#link, this.#unsent] = [link, unsent]; this.requestUpdate(); },
        othersWait: (count, learner) => { this.#others = { count, name: this.#kept.find(pack => pack.learner === learner)?.name ?? t('thatAccount') }; this.requestUpdate(); },
        refused: count => { this.#refused += count; this.requestUpdate(); },
      });
      void keepShell().then(kept => { this.#opensOffline = kept; this.requestUpdate(); });
    }
    this.#kept = await this.#store?.packs() ?? [];
    if (location.pathname !== '/cards/study' || !this.#slug) {
      void this.#sync.flush();
      return this.#show('offline');
    }

    // What waits goes first, so that the pack knows it; a network that is slow to fail must not hold up what is kept
    const sent = await Promise.race([this.#sync.flush(), new Promise<boolean>(resolve => setTimeout(() => resolve(false), 6000))]);
    const fetched = sent || navigator.onLine ? await this.#sync.pack(this.#slug) : { trouble: 'offline' as const };
    if ('pack' in fetched) await this.#take(fetched.pack);
    else if (fetched.trouble === 'noDeck') return this.#show('noDeck');
    else await this.#goOnWithKept(fetched.trouble);
  }

  async #take(pack: Pack): Promise<void> {
    // Reviews that could not be sent yet are not in the new pack: then the kept one goes on
    if (this.#store && !await this.#store.keep(pack)) {
      const kept = await this.#store.pack(this.#slug, pack.learner);
      if (kept) return this.#open(kept, await this.#store.cards(kept));
    }
    this.#kept = await this.#store?.packs() ?? [pack];
    this.#open(pack, []);
  }

  async #goOnWithKept(trouble: 'offline' | 'failed'): Promise<void> {
    const kept = await this.#store?.pack(this.#slug);
    if (kept && this.#store) this.#open(kept, await this.#store.cards(kept));
    else this.#show(trouble);
  }

  #open(pack: Pack, cards: Parameters<typeof Session.of>[1]): void {
    this.#session = Session.of(pack, cards, this.#sync, Date.now());
    document.title = `${pack.deck.title} · StudyQuiz`;
    if (this.#session) this.#next();
    else this.#show('stale');
  }

  #show(screen: Screen): void {
    this.#screen = screen;
    this.requestUpdate();
    // On a card the question: its heading only names the deck, again and again
    void this.updateComplete.then(() => focusOn(this.querySelector<HTMLElement>('.ask') ?? this.querySelector<HTMLElement>('h1')));
  }

  #next(question = this.#session!.today(Date.now()).queue[0]): void {
    this.#stopSpeaking();
    this.#question = question;
    this.#turned = this.#evidence = false;
    this.#cameAt = Date.now();
    this.#show(question === undefined ? 'done' : 'card');
  }

  readonly #networkChanged = () => this.requestUpdate();

  readonly #findVoice = () => {
    const wanted = (this.#session?.pack.deck.language ?? 'zh').slice(0, 2);
    this.#voice = globalThis.speechSynthesis?.getVoices?.().find(voice => voice.lang.toLowerCase().startsWith(wanted));
    this.requestUpdate();
  };

  #tick(): void {
    if (this.#screen === 'done' && this.#session?.today(Date.now()).queue.length) this.#next();
    const clock = this.querySelector('[data-elapsed]');
    if (clock) clock.textContent = t('elapsed', { time: time(Date.now() - this.#startedAt) });
  }

  #turn(): void {
    if (this.#screen !== 'card' || this.#turned) return;
    this.#turned = true;
    this.#stopSpeaking();
    this.requestUpdate();
    void this.updateComplete.then(() => {
      announce(t('back'));
      this.querySelector<HTMLElement>('.rate .yes')?.focus({ preventScroll: true });
    });
  }

  async #rate(rating: Rating): Promise<void> {
    if (!this.#turned || this.#busy || this.#question === undefined) return;
    this.#busy = true;
    try {
      const took = Math.min(Date.now() - this.#cameAt, 10 * 60_000);
      await this.#session!.rate(this.#question, rating, Date.now(), took);
      this.#tookMs += took;
      this.#next();
    } finally {
      this.#busy = false;
    }
  }

  async #undo(): Promise<void> {
    if (this.#busy || !this.#session?.canUndo) return;
    this.#busy = true;
    try {
      const question = await this.#session.undo(Date.now());
      if (question !== undefined) this.#next(question);
      announce(t('undone'));
    } finally {
      this.#busy = false;
    }
  }

  async #mark(change: Parameters<Session['mark']>[1], goesOn = false): Promise<void> {
    await this.#session!.mark(this.#question!, change, Date.now());
    if (goesOn) {
      this.#close();
      this.#next();
    } else {
      this.requestUpdate();
    }
  }

  readonly #key = (event: KeyboardEvent) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || this.#dialog) return;
    const target = event.target as HTMLElement;
    if (target.closest('input, textarea, select')) return;
    if (this.#screen !== 'card') return;
    // A key that is held down answers once: neither the next card's keys nor the button that has the focus by then
    if (event.repeat) return event.preventDefault();
    const pressesButton = target.closest('button, a') !== null && (event.key === ' ' || event.key === 'Enter');
    if (pressesButton) return;
    const acts: Record<string, () => void> = {
      ' ': () => this.#turn(), Enter: () => this.#turn(),
      u: () => void this.#undo(),
      e: () => this.#toggleEvidence(),
      r: () => this.#speak(),
      f: () => void this.#mark({ favourite: !this.#session!.local(this.#question!).favourite }),
    };
    for (const [i, rating] of this.#ratings.entries()) acts[String(i + 1)] = () => void this.#rate(rating);
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  get #ratings(): Rating[] {
    return this.#session?.pack.ratingButtons === 4 ? [1, 2, 3, 4] : [1, 3];
  }

  #toggleEvidence(): void {
    if (!this.#turned) return;
    this.#evidence = !this.#evidence;
    this.requestUpdate();
  }

  #speak(): void {
    if (!this.#voice || this.#question === undefined) return;
    if (this.#speaking) return this.#stopSpeaking();
    const words = new SpeechSynthesisUtterance(spoken(this.#session!.card(this.#question), this.#turned));
    words.voice = this.#voice;
    words.lang = this.#voice.lang;
    words.onend = words.onerror = () => { this.#speaking = false; this.requestUpdate(); };
    this.#speaking = true;
    speechSynthesis.speak(words);
    this.requestUpdate();
  }

  #stopSpeaking(): void {
    if (!this.#speaking) return;
    speechSynthesis.cancel();
    this.#speaking = false;
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
    return html`${this.#strip()}${this.#top()}${this.#body()}`;
  }

  #strip(): TemplateResult | typeof nothing {
    if (navigator.onLine) return nothing;
    return html`<p class="strip" role="status">${icon('off')}<span>${this.#unsent > 0 ? t('stripWaiting', { n: this.#unsent }) : t('strip')}</span><button class="btn quiet" @click=${() => void this.#sync.flush()}>${t('retry')}</button></p>`;
  }

  #top(): TemplateResult {
    const today = this.#session?.today(Date.now());
    const left = today?.queue.length ?? 0;
    const done = this.#session?.reviews ?? 0;
    const showsCard = this.#screen === 'card' && today;
    const minutes = Math.max(1, Math.ceil(left * (done > 2 ? this.#tookMs / done / 1000 : this.#session?.pack.secondsACard ?? usualSeconds) / 60));
    return html`
      <header class="bar-top"><div class="wrap">
        <a class="btn icon" href="/cards" aria-label=${t('end')}>${icon('x')}</a>
        <div class="mid sm muted">${showsCard ? html`<span>${rich('left', { n: html`<b>${left}</b>` }, { n: left })}</span><span class="wide-only">${t('about', { n: minutes })}</span><span class="wide-only" data-elapsed></span>` : nothing}</div>
        ${this.#saved()}
      </div></header>
      ${showsCard ? html`<div class="steps" role="progressbar" aria-valuemin="0" aria-valuemax=${done + left} aria-valuenow=${done} aria-label=${t('progress', { n: done + 1, all: done + left })}>${Array.from({ length: Math.min(done + left, 60) }, (_, i) => {
        const at = Math.floor(done * Math.min(done + left, 60) / (done + left));
        return html`<i class=${i < at ? 'd' : i === at ? 'c' : ''}></i>`;
      })}</div>` : nothing}`;
  }

  #saved(): TemplateResult {
    const said = this.#unsent > 0 && this.#link !== 'saved'
      ? this.#link === 'saving' ? t('saving') : t(navigator.onLine ? 'queuedWaiting' : 'queued', { n: this.#unsent })
      : this.#session && this.#session.reviews > 0 ? t('saved') : t('nothingYet');
    const waits = this.#link === 'waiting';
    return html`<span class="saved ${waits ? 'queued' : this.#session?.reviews ? '' : 'none'}" role="status" data-unsent=${this.#unsent} data-link=${this.#link}>${icon(waits ? 'off' : 'saved')}<span>${said}</span></span>`;
  }

  #body(): TemplateResult {
    switch (this.#screen) {
      case 'card': return this.#card();
      case 'done': return this.#done();
      case 'text': return this.#text();
      case 'loading': return html`<main class="wrap quiet-page" id="main" aria-busy="true"><h1 class="vh">${t('title')}</h1><p class="muted" role="status">${t('loading')}</p></main>`;
      case 'noDeck': return this.#message('noDeckTitle', undefined);
      case 'failed': return this.#message('failedTitle', 'failedBody', true);
      case 'stale': return this.#message('staleTitle', 'staleBody', true, { day: this.#kept.find(pack => pack.deck.slug === this.#slug)?.days.at(-2)?.day ?? '' });
      case 'offline': return this.#offline();
    }
  }

  #message(title: CardsKey, body: CardsKey | undefined, retries = false, values: Record<string, string> = {}): TemplateResult {
    return html`<main class="wrap quiet-page" id="main">${this.#notes()}<h1>${t(title)}</h1>${body ? html`<p>${t(body, values)}</p>` : nothing}
      <div class="acts">${retries ? html`<button class="btn primary" @click=${() => void this.#begin()}>${t('retry')}</button>` : nothing}<a class="btn" href="/cards">${t('decks')}</a></div></main>`;
  }

  #offline(): TemplateResult {
    return html`<main class="wrap quiet-page" id="main">${this.#notes()}<h1>${t('offlineTitle')}</h1>
      <p>${t(this.#kept.length > 0 ? 'offlineBody' : 'offlineNone')}</p>
      ${this.#kept.length > 0 ? html`<ul class="kept">${this.#kept.map(pack => html`<li><a class="btn lg" href="/cards/study?deck=${encodeURIComponent(pack.deck.slug)}"><span lang=${pack.deck.language}>${words(pack.deck.title)}</span>${icon('right')}</a></li>`)}</ul>` : nothing}
      <div class="acts"><button class="btn" @click=${() => location.reload()}>${t('retry')}</button></div></main>`;
  }

  #notes(): TemplateResult {
    return html`
      ${this.#others ? html`<p class="note warn" role="status">${icon('warn')}<span>${t('otherLearner', { n: this.#others.count, name: this.#others.name })}</span></p>` : nothing}
      ${this.#refused > 0 ? html`<p class="note warn" role="status">${icon('warn')}<span>${t('refused', { n: this.#refused })}</span></p>` : nothing}`;
  }

  #card(): TemplateResult {
    const question = this.#question!;
    const session = this.#session!;
    const card = session.card(question);
    const local = session.local(question);
    return html`
      <main class="deck" id="main">
        <h1 class="vh">${session.pack.deck.title}</h1>
        <div class="deck-notes">${this.#notes()}</div>
        <article class="card ${this.#turned ? 'turned' : ''}" data-question=${question} aria-label=${t(this.#turned ? 'back' : 'front')}>
          <header>
            ${well(session.recall(question))}
            <span lang=${this.#lang ?? nothing}>${card.keyPointGroup && card.keyPointGroup !== card.keyPoint ? `${card.keyPointGroup} · ` : ''}${card.keyPoint}</span>
            <span class="acts">
              ${this.#voice ? html`<button class="btn icon" aria-pressed=${this.#speaking} aria-label=${t(this.#speaking ? 'stopReading' : 'read')} @click=${() => this.#speak()}>${icon('sound')}</button>` : nothing}
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
            ? html`${session.canUndo ? this.#undoButton() : html`<span class="dim narrow-only">${t('swipe')}</span>`}
                <span class="acts">${card.face.evidence.map(({ paragraph }) => html`<span class="chip">${paragraph}</span>`)}<button class="btn quiet" aria-expanded=${this.#evidence} @click=${() => this.#toggleEvidence()}>${t(this.#evidence ? 'hideEvidence' : 'evidence')}</button></span>`
            : session.canUndo ? html`${this.#undoButton()}<span class="dim wide-only">${t('sayFirst')}</span>` : html`<span class="dim centred">${t('sayFirst')}</span>`}</footer>
        </article>
      </main>
      <footer class="foot plain"><div class="wrap">${this.#turned ? this.#rates(question) : html`<div class="rate"><button class="btn primary show" @click=${() => this.#turn()}>${t('show')}<kbd class="wide-only">${t('space')}</kbd></button></div>`}</div></footer>
      ${this.#dialogs(question)}`;
  }

  get #lang(): string | undefined {
    const of = this.#session!.pack.deck.language;
    return of === language ? undefined : of;
  }

  #undoButton(): TemplateResult {
    return html`<button class="btn quiet undo" @click=${() => void this.#undo()}>${icon('undo')}${t('undo')}</button>`;
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
        bury: () => void this.#mark({ buriedDay: session.day }, true),
        suspend: () => void this.#mark({ suspended: true }, true),
      });
    }
    return this.#dialog === 'flag'
      ? flagDialog(close, (reason, said) => void session.flag(question, reason, said, Date.now()).then(() => announce(t('flagged'))))
      : nothing;
  }

  #done(): TemplateResult {
    const { reviews, pack } = this.#session!;
    const today = this.#session!.today(Date.now());
    const more = this.#session!.day === pack.days[0]!.day ? pack.more ?? 0 : 0;
    const pause = pauseOf(pack, this.#session!.day);
    const trouble = troubleOffline() ?? (this.#opensOffline ? undefined : 'noOfflineBrowser');
    return html`<main class="wrap quiet-page" id="main">${this.#notes()}
      <h1>${t('doneTitle')}</h1>
      <p>${reviews > 0 ? t('doneCount', { n: reviews, minutes: Math.max(1, Math.round((Date.now() - this.#startedAt) / 60_000)) }) : t('doneNone')}</p>
      ${today.nextStep ? html`<p>${t('doneNext', { time: new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' }).format(today.nextStep) })}</p>` : nothing}
      ${more > 0 ? html`<p>${t('doneMore', { n: more })}</p>` : nothing}
      ${today.later > more ? html`<p class="muted">${t('doneLater', { n: today.later - more })}</p>` : nothing}
      ${pause ? html`<p class="muted">${t(`newWait_${pause}`)} <a href="/cards/${encodeURIComponent(pack.deck.slug)}">${t('newAnyway')}</a></p>` : nothing}
      <div class="acts">${more > 0 ? html`<button class="btn primary" @click=${() => void this.#begin()}>${t('goOn')}</button>` : nothing}<a class="btn ${more > 0 ? '' : 'primary'}" href="/cards">${t('decks')}</a><button class="btn" @click=${() => this.#show('text')}>${icon('book')}${t('text')}</button>${this.#session!.canUndo ? this.#undoButton() : nothing}</div>
      <p class="sm muted after" lang=${pack.deck.language === language ? nothing : pack.deck.language}>${pack.deck.title}</p>
      ${trouble ? html`<p class="note">${icon('info')}<span>${t('noOffline')} ${t(trouble)}</span></p>` : this.#store ? html`<p class="sm muted">${t('install')}</p>` : html`<p class="note warn">${icon('warn')}<span>${t('noStore')}</span></p>`}
      <p class="sm muted wide-only">${t('keys')}</p></main>`;
  }

  #text(): TemplateResult {
    const { pack } = this.#session!;
    return html`<main class="wrap" id="main"><header class="study-head"><h1 lang=${pack.deck.language}>${words(pack.deck.title)}</h1></header>
      <div class="acts"><button class="btn" @click=${() => this.#next()}>${icon('left')}${t('backToCards')}</button></div>
      <article>${pack.paragraphs.map(({ label, text }) => html`<section class="para" id=${label}><span class="n" aria-label=${t('paragraph', { label })}>${label}</span><p class="t" lang=${pack.deck.language}>${text}</p></section>`)}</article></main>`;
  }
}

customElements.define('sq-cards', Cards);
