import { html, nothing } from 'lit';
import { words } from '../common/lit';
import { t } from './host-text';
import { choicesOf } from './answers';
import type { QuestionView } from './contract';

/** What a question offers, as the big screen shows it. */
export function answerTiles(question: QuestionView) {
  if (question.type === 'cloze') return html`<p class="s-soon">${t('typeOnPhone')}</p>`;
  if (question.type === 'ordering') {
    const items = question.options ?? [];
    return html`<ul class="tiles plain" data-n=${items.length}>${items.map(item => html`<li class="tile">${words(item)}</li>`)}</ul>`;
  }
  const choices = choicesOf(question);
  return html`<ol class="tiles" data-n=${choices.length}>${choices.map(choice => html`
    <li class="tile ${choice.letter}">${choice.mark}${question.type === 'true_false' ? nothing : html`<span class="let">${choice.letter}</span>`}${choice.text}</li>`)}</ol>`;
}
