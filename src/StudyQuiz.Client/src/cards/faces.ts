/** The two sides of a card. */
import { html, nothing, type TemplateResult } from 'lit';
import { letter, picture, plain, words } from '../common/lit';
import { share } from '../common/language';
import type { Face, PackCard } from './pack';
import { t } from './text';

const bands = [0.5, 0.65, 0.8, 0.92];

/** A well of ink: the firmer the memory, the deeper. */
export function well(recall: number | undefined): TemplateResult {
  if (recall === undefined) return html`<span class="well" data-r="0" role="img" aria-label=${t('newCard')}></span>`;
  const band = 1 + bands.filter(from => recall >= from).length;
  return html`<span class="well" data-r=${band} data-p=${Math.round(recall * 100)} role="img" aria-label=${t('recall', { share: share(recall) })}></span>`;
}

/** @param small Above the answer, which says again what there was to choose from. */
export function front(face: Face, small: boolean): TemplateResult {
  return html`
    ${picture(face.picture)}
    <p class="ask ${small ? 'small' : ''}">${words(face.stem)}</p>
    ${face.choices && !small ? html`<ol class="choices">${face.choices.map((choice, i) => html`<li><span class="cap">${letter(i)}</span>${words(choice)}</li>`)}</ol>` : nothing}`;
}

export function back(face: Face): TemplateResult {
  const { answer, explanation } = face;
  return html`
    ${answer.judgement === undefined ? nothing : html`<p class="ans">${t(answer.judgement ? 'judgedTrue' : 'judgedFalse')}</p>`}
    ${answer.lines ? lines(answer.lines, answer.isNumbered) : nothing}
    ${answer.also?.length ? html`<p class="sm muted">${t('also', { list: answer.also.join(t('comma')) })}</p>` : nothing}
    ${answer.right ? html`<ol class="choices told">${face.choices!.map((choice, i) => {
      const right = answer.right!.includes(i);
      const why = answer.whys?.[i];
      return html`<li class=${right ? 'yes' : ''}><span class="cap">${letter(i)}</span><span>${words(choice)}${right ? html`<b class="tag">${t('right')}</b>` : nothing}${why ? html`<span class="why">${words(why)}</span>` : nothing}</span></li>`;
    })}</ol>` : nothing}
    ${explanation ? html`<p class="explained">${words(explanation)}</p>` : nothing}
    ${face.waiver ? html`<p class="sm muted" data-waiver>${t('waived', { why: face.waiver })}</p>` : nothing}`;
}

export function evidence(face: Face, language: string | undefined): TemplateResult {
  return html`${face.evidence.map(({ paragraph, pieces }) => html`
    <figure class="ev"><span class="p" aria-label=${t('paragraph', { label: paragraph })}>${paragraph}</span><q lang=${language ?? nothing}>${pieces.map(piece => (piece.isQuote ? html`<mark>${piece.text}</mark>` : piece.text))}</q></figure>`)}`;
}

/** What a voice says of a side. */
export function spoken({ face }: PackCard, isBack: boolean): string {
  if (!isBack) return [plain(face.stem), ...(face.choices ?? [])].join('。');
  const { answer } = face;
  if (answer.judgement !== undefined) return t(answer.judgement ? 'judgedTrue' : 'judgedFalse');
  return (answer.lines ?? answer.right?.map(i => face.choices![i]!) ?? []).join('。');
}

function lines(texts: string[], isNumbered: boolean): TemplateResult {
  if (texts.length === 1) return html`<p class="ans">${words(texts[0]!)}</p>`;
  return isNumbered
    ? html`<ol class="ans">${texts.map(text => html`<li>${words(text)}</li>`)}</ol>`
    : html`<ul class="ans">${texts.map(text => html`<li>${words(text)}</li>`)}</ul>`;
}
