import { html, nothing, type TemplateResult } from 'lit';
import { icon, shape, vars, words } from '../common/lit';
import { number, seconds, t } from '../common/text';
import { choicesOf, evidence, movement, namesOf, positionsIn, refusalText, slideText, wave, type Choice } from './answers';
import { isFixed, type Mine, type PlayerView } from './contract';

type Outcome = NonNullable<PlayerView['result']>['outcome'];

export const outcomeText = (outcome: Outcome): string =>
  t(outcome === 'right' ? 'outcomeRight' : outcome === 'partial' ? 'outcomePartial' : outcome === 'wrong' ? 'outcomeWrong' : 'outcomeNone');

export const lobby = (view: PlayerView, game: string) => html`<main id="main" class="p-mid">
  <span class="chip right big">${icon('check')}${t('lobbySeated')}</span>
  <div><p class="muted sm mb-2">${words(view.title)}</p><h1>${t('lobbyWait')}</h1></div>
  <p class="muted">${t('lobbyYou', { name: view.seat.nickname })}</p>
  ${view.seat.team ? html`<p><b>${t('yourTeam', { name: view.seat.team })}</b></p>` : nothing}
  ${view.seat.extra > 0 ? html`<p class="muted sm">${t('extraTime', { n: view.seat.extra })}</p>` : nothing}
  ${view.seat.isHidden ? html`<p class="note warn">${icon('eye')}<span>${t('nameWaits', { n: view.seat.number })}</span></p>` : nothing}
  ${wave}
  <p class="muted sm">${t('seatSafe')}</p>
  <a class="btn quiet" href="/play/${game}/move">${icon('screen')}${t('moveSeat')}</a>
</main>`;

export function reading({ question }: PlayerView) {
  if (question?.type === 'slide') return html`<main id="main" class="p-mid read slide"><h1 class="p-stem">${words(question.stem)}</h1><div class="said">${slideText(question.text ?? '')}</div></main>`;
  return html`<main id="main" class="p-mid read">
    <h1 class="p-stem">${question ? words(question.stem) : t('readIt')}</h1>
    <p class="muted">${t('opensSoon')}</p>
  </main>`;
}

export function late(why: string) {
  const missed = why === 'tooLate' || why === 'wrongRound' || why === 'wrongPhase';
  return html`<main id="main" class="p-mid"><h1>${missed ? t('tooLate') : refusalText(why)}</h1><p class="muted">${t('waitOthers')}</p></main>`;
}

export const timeUp = () => html`<main id="main" class="p-mid"><h1>${t('timeIsUp')}</h1><p class="muted">${t('waitOthers')}</p></main>`;

export const waiting = (view: PlayerView, mine: Mine) => html`<main id="main" class="p-mid">
  <span class="chip right big" role="status">${icon('saved')}${t('received')}</span>
  <h1>${t('waitOthers')}</h1>
  ${given(view, mine)}
  ${wave}
  <p class="muted sm">${mine.tookMs > 0 ? t('took', { s: seconds(mine.tookMs) }) : t('seatSafe')}</p>
</main>`;

function bar(choices: Choice[], position: number, note?: string) {
  const choice = choices[position];
  return choice && html`<p class="mine ${choice.letter}">${choice.mark}${choice.text}${note ? html`<small>${note}</small>` : nothing}</p>`;
}

const list = (texts: string[], right?: (place: number) => boolean) => html`<ol class="places">${texts.map((text, i) => html`<li class=${right?.(i) ? 'right' : ''}><span>${words(text)}</span>${right?.(i) ? icon('check') : nothing}</li>`)}</ol>`;

/** What this player answered. */
function given({ question }: PlayerView, { answer }: Mine): TemplateResult {
  if (answer.kind === 'typed') return html`<p class="typed">${answer.text}</p>`;
  if (answer.kind === 'ordered') return list(answer.items.map(item => question?.options?.[item] ?? ''));
  const choices = choicesOf(question);
  return html`<div class="mines">${positionsIn(answer).map(p => bar(choices, p))}</div>`;
}

/** What was right, beside what this player answered. */
function keyed({ question, reveal }: PlayerView, mine: Mine | undefined): TemplateResult | typeof nothing {
  const key = reveal?.key;
  if (!key) return nothing;
  if (key.kind === 'typed') return html`<p class="typed key">${icon('check')}${key.text}</p>${mine?.answer.kind === 'typed' ? html`<p class="muted sm">${t('youWrote', { what: mine.answer.text })}</p>` : nothing}`;
  if (key.kind === 'ordered') {
    const own = mine?.answer.kind === 'ordered' ? mine.answer.items : undefined;
    const inPlace = (i: number) => own?.[i] === key.items[i];
    return html`${list(key.items.map(item => question?.options?.[item] ?? ''), own && inPlace)}${own ? html`<p class="muted sm">${t('inPlace', { n: key.items.filter((_, i) => inPlace(i)).length })}</p>` : nothing}`;
  }
  const choices = choicesOf(question);
  const [right, chosen] = [positionsIn(key), positionsIn(mine?.answer)];
  const extra = chosen.filter(p => !right.includes(p));
  return html`<div class="mines">${right.map(p => bar(choices, p, right.length > 1 && chosen.includes(p) ? t('youChose') : undefined))}</div>
    ${extra.length > 0 && right.length > 1 ? html`<p class="muted sm">${t('youAlsoChose', { what: namesOf(choices, extra) })}</p>` : nothing}`;
}

function pollResult({ question, reveal }: PlayerView, mine: Mine | undefined) {
  const counts = reveal?.counts ?? [];
  const most = Math.max(1, ...counts);
  const own = positionsIn(mine?.answer);
  return html`<main id="main" class="p-mid">
    <div><h1>${t('pollResult')}</h1><p class="muted mt-2">${question ? words(question.stem) : nothing}</p></div>
    <ol class="tally">${choicesOf(question).map((choice, i) => html`<li class=${choice.letter}>
      <span class="bare ${choice.letter}">${choice.mark}</span><span>${choice.text}${own.includes(i) ? html` <small class="muted">${t('youChose')}</small>` : nothing}</span><b>${number(counts[i] ?? 0)}</b>
      <span class="bar"><i ${vars({ '--p': (((counts[i] ?? 0) / most) * 100).toFixed(1) })}></i></span></li>`)}</ol>
  </main>`;
}

/** @param missed whether an answer waited here for the link until it was too late */
export function result(view: PlayerView, mine: Mine | undefined, missed = false) {
  const { result: mark, reveal, question } = view;
  if (isFixed(view.fix, 'withdrawn')) return html`<main id="main" class="p-mid"><h1>${t('fixWithdrawn')}</h1></main>`;
  if (isFixed(view.fix, 'voided')) return html`<main id="main" class="p-mid"><h1>${t('voidedTitle')}</h1>${reveal?.evidence.map(evidence)}</main>`;
  if (question?.type === 'poll') return pollResult(view, mine);
  if (!mark) return html`<main id="main" class="p-mid"><h1>${t('sayClosed')}</h1></main>`;
  const { outcome } = mark;
  const symbol = outcome === 'right' ? 'check' : outcome === 'partial' ? 'part' : outcome === 'wrong' ? 'x' : 'clock';
  const verdict = html`<span class="verdict ${outcome}">${icon(symbol)}</span>`;
  return html`<main id="main" class="p-mid">
    ${outcome === 'right' ? html`<span class="burst">${verdict}${['A', 'B', 'C', 'D'].map(l => html`<span class="bare ${l}">${shape(l)}</span>`)}</span>` : verdict}
    <div>
      <h1>${outcomeText(outcome)}</h1>
      ${missed ? html`<p class="muted mt-2">${t('missedSend')}</p>` : nothing}
      ${mark.gain !== 0 ? html`<p class="plus mt-3">${mark.gain > 0 ? '+' : '−'}${number(Math.abs(mark.gain))}</p>` : nothing}
      ${outcome === 'right' || !reveal?.key ? nothing : html`<p class="muted mt-2">${t(outcome === 'partial' || view.rules.penalty ? 'keyIs' : 'noPenaltyKeyIs')}</p>`}
    </div>
    ${outcome === 'right' ? nothing : keyed(view, mine)}
    <dl class="pfacts">
      <div><dt>${t('rank')}</dt><dd>${number(mark.rank)} ${movement(mark.rank, mark.rankBefore)}</dd></div>
      <div><dt>${t('streak')}</dt><dd>${number(mark.streak)}</dd></div>
      <div><dt>${t('time')}</dt><dd>${mine ? t('seconds', { s: seconds(mine.tookMs) }) : t('none')}</dd></div>
    </dl>
    ${reveal?.explanation ? html`<p class="p-why">${words(reveal.explanation)}</p>` : nothing}
    ${reveal?.evidence.map(evidence)}
  </main>`;
}

const facts = (view: PlayerView, mark: NonNullable<PlayerView['result']>, of: number) => html`
  <div><dt>${t('score')}</dt><dd>${number(view.seat.points)}</dd></div>
  <div><dt>${t('rights')}</dt><dd>${number(mark.rights)}<small>/ ${number(of)}</small></dd></div>`;

/** The teams, this player's own marked. */
const teams = ({ teams: rows, seat }: PlayerView) => (rows?.length ? html`<ol class="ranks rule">${rows.map(row => html`<li aria-current=${row.name === seat.team ? 'true' : nothing}><b>${row.rank}</b><span class="nm">${row.name}</span><span class="pt">${number(row.points)}</span></li>`)}</ol>` : nothing);

export function board(view: PlayerView) {
  const { result: mark } = view;
  if (!mark) return html`<main id="main" class="p-mid"><h1>${t('board')}</h1></main>`;
  return html`<main id="main" class="p-mid">
    <div class="place"><h1>${t('rankIs', { n: mark.rank })}</h1>${movement(mark.rank, mark.rankBefore)}<p class="muted mt-2">${t('amongSeats', { n: view.seats })}</p></div>
    <dl class="pfacts">${facts(view, mark, view.asked)}<div><dt>${t('streak')}</dt><dd>${number(mark.streak)}</dd></div></dl>
    ${teams(view)}
    ${view.reveal?.evidence.map(evidence)}
  </main>`;
}

const onward = (game: string) => html`<p class="acts"><a class="btn primary lg" href="/play/${game}/result">${t('myAnswers')}</a><a class="btn lg" href="/">${t('toHome')}</a></p>`;

export function aborted(view: PlayerView, game: string, wasCutOff: boolean) {
  const { result: mark } = view;
  return html`<main id="main" class="p-mid">
    <div><h1>${t('abortedTitle')}</h1>
      <p class="muted roomy mt-2">${mark ? t('abortedCounts') : view.round === 0 ? t('abortedEarly') : nothing}${wasCutOff || (view.round > 0 && !mark) ? t('abortedOpen') : nothing}</p></div>
    ${mark ? html`<dl class="pfacts"><div><dt>${t('rank')}</dt><dd>${number(mark.rank)}<small>/ ${number(view.seats)}</small></dd></div>${facts(view, mark, view.asked)}</dl>` : nothing}
    ${onward(game)}
  </main>`;
}

export function end(view: PlayerView, game: string) {
  const { result: mark } = view;
  const top = mark !== undefined && mark.rank <= 3 && view.seat.points > 0;
  return html`<main id="main" class="p-mid">
    ${top ? html`<span class="burst"><span class="medal ${['B', 'D', 'C'][mark.rank - 1]}">${mark.rank}</span>${['A', 'B', 'C', 'D'].map(l => html`<span class="bare ${l}">${shape(l)}</span>`)}</span>` : nothing}
    <div class="place"><h1>${mark ? t('finalRank', { n: mark.rank }) : t('finished')}</h1><p class="muted mt-2">${mark ? html`${t('amongSeats', { n: view.seats })}<br>` : nothing}${t('keptScore')}</p></div>
    ${mark ? html`<dl class="pfacts two">${facts(view, mark, view.asked)}</dl>` : nothing}
    ${teams(view)}
    ${onward(game)}
  </main>`;
}
