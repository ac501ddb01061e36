import { t } from './selftest-text';
import { setText } from './saved';

/** Questions with their answers, one at a time; the server keeps where it stopped. */
class Reading extends HTMLElement {
  #sections!: HTMLElement[];
  #at = 1;

  connectedCallback(): void {
    this.#sections = [...this.querySelectorAll<HTMLElement>('section.q')];
    this.addEventListener('click', event => {
      const go = (event.target as Element).closest<HTMLElement>('[data-go]');
      if (!go || this.#at + Number(go.dataset['go']) > this.#sections.length) return;
      // the last step on is the form's: it ends the reading
      event.preventDefault();
      this.#go(Number(go.dataset['go']));
    });
    addEventListener('keydown', event => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || (event.target as Element).closest('a, button, summary')) return;
      if (event.key === 'ArrowLeft') this.#go(-1);
      else if (event.key === 'ArrowRight' || event.key === 'Enter') this.#go(1);
    });
    addEventListener('popstate', () => this.#show(this.#fromAddress() ?? 1, 'keep'));
    this.#show(this.#fromAddress() ?? Number(this.dataset['place']), 'replace', false);
  }

  #fromAddress(): number | undefined {
    const position = Number(/^#q(\d+)$/.exec(location.hash)?.[1]);
    return position >= 1 && position <= this.#sections.length ? position : undefined;
  }

  #go(by: number): void {
    const to = this.#at + by;
    if (to >= 1 && to <= this.#sections.length) this.#show(to);
  }

  #show(position: number, address: 'push' | 'replace' | 'keep' = 'push', focus = true): void {
    this.#at = position;
    if (address === 'push') history.pushState(null, '', `#q${position}`);
    else if (address === 'replace') history.replaceState(null, '', `#q${position}`);
    const count = this.#sections.length;
    this.#sections.forEach((section, i) => { section.hidden = i + 1 !== position; });
    const steps = this.querySelector('.steps')!;
    steps.setAttribute('aria-valuenow', String(position));
    steps.setAttribute('aria-label', t('roundOf', { round: position, rounds: count }));
    [...steps.children].forEach((step, i) => { step.className = i + 1 === position ? 'c' : i < position ? 'd' : ''; });
    setText(this, '[data-count]', `${position} / ${count}`);
    setText(this, '[data-place-form] span', t(position === count ? 'allRead' : 'nextQuestion'));
    for (const back of this.querySelectorAll('button[data-go="-1"]')) back.setAttribute('aria-disabled', String(position === 1));
    scrollTo(0, 0);
    if (focus) this.#sections[position - 1]!.querySelector<HTMLElement>('.stem')!.focus({ preventScroll: true });
    if (focus || address === 'keep') this.#keep(position);
  }

  /** Without a network the place is kept at the next step that has one. */
  #keep(position: number): void {
    const form = this.querySelector<HTMLFormElement>('[data-place-form]')!;
    const data = new FormData(form);
    data.delete('over');
    data.set('position', String(position));
    void fetch(form.action, { method: 'POST', body: data, keepalive: true, redirect: 'manual' }).catch(() => undefined);
  }
}

customElements.define('sq-reading', Reading);
