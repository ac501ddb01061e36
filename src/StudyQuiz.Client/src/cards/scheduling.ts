/**
 * When a card comes back, for a browser whose server is away. The rules are those of StudyQuiz.Domain.Scheduling (Fsrs, Scheduler),
 * line by line; the server folds the log again with its own, and a test holds the two together.
 */
import type { CardState, Phase, Rating, Scheduling } from './pack';

interface Memory { stability: number; difficulty: number }

const leastStability = 0.001;
const greatestStability = 36_500;
const dayMs = 86_400_000;

const rounded = (value: number) => Math.floor(value * 1e8 + 0.5) / 1e8;
const bounded = (stability: number) => rounded(Math.min(Math.max(stability, leastStability), greatestStability));
const clamped = (difficulty: number) => Math.min(Math.max(difficulty, 1), 10);

export const dayNumber = (day: string) => Math.round(Date.parse(`${day}T00:00:00Z`) / dayMs);
export const addDays = (day: string, days: number) => new Date((dayNumber(day) + days) * dayMs).toISOString().slice(0, 10);

/** How many answers a new card takes on its first day if it is known each time: one more for every step of minutes after the first. */
export function answersToMeet({ shortTerm, learningSteps }: Scheduling): number {
  const days = learningSteps.findIndex((step, at) => at > 0 && step >= 1440);
  return shortTerm ? Math.max(1, days < 0 ? learningSteps.length : days) : 1;
}

/** The memory model FSRS-6. */
export class Fsrs {
  readonly #w: number[];
  readonly #factor: number;

  constructor(private readonly settings: Scheduling) {
    this.#w = settings.weights;
    this.#factor = rounded(Math.exp(Math.log(0.9) / -this.#w[20]!) - 1);
  }

  retrievability(days: number, stability: number): number {
    return rounded(Math.pow(1 + this.#factor * days / stability, -this.#w[20]!));
  }

  interval(stability: number): number {
    return stability * rounded((Math.pow(this.settings.desiredRetention, -1 / this.#w[20]!) - 1) / this.#factor);
  }

  first(rating: Rating): Memory {
    return { stability: Math.max(this.#w[rating - 1]!, 0.1), difficulty: clamped(this.#firstDifficulty(rating)) };
  }

  next(memory: Memory, days: number, rating: Rating): Memory {
    const recall = this.retrievability(days, memory.stability);
    const stability = days === 0 && this.settings.shortTerm ? this.#sameDay(memory.stability, rating)
      : rating === 1 ? this.#forgotten(memory, recall)
      : this.#recalled(memory, recall, rating);
    return { stability, difficulty: this.#nextDifficulty(memory.difficulty, rating) };
  }

  #firstDifficulty(rating: Rating): number {
    return rounded(this.#w[4]! - Math.exp((rating - 1) * this.#w[5]!) + 1);
  }

  #nextDifficulty(difficulty: number, rating: Rating): number {
    const damped = difficulty + rounded(-this.#w[6]! * (rating - 3) * (10 - difficulty) / 9);
    return clamped(rounded(this.#w[7]! * this.#firstDifficulty(4) + (1 - this.#w[7]!) * damped));
  }

  #recalled(memory: Memory, recall: number, rating: Rating): number {
    const w = this.#w;
    const by = rating === 2 ? w[15]! : rating === 4 ? w[16]! : 1;
    const growth = Math.exp(w[8]!) * (11 - memory.difficulty) * Math.pow(memory.stability, -w[9]!) * (Math.exp((1 - recall) * w[10]!) - 1);
    return bounded(memory.stability * (1 + growth * by));
  }

  #forgotten(memory: Memory, recall: number): number {
    const w = this.#w;
    const left = bounded(w[11]! * Math.pow(memory.difficulty, -w[12]!) * (Math.pow(memory.stability + 1, w[13]!) - 1) * Math.exp((1 - recall) * w[14]!));
    const most = rounded(memory.stability / (this.settings.shortTerm ? Math.exp(w[17]! * w[18]!) : 1));
    return Math.min(Math.max(most, leastStability), left);
  }

  #sameDay(stability: number, rating: Rating): number {
    const by = Math.pow(stability, -this.#w[19]!) * Math.exp(this.#w[17]! * (rating - 3 + this.#w[18]!));
    return bounded(stability * (rating === 1 ? by : Math.max(by, 1)));
  }
}

/** The card after a rating. */
export class Scheduler {
  readonly fsrs: Fsrs;

  constructor(private readonly settings: Scheduling) {
    this.fsrs = new Fsrs(settings);
  }

  /**
   * @param at Milliseconds since the epoch.
   * @param day The study day of that instant.
   * @param fuzz Where in its range an interval falls, 0 to below 1; undefined for the interval itself.
   */
  answer(card: CardState | undefined, at: number, day: string, rating: Rating, fuzz?: number): CardState {
    const days = card ? Math.max(0, dayNumber(day) - dayNumber(card.lastDay)) : 0;
    const memory = this.#memoryAfter(card, rating, days);
    const next: CardState = {
      phase: 'review',
      ...memory,
      step: 0,
      scheduledDays: 0,
      due: '',
      dueDay: day,
      lastDay: day,
      reviews: (card?.reviews ?? 0) + 1,
      lapses: (card?.lapses ?? 0) + (card?.phase === 'review' && rating === 1 ? 1 : 0),
    };
    const inDays = (count: number) => ({ ...next, scheduledDays: count, due: new Date(at + count * dayMs).toISOString(), dueDay: addDays(day, count) });
    if (!this.settings.shortTerm || (card?.phase === 'review' && rating !== 1)) return inDays(this.#ordered(card, rating, day, days, fuzz));

    const relearning = card?.phase === 'review' || card?.phase === 'relearning';
    const steps = relearning ? this.settings.relearningSteps : this.settings.learningSteps;
    const [wait, step] = stepAfter(steps, !card || card.phase === 'review' ? 0 : card.step, rating);
    if (wait === 0) return inDays(this.#interval(memory, day, days, fuzz));
    if (wait >= 1440) return inDays(Math.min(Math.floor(wait / 1440), this.#longestFrom(day)));
    const phase: Phase = relearning ? 'relearning' : 'learning';
    return { ...next, phase, step, due: new Date(at + wait * 60_000).toISOString() };
  }

  #memoryAfter(card: CardState | undefined, rating: Rating, days: number): Memory {
    return card ? this.fsrs.next(card, days, rating) : this.fsrs.first(rating);
  }

  #longestFrom(day: string): number {
    const { examDay, maximumInterval } = this.settings;
    return examDay && examDay > day ? Math.min(maximumInterval, dayNumber(examDay) - dayNumber(day)) : maximumInterval;
  }

  #ordered(card: CardState | undefined, rating: Rating, day: string, days: number, fuzz?: number): number {
    const of = (other: Rating) => this.#interval(this.#memoryAfter(card, other, days), day, days, fuzz);
    let [again, hard, good, easy] = [0, of(2), of(3), of(4)];
    if (this.settings.shortTerm) {
      hard = Math.min(hard, good);
    } else {
      again = Math.min(of(1), hard);
      hard = Math.max(hard, again + 1);
    }
    good = Math.max(good, hard + 1);
    easy = Math.max(easy, good + 1);
    return Math.min(this.#longestFrom(day), [again, hard, good, easy][rating - 1]!);
  }

  #interval(memory: Memory, day: string, elapsed: number, fuzz?: number): number {
    const longest = this.#longestFrom(day);
    const days = Math.min(Math.max(1, Math.floor(this.fsrs.interval(memory.stability) + 0.5)), longest);
    return fuzz !== undefined && days > 2 ? fuzzed(days, elapsed, fuzz, longest) : days;
  }
}

function stepAfter(steps: number[], at: number, rating: Rating): [wait: number, step: number] {
  if (at >= steps.length) return [0, 0];
  if (rating === 1) return [steps[0]!, 0];
  if (rating === 2) return [Math.floor((steps.length === 1 ? steps[0]! * 1.5 : (steps[0]! + steps[1]!) / 2) + 0.5), at];
  return rating === 3 && at + 1 < steps.length ? [steps[at + 1]!, at + 1] : [0, 0];
}

function fuzzed(days: number, elapsed: number, place: number, longest: number): number {
  const part = (from: number, to: number) => Math.max(Math.min(days, to) - from, 0);
  const by = 1 + 0.15 * part(2.5, 7) + 0.10 * part(7, 20) + 0.05 * part(20, Infinity);
  const most = Math.min(Math.floor(days + by + 0.5), longest);
  let least = Math.max(2, Math.floor(days - by + 0.5));
  if (days > elapsed) least = Math.max(least, elapsed + 1);
  least = Math.min(least, most);
  return Math.floor(place * (most - least + 1)) + least;
}
