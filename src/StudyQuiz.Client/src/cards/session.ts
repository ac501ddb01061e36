/** A session's state without its screen: the pack, the cards, what was answered, and what can be undone. */
import { storable } from '../common/storage';
import type { Change, FlagReason, MarkChange, Pack, PackCard, Rating } from './pack';
import { dayOf, studyDay, type Day } from './day';
import { Scheduler } from './scheduling';
import { localOf, type Edit, type LocalCard } from './store';
import { newId, type Sync } from './sync';

interface Done {
  review: string;
  version: number;
  before: LocalCard;
}

/** How often a card was forgotten before it is pointed out. Anki says 8; texts of one sitting need it sooner. */
const leechAt = 6;

export class Session {
  readonly #scheduler: Scheduler;
  readonly #byQuestion: ReadonlyMap<number, PackCard>;
  readonly #done: Done[] = [];
  #cards: Map<number, LocalCard>;
  /** Reviews of this session that stand. */
  reviews = 0;
  /** How long cards were looked at in this session. */
  tookMs = 0;

  constructor(readonly pack: Pack, cards: Iterable<LocalCard>, private readonly sync: Sync, readonly day: string) {
    this.#scheduler = new Scheduler(pack.scheduling);
    this.#byQuestion = new Map(pack.cards.map(card => [card.question, card]));
    const kept = new Map(Array.from(cards, card => [card.question, card]));
    this.#cards = new Map(pack.cards.map(card => [card.question, kept.get(card.question) ?? localOf(pack, card.question)]));
  }

  /**
   * Undefined where the kept pack does not reach today.
   * @param last What was on the screen before: of the same learner and day it goes on.
   */
  static of(pack: Pack, cards: Iterable<LocalCard>, sync: Sync, now: number, last?: Session): Session | undefined {
    const day = studyDay(pack, now);
    if (!day) return undefined;
    const session = new Session(pack, cards, sync, day);
    if (last && last.day === day && last.pack.learner === pack.learner && last.pack.deck.slug === pack.deck.slug) [session.reviews, session.tookMs] = [last.reviews, last.tookMs];
    return session;
  }

  /** Whether its study day is over: its limits and what it calls today no longer hold. */
  isOver(now: number): boolean {
    return studyDay(this.pack, now) !== this.day;
  }

  /** The same pack on the day that it is now; undefined where it does not reach so far. */
  onDayOf(now: number): Session | undefined {
    return Session.of(this.pack, this.#cards.values(), this.sync, now, this);
  }

  /** The session with pack and cards as another tab of the browser left them. */
  leftAs(pack: Pack, cards: LocalCard[], now: number): Session {
    if (pack.made !== this.pack.made) return Session.of(pack, cards, this.sync, now, this) ?? this;
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

  get canUndo(): boolean {
    return this.#done.length > 0;
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
    const came = before.state ? before.state.phase === 'review' && { cameDay: this.day } : { metDay: this.day };
    const review = newId();
    const { version } = this.card(question);
    const body = { id: review, version, at: new Date(now).toISOString(), rating, tookMs: Math.round(tookMs) };
    if (!await this.#keep(question, { state, day: state.dueDay, ...came }, [{ kind: 'review', body }])) return false;
    this.#done.push({ review, version, before });
    this.reviews++;
    this.tookMs += tookMs;
    return true;
  }

  /** Takes the last review back. @returns The card to answer again; undefined where there is none, or another tab went on with it. */
  async undo(now: number): Promise<number | undefined> {
    const last = this.#done.at(-1);
    if (!last) return undefined;
    const { question, state, day, metDay, cameDay } = last.before;
    const body = { id: newId(), version: last.version, at: new Date(now).toISOString(), replaces: last.review };
    const kept = await this.#keep(question, { state, day, metDay, cameDay }, [{ kind: 'review', body }]);
    this.#done.pop();
    if (!kept) return undefined;
    this.reviews--;
    return question;
  }

  async mark(question: number, { favourite, suspended, buriedDay, note }: Omit<MarkChange, 'id' | 'question' | 'at'>, now: number): Promise<void> {
    const change = {
      ...(favourite !== undefined && { favourite }),
      ...(suspended !== undefined && { suspended }),
      ...(buriedDay !== undefined && { buriedDay }),
      ...(note !== undefined && { note: storable(note) }),
    };
    await this.#keep(question, change, [{ kind: 'mark', body: { id: newId(), question, at: new Date(now).toISOString(), ...change } }]);
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

  async #keep(question: number, patch: Edit['patch'], changes: Change[]): Promise<boolean> {
    const recorded = await this.sync.add(this.pack, changes, { before: this.local(question), patch });
    if (recorded.is === 'elsewhere') return false;
    this.#cards = new Map(this.#cards).set(question, recorded.card!);
    return true;
  }
}
