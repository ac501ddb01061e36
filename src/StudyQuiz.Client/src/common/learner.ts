/**
 * Whose cards this browser may show and write for while nobody can ask the server. A session can end without a word (a cookie that ran
 * out or was cleared), so every page that knows its viewer compares: see site.ts.
 */
import { forget, keep, recall } from './storage';

const key = 'sq-cards-learner';

export interface Learner {
  learner: string;
  /** The account's; undefined for a browser without one. */
  name?: string;
}

/** The learner of the last pack that the server gave; undefined where somebody else has come since. */
export function remembered(): Learner | undefined {
  return recall<Learner | null>(key, null) ?? undefined;
}

export function remember({ learner, name }: Learner): void {
  write({ learner, name: name ?? undefined });
}

// A null and no removal: other tabs hold the old one in their memory, for browsers without localStorage
export function forgetLearner(): void {
  if (remembered()) write(null);
}

// The old one goes first: where the storage is full it would stay, and stand before what this page's memory has
function write(learner: Learner | null): void {
  forget(key);
  keep(key, learner);
}

/** How much waits in this browser, by learner: pages of the product ask before a sign-out without opening the database. */
export type Unsent = Record<string, { count: number; name?: string }>;

export const unsentKey = 'sq-cards-unsent';
