import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { announce, focusOn } from '../common/announce';
import { Countdown, drain } from '../common/clock';
import { icon } from '../common/lit';
import { t, type TextKey } from '../common/text';
import { fixText } from './answers';
import { LiveConnection, type LinkState, type LiveHandlers } from './connection';
import type { Clock, Fix, Phase } from './contract';

/** Longer than it takes to see that a button has changed its meaning, shorter than anyone waits for one. */
const settleMs = 700;

interface AnyView {
  version: number;
  phase: Phase;
  round: number;
  clock?: Clock;
  fix: Fix;
}

/** What player, projector and remote share: a view from the hub, its countdown, the state of the link, and words for those who do not see. */
export abstract class LiveElement<V extends AnyView> extends LitElement {
  protected view?: V;
  protected previous?: V;
  protected link: LinkState = 'connecting';
  protected refusal?: string;
  protected evicted = false;
  protected live!: LiveConnection<V>;
  protected readonly countdown = new Countdown(() => this.#ticked());
  /** A short gap is not worth a word. */
  protected linkTold = true;
  /** The phase has only just changed: a press now was meant for what stood here before. */
  protected settling = false;
  #settleTimer: number | undefined;
  #linkTimer: number | undefined;
  #saidTen = '';
  #screen = '';

  protected abstract readonly hub: string;
  protected abstract attachWith(gameId: string): unknown[];
  /** What changes when another screen is shown; the focus moves then. */
  protected abstract screen(): string;
  protected abstract readonly movesFocus: boolean;

  get gameId(): string {
    return this.getAttribute('game-id') ?? '';
  }

  // Light DOM: one style sheet, one sprite, one set of ids for the whole page.
  protected override createRenderRoot() {
    this.replaceChildren();
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const handlers: LiveHandlers<V> = {
      hub: this.hub,
      attach: this.attachWith(this.gameId),
      view: view => this.#arrived(view),
      link: state => this.#linked(state),
      refused: why => { this.refusal = why; this.countdown.set(undefined); this.requestUpdate(); },
      evicted: () => { this.evicted = true; this.countdown.set(undefined); this.requestUpdate(); },
    };
    this.live = new LiveConnection<V>(handlers);
    this.live.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.live.stop();
    this.countdown.stop();
    clearTimeout(this.#linkTimer);
    clearTimeout(this.#settleTimer);
  }

  protected arrived(_view: V, _before: V | undefined): void {}

  protected linked(_state: LinkState): void {}

  /** Starts over on this device after another one took the seat. */
  protected comeBack(): void {
    this.evicted = false;
    this.refusal = undefined;
    this.live.start();
    this.requestUpdate();
  }

  protected get low(): boolean {
    return this.view?.phase === 'open' && !this.countdown.paused && this.countdown.seconds <= 5;
  }

  protected strip(back: TextKey, safe: TextKey) {
    if (this.link === 'online' || !this.linkTold || !this.view) return nothing;
    return html`<p class="strip">${icon('off')}<span><b>${t(back)}</b>${' '}${t(safe)}</span></p>`;
  }

  #arrived(view: V): void {
    const before = this.view;
    this.previous = before;
    this.view = view;
    this.refusal = undefined;
    this.countdown.set(view.clock);
    if (before?.phase !== view.phase || before.round !== view.round) {
      this.#say(view);
      if (before) this.#settle();
    }
    if (before && before.phase === view.phase && before.round === view.round && (before.clock?.paused ?? false) !== (view.clock?.paused ?? false)) {
      announce(t(view.clock?.paused ? 'pausedTitle' : 'goesOn'));
    }
    if (before && before.round === view.round && before.fix !== view.fix && fixText(view.fix)) announce(fixText(view.fix)!);
    this.arrived(view, before);
    this.requestUpdate();
  }

  #settle(): void {
    this.settling = true;
    clearTimeout(this.#settleTimer);
    this.#settleTimer = window.setTimeout(() => {
      this.settling = false;
      this.requestUpdate();
    }, settleMs);
  }

  #say(view: V): void {
    const n = this.countdown.seconds;
    if (view.phase === 'reading') announce(t('sayReading', { round: view.round }));
    else if (view.phase === 'open') announce(t('sayOpen', { n }));
    else if (view.phase === 'closed') announce(this.closing(view));
    else if (view.phase === 'board') announce(t('sayBoard'));
    else if (view.phase === 'podium') announce(t('finished'));
    else if (view.phase === 'aborted') announce(t('abortedTitle'));
  }

  protected closing(_view: V): string {
    return t('sayClosed');
  }

  protected awayText(): string {
    return t('returningHost');
  }

  #linked(state: LinkState): void {
    const was = this.link;
    this.link = state;
    clearTimeout(this.#linkTimer);
    this.linkTold = false;
    if (state !== 'online') this.#linkTimer = window.setTimeout(() => {
      this.linkTold = true;
      if (this.view) announce(this.awayText());
      this.requestUpdate();
    }, 500);
    else if (was === 'reconnecting') announce(t('sayOnline'));
    this.linked(state);
    this.requestUpdate();
  }

  #ticked(): void {
    const view = this.view;
    const key = `${view?.phase}:${view?.round}`;
    if (view?.phase === 'open' && this.countdown.seconds === 10 && this.#saidTen !== key) {
      this.#saidTen = key;
      announce(t('tenSeconds'));
    }
    this.requestUpdate();
  }

  protected override updated(_changed: PropertyValues): void {
    drain(this.querySelector<HTMLElement>('[data-drain]'), this.countdown);
    const screen = this.screen();
    if (screen === this.#screen) return;
    const first = this.#screen === '';
    this.#screen = screen;
    if (this.movesFocus && !first) focusOn(this.querySelector<HTMLElement>('h1'));
    this.shown();
  }

  /** Another screen has just been put up. */
  protected shown(): void {}
}
