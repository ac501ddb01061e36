import { html, nothing, type TemplateResult } from 'lit';
import { icon, letter, shape, words } from '../common/lit';
import { t, type TextKey } from '../common/text';
import { isFixed, type EvidenceView, type Fix, type GivenAnswer, type QuestionView, type Refusal, type Rules } from './contract';

export interface Choice {
  /** Class of its colour and shape, A to F. */
  letter: string;
  /** What names it in a sentence: its letter, or 对 and 错. */
  name: string;
  mark: TemplateResult;
  text: TemplateResult;
}

/** The choices of a question or poll in the order shown. 判断 has two: true first; 填空 and 排序 have none. */
export function choicesOf(question: QuestionView | undefined): Choice[] {
  if (!question || question.type === 'ordering') return [];
  if (question.type === 'true_false') {
    return [true, false].map((value, i) => ({
      letter: letter(i),
      name: t(value ? 'judgedTrue' : 'judgedFalse'),
      mark: html`<svg class="shape judge" aria-hidden="true"><use href=${value ? '#i-check' : '#i-x'}></use></svg>`,
      text: html`<span>${t(value ? 'judgedTrue' : 'judgedFalse')}</span>`,
    }));
  }
  return (question.options ?? []).map((option, i) => ({ letter: letter(i), name: letter(i), mark: shape(letter(i)), text: words(option) }));
}

/** Positions of an answer among choicesOf. */
export function positionsIn(answer: GivenAnswer | undefined): number[] {
  if (answer?.kind === 'chosen') return answer.options;
  if (answer?.kind === 'judged') return [answer.value ? 0 : 1];
  return [];
}

export function answerFor(question: QuestionView, positions: number[]): GivenAnswer {
  return question.type === 'true_false'
    ? { kind: 'judged', value: positions[0] === 0 }
    : { kind: 'chosen', options: [...positions].sort((a, b) => a - b) };
}

export const namesOf = (choices: Choice[], positions: number[]) => positions.map(p => choices[p]?.name ?? '').join(t('listComma'));

/** What a slide says: paragraphs, lists of lines that begin with a dash, **stress**. Nothing in it is markup. */
export function slideText(text: string): TemplateResult[] {
  return text.split(/\n\s*\n/).flatMap(block => {
    const runs: [points: boolean, lines: TemplateResult[]][] = [];
    for (const line of block.split('\n').map(one => one.trim()).filter(Boolean)) {
      const points = /^[-*•]\s/.test(line);
      if (runs.at(-1)?.[0] !== points) runs.push([points, []]);
      const text = stressed(line.replace(/^[-*•]\s+/, ''));
      runs.at(-1)![1].push(points ? html`<li>${text}</li>` : html`${text}<br>`);
    }
    return runs.map(([points, lines]) => points ? html`<ul class="points">${lines}</ul>` : html`<p>${lines}</p>`);
  });
}

const stressed = (line: string) => line.split(/\*\*(.+?)\*\*/).map((piece, i) => (i % 2 ? html`<strong>${piece}</strong>` : piece));

/** The sentence a verdict rests on, in place. */
export function evidence({ paragraph, before, quote, after }: EvidenceView) {
  return html`<figure class="ev"><span class="p" aria-label=${t('paragraph', { id: paragraph })}>${paragraph}</span><q lang="zh-CN">${before}<mark>${quote}</mark>${after}</q></figure>`;
}

/** How points are earned: what a right answer brings. */
export function scoreRule({ scoring, points }: Rules): string {
  const p = points === undefined ? t('fullPoints') : t('points', { n: points });
  return t(scoring === 'speed' ? 'ruleSpeed' : scoring === 'rank' ? 'ruleRank' : 'ruleAccuracy', { p });
}

/** … and whatever else counts. */
export function scoreRules(rules: Rules): string {
  return [
    scoreRule(rules), rules.partial && t('rulePartial'), rules.streak && t('ruleStreak'), t(rules.penalty ? 'rulePenalty' : 'ruleNoPenalty'),
  ].filter(Boolean).join(t('clauseJoin'));
}

/** Up, down or unchanged since the round before, as an arrow and a number. */
export function movement(rank: number, before: number | undefined) {
  if (before === undefined) return html``;
  const places = Math.abs(before - rank);
  if (places === 0) return html`<span class="mv" role="img" aria-label=${t('stayed')}>–</span>`;
  const up = before > rank;
  return html`<span class="mv ${up ? 'u' : 'd'}" role="img" aria-label=${t(up ? 'rose' : 'fell', { n: places })}><svg viewBox="0 0 10 10" aria-hidden="true"><path d=${up ? 'M5 1 9.5 9H.5Z' : 'M5 9 .5 1h9Z'}></path></svg>${places}</span>`;
}

/** A page's last word: what happened, what is safe, one way on. */
export function slate(title: string, text: string, way: unknown) {
  return html`<main class="gate" id="main"><section class="panel"><div><h1>${title}</h1><p class="muted roomy mt-2">${text}</p></div>${way}</section></main>`;
}

const refusals: Record<Refusal, TextKey> = {
  gameOver: 'refusedOver',
  wrongPhase: 'refusedMovedOn',
  wrongRound: 'refusedMovedOn',
  notOpenYet: 'refusedNotOpen',
  tooLate: 'tooLate',
  alreadyAnswered: 'refusedTwice',
  unknownSeat: 'refusedNoSeat',
  unfitAnswer: 'refusedUnfit',
  noSeats: 'noSeatsYet',
  unknownGame: 'refusedUnknownGame',
  noSeat: 'refusedNoSeat',
  notYours: 'notYoursTitle',
  tryAgain: 'refusedTryAgain',
  removed: 'removedTitle',
  banned: 'bannedTitle',
  paused: 'refusedPaused',
  notPaused: 'refusedMovedOn',
  noTimeRuns: 'refusedNoTime',
  nothingToSkip: 'refusedMovedOn',
  onlyBeforeBoard: 'refusedOnlyBeforeBoard',
  roundIsVoid: 'refusedVoid',
  everybodyAnswered: 'refusedEverybody',
  unfitTime: 'refusedOther',
  notInLobby: 'refusedMovedOn',
  nicknameInvalid: 'refusedName',
  nicknameTaken: 'refusedNameTaken',
  nicknameBlocked: 'refusedName',
  noSuchTeam: 'refusedMovedOn',
};

/** What the host did to the round, for everybody; undefined where it is played as usual. */
export function fixText(fix: Fix): string | undefined {
  if (isFixed(fix, 'withdrawn')) return t('fixWithdrawn');
  if (isFixed(fix, 'voided')) return t('fixVoided');
  if (isFixed(fix, 'corrected')) return t('fixCorrected');
  return isFixed(fix, 'reopened') ? t('fixReopened') : undefined;
}

export const fixNote = (fix: Fix) => fixText(fix) ? html`<p class="note warn fixed">${icon('warn')}<span>${fixText(fix)}</span></p>` : nothing;

/** A refusal in words; one that this client does not know gets a sentence that fits any. */
export const refusalText = (refusal: string): string => t((refusals as Partial<Record<string, TextKey>>)[refusal] ?? 'refusedOther');

export function refusedSlate(refusal: string) {
  if (refusal === 'notYours') return slate(t('notYoursTitle'), t('notYoursText'), html`<a class="btn" href="/">${t('toHome')}</a>`);
  if (refusal === 'removed') return slate(t('removedTitle'), t('removedText'), html`<a class="btn primary lg" href="/join">${t('toJoin')}</a>`);
  if (refusal === 'banned') return slate(t('bannedTitle'), t('bannedText'), html`<a class="btn" href="/">${t('toHome')}</a>`);
  if (refusal === 'noSeat') return slate(t('noSeatTitle'), t('noSeatText'), html`<a class="btn primary lg" href="/join">${t('toJoin')}</a>`);
  if (refusal !== 'unknownGame' && refusal !== 'gameOver') return slate(t('refusedTitle'), refusalText(refusal), html`<a class="btn" href="/">${t('toHome')}</a>`);
  return slate(t('unknownTitle'), t('unknownText'), html`<a class="btn primary lg" href="/join">${t('toJoin')}</a>`);
}

export function connecting(text: string) {
  return html`<main class="gate" id="main"><p class="waiting" role="status"><span class="spin"></span><b>${text}</b></p></main>`;
}

export const pinGroups = (pin: string): [string, string] => [pin.slice(0, 4), pin.slice(4)];

export const wave = html`<p class="wave" aria-hidden="true">${['A', 'B', 'C', 'D'].map(l => html`<span class="bare ${l}">${shape(l)}</span>`)}</p>`;

export const arrow = icon('right');
