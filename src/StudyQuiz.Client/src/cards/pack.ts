/** What the server hands out for a deck, and what it takes back. Names are those of DeckPack and SyncCards. */

import type { Picture } from '../common/lit';

export type Rating = 1 | 2 | 3 | 4;

export type Phase = 'learning' | 'review' | 'relearning';

export interface CardState {
  phase: Phase;
  stability: number;
  difficulty: number;
  step: number;
  scheduledDays: number;
  /** An instant; on a step of minutes it decides. */
  due: string;
  /** A study day, as all days here: 2026-11-24. */
  dueDay: string;
  lastDay: string;
  reviews: number;
  lapses: number;
}

export interface Scheduling {
  /** Clipped to where the formulas behave. */
  weights: number[];
  desiredRetention: number;
  shortTerm: boolean;
  /** Minutes. */
  learningSteps: number[];
  relearningSteps: number[];
  maximumInterval: number;
  examDay?: string;
}

export interface Answer {
  judgement?: boolean;
  lines?: string[];
  isNumbered: boolean;
  also?: string[];
  /** Places of the right choices on the front. */
  right?: number[];
  whys?: string[];
}

export interface Face {
  type: string;
  stem: string;
  picture?: Picture;
  choices?: string[];
  answer: Answer;
  explanation?: string;
  /** Why the editors ask it without evidence. */
  waiver?: string;
  evidence: { paragraph: string; pieces: { text: string; isQuote: boolean }[] }[];
}

export interface PackCard {
  question: number;
  version: number;
  keyPoint: string;
  keyPointGroup?: string;
  face: Face;
  state?: CardState;
  /** When it comes. */
  day?: string;
  /** Predicted for the pack's first day, 0 to 1. */
  recall?: number;
  fuzz: number[];
  isFavourite: boolean;
  note?: string;
}

export interface Pack {
  learner: string;
  name?: string;
  made: string;
  /** By this browser's clock, when it asked for it: what was answered before, the pack knows. */
  asked?: number;
  /** A pause says why the day takes no new cards. */
  days: { day: string; starts: string; pause?: 'none' | 'catchUp' | 'exam' }[];
  deck: { slug: string; title: string; language: string };
  scheduling: Scheduling;
  cards: PackCard[];
  newToday: number;
  newPerDay: number;
  reviewsToday: number;
  reviewsPerDay: number;
  later: number;
  /** Those of them that today still has room for: the next pack brings them. */
  more?: number;
  /** The learner's pace, or most people's. */
  secondsACard?: number;
  ratingButtons: 2 | 4;
  /** Whether the learner keeps the questions too; packs of before do not say. */
  mayEdit?: boolean;
  paragraphs: { label: string; text: string }[];
  /** Stems of cards that are gone, for editors withdrew them lately. */
  withdrawn?: string[];
}

export interface ReviewChange {
  id: string;
  version: number;
  at: string;
  rating?: Rating;
  tookMs?: number;
  /** The review that this one undoes. */
  replaces?: string;
}

export interface MarkChange {
  id: string;
  question: number;
  at: string;
  favourite?: boolean;
  suspended?: boolean;
  buriedDay?: string;
  note?: string;
}

export interface FlagChange {
  id: string;
  version: number;
  reason: FlagReason;
  at: string;
  words?: string;
}

export const flagReasons = ['wrong_key', 'unclear', 'typo', 'evidence', 'other'] as const;
export type FlagReason = (typeof flagReasons)[number];

export type Change =
  | { kind: 'review'; body: ReviewChange }
  | { kind: 'mark'; body: MarkChange }
  | { kind: 'flag'; body: FlagChange };
