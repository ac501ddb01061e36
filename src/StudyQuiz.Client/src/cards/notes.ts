/** What a learner is told beside the cards: whose reviews wait here, what was not taken, what does not work in this browser. */
import { html, nothing, type TemplateResult } from 'lit';
import { language } from '../common/language';
import { icon } from '../common/lit';
import type { Others } from './sync';
import { t, type CardsKey } from './text';
import { wait } from './waits';

export interface Told {
  others: Iterable<Others>;
  /** Changes that the server will never take. */
  refused: number;
  /** The last answer, or the last undoing, was not kept, for the card had been answered elsewhere. */
  wasElsewhere: 'elsewhere' | 'undoElsewhere' | undefined;
  /** What was just taken back. */
  undone: string | undefined;
  /** This browser could not store something: only the page has so many changes. */
  onlyHere: number | undefined;
  /** How far this device's clock is ahead of the server's. */
  clockOffMs: number;
  /** Cards that are gone, for editors withdrew them. */
  withdrawn: string[];
  /** Why this page does not open without a network here. */
  trouble: CardsKey | undefined;
}

/** A clock that is off by less is nobody's trouble. */
const farOffMs = 3_600_000;

const warning = (said: string, act: TemplateResult | typeof nothing = nothing) =>
  html`<p class="note warn" role="status">${icon('warn')}<span>${said}</span>${act}</p>`;

/** @param takeOver Gives the reader what is nobody's; undefined where there is nobody to give it to. */
export function notes({ others, refused, wasElsewhere, undone, onlyHere, clockOffMs, withdrawn, trouble }: Told, takeOver: (() => void) | undefined): TemplateResult {
  return html`
    ${onlyHere === undefined ? nothing : html`<p class="note warn" role="alert" data-full>${icon('warn')}<span>${sentences(t('full'), onlyHere > 0 ? t('fullWaiting', { n: onlyHere }) : t('fullSent'), t('fullDo'))}</span></p>`}
    ${wasElsewhere ? html`<p class="note" role="status">${icon('info')}<span>${t(wasElsewhere)}</span></p>` : nothing}
    ${undone ? html`<p class="note" data-undone>${icon('undo')}<span>${undone}</span></p>` : nothing}
    ${Array.from(others, ({ count, name, whose }) => {
      if (whose === 'nobodys') return warning(t('nobodys', { n: count }), takeOver ? html`<button class="btn" @click=${takeOver}>${t('takeOver')}</button>` : nothing);
      return warning(whose === 'open' && !name ? t('openWhose', { n: count }) : t('otherLearner', { n: count, name: name ?? t('thatAccount') }));
    })}
    ${refused > 0 ? warning(t('refused', { n: refused })) : nothing}
    ${Math.abs(clockOffMs) > farOffMs ? warning(t(clockOffMs > 0 ? 'clockFast' : 'clockSlow', { by: wait(Math.abs(clockOffMs)) })) : nothing}
    ${withdrawn.length > 0 ? html`<p class="note" role="status" data-withdrawn>${icon('info')}<span>${t('withdrawn', { n: withdrawn.length, list: withdrawn.join(t('comma')) })}</span></p>` : nothing}
    ${trouble ? html`<p class="note" data-no-offline>${icon('info')}<span>${sayTrouble(trouble)}</span></p>` : nothing}`;
}

/** That this page does not open without a network, why, and what to do. */
export const sayTrouble = (trouble: CardsKey) => (trouble === 'noStore' ? t(trouble) : sentences(t('noOffline'), t(trouble)));

/** Sentences one after the other; what is undefined is left out. */
export const sentences = (...said: (string | undefined)[]) => said.filter(Boolean).join(language.startsWith('zh') ? '' : ' ');
