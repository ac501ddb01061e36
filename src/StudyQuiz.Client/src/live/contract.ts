import type { Picture } from '../common/lit';

/** What the hubs send and take. Positions are as shown on the screen; nothing that tells the answer is in a view before the close. */

export type Phase = 'lobby' | 'reading' | 'open' | 'closed' | 'board' | 'podium' | 'aborted';

/** Positions as shown. */
export type GivenAnswer =
  | { kind: 'chosen'; options: number[] }
  | { kind: 'judged'; value: boolean }
  | { kind: 'typed'; text: string }
  | { kind: 'ordered'; items: number[] }
  | { kind: 'paired'; rights: number[] };

/** Of the running phase, when the view was made. */
export interface Clock {
  remainingMs: number;
  totalMs: number;
  /** Time stands still. */
  paused: boolean;
}

/** What the host did to a round: 'none', or some of 'reopened', 'voided', 'corrected', 'skipped', 'withdrawn', joined by commas. */
export type Fix = string;

export const isFixed = (fix: Fix, what: 'reopened' | 'voided' | 'corrected' | 'skipped' | 'withdrawn') => fix.split(', ').includes(what);

/** How points are earned. */
export interface Rules {
  scoring: 'accuracy' | 'speed' | 'rank';
  /** Of a right answer; absent where questions differ. */
  points?: number;
  streak: boolean;
  penalty: boolean;
  partial: boolean;
  auto: boolean;
  /** Whether the projector is heard. */
  sound: boolean;
}

export interface QuestionView {
  type: 'single_choice' | 'multiple_choice' | 'true_false' | 'cloze' | 'ordering' | 'poll' | 'slide';
  stem: string;
  /** Options, or the items of an ordering; absent while reading and where there is nothing to choose from. */
  options?: string[];
  /** What it is worth; absent where nothing can be earned. */
  points?: number;
  /** Of a slide. */
  text?: string;
  picture?: Picture;
}

/** A quote with the rest of its sentences around it. */
export interface EvidenceView {
  paragraph: string;
  before: string;
  quote: string;
  after: string;
}

export interface RevealView {
  /** Absent for a poll. */
  key?: GivenAnswer;
  explanation: string;
  evidence: EvidenceView[];
  /** How a poll came out. */
  counts?: number[];
}

export interface TypedCount {
  text: string;
  count: number;
  isRight: boolean;
}

export interface Mine {
  answer: GivenAnswer;
  tookMs: number;
}

export interface PlayerView {
  version: number;
  title: string;
  phase: Phase;
  round: number;
  rounds: number;
  /** Questions for points that have closed. */
  asked: number;
  clock?: Clock;
  question?: QuestionView;
  rules: Rules;
  seat: { number: number; nickname: string; points: number; /** Extra time in percent. */ extra: number; team?: string; /** Others see the number until the host agrees to the name. */ isHidden: boolean };
  fix: Fix;
  seats: number;
  mine?: Mine;
  /** From 'closed' on. */
  result?: {
    outcome: 'right' | 'partial' | 'wrong' | 'unanswered';
    gain: number;
    rank: number;
    rankBefore?: number;
    streak: number;
    rights: number;
  };
  /** In 'closed' and 'board'. */
  reveal?: RevealView;
  /** In 'board' and 'podium', where there are teams. */
  teams?: TeamRow[];
}

export interface BoardRow {
  rank: number;
  rankBefore?: number;
  nickname: string;
  gain: number;
  points: number;
  streak: number;
  rights: number;
}

/** A team after the last scored round: means of its members. */
export interface TeamRow {
  rank: number;
  rankBefore?: number;
  name: string;
  size: number;
  points: number;
  gain: number;
}

/** A seat as the host alone sees it. */
export interface SeatRow {
  number: number;
  name: string;
  /** For the host's consent. */
  waits: boolean;
  online: boolean;
  answered: boolean;
  outcome?: 'right' | 'partial' | 'wrong' | 'unanswered';
  tookMs?: number;
  extra: number;
  /** From 1; 0 where everybody plays alone. */
  team: number;
}

/** What the host alone needs to lead. */
export interface Console {
  online: number;
  waiting: number;
  locked: boolean;
  reviewsNames: boolean;
  /** share: of fully right answers, 0 to 1. */
  rounds: { title: string; share?: number; fix: Fix }[];
  /** Those that need a look first, then the newest; not all of thousands. */
  seats: SeatRow[];
  canCorrect: boolean;
  /** Seats without an answer in this round. */
  silent: number;
  /** Projector pages that are connected. */
  projectors: number;
  /** Names of the teams, by their numbers; empty where everybody plays alone. */
  teams: string[];
}

/** How many seats would gain points by another key, and lose some. */
export interface Impact {
  up: number;
  down: number;
}

export interface HostView {
  version: number;
  title: string;
  pin: string;
  joinAddress: string;
  phase: Phase;
  round: number;
  rounds: number;
  clock?: Clock;
  question?: QuestionView;
  seats: number;
  /** Nicknames, oldest first; none where there are more than can be shown. */
  newest: string[];
  answered: number;
  rules: Rules;
  fix: Fix;
  /** Nobody can join at the moment. */
  isFull: boolean;
  /** Remote only. */
  console?: Console;
  /** Remote only. */
  key?: GivenAnswer;
  /** Counts per shown option; true_false: [true, false]; ordering: in place, by place of the key. typed: of a cloze, the key first. */
  reveal?: RevealView & { counts: number[]; whys: (string | null)[]; right: number; answered: number; typed?: TypedCount[] };
  /** In 'board': the top rows. */
  board?: BoardRow[];
  /** Where there are teams: always on the remote, else in 'board' and 'podium'. */
  teams?: TeamRow[];
  climber?: { nickname: string; places: number };
  podium?: {
    /** Best first: three on the projector, up to 100 on the remote. */
    top: BoardRow[];
    /** 0 to 1. */
    correctShare: number;
    hardest?: { round: number; right: number };
  };
}

/** Why a hub did not do something. What only taking a seat refuses is the join page's to say. */
export type Refusal =
  | 'gameOver' | 'wrongPhase' | 'wrongRound' | 'notOpenYet' | 'tooLate' | 'alreadyAnswered' | 'unknownSeat' | 'unfitAnswer' | 'noSeats'
  | 'unknownGame' | 'noSeat' | 'notYours' | 'tryAgain' | 'removed' | 'banned'
  | 'paused' | 'notPaused' | 'noTimeRuns' | 'nothingToSkip' | 'onlyBeforeBoard' | 'roundIsVoid' | 'everybodyAnswered' | 'unfitTime' | 'notInLobby'
  | 'nicknameInvalid' | 'nicknameTaken' | 'nicknameBlocked' | 'noSuchTeam';

/** refusal: a {@link Refusal}, or one that this client does not know yet. */
export type Attached<V> = { view: V; refusal?: undefined } | { view?: undefined; refusal: string };

/** 'alreadyAnswered' comes with the stored answer in mine and counts as received. */
export interface Receipt {
  received: boolean;
  refusal?: string;
  mine?: Mine;
}

export interface Done {
  refusal?: string;
}
