/** On the list of decks: reviews that wait in this browser go out at once, and the page says what of them is left. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { unsentKey, type Unsent } from '../common/learner';
import { icon } from '../common/lit';
import { recall } from '../common/storage';
import { notes } from './notes';
import { Store } from './store';
import { Sync, type Link, type Others } from './sync';
import { t } from './text';

class Queue extends LitElement {
  #link: Link | undefined;
  #unsent = 0;
  #hasSent = false;
  #refused = 0;
  #others: Others[] = [];
  /** How many wait in a database that cannot be read. */
  #unread = 0;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Who has nothing that waits needs no database
    const counts = Object.values(recall<Unsent>(unsentKey, {}));
    if (counts.length === 0) return;
    this.#send().catch(() => {
      this.#unread = counts.reduce((sum, { count }) => sum + count, 0);
      this.requestUpdate();
    });
  }

  /** Rejects where the browser's database cannot be read. */
  async #send(): Promise<void> {
    const store = await Store.open();
    if (!store) throw new Error('The browser has no database for cards.');
    const before = (await store.waiting()).length;
    const sync = new Sync(store, {
      changed: (link, unsent) => {
        [this.#link, this.#unsent] = [link, unsent];
        this.requestUpdate();
        if (link === 'saved') void sync.unsent().then(left => { this.#hasSent = left.length + this.#refused < before; this.requestUpdate(); });
      },
      othersWait: others => { this.#others = others; this.requestUpdate(); },
      refused: count => { this.#refused += count; this.requestUpdate(); },
      unstored: () => undefined,
    });
    await sync.flush();
  }

  protected override render(): TemplateResult {
    if (this.#unread > 0) {
      return html`<p class="note warn mb-4" role="status" data-unread=${this.#unread}>${icon('warn')}<span>${t('queueUnread', { n: this.#unread })}</span></p>`;
    }
    if (!this.#link) return html``;
    const others = notes({ others: this.#others, refused: this.#refused, wasElsewhere: undefined, undone: undefined, onlyHere: undefined, clockOffMs: 0, withdrawn: [], trouble: undefined }, undefined);
    return html`<div class="stack mb-4">${this.#own()}${others}${this.#others.some(({ whose }) => whose === 'nobodys') ? html`<p class="acts"><a class="btn" href=${this.dataset['study'] ?? '/cards'}>${t('queueOpen')}</a></p>` : nothing}</div>`;
  }

  #own(): TemplateResult | typeof nothing {
    if (this.#unsent > 0) {
      return html`<p class="note ${this.#link === 'waiting' ? 'warn' : ''}" role="status" data-unsent=${this.#unsent}>${icon(this.#link === 'waiting' ? 'off' : 'saved')}<span>${t(this.#link === 'waiting' ? 'queueWaiting' : 'queueSending', { n: this.#unsent })}</span></p>`;
    }
    return this.#hasSent ? html`<p class="note" role="status" data-unsent="0">${icon('saved')}<span>${t('queueSent')} <a href="/cards">${t('queueReload')}</a></span></p>` : nothing;
  }
}

customElements.define('sq-cards-queue', Queue);
