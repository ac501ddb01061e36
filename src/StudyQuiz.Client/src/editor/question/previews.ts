import { html, nothing, render, type TemplateResult } from 'lit';
import { icon, picture, words } from '../../common/lit';
import type { QuestionView } from '../../live/contract';
import { answerForm } from '../../live/player-forms';
import { answerTiles } from '../../live/tiles';
import type { Typed } from './form';
import { t } from './text';

const live = ['single_choice', 'multiple_choice', 'true_false', 'cloze', 'ordering'];
const blank = '＿＿＿';

/** The question as a learner, a player and the big screen have it, drawn by what draws it there. */
export function previews(target: HTMLElement, question: Typed): void {
  const view: QuestionView | undefined = live.includes(question.type)
    ? { type: question.type as QuestionView['type'], stem: question.stem, options: question.type === 'ordering' ? question.lines : question.options.map(option => option.text) }
    : undefined;
  render(html`
    ${figure('user', t('previewLearner'), html`<div class="frame learner">${picture(question.picture)}${learner(question)}</div>`)}
    ${figure('quiz', t('previewPlayer'), view ? html`<div class="frame player">${picture(question.picture)}<h4 class="p-stem">${words(view.stem)}</h4>${answerForm({ question: view, press: none, drafted: none, send: none })}</div>` : notLive())}
    ${figure('screen', t('previewProjector'), view ? html`<div class="frame projected"><div class="stage q"><section class="s-ask"><div class="drain"><i></i></div><div class="s-what">${picture(question.picture)}<h4 class="s-stem">${words(view.stem)}</h4></div></section><div>${answerTiles(view)}</div></div></div>` : notLive())}`, target);
}

const none = () => undefined;

const figure = (name: string, title: string, content: TemplateResult) => html`<figure><figcaption>${icon(name)}${title}</figcaption><div inert>${content}</div></figure>`;

const notLive = () => html`<p class="frame sm muted pad">${t('previewNotLive')}</p>`;

function learner(question: Typed): TemplateResult {
  const { type, stem, options, pairs, lines } = question;
  if (!stem) return html`<p class="sm muted">${t('previewEmpty')}</p>`;
  if (type === 'cloze') {
    const [before, after] = stem.split(blank, 2);
    return html`<p class="stem">${before}${stem.includes(blank) ? html`<span class="blank"></span>` : nothing}${after}</p>`;
  }
  const asked = html`<p class="stem">${words(stem)}</p>`;
  switch (type) {
    case 'true_false':
      return html`${asked}<div class="tf">${(['check', 'x'] as const).map(name => html`<span class="opt"><span class="cap">${icon(name)}</span><span>${t(name === 'check' ? 'judgedTrue' : 'judgedFalse')}</span></span>`)}</div>`;
    case 'ordering':
      return html`${asked}<ol class="order">${lines.map(line => html`<li><span>${words(line)}</span></li>`)}</ol>`;
    case 'matching':
      return html`${asked}<ol class="pairs">${pairs.map(([left]) => html`<li><span>${words(left)}</span>${icon('right')}<span class="slot"></span></li>`)}</ol><div class="pool">${pairs.map(([, right], i) => html`<span class="btn"><b>${letterOf(i)}</b><span>${words(right)}</span></span>`)}</div>`;
    case 'flashcard':
      return html`${asked}<p class="recallbox sm muted">${t('previewWrite')}</p>`;
    default:
      return html`${asked}<div class="opts">${options.map((option, i) => html`<span class="opt"><span class="cap">${letterOf(i)}</span><span>${words(option.text)}</span></span>`)}</div>`;
  }
}

const letterOf = (place: number) => String.fromCharCode(65 + place);
