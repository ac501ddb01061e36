import { html, nothing } from 'lit';
import { calm } from '../common/clock';
import { number, share } from '../common/language';
import { letters, vars } from '../common/lit';
import { scoreRule } from './answers';
import type { HostView } from './contract';
import { rich, t } from './host-text';

/** The end: the best three rise, third first. */
export function podium(view: HostView) {
  const end = view.podium;
  // Nobody is honoured for nothing. Where teams played, a team has won.
  const players = end?.top.filter(row => row.points > 0) ?? [];
  const top: Honour[] = view.teams?.length
    ? view.teams.filter(team => team.points > 0).map(team => ({ name: team.name, rank: team.rank, how: t('teamLine', { points: team.points, n: team.size }) }))
    : players.map(row => ({ name: row.nickname, rank: row.rank, how: t('podiumLine', { points: row.points, rights: row.rights }) }));
  const best = view.teams?.length ? players[0] : undefined;
  return html`<main class="stage deep rel">
    ${calm() || top.length === 0 ? nothing : confetti}
    <header class="s-top"><span></span><h1 class="s-title big">${t('podium')}</h1><span></span></header>
    ${top.length === 0 ? html`<p class="s-none">${t('nobodyScored')}</p>` : html`<ol class="podium">${top.slice(0, 3).map(step)}</ol>`}
    <footer class="s-foot base">
      ${end ? html`<span>${rich('correctShare', { share: html`<b>${share(end.correctShare)}</b>` })}</span>` : nothing}
      ${best ? html`<span>${rich('bestPlayer', { name: html`<b>${best.nickname}</b>`, points: number(best.points) }, { points: best.points })}</span>` : nothing}
      ${end?.hardest ? html`<span>${rich('hardest', { round: html`<b>${t('roundShort', { round: end.hardest.round })}</b>`, n: end.hardest.right })}</span>` : nothing}
      <span>${scoreRule(view.rules)}</span>
    </footer>
  </main>`;
}

interface Honour {
  name: string;
  rank: number;
  /** What it was reached with. */
  how: string;
}

const step = ({ name, rank, how }: Honour, i: number) => html`<li class=${['B', 'D', 'C'][i]!} data-rank=${rank}>
  <span class="nm">${name}</span><span class="pt">${how}</span><span class="blk">${rank}</span>
</li>`;

// The answer shapes are the confetti: the same scatter every time, clear of the title and the blocks.
const confetti = html`<div class="confetti" aria-hidden="true">${scatter(46).map((place, i) => {
  const l = letters[i % 4]!;
  return html`<span class="bare ${l}"><svg class="shape" ${vars(place)} aria-hidden="true"><use href="#s-${l}"></use></svg></span>`;
})}</div>`;

function scatter(count: number): Record<string, string>[] {
  let seed = 20_200_822;
  const next = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  const places: { x: number; y: number }[] = [];
  for (let tries = 0; places.length < count && tries < 2_000; tries++) {
    const x = 2 + next() * 95;
    const y = 3 + next() * 68;
    const onTitle = x > 36 && x < 63 && y < 16;
    const onBlocks = x > 15 && x < 84 && y > 40;
    const close = places.some(other => Math.hypot(other.x - x, (other.y - y) * 0.6) < 5);
    if (!onTitle && !onBlocks && !close) places.push({ x, y });
  }
  return places.map(({ x, y }) => ({
    '--x': `${x.toFixed(1)}%`,
    '--y': `${y.toFixed(1)}%`,
    '--z': (0.85 + next() * 1.2).toFixed(2),
    '--turn': `${Math.round(next() * 76 - 38)}deg`,
    '--late': `${Math.round(next() * 900)}ms`,
  }));
}
