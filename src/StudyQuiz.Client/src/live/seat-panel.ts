import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { number, seconds } from '../common/language';
import { icon } from '../common/lit';
import type { HostView, SeatRow } from './contract';
import { t } from './host-text';

const extras = [0, 25, 50, 100];

type Asked = 'rename' | 'remove' | 'ban';

/** Seats on the host's screen: names that wait, who is there, and what can be done about one of them. */
export class SeatPanel {
  #open?: number;
  #asked?: Asked;
  #text = '';
  #found?: SeatRow[];

  /**
   * @param order sends a command and says on the screen what became of it
   * @param find asks the server for seats by a part of their name
   * @param changed draws anew
   * @param trouble why the last command was refused
   */
  constructor(
    private readonly order: (method: string, ...args: unknown[]) => Promise<boolean>,
    private readonly find: (text: string) => Promise<SeatRow[]>,
    private readonly changed: () => void,
    private readonly trouble: () => string | undefined,
  ) {}

  /** A name is being typed: what was wrong with it stands beside it. */
  get renaming(): boolean {
    return this.#open !== undefined && this.#asked === 'rename';
  }

  /** What was found may have changed since. */
  refresh(): void {
    if (this.#text !== '') void this.#search(this.#text);
  }

  async #search(text: string): Promise<void> {
    this.#text = text;
    const found = text.trim() === '' ? undefined : await this.find(text).catch(() => undefined);
    if (this.#text !== text) return;
    this.#found = found;
    this.changed();
  }

  #toggle(seat: number): void {
    this.#open = this.#open === seat ? undefined : seat;
    this.#asked = undefined;
    this.changed();
  }

  #ask(what: Asked | undefined): void {
    this.#asked = what;
    this.changed();
  }

  async #done(work: Promise<boolean>): Promise<void> {
    if (!await work) return;
    this.#open = undefined;
    this.#asked = undefined;
    this.refresh();
    this.changed();
  }

  /** @param door what is below the list */
  render(view: HostView, door: unknown) {
    const { console } = view;
    if (!console) return nothing;
    const rows = this.#found ?? console.seats;
    const away = view.seats - console.online;
    return html`
      ${console.waiting > 0 ? this.#waiting(console.seats.filter(seat => seat.waits), console.waiting) : nothing}
      <section class="panel pad">
        <div class="head"><h2>${t('seats')}</h2><span class="sm muted">${t('seatsAway', { n: number(view.seats), away: number(away) })}</span></div>
        ${view.seats > 8 ? html`<div class="field mb-2"><label class="vh" for="find">${t('findSeat')}</label>
          <input class="input" id="find" type="search" autocomplete="off" placeholder=${t('findSeat')} @input=${(e: InputEvent) => void this.#search((e.target as HTMLInputElement).value)}></div>` : nothing}
        ${rows.length === 0 ? html`<p class="muted sm">${t(this.#found ? 'foundNobody' : 'noSeats')}</p>` : html`
          <ul class="seatlist">${repeat(rows, row => row.number, row => this.#row(row, view))}</ul>
          ${!this.#found && view.seats > rows.length ? html`<p class="xs dim mt-2">${t('shownOf', { n: number(view.seats) })}</p>` : nothing}`}
        ${door}
      </section>`;
  }

  #waiting(rows: SeatRow[], waiting: number) {
    return html`<section class="panel pad">
      <div class="head"><h2>${t('namesWaiting')}</h2><span class="chip warn">${number(waiting)}</span></div>
      <ul class="rule">${repeat(rows, row => row.number, row => html`<li class="ask2"><p><b>${row.name}</b></p><div class="acts">
        <button class="btn" @click=${() => void this.#done(this.order('ApproveSeat', row.number))}>${t('allow')}</button>
        <button class="btn" @click=${() => { this.#open = row.number; this.#ask('rename'); }}>${t('rename')}</button>
        <button class="btn danger" @click=${() => void this.#done(this.order('RemoveSeat', row.number, false))}>${t('refuseName')}</button></div>
        ${this.#open === row.number && this.#asked === 'rename' ? this.#rename(row) : nothing}</li>`)}</ul>
      ${rows.length > 1 ? html`<button class="btn mt-2" @click=${() => void this.#approve(rows)}>${t('allowAll')}</button>` : nothing}
    </section>`;
  }

  async #approve(rows: SeatRow[]): Promise<void> {
    for (const row of rows) if (!await this.order('ApproveSeat', row.number)) return;
  }

  #row(row: SeatRow, view: HostView) {
    const [sign, kind, text] = this.#state(row, view);
    const open = this.#open === row.number && !row.waits;
    return html`<li>
      <div class="seat"><span class=${kind}>${icon(sign)}</span><span class="nm">${row.name}</span><span class="xs muted">${text}</span>
        <button class="btn icon" aria-expanded=${open ? 'true' : 'false'} aria-label=${t('seatMenu', { name: row.name })} @click=${() => this.#toggle(row.number)}>${icon('more')}</button></div>
      ${open ? this.#menu(row, view) : nothing}
    </li>`;
  }

  #state(row: SeatRow, view: HostView): [string, string, string] {
    const s = seconds(row.tookMs ?? 0);
    if (row.waits) return ['eye', 'is-warn', t('seatWaits')];
    if (row.outcome === 'right') return ['check', 'is-right', t('seatRight', { s })];
    if (row.outcome === 'partial') return ['part', 'is-warn', t('seatPartial', { s })];
    if (row.outcome === 'wrong') return ['x', 'is-wrong', t('seatWrong', { s })];
    if (!row.online) return ['off', 'is-warn', t('seatAway')];
    if (row.outcome === 'unanswered') return ['clock', '', t('seatNone')];
    if (view.phase === 'open' || view.phase === 'closed') return row.answered ? ['check', 'is-right', t('seatAnswered')] : ['clock', '', t('seatThinking')];
    return ['user', '', t('seatOnline')];
  }

  #menu(row: SeatRow, view: HostView) {
    if (this.#asked === 'rename') return this.#rename(row);
    if (this.#asked) {
      const ban = this.#asked === 'ban';
      return html`<div class="sure" role="group" aria-label=${t(this.#asked)}><p>${t(ban ? 'banSure' : 'removeSure', { name: row.name })}</p><div class="acts">
        <button class="btn danger" @click=${() => void this.#done(this.order('RemoveSeat', row.number, ban))}>${t(this.#asked)}</button>
        <button class="btn" @click=${() => this.#ask(undefined)}>${t('never')}</button></div></div>`;
    }
    if (view.phase === 'podium' || view.phase === 'aborted') return nothing;
    const teams = view.console?.teams ?? [];
    return html`<div class="seatx">
      <button class="btn quiet" @click=${() => this.#ask('rename')}>${t('rename')}</button>
      <button class="btn quiet" @click=${() => this.#ask('remove')}>${t('remove')}</button>
      <button class="btn danger" @click=${() => this.#ask('ban')}>${t('ban')}</button>
      <label class="field"><span class="vh">${t('extraTimeOf')}</span><select class="input" @change=${(e: Event) => void this.order('GiveExtraTime', row.number, Number((e.target as HTMLSelectElement).value))}>
        ${extras.map(n => html`<option value=${n} ?selected=${n === row.extra}>${n === 0 ? t('extraNone') : t('extraPercent', { n })}</option>`)}</select></label>
      ${teams.length > 0 ? html`<label class="field"><span class="vh">${t('teamOf')}</span><select class="input" data-move @change=${(e: Event) => void this.#done(this.order('MoveSeat', row.number, Number((e.target as HTMLSelectElement).value)))}>
        ${teams.map((name, i) => html`<option value=${i + 1} ?selected=${i + 1 === row.team}>${t('inTeam', { name })}</option>`)}</select></label>` : nothing}
    </div>`;
  }

  #rename(row: SeatRow) {
    const send = (e: SubmitEvent) => {
      e.preventDefault();
      void this.#done(this.order('RenameSeat', row.number, String(new FormData(e.target as HTMLFormElement).get('name') ?? '')));
    };
    return html`<form class="rename" @submit=${send}>
      <label class="vh" for="rename-${row.number}">${t('renameTo')}</label>
      <input class="input" id="rename-${row.number}" name="name" .value=${row.name} maxlength="40" required autocomplete="off">
      ${this.trouble() ? html`<p class="note warn" role="alert">${icon('warn')}<span>${this.trouble()}</span></p>` : nothing}
      <button class="btn primary">${t('renameDo')}</button><button class="btn" type="button" @click=${() => this.#ask(undefined)}>${t('never')}</button>
    </form>`;
  }
}
