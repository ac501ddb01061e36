import { html, nothing } from 'lit';
import { number } from '../common/language';
import { icon } from '../common/lit';
import { answerFor, choicesOf, positionsIn } from './answers';
import type { GivenAnswer, HostView, Impact } from './contract';
import { t } from './host-text';
import type { LiveOrder } from './order';
import './order';

const reopenSeconds = 20;

/** What can be done about a question between its close and the board: each says what follows from it. */
export class FixPanel {
  #asked?: 'void' | 'key';
  #picked = new Set<number>();
  #typed = '';
  /** As they were put in order; undefined as long as they stand as shown. */
  #items?: number[];
  #impact?: Impact | 'unfit';

  /**
   * @param order sends a command in the phase that runs and says on the screen what became of it
   * @param preview asks what another key would change; null where it cannot be one
   * @param changed draws anew
   */
  constructor(
    private readonly order: (method: string, ...args: unknown[]) => Promise<boolean>,
    private readonly preview: (key: GivenAnswer) => Promise<Impact | null>,
    private readonly changed: () => void,
  ) {}

  /** Another phase has begun: what was asked is over. */
  reset(): void {
    this.#ask(undefined);
  }

  #ask(what: 'void' | 'key' | undefined): void {
    this.#asked = what;
    this.#picked = new Set();
    this.#typed = '';
    this.#items = undefined;
    this.#impact = undefined;
    this.changed();
  }

  render(view: HostView) {
    const { console, question } = view;
    if (!console?.canCorrect || !question) return nothing;
    const nobody = console.silent === 0;
    return html`<section class="fixing">
      <div class="head"><h2 class="sm">${t('wrongQuestion')}</h2><span class="sm muted">${t('wrongQuestionHint')}</span></div>
      ${this.#asked === 'void'
        ? html`<div class="sure" role="group" aria-label=${t('voidIt')}><p>${t('voidSure')}</p><div class="acts">
            <button class="btn danger" @click=${() => void this.#send('VoidRound')}>${t('voidYes')}</button><button class="btn" @click=${() => this.#ask(undefined)}>${t('never')}</button></div></div>`
        : this.#asked === 'key' ? this.#key(view)
        : html`<div class="fix3">
          <button class="btn" aria-disabled=${nobody ? 'true' : nothing} @click=${() => { if (!nobody) void this.#send('Reopen', reopenSeconds); }}><span>${icon('redo')}${t('reopen')}</span><small>${nobody ? t('reopenNobody') : t('reopenHint', { n: number(console.silent) })}</small></button>
          <button class="btn" @click=${() => this.#ask('void')}><span>${icon('void')}${t('voidIt')}</span><small>${t('voidHint')}</small></button>
          <button class="btn" @click=${() => this.#ask('key')}><span>${icon('key')}${t('correct')}</span><small>${t('correctHint', { n: number(view.answered) })}</small></button>
        </div>`}
    </section>`;
  }

  #key(view: HostView) {
    const question = view.question!;
    const many = question.type === 'multiple_choice';
    const old = new Set(positionsIn(view.reveal?.key));
    const ready = question.type === 'ordering' || (question.type === 'cloze' ? this.#typed.trim() !== '' : this.#picked.size > 0);
    const impact = this.#impact;
    return html`<div class="panel pad stack" role="group" aria-label=${t('correct')}>
      ${question.type === 'ordering'
        ? html`<p class="sm">${t('correctOrder')}</p><sq-live-order .texts=${question.options ?? []} @change=${(e: Event) => { this.#items = (e.target as LiveOrder).order; this.#impact = undefined; this.changed(); }}></sq-live-order>`
        : question.type === 'cloze'
        ? html`<div class="field"><label for="key">${t('correctType')}</label><input class="input" id="key" maxlength="200" autocomplete="off" .value=${this.#typed} @input=${(e: InputEvent) => { this.#typed = (e.target as HTMLInputElement).value; this.#impact = undefined; this.changed(); }}></div>`
        : html`<fieldset class="field"><legend>${t('correctPick')}</legend>${choicesOf(question).map((choice, i) => html`<label class="pick ${choice.letter}">
            <input class="check" type=${many ? 'checkbox' : 'radio'} name="key" .checked=${this.#picked.has(i)} @change=${() => this.#pick(i, many)}>${choice.mark}${choice.text}${old.has(i) ? html`<span class="chip right">${icon('check')}${t('right')}</span>` : nothing}</label>`)}</fieldset>`}
      ${impact === undefined ? nothing : html`<p class="note ${impact === 'unfit' ? 'warn' : ''}" role="status">${icon(impact === 'unfit' ? 'warn' : 'info')}<span>${impact === 'unfit' ? t('correctUnfit') : impact.up + impact.down === 0 ? t('correctNone') : t('correctImpact', { up: number(impact.up), down: number(impact.down) })}</span></p>`}
      <div class="acts">
        ${impact !== undefined && impact !== 'unfit'
          ? html`<button class="btn primary" @click=${() => void this.#send('CorrectKey', this.#answer(view))}>${t('correctYes')}</button>`
          : html`<button class="btn primary" aria-disabled=${ready ? nothing : 'true'} @click=${() => { if (ready) void this.#see(view); }}>${t('correctSee')}</button>`}
        <button class="btn" @click=${() => this.#ask(undefined)}>${t('never')}</button>
      </div>
    </div>`;
  }

  #pick(position: number, many: boolean): void {
    if (!many) this.#picked = new Set([position]);
    else if (!this.#picked.delete(position)) this.#picked.add(position);
    this.#impact = undefined;
    this.changed();
  }

  #answer(view: HostView): GivenAnswer {
    if (view.question!.type === 'ordering') return { kind: 'ordered', items: this.#items ?? (view.question!.options ?? []).map((_, i) => i) };
    return view.question!.type === 'cloze' ? { kind: 'typed', text: this.#typed.trim() } : answerFor(view.question!, [...this.#picked]);
  }

  async #see(view: HostView): Promise<void> {
    this.#impact = await this.preview(this.#answer(view)).catch(() => null) ?? 'unfit';
    this.changed();
  }

  async #send(method: string, ...args: unknown[]): Promise<void> {
    if (await this.order(method, ...args)) this.#ask(undefined);
  }
}
