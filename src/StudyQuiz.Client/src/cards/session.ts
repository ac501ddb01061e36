/** A session's state without its screen: the pack, the cards, what was answered, and what can be undone. */
import type { Change, FlagReason, MarkChange, Pack, PackCard, Rating } from './pack';
import { dayOf, studyDay, type Day } from './day';
import { Scheduler } from './scheduling';
import { localOf, type LocalCard } from './store';
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

  constructor(readonly pack: Pack, cards: LocalCard[], private readonly sync: Sync, readonly day: string) {
    this.#scheduler = new Scheduler(pack.scheduling);
    this.#byQuestion = new Map(pack.cards.map(card => [card.question, card]));
    const kept = new Map(cards.map(card => [card.question, card]));
    this.#cards = new Map(pack.cards.map(card => [card.question, kept.get(card.question) ?? localOf(pack, card.question)]));
  }

  /** Undefined where the kept pack does not reach today. */
  static of(pack: Pack, cards: LocalCard[], sync: Sync, now: number): Session | undefined {
    const day = studyDay(pack, now);
    return day ? new Session(pack, cards, sync, day) : undefined;
  }

  today(now: number): Day {
    return dayOf(this.pack, this.#cards, this.day, now);
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

  /** Rates a card. Resolves when the review is kept in this browser. */
  async rate(question: number, rating: Rating, now: number, tookMs: number): Promise<void> {
    const before = this.local(question);
    const state = this.#after(question, rating, now);
    const after: LocalCard = { ...before, state, day: state.dueDay };
    if (!before.state) after.metDay = this.day;
    else if (before.state.phase === 'review') after.cameDay = this.day;
    const review = newId();
    const { version } = this.card(question);
    await this.#keep(after, [{ kind: 'review', body: { id: review, version, at: new Date(now).toISOString(), rating, tookMs: Math.round(tookMs) } }]);
    this.#done.push({ review, version, before });
    this.reviews++;
  }

  /** Takes the last review back. @returns The card to answer again. */
  async undo(now: number): Promise<number | undefined> {
    const last = this.#done.at(-1);
    if (!last) return undefined;
    await this.#keep(last.before, [{ kind: 'review', body: { id: newId(), version: last.version, at: new Date(now).toISOString(), replaces: last.review } }]);
    this.#done.pop();
    this.reviews--;
    return last.before.question;
  }

  mark(question: number, change: Omit<MarkChange, 'id' | 'question' | 'at'>, now: number): Promise<void> {
    const { favourite, suspended, buriedDay, note } = change;
    const after: LocalCard = {
      ...this.local(question),
      ...(favourite !== undefined && { favourite }),
      ...(suspended !== undefined && { suspended }),
      ...(buriedDay !== undefined && { buriedDay }),
      ...(note !== undefined && { note }),
    };
    return this.#keep(after, [{ kind: 'mark', body: { id: newId(), question, at: new Date(now).toISOString(), ...change } }]);
  }

  flag(question: number, reason: FlagReason, words: string, now: number): Promise<void> {
    const body = { id: newId(), version: this.card(question).version, reason, at: new Date(now).toISOString(), ...(words.trim() && { words: words.trim() }) };
    return this.sync.add(this.pack.learner, [{ kind: 'flag', body }]);
  }

  #after(question: number, rating: Rating, now: number) {
    const { state } = this.local(question);
    const { fuzz, state: packed } = this.card(question);
    return this.#scheduler.answer(state, now, this.day, rating, fuzz[(state?.reviews ?? 0) - (packed?.reviews ?? 0)]);
  }

  async #keep(card: LocalCard, changes: Change[]): Promise<void> {
    await this.sync.add(this.pack.learner, changes, card);
    this.#cards = new Map(this.#cards).set(card.question, card);
  }
}
