import { announce } from '../../common/announce';
import { caretIn, point } from './caret';
import { t } from './text';

/** Words of a paragraph, by their place in it. */
export interface Quote {
  label: string;
  at: number;
  words: string;
}

/** Evidence by selecting: with the mouse or a finger, or by keyboard in the text beside the form. Every quote is a row of fields that the server reads. */
export class EvidencePanel {
  readonly #source: HTMLElement;
  readonly #rows: HTMLElement;
  readonly #take: HTMLButtonElement;

  constructor(panel: HTMLElement, private readonly changed: () => void) {
    this.#source = panel.querySelector('[data-source]')!;
    this.#rows = panel.querySelector('[data-quotes]')!;
    this.#take = panel.querySelector('[data-take]')!;
    document.addEventListener('selectionchange', () => { this.#take.disabled = this.#selected().length === 0; });
    this.#take.addEventListener('mousedown', event => event.preventDefault());
    this.#take.addEventListener('click', () => this.#takeSelected());
    caretIn(this.#source, () => this.#takeSelected());
    this.#rows.addEventListener('click', event => {
      const drop = (event.target as Element).closest('[data-drop]');
      if (drop) this.#drop(drop.closest('li')!);
    });
    this.#rows.addEventListener('input', () => this.#draw());
    this.#draw();
    // The text alone: the page stays where it is
    const mark = this.#source.querySelector('mark');
    if (mark) this.#source.scrollTop = mark.offsetTop - this.#source.clientHeight / 3;
  }

  /** Adds a quote; one that it holds, or that holds it, gives way. */
  add(quote: Quote): void {
    for (const row of this.#filled()) {
      const known = this.#quoteOf(row);
      if (known && known.label === quote.label && known.at < quote.at + quote.words.length && quote.at < known.at + known.words.length) this.#empty(row);
    }
    const row = [...this.#rows.children].find(one => !this.#words(one).value) as HTMLElement | undefined ?? this.#append();
    this.#words(row).value = quote.words;
    row.querySelector<HTMLInputElement>('input')!.value = `${quote.label}@${quote.at}`;
    row.classList.remove('plain-only');
    this.#draw();
    this.changed();
    announce(t('quoteTaken', { words: quote.words }));
  }

  #takeSelected(): void {
    const quotes = this.#selected();
    for (const quote of quotes) this.add(quote);
    // Drawing put other nodes in place of those that were selected
    const last = quotes.at(-1);
    if (last) getSelection()?.collapse(...point(this.#source.querySelector(`p[data-label="${CSS.escape(last.label)}"] [data-text]`)!, last.at + last.words.length));
  }

  // Rows are kept for the fields' numbers; what is empty is no evidence
  #drop(row: HTMLElement): void {
    this.#empty(row);
    this.#draw();
    this.changed();
    announce(t('quoteDropped'));
    this.#source.focus({ preventScroll: true });
  }

  #empty(row: Element): void {
    this.#words(row).value = '';
    row.querySelector<HTMLInputElement>('input')!.value = '';
    row.classList.add('plain-only');
  }

  #append(): HTMLElement {
    const fresh = this.#rows.lastElementChild!.cloneNode(true) as HTMLElement;
    const place = this.#rows.children.length;
    this.#words(fresh).name = this.#words(fresh).id = `quote${place}`;
    fresh.querySelector('label')!.htmlFor = `quote${place}`;
    fresh.querySelector<HTMLInputElement>('input')!.name = `place${place}`;
    this.#rows.append(fresh);
    return fresh;
  }

  #words = (row: Element) => row.querySelector('textarea')!;

  #filled = () => [...this.#rows.children].filter(row => this.#words(row).value !== '');

  // Where the row says that its words stand, else where they stand first
  #quoteOf(row: Element): Quote | undefined {
    const words = this.#words(row).value;
    const [label, at] = row.querySelector<HTMLInputElement>('input')!.value.split('@');
    for (const paragraph of this.#paragraphs()) {
      if (label && paragraph.label !== label) continue;
      const found = at !== undefined && paragraph.text.startsWith(words, Number(at)) ? Number(at) : paragraph.text.indexOf(words);
      if (found >= 0) return { label: paragraph.label, at: found, words };
    }
    return undefined;
  }

  #paragraphs = () => [...this.#source.querySelectorAll<HTMLElement>('p[data-label]')].map(p => {
    const element = p.querySelector<HTMLElement>('[data-text]')!;
    return { label: p.dataset['label']!, element, text: element.textContent };
  });

  #draw(): void {
    const quotes = this.#filled().map(row => this.#quoteOf(row)).filter(quote => quote !== undefined);
    for (const { label, element, text } of this.#paragraphs()) {
      const here = quotes.filter(quote => quote.label === label).sort((a, b) => a.at - b.at);
      if (here.length === 0 && !element.querySelector('mark')) continue;
      const pieces: (string | Node)[] = [];
      let end = 0;
      for (const { at, words } of here) {
        if (at < end) continue;
        const mark = document.createElement('mark');
        mark.append(words);
        pieces.push(text.slice(end, at), mark);
        end = at + words.length;
      }
      element.replaceChildren(...pieces, text.slice(end));
    }
    for (const row of this.#filled()) {
      const label = row.querySelector('label .muted') ?? row.querySelector('label')!.appendChild(Object.assign(document.createElement('span'), { className: 'muted' }));
      label.textContent = ` ${this.#quoteOf(row)?.label ?? '?'}`;
    }
  }

  // A selection over several paragraphs is a quote of each
  #selected(): Quote[] {
    const selection = getSelection();
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return [];
    const range = selection.getRangeAt(0);
    if (!this.#source.contains(range.commonAncestorContainer)) return [];
    return this.#paragraphs().flatMap(({ label, element, text }) => {
      if (!range.intersectsNode(element)) return [];
      const [from, to] = [offset(element, range.startContainer, range.startOffset, 0), offset(element, range.endContainer, range.endOffset, text.length)];
      const words = text.slice(from, to).trim();
      return words ? [{ label, at: from + text.slice(from, to).search(/\S/), words }] : [];
    });
  }
}

function offset(element: HTMLElement, node: Node, at: number, outside: number): number {
  if (!element.contains(node)) return outside;
  const before = document.createRange();
  before.selectNodeContents(element);
  before.setEnd(node, at);
  return before.toString().length;
}
