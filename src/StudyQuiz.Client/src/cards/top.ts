/** The bar above the cards: the way out, what is left, and whether what was answered has arrived. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../common/lit';
import { answersToMeet } from './scheduling';
import type { Session } from './session';
import type { Link } from './sync';
import { rich, t } from './text';

/** An answer's, where the kept pack is of a version that did not say. */
const usualSeconds = 12;

const mostSteps = 60;

export function topBar(session: Session | undefined, isOnCard: boolean, link: Link, unsent: number): TemplateResult {
  const queue = session?.today(Date.now()).queue ?? [];
  const left = queue.length;
  const done = session?.reviews ?? 0;
  const showsCard = isOnCard && session;
  const minutes = Math.max(1, Math.ceil((session ? answers(session, queue) : 0) * (session && done > 2 ? session.tookMs / done / 1000 : session?.pack.secondsACard ?? usualSeconds) / 60));
  return html`
    <header class="bar-top"><div class="wrap">
      <a class="btn icon" href="/cards" aria-label=${t('end')}>${icon('x')}</a>
      <div class="mid sm muted">${showsCard ? html`<span>${rich('left', { n: html`<b>${left}</b>` }, { n: left })}</span><span class="wide-only">${t('about', { n: minutes })}</span><span class="wide-only" data-elapsed></span>` : nothing}</div>
      ${saved(session, link, unsent)}
    </div></header>
    ${showsCard ? steps(done, left) : nothing}`;
}

/** How many the queue takes if each card is known. */
function answers(session: Session, queue: readonly number[]): number {
  const toMeet = answersToMeet(session.pack.scheduling);
  return queue.reduce((n, question) => n + (session.local(question).state ? 1 : toMeet), 0);
}

function steps(done: number, left: number): TemplateResult {
  const shown = Math.min(done + left, mostSteps);
  const at = Math.floor(done * shown / (done + left));
  return html`<div class="steps" role="progressbar" aria-valuemin="0" aria-valuemax=${done + left} aria-valuenow=${done} aria-label=${t('progress', { n: done + 1, all: done + left })}>${Array.from({ length: shown }, (_, i) => html`<i class=${i < at ? 'd' : i === at ? 'c' : ''}></i>`)}</div>`;
}

function saved(session: Session | undefined, link: Link, unsent: number): TemplateResult {
  const said = unsent > 0 && link !== 'saved'
    ? link === 'saving' ? t('saving') : t(navigator.onLine ? 'queuedWaiting' : 'queued', { n: unsent })
    : session && session.reviews > 0 ? t('saved') : t('nothingYet');
  const waits = link === 'waiting';
  return html`<span class="saved ${waits ? 'queued' : session?.reviews ? '' : 'none'}" role="status" data-unsent=${unsent} data-link=${link}>${icon(waits ? 'off' : 'saved')}<span>${said}</span></span>`;
}
