import { html, nothing, type ElementPart, type TemplateResult } from 'lit';
import { Directive, directive, PartType, type PartInfo } from 'lit/directive.js';
import { isChinese, segment } from './segment';
import { sourceLang } from './language';

class Vars extends Directive {
  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('vars() stands in a tag');
  }

  override render(_: Record<string, string | number>) {
    return nothing;
  }

  override update(part: ElementPart, [values]: [Record<string, string | number>]) {
    const style = (part.element as HTMLElement).style;
    for (const [name, value] of Object.entries(values)) style.setProperty(name, String(value));
    return nothing;
  }
}

/** Custom properties through the CSSOM. Lit's styleMap writes a style attribute on its first render, which the content security policy refuses. */
export const vars = directive(Vars);

/** An icon of the page's sprite. */
export const icon = (name: string) => html`<svg class="i" aria-hidden="true"><use href="#i-${name}"></use></svg>`;

export const shape = (letter: string) => html`<svg class="shape" aria-hidden="true"><use href="#s-${letter}"></use></svg>`;

export const letters = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export const letter = (position: number) => letters[position] ?? '?';

/** Source content in display type: breaks between words, and says its language where the page has another. What it may hold of Markdown is drawn: **stress**, lines, lists by a dash. */
export function words(text: string): TemplateResult {
  const lines = text.includes('\n') ? text.split('\n').map(line => line.trim()).filter(Boolean) : [text];
  return html`<span lang=${sourceLang ?? nothing} ?data-segmented=${isChinese(text)}>${lines.map((line, i) => html`${i > 0 ? html`<br>` : nothing}${marked(lines.length > 1 ? line.replace(/^[-*•]\s+/, '• ') : line)}`)}</span>`;
}

const marked = (line: string) => line.split(/\*\*(.+?)\*\*/).map((piece, i) => (i % 2 ? html`<strong>${broken(piece)}</strong>` : broken(piece)));

const broken = (text: string) => (isChinese(text) ? segment(text).map((piece, i) => (i === 0 ? piece : html`<wbr>${piece}`)) : text);

/** The text without its marks, where only characters can stand. */
export const plain = (text: string) => text.replace(/\*\*(.+?)\*\*/g, '$1');

/** What a question shows above its stem. */
export interface Picture {
  hash: string;
  alt: string;
  width: number;
  height: number;
}

export const picture = (shown: Picture | undefined) => (shown ? html`<img class="qpic" src="/pictures/${shown.hash}" alt=${shown.alt} width=${shown.width} height=${shown.height} lang=${sourceLang ?? nothing} decoding="async">` : nothing);
