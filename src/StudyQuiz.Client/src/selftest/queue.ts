import type { Answer } from './answers';
import { forget, keep, newId, recall, recallAll } from '../common/storage';

/** One change of one question, as the server takes it. */
export interface Change {
  position: number;
  clientId: string;
  sequence: number;
  answer: Answer | null;
}

/** "apart": the server knows this attempt, but not for whom this browser is now; what was answered waits for them. */
export type Link = 'saved' | 'saving' | 'waiting' | 'apart';

/** What a queue tells its page. */
export interface QueueEvents {
  changed(link: Link, queued: number): void;
  /** Another page stored something newer for this question. */
  overtaken(): void;
  /** Another page of this browser has just changed this: what this one shows is old. */
  elsewhere?(change: Change): void;
  /** A change that another page of this browser left unsent; it goes out from here, and this page shows it. */
  adopted(change: Change): void;
  /** The server will not take this change, whatever is tried; why is in the page's language, where the server says it. */
  refused(why: string | undefined): void;
  /** The editors withdrew the question: nothing of it is taken any more, and it counts for nobody. */
  withdrawn?(position: number): void;
  /** The server has this change, or another one that stands in its place. */
  stored?(position: number): void;
  /** The attempt takes no answers any more. */
  closed(): void;
}

const firstWait = 1000;
const longestWait = 30_000;
const patience = 10_000;

/**
 * Changes on their way to the server: the last of each question, kept over reloads, sent until the server says that it has them.
 * Each is kept under a key of its own, so that pages of one browser never write over what another has not sent yet; whichever page
 * sends next takes along what the others left. The server knows a change by its id, so twice is safe.
 */
export class AnswerQueue {
  readonly #prefix: string;
  #changes: Change[] = [];
  #sending: Promise<void> | undefined;
  #wait = firstWait;
  #timer: number | undefined;
  #isClosed = false;
  #isApart = false;

  /** @param lastSequence what the server has for a question; each counts by itself, so that a number out of reach blocks no other one */
  constructor(private readonly attempt: string, private readonly lastSequence: (position: number) => number, private readonly events: QueueEvents) {
    this.#prefix = `sq-attempt-${attempt}-change-`;
    this.#takeAlong();
    addEventListener('online', () => void this.flush());
    addEventListener('offline', () => this.#tell());
    addEventListener('storage', event => {
      if (!event.key?.startsWith(this.#prefix) || !event.newValue) return;
      const change = JSON.parse(event.newValue) as Change;
      const own = this.#changes.find(waiting => waiting.position === change.position);
      if (!own || own.sequence < change.sequence) this.events.elsewhere?.(change);
    });
  }

  get waiting(): readonly Change[] {
    return this.#changes;
  }

  add(position: number, answer: Answer | null): void {
    // Pages of this browser share the counter, so that whatever is answered last counts, on whichever page.
    const waiting = this.#changes.find(change => change.position === position)?.sequence ?? 0;
    const sequence = Math.max(recall(this.#sequenceKey(position), 0), this.lastSequence(position), waiting) + 1;
    keep(this.#sequenceKey(position), sequence);
    this.#put({ position, clientId: newId(), sequence, answer });
    void this.flush();
  }

  /** Sends what waits, one after the other. Resolves when nothing is left or the network failed. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#sending ??= this.#sendAll().finally(() => { this.#sending = undefined; });
    return this.#sending;
  }

  /** Puts a change in the place of an older one of the same question. */
  #put(change: Change): void {
    for (const older of this.#changes) if (older.position === change.position) forget(this.#key(older));
    this.#changes = [...this.#changes.filter(other => other.position !== change.position), change];
    keep(this.#key(change), change);
  }

  #key(change: Change): string {
    return this.#prefix + change.clientId;
  }

  #sequenceKey(position: number): string {
    return `sq-attempt-${this.attempt}-sequence-${position}`;
  }

  /** What is kept, by this page or another; of two changes of one question the later. */
  #takeAlong(): Change[] {
    const taken: Change[] = [];
    for (const kept of recallAll<Change>(this.#prefix).sort((a, b) => a.sequence - b.sequence)) {
      const own = this.#changes.find(change => change.position === kept.position);
      if (own?.clientId === kept.clientId) continue;
      if (own && own.sequence > kept.sequence) {
        forget(this.#key(kept));
        continue;
      }
      this.#put(kept);
      taken.push(kept);
    }
    return taken;
  }

  async #sendAll(): Promise<void> {
    for (const change of this.#takeAlong()) this.events.adopted(change);
    while (this.#changes.length > 0) {
      const change = this.#changes[0]!;
      this.events.changed('saving', this.#changes.length);
      if (!await this.#send(change)) {
        this.#tell();
        this.#timer = window.setTimeout(() => void this.flush(), this.#wait * (0.75 + Math.random() / 2));
        this.#wait = Math.min(this.#wait * 2, longestWait);
        return;
      }
      this.#wait = firstWait;
      this.#isApart = false;
      // While it was on its way a newer change of the same question may have taken its place.
      this.#changes = this.#changes.filter(other => other.clientId !== change.clientId);
      forget(this.#key(change));
    }
    this.#tell();
    // What else waited went out before: the server keeps it as late
    if (this.#isClosed) this.events.closed();
  }

  /** Whether the server has decided about a change, for or against. */
  async #send({ position, clientId, sequence, answer }: Change): Promise<boolean> {
    let response: Response;
    try {
      response = await fetch(`/api/attempts/${this.attempt}/answers/${position}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ clientId, sequence, answer }),
        keepalive: true,
        signal: AbortSignal.timeout(patience),
      });
    } catch {
      return false;
    }
    if (response.ok) {
      const receipt = await response.json().catch(() => undefined) as { saved: boolean; sequence: number } | undefined;
      if (!receipt) return false;
      if (!receipt.saved) {
        keep(this.#sequenceKey(position), Math.max(recall(this.#sequenceKey(position), 0), receipt.sequence));
        this.events.overtaken();
      }
      this.events.stored?.(position);
      return true;
    }
    if (response.status >= 500 || response.status === 408 || response.status === 429) return false;
    const problem = await response.json().catch(() => ({})) as { code?: string; title?: string };
    // Signed out elsewhere, or gone to an account: it is kept until whose it is comes back
    if (problem.code === 'notFound') {
      this.#isApart = true;
      return false;
    }
    if (problem.code === 'withdrawn' && this.events.withdrawn) this.events.withdrawn(position);
    else if (problem.code === 'afterDeadline' || problem.code === 'alreadySubmitted') this.#isClosed = true;
    else this.events.refused(problem.code ? problem.title : undefined);
    return true;
  }

  #tell(): void {
    this.events.changed(this.#changes.length === 0 ? 'saved' : this.#isApart ? 'apart' : 'waiting', this.#changes.length);
  }
}
