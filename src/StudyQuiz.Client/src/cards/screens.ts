/** Screens of a session without a card on them. */
import { html, nothing, type TemplateResult } from 'lit';
import { language } from '../common/language';
import { icon, words } from '../common/lit';
import { pauseOf } from './day';
import { sayTrouble } from './notes';
import type { Pack } from './pack';
import type { Session } from './session';
import { t, type CardsKey } from './text';
import type { Deed } from './undo';

/** Says what it takes back; nothing where there is nothing. */
export const undoButton = (what: Deed['what'] | undefined, undo: () => void) =>
  (what ? html`<button class="btn quiet undo" @click=${undo}>${icon('undo')}${t(`undo_${what.kind}`)}</button>` : nothing);

/** What was taken back, in words. */
export function saysUndone(what: Deed['what'], buttons: 2 | 4): string {
  if (what.kind !== 'rated') return t(`undone_${what.kind}`);
  return t('undone_rated', { rating: buttons === 4 ? t(`rate${what.rating}`) : t(what.rating === 1 ? 'no' : 'yes') });
}

/** @param trouble Why the page does not open without a network. */
export function doneScreen(session: Session, notes: TemplateResult, trouble: CardsKey | undefined, act: { goOn(): void; read(): void; undo(): void }): TemplateResult {
  const { reviews, tookMs, pack, day } = session;
  const today = session.today(Date.now());
  const more = day === pack.days[0]!.day ? pack.more ?? 0 : 0;
  const pause = pauseOf(pack, day);
  return html`<main class="wrap quiet-page" id="main">${notes}
    <h1>${t('doneTitle')}</h1>
    <p>${reviews > 0 ? t('doneCount', { n: reviews, minutes: Math.max(1, Math.round(tookMs / 60_000)) }) : t('doneNone')}</p>
    ${today.nextStep ? html`<p>${t('doneNext', { time: new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' }).format(today.nextStep) })}</p>` : nothing}
    ${more > 0 ? html`<p>${t('doneMore', { n: more })}</p>` : nothing}
    ${today.later > more ? html`<p class="muted">${t('doneLater', { n: today.later - more })}</p>` : nothing}
    ${pause ? html`<p class="muted">${t(`newWait_${pause}`)} <a href="/cards/${encodeURIComponent(pack.deck.slug)}">${t('newAnyway')}</a></p>` : nothing}
    <div class="acts">${more > 0 ? html`<button class="btn primary" @click=${act.goOn}>${t('goOn')}</button>` : nothing}<a class="btn ${more > 0 ? '' : 'primary'}" href="/cards">${t('decks')}</a><button class="btn" @click=${act.read}>${icon('book')}${t('text')}</button>${undoButton(session.lastDeed, act.undo)}</div>
    <p class="sm muted after" lang=${pack.deck.language === language ? nothing : pack.deck.language}>${pack.deck.title}</p>
    ${trouble ? html`<p class="note ${trouble === 'noStore' ? 'warn' : ''}">${icon(trouble === 'noStore' ? 'warn' : 'info')}<span>${sayTrouble(trouble)}</span></p>` : html`<p class="sm muted">${t('install')}</p>`}
    <p class="sm muted wide-only">${t('keys')}</p></main>`;
}

export function textScreen(pack: Pack, back: () => void): TemplateResult {
  return html`<main class="wrap" id="main"><header class="study-head"><h1 lang=${pack.deck.language}>${words(pack.deck.title)}</h1></header>
    <div class="acts"><button class="btn" @click=${back}>${icon('left')}${t('backToCards')}</button></div>
    <article>${pack.paragraphs.map(({ label, text }) => html`<section class="para" id=${label}><span class="n" aria-label=${t('paragraph', { label })}>${label}</span><p class="t" lang=${pack.deck.language}>${text}</p></section>`)}</article></main>`;
}

/** No network, and no deck that could be shown: those that open all the same. */
export function offlineScreen({ kept, keepsAny }: { kept: Pack[]; keepsAny: boolean }, notes: TemplateResult): TemplateResult {
  return html`<main class="wrap quiet-page" id="main">${notes}<h1>${t('offlineTitle')}</h1>
    <p>${t(kept.length > 0 ? 'offlineBody' : keepsAny ? 'offlineWhose' : 'offlineNone')}</p>
    ${kept.length > 0 ? html`<ul class="kept">${kept.map(pack => html`<li><a class="btn lg" href="/cards/study?deck=${encodeURIComponent(pack.deck.slug)}"><span lang=${pack.deck.language}>${words(pack.deck.title)}</span>${icon('right')}</a></li>`)}</ul>` : nothing}
    <div class="acts"><button class="btn" @click=${() => location.reload()}>${t('retry')}</button></div></main>`;
}
