/** A session's state without its screen: the pack, the cards, what was answered, and what can be undone. */
import { storable } from '../common/storage';
import type { Change, FlagReason, MarkChange, Pack, PackCard, Rating } from './pack';
import { dayOf, studyDay, type Day } from './day';
import { addDays, Scheduler } from './scheduling';
import { localOf, type Edit, type LocalCard } from './store';
import { newId, type Sync } from './sync';
import { packWith, restored, type Deed } from './undo';

/** How often a card was forgotten before it is pointed out. Anki says 8; texts of one sitting need it sooner. */
const leechAt = 6;

export class Session {
  readonly #scheduler: Scheduler;
  #deeds: Deed[];
  #pack: Pack;
  #byQuestion: ReadonlyMap<number, PackCard>;
  #cards: Map<number, LocalCard>;
  /** Reviews of this session that stand. */
  reviews = 0;
  /** How long cards were looked at in this session. */
  tookMs = 0;

  private constructor(pack: Pack, cards: Iterable<LocalCard>, private readonly sync: Sync, readonly day: string, deeds: Iterable<Deed>) {
    this.#scheduler = new Scheduler(pack.scheduling);
    this.#pack = pack;
    this.#byQuestion = byQuestion(pack);
    this.#deeds = [...deeds];
    const kept = new Map(Array.from(cards, card => [card.question, card]));
    this.#cards = new Map(pack.cards.map(card => [card.question, kept.get(card.question) ?? localOf(pack, card.question)]));
  }

  /**
   * Undefined where the kept pack does not reach today.
   * @param last What was on the screen before: of the same learner and day it goes on.
   * @param deeds What can be undone, as the browser kept it; where it keeps nothing, what the screen had.
   */
  static of(pack: Pack, cards: Iterable<LocalCard>, sync: Sync, now: number, last?: Session, deeds?: Iterable<Deed>): Session | undefined {
    const day = studyDay(pack, now);
    if (!day) return undefined;
    const goesOn = last && last.day === day && last.pack.learner === pack.learner && last.pack.deck.slug === pack.deck.slug;
    const session = new Session(pack, cards, sync, day, deeds ?? (goesOn ? last.#deeds : []));
    if (goesOn) [session.reviews, session.tookMs] = [last.reviews, last.tookMs];
    return session;
  }

  get pack(): Pack {
    return this.#pack;
  }

  /** Whether its study day is over: its limits and what it calls today no longer hold. */
  isOver(now: number): boolean {
    return studyDay(this.pack, now) !== this.day;
  }

  /** The same pack on the day that it is now; undefined where it does not reach so far. */
  onDayOf(now: number): Session | undefined {
    return Session.of(this.pack, this.#cards.values(), this.sync, now, this);
  }

  /** The session with pack, cards and what can be undone as another tab of the browser left them. */
  leftAs(pack: Pack, cards: LocalCard[], deeds: Deed[], now: number): Session {
    if (pack.made !== this.pack.made) return Session.of(pack, cards, this.sync, now, this, deeds) ?? this;
    this.#deeds = deeds;
    this.#cards = new Map(this.#cards);
    for (const card of cards) if (this.has(card.question)) this.#cards.set(card.question, card);
    return this;
  }

  today(now: number): Day {
    return dayOf(this.pack, this.#cards, this.day, now);
  }

  has(question: number): boolean {
    return this.#byQuestion.has(question);
  }

  card(question: number): PackCard {
    return this.#byQuestion.get(question)!;
  }

  local(question: number): LocalCard {
    return this.#cards.get(question)!;
  }

  /** Recall predicted for today; undefined for a card never answered. */
  recall(question: number): number | undefined {
    const { state } = this.local(question);
    if (!state) return undefined;
    const days = (Date.parse(this.day) - Date.parse(state.lastDay)) / 86_400_000;
    return this.#scheduler.fsrs.retrievability(Math.max(0, days), state.stability);
  }

  isLeech(question: number): boolean {
    return (this.local(question).state?.lapses ?? 0) >= leechAt;
  }

  /** What undoing takes back. */
  get lastDeed(): Deed['what'] | undefined {
    return this.#deeds.at(-1)?.what;
  }

  /** Milliseconds from now until a rating would bring the card back. */
  waitAfter(question: number, rating: Rating, now: number): number {
    const next = this.#after(question, rating, now);
    return next.phase === 'review' ? next.scheduledDays * 86_400_000 : Date.parse(next.due) - now;
  }

  /** Rates a card. Resolves when the review is kept in this browser. @returns False where another tab answered the card: nothing was kept. */
  async rate(question: number, rating: Rating, now: number, tookMs: number): Promise<boolean> {
    const before = this.local(question);
    const state = this.#after(question, rating, now);
    const met = { day: this.day, at: now };
    const came = before.state ? before.state.phase === 'review' && { came: met } : { met };
    const review = newId();
    const { version } = this.card(question);
    const body = { id: review, version, at: new Date(now).toISOString(), rating, tookMs: Math.round(tookMs) };
    const deed = this.#deed(question, { kind: 'rated', rating, review, after: state }, now);
    if (!await this.#keep({ before, patch: { state, ...came }, deed }, [{ kind: 'review', body }])) return false;
    this.reviews++;
    this.tookMs += tookMs;
    return true;
  }

  /** Takes back what was done last. @returns The card that comes again; undefined where it has been answered once more, in another tab or deck. */
  async undo(now: number): Promise<number | undefined> {
    const deed = this.#deeds.pop();
    if (!deed) return undefined;
    const { what, card: { question } } = deed;
    const pack = packWith(deed, this.#pack);
    const before = { ...deed.before, ...this.#cards.get(question), ...(what.kind === 'rated' && { state: what.after }) };
    if (!await this.#keep({ before, patch: restored(deed), takesBack: { deed, pack } }, [this.#undoing(deed, now)])) return undefined;
    this.#pack = pack;
    this.#byQuestion = byQuestion(pack);
    if (what.kind === 'rated') this.reviews = Math.max(0, this.reviews - 1);
    return question;
  }

  async mark(question: number, { favourite, suspended, buriedDay, note }: Omit<MarkChange, 'id' | 'question' | 'at'>, now: number): Promise<void> {
    const change = {
      ...(favourite !== undefined && { favourite }),
      ...(suspended !== undefined && { suspended }),
      ...(buriedDay !== undefined && { buriedDay }),
      ...(note !== undefined && { note: storable(note) }),
    };
    const what = suspended ? 'suspended' : buriedDay !== undefined ? 'buried' : undefined;
    await this.#keep(
      { before: this.local(question), patch: change, ...(what && { deed: this.#deed(question, { kind: what }, now) }) },
      [{ kind: 'mark', body: { id: newId(), question, at: new Date(now).toISOString(), ...change } }]);
  }

  async flag(question: number, reason: FlagReason, words: string, now: number): Promise<void> {
    const said = storable(words.trim());
    const body = { id: newId(), version: this.card(question).version, reason, at: new Date(now).toISOString(), ...(said && { words: said }) };
    await this.sync.add(this.pack, [{ kind: 'flag', body }]);
  }

  #after(question: number, rating: Rating, now: number) {
    const { state } = this.local(question);
    const { fuzz, state: packed } = this.card(question);
    return this.#scheduler.answer(state, now, this.day, rating, fuzz[(state?.reviews ?? 0) - (packed?.reviews ?? 0)]);
  }

  #deed(question: number, what: Deed['what'], at: number): Deed {
    return { learner: this.pack.learner, slug: this.pack.deck.slug, day: this.day, at, what, card: this.card(question), before: this.local(question) };
  }

  #undoing({ what, card: { question, version }, day }: Deed, now: number): Change {
    const [id, at] = [newId(), new Date(now).toISOString()];
    switch (what.kind) {
      case 'rated': return { kind: 'review', body: { id, version, at, replaces: what.review } };
      // Until a day that is over: nothing can be said of none
      case 'buried': return { kind: 'mark', body: { id, question, at, buriedDay: addDays(day, -1) } };
      case 'suspended': return { kind: 'mark', body: { id, question, at, suspended: false } };
    }
  }

  async #keep(edit: Edit, changes: Change[]): Promise<boolean> {
    const recorded = await this.sync.add(this.pack, changes, edit);
    if (recorded.is === 'elsewhere') return false;
    this.#cards = new Map(this.#cards).set(edit.before.question, recorded.card!);
    const deed = recorded.deed ?? edit.deed;
    if (deed) this.#deeds.push(deed);
    return true;
  }
}

const byQuestion = (pack: Pack) => new Map(pack.cards.map(card => [card.question, card]));
