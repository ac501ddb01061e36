import { html, nothing, render } from 'lit';
import { icon } from '../../common/lit';
import type { Quote } from './evidence';
import { fieldOf } from './form';
import { t } from './text';

interface Finding {
  gate: string;
  title: string;
  message: string;
  field: string;
  blocks: boolean;
  fix?: { label: string; enemy: string };
}

/** What the server found in the form: see CheckedQuestion. */
interface Checked {
  errors: Record<string, string>;
  findings: Finding[];
  passed: number;
  near: { path: string; stem: string; percent: number; says: string }[];
  meaning: string[];
  proposed: { words: string; place: string }[];
  isPart: boolean;
}

const pause = 500;
const again = 5000;

/** Asks the server a moment after the last key and tells what it found: beside the field that mends it, and all of it in one place. */
export class Findings {
  #timer: number | undefined;
  #asked: AbortController | undefined;
  // An empty field is no mistake before somebody has been at it
  readonly #touched = new Set<string>();

  constructor(private readonly host: HTMLElement, private readonly form: HTMLFormElement, private readonly take: (quote: Quote) => void) {
    form.addEventListener('input', event => this.#touched.add(fieldOf((event.target as HTMLInputElement).name)));
    // A page that asks something further holds what was chosen before: no guess takes its place
    if (host.querySelector('input[name=meaning]:checked')) this.#touched.add('meaning');
    // Lit draws beside what is there
    host.querySelector('[data-signs]')?.replaceChildren();
    void this.#ask();
  }

  changed(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#ask(), pause);
  }

  async #ask(): Promise<void> {
    this.#asked?.abort();
    const asked = this.#asked = new AbortController();
    try {
      const answer = await fetch(`${this.host.dataset['path']}/check`, { method: 'POST', body: this.#fields(), signal: asked.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      this.#show(await answer.json() as Checked);
      this.host.setAttribute('data-checked', '');
    } catch {
      if (asked.signal.aborted) return;
      this.#part('[data-gates-said]').textContent = t('gatesAway');
      this.#timer = window.setTimeout(() => void this.#ask(), again);
    }
  }

  #show(checked: Checked): void {
    const failed = checked.findings.filter(finding => finding.blocks).length;
    this.#part('[data-gates-said]').textContent = checked.passed === 0 ? t('gatesWait') : t('gatesSaid', { passed: checked.passed, care: checked.findings.length - failed, failed });
    render(html`
      ${checked.findings.length === 0 ? nothing : html`<ul class="gatelist rule">${checked.findings.map(finding => this.#finding(finding))}</ul>`}
      ${checked.passed === 0 ? nothing : html`<p class="sm muted gatesok">${icon('check')} ${t(checked.findings.length === 0 ? 'gatesAll' : 'gatesPassed', { n: checked.passed })}</p>`}
      ${checked.isPart ? html`<p class="sm muted">${t('gatesPart')}</p>` : nothing}
      ${checked.near.length === 0 ? nothing : html`<h3 class="sm mt-3">${t('nearTitle')}</h3><ul class="nearlist">${checked.near.map(near => html`
        <li><a href=${near.path} target="_blank" lang=${this.host.dataset['lang']!}>${near.stem}</a> <span class="sm muted">${t('nearAlike', { n: near.percent, says: near.says })}</span></li>`)}</ul>`}`, this.#part('[data-gates]'));

    for (const place of this.host.querySelectorAll<HTMLElement>('[data-found]')) {
      const field = place.dataset['found']!;
      if (this.#touched.has(field)) place.parentElement!.querySelector(':scope > .err[role=alert]')?.remove();
      const error = this.#touched.has(field) ? checked.errors[field] : undefined;
      const here = checked.findings.filter(finding => finding.field === field && (finding.blocks || this.#touched.has(field)));
      render(html`
        ${error ? html`<span class="err">${icon('warn')}<span>${error}</span></span>` : nothing}
        ${here.map(finding => html`<span class=${finding.blocks ? 'err' : 'care'}>${icon('warn')}<span>${finding.title}${finding.message ? html`：${finding.message}` : nothing}</span></span>`)}`, place);
    }
    this.#meaning(checked.meaning);
    render(checked.proposed.length === 0 ? nothing : html`<h3 class="sm">${t('proposedTitle')}</h3><ul class="proposed">${checked.proposed.map(quote => html`
      <li><q lang=${this.host.dataset['lang']!}>${quote.words}</q> <span class="sm muted">${quote.place.split('@')[0]}</span><button type="button" class="btn quiet" @click=${() => this.#takeProposed(quote)}>${t('takeIt')}</button></li>`)}</ul>`, this.#part('[data-proposed]'));
  }

  #finding(finding: Finding) {
    const { fix } = finding;
    return html`<li class=${finding.blocks ? 'no' : 'hm'}>${icon(finding.blocks ? 'x' : 'warn')}<div><span class="vh">${t(finding.blocks ? 'gateFailed' : 'gateCare')}</span>${finding.title}
      ${finding.message ? html`<p>${finding.message}</p>` : nothing}
      ${fix ? html`<button type="button" class="btn quiet" @click=${() => this.#keepApart(fix.enemy)}>${fix.label}</button>` : nothing}</div></li>`;
  }

  #keepApart(enemy: string): void {
    this.form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'enemy', value: enemy }));
    this.form.dispatchEvent(new Event('input', { bubbles: true }));
  }

  #takeProposed({ words, place }: { words: string; place: string }): void {
    const [label, at] = place.split('@');
    const text = this.host.querySelector(`p[data-label="${CSS.escape(label!)}"] [data-text]`)?.textContent ?? '';
    this.take({ label: label!, at: at === undefined ? text.indexOf(words) : Number(at), words });
  }

  // The guess is chosen for as long as nobody has chosen otherwise
  #meaning(signs: string[]): void {
    const said = this.host.querySelector<HTMLElement>('[data-signs]');
    if (!said) return;
    const isChanged = this.#touched.size > 0;
    render(signs.length > 0 ? html`${t('looksChanged')} ${signs.map(sign => html`<span class="chip warn">${sign}</span> `)}` : isChanged ? t('onlyWording') : nothing, said);
    if (this.#touched.has('meaning')) return;
    for (const radio of this.form.querySelectorAll<HTMLInputElement>('input[name=meaning]')) radio.checked = radio.value === 'changed' && signs.length > 0;
  }

  // A picture is sent once, when it is chosen
  #fields(): FormData {
    const data = new FormData(this.form);
    data.delete('pictureFile');
    return data;
  }

  #part = (selector: string) => this.host.querySelector<HTMLElement>(selector)!;
}
