import { html, nothing } from 'lit';
import { vars } from '../common/lit';
import { number } from '../common/language';
import { movement } from './answers';
import type { HostView, TeamRow } from './contract';
import { rich, t } from './host-text';

/** The teams' board on the projector: at most six, the mean of their members. */
export function teamBoard(view: HostView, teams: TeamRow[], title: unknown) {
  const most = Math.max(1, ...teams.map(team => team.points));
  const leads = teams.length > 1 && teams[0]!.rank < teams[1]!.rank ? teams[0] : undefined;
  return html`<main class="stage deep">
    <header class="s-top"><p class="no">${view.phase === 'board' ? rich('afterRound', { round: html`<b>${number(view.round)}</b>` }) : nothing}</p><h1 class="s-title">${title}</h1>
      <p class="no">${t('teamsOf', { teams: teams.length, n: view.seats })}</p></header>
    <ol class="board teams">${teams.map(team => html`<li class=${leads === team && (team.rankBefore ?? 1) > 1 ? 'up' : ''} ${vars({ '--w': ((team.points / most) * 100).toFixed(1) })} data-rank=${team.rank} data-before=${team.rankBefore ?? nothing}>
      <span class="r">${team.rank}</span>${team.rankBefore === undefined ? html`<span></span>` : movement(team.rank, team.rankBefore)}
      <span class="nm"><span>${team.name}</span><small>${t('members', { n: team.size })}</small></span>
      <span class="gain">${team.gain > 0 ? `+${number(team.gain)}` : number(team.gain)}</span><span class="pt" data-points=${team.points} data-gain=${team.gain}>${number(team.points)}</span>
    </li>`)}</ol>
    <footer class="s-foot"><span>${t('teamRule')}</span>${leads ? html`<span>${rich('teamLeads', { name: html`<b>${leads.name}</b>` })}</span>` : html`<span></span>`}</footer>
  </main>`;
}
