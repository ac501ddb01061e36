import { icon } from '../common/lit';
import { t } from '../common/text';
import { html, render } from 'lit';
import { words } from '../common/lit';
import { items } from '../selftest/answers';
import { ordering } from '../selftest/ordering';

/** The items of an ordering question on a phone: built once a round, for moving them is the reader's business from then on. Fires `change`. */
export class LiveOrder extends HTMLElement {
  #built = '';
  /** The order to begin with, where the page was left in the middle: shown positions. */
  start?: number[] | undefined;

  /** As shown. */
  set texts(texts: string[]) {
    const built = texts.join('\n');
    if (built === this.#built) return;
    this.#built = built;
    const list = document.createElement('ol');
    list.className = 'order';
    (this.start ?? texts.map((_, i) => i)).forEach(i => {
      const text = texts[i] ?? '';
      const item = document.createElement('li');
      item.dataset['item'] = String(i);
      render(html`<span>${words(text)}</span><span class="move">
        <button type="button" class="btn icon" data-move="-1" aria-label=${t('moveUp', { what: text })}>${icon('up')}</button>
        <button type="button" class="btn icon" data-move="1" aria-label=${t('moveDown', { what: text })}>${icon('down')}</button>
        <span class="grip" aria-hidden="true">${icon('grip')}</span></span>`, item);
      list.append(item);
    });
    this.replaceChildren(list);
    ordering(this, () => this.dispatchEvent(new Event('change', { bubbles: true })));
  }

  /** Shown positions in the order on the screen. */
  get order(): number[] {
    return items(this).map(item => Number(item.dataset['item']));
  }
}

customElements.define('sq-live-order', LiveOrder);

declare global {
  interface HTMLElementTagNameMap {
    'sq-live-order': LiveOrder;
  }
}
