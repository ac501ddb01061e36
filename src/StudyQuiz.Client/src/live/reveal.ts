import { html, nothing } from 'lit';
import { icon, vars, words } from '../common/lit';
import { language, number } from '../common/language';
import { choicesOf, namesOf, positionsIn } from './answers';
import type { EvidenceView, HostView, QuestionView } from './contract';
import { rich, t } from './host-text';

type Reveal = NonNullable<HostView['reveal']>;

export function roundNumber(view: HostView) {
  return html`<p class="no">${rich('roundOf', { round: html`<b>${number(view.round)}</b>`, rounds: number(view.rounds) })}</p>`;
}

/** After the close: who answered what beside the key and its reason, and the sentence of the source. */
export function reveal(view: HostView) {
  const { reveal: shown, question } = view;
  if (!shown || !question) return html`<main class="stage d"><header class="s-top">${roundNumber(view)}<span></span><span></span></header></main>`;
  const poll = question.type === 'poll';
  // Where the host corrected the key, and to a host's own question, there may be nothing to say
  const why = !poll && shown.explanation !== '';
  const sum = poll
    ? rich('answeredOf', { n: html`<b>${number(shown.answered)}</b>`, seats: number(view.seats) })
    : rich('rightOf', { n: html`<b>${number(shown.right)}</b>`, seats: number(view.seats) });
  return html`<main class="stage d">
    <header class="s-top">${roundNumber(view)}<span></span><p class="no">${sum}</p></header>
    <h1 class="s-stem">${words(question.stem)}</h1>
    <div class=${why ? 's-split' : 's-split whole'}>
      ${distribution(question, shown)}
      ${why ? html`<section class="s-why"><h2>${whyTitle(question, shown)}</h2><p>${words(shown.explanation)}</p>${mistakes(question, shown)}</section>` : nothing}
    </div>
    ${shown.evidence[0] ? evidence(shown.evidence[0]) : nothing}
  </main>`;
}

/** An option, a typed answer or a place, and how many it has. */
interface Row {
  letter: string;
  mark: unknown;
  name: unknown;
  text: unknown;
  n: number;
  key: boolean;
}

export function rowsOf(question: QuestionView, { key, counts, typed }: Reveal): Row[] {
  // One colour: these bars stand for no option.
  if (typed) return typed.map(({ text, count, isRight }) => ({ letter: isRight ? 'D' : 'E', mark: icon(isRight ? 'check' : 'x'), name: nothing, text: html`<span lang="zh-CN">${text}</span>`, n: count, key: isRight }));
  if (key?.kind === 'ordered') return key.items.map((item, i) => ({ letter: 'A', mark: html`<b class="nth">${i + 1}</b>`, name: nothing, text: words(question.options?.[item] ?? ''), n: counts[i] ?? 0, key: false }));
  const right = new Set(positionsIn(key));
  return choicesOf(question).map((choice, i) => ({
    letter: choice.letter, mark: choice.mark, name: question.type === 'true_false' ? nothing : choice.letter, text: choice.text, n: counts[i] ?? 0, key: right.has(i),
  }));
}

function distribution(question: QuestionView, shown: Reveal) {
  const rows = rowsOf(question, shown);
  const ordered = question.type === 'ordering';
  const most = Math.max(1, ordered ? shown.answered : 0, ...rows.map(row => row.n));
  // The longest bar leaves room for its count and for the word beside the key.
  const longest = language === 'en' ? 66 : 78;
  const plain = ordered || question.type === 'cloze' || question.type === 'poll';
  return html`<ol class="dist ${plain ? 'plain' : ''}" data-n=${rows.length}>${rows.map(row => html`<li class="${row.letter} ${row.key ? 'key' : ''}">
    ${row.mark}<b>${row.name}</b>${row.text}
    <span class="track"><i ${vars({ '--p': ((row.n / most) * longest).toFixed(1) })}></i><b>${ordered ? t('placedRight', { n: row.n, of: shown.answered }) : number(row.n)}</b>${row.key ? html`<span class="ok">${icon('check')}${t('right')}</span>` : nothing}</span>
  </li>`)}</ol>`;
}

function whyTitle(question: QuestionView, { key }: Reveal) {
  if (key?.kind === 'typed') return t('whyIs', { key: `“${key.text}”` });
  if (key?.kind === 'ordered') return t('whyOrder');
  const choices = choicesOf(question);
  const right = positionsIn(key).sort((a, b) => a - b);
  const first = choices[right[0] ?? 0];
  return html`${first ? html`<span class="bare ${first.letter}">${first.mark}</span>` : nothing}${t('whyIs', { key: namesOf(choices, right) })}`;
}

/** The most chosen wrong options and why they are wrong. */
function mistakes(question: QuestionView, { key, counts, whys }: Reveal) {
  const choices = choicesOf(question);
  const right = positionsIn(key);
  return choices
    .map((choice, i) => ({ choice, n: counts[i] ?? 0, why: whys[i], i }))
    .filter(({ i, n }) => !right.includes(i) && n > 0)
    .sort((a, b) => b.n - a.n)
    .slice(0, choices.length > 4 ? 1 : 2)
    .map(({ choice, n, why }) => html`<p class="most"><b>${t('chosenBy', { option: choice.name, n })}</b>${why ? html`<br>${words(why)}` : nothing}</p>`);
}

// One line of the source, read from the back of the room: the quote in full, of its sentence only what fits.
function evidence({ paragraph, before, quote, after }: EvidenceView) {
  const room = Math.max(0, 84 - quote.length);
  const head = before.length > room / 2 ? (room >= 24 ? `…${before.slice(-Math.floor(room / 2))}` : before ? '…' : '') : before;
  const tail = after.length > room / 2 ? (room >= 24 ? `${after.slice(0, Math.floor(room / 2))}…` : after ? '…' : '') : after;
  return html`<figure class="s-ev"><b>${t('fromSource', { id: paragraph })}</b><span lang="zh-CN">${head}<mark>${words(quote)}</mark>${tail}</span></figure>`;
}
