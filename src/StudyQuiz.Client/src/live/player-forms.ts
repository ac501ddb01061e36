import { html, nothing } from 'lit';
import { icon } from '../common/lit';
import { t } from '../common/text';
import { choicesOf, positionsIn } from './answers';
import type { GivenAnswer, QuestionView } from './contract';
import './order';

/** An answer on its way: under way, waiting for the link, or to be tried again, which it is by itself and by hand. */
export interface Sending {
  round: number;
  answer: GivenAnswer;
  state: 'sending' | 'queued' | 'failed';
  /** How often it did not get through. */
  failures: number;
}

export interface Form {
  question: QuestionView;
  /** Chosen, typed or put in order, and not sent yet. */
  draft?: GivenAnswer;
  sending?: Sending;
  press(position: number): void;
  drafted(answer: GivenAnswer | undefined): void;
  send(answer: GivenAnswer | undefined): void;
}

/** What a player answers with, below the stem. */
export function answerForm(form: Form) {
  if (form.question.type === 'cloze') return cloze(form);
  if (form.question.type === 'ordering') return order(form);
  return pads(form);
}

function pads({ question, draft, sending, press, send }: Form) {
  const many = question.type === 'multiple_choice';
  const judged = question.type === 'true_false';
  const choices = choicesOf(question);
  const chosen = new Set(positionsIn(sending?.answer ?? draft));
  return html`
    <div class="pads two ${sending ? 'sent' : ''} ${many ? 'many' : ''} ${judged ? 'tf2' : ''}" data-n=${choices.length} role="group" aria-label=${t(many ? 'chooseMany' : judged ? 'chooseJudge' : 'chooseOne')}>
      ${choices.map((choice, i) => html`
        <button class="padb ${choice.letter} ${chosen.has(i) ? 'chosen' : ''}" aria-pressed=${many ? String(chosen.has(i)) : nothing} aria-busy=${sending?.state === 'sending' && chosen.has(i) ? 'true' : nothing} aria-disabled=${sending ? 'true' : nothing} @click=${() => press(i)}>
          ${choice.mark}
          <span>${judged ? nothing : html`<small>${choice.letter}</small>`}${choice.text}${sending?.state === 'sending' && chosen.has(i) ? html`<em>${t('sending')}</em>` : nothing}</span>
          ${many ? html`<span class="box">${icon('check')}</span>` : nothing}
        </button>`)}
    </div>
    ${below(sending, send, many ? html`<button class="btn primary lg" aria-busy=${sending ? 'true' : nothing} ?disabled=${chosen.size === 0} @click=${() => send(draft)}>${sending ? t('sending') : chosen.size === 0 ? t('send') : t('sendChosen', { n: chosen.size })}</button>` : nothing)}`;
}

// Enter while composing belongs to the input method, and so does the one that Safari sends right after.
let composed = -1_000;
let composing = false;

function cloze({ draft, sending, drafted, send }: Form) {
  const take = (input: HTMLInputElement) => {
    if (!composing) drafted(input.value.trim() ? { kind: 'typed', text: input.value.trim() } : undefined);
  };
  return html`<form class="p-type" @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      if (!composing && performance.now() - composed > 80) send(draft);
    }}>
    <div class="field"><label for="blank">${t('fillBlank')}</label>
      <input class="input" id="blank" maxlength="200" autocomplete="off" autocapitalize="off" autocorrect="off" spellcheck="false" enterkeyhint="send"
        value=${draft?.kind === 'typed' ? draft.text : nothing} ?readonly=${sending !== undefined}
        @compositionstart=${() => { composing = true; }}
        @compositionend=${(event: Event) => { composing = false; composed = performance.now(); take(event.target as HTMLInputElement); }}
        @input=${(event: Event) => take(event.target as HTMLInputElement)}>
      <span class="hint">${t('fillHint')}</span></div>
    ${below(sending, send, html`<button class="btn primary lg" aria-busy=${sending ? 'true' : nothing} ?disabled=${!draft && !sending}>${t(sending ? 'sending' : 'send')}</button>`)}
  </form>`;
}

function order({ question, draft, sending, drafted, send }: Form) {
  const current = (target: EventTarget | null) => {
    const list = (target as Element).closest('.p-order')?.querySelector('sq-live-order');
    return list ? { kind: 'ordered' as const, items: list.order } : undefined;
  };
  return html`<div class="p-order ${sending ? 'sent' : ''}">
    <p class="sm muted">${t('orderHint')}</p>
    <sq-live-order ?inert=${sending !== undefined} .start=${draft?.kind === 'ordered' ? draft.items : undefined} .texts=${question.options ?? []} @change=${(event: Event) => drafted(current(event.target))}></sq-live-order>
    ${below(sending, send, html`<button class="btn primary lg" aria-busy=${sending ? 'true' : nothing} @click=${(event: Event) => send(current(event.target))}>${t(sending ? 'sending' : 'send')}</button>`)}
  </div>`;
}

function below(sending: Sending | undefined, send: Form['send'], button: unknown) {
  if (sending?.state === 'failed') {
    return html`<div class="p-send"><p class="note warn" role="status">${icon('warn')}<span>${t('notSent')}</span></p><button type="button" class="btn primary lg" @click=${() => send(sending.answer)}>${t('again')}</button></div>`;
  }
  if (sending?.state === 'queued') return html`<div class="p-send"><p class="note warn" role="status">${icon('off')}<span>${t('queued')}</span></p></div>`;
  return button === nothing ? nothing : html`<div class="p-send">${button}</div>`;
}
