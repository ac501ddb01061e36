import type { Answer } from './answers';
import { forget, keep, newId, recall } from './storage';

/** One change of one question, as the server takes it. */
export interface Change {
  position: number;
  clientId: string;
  sequence: number;
  answer: Answer | null;
}

export type Link = 'saved' | 'saving' | 'waiting';

/** What a queue tells its page. */
export interface QueueEvents {
  changed(link: Link, queued: number): void;
  /** Another page stored something newer for this question. */
  overtaken(): void;
  /** The server will not take this change, whatever is tried. */
  refused(why: string): void;
  /** The attempt takes no answers any more. */
  closed(): void;
}

const firstWait = 1000;
const longestWait = 30_000;
const patience = 10_000;

/** Changes on their way to the server: the last of each question, kept over reloads, sent until the server says that it has them. */
export class AnswerQueue {
  readonly #queueKey: string;
  readonly #sequenceKey: string;
  #changes: Change[];
  #sending: Promise<void> | undefined;
  #wait = firstWait;
  #timer: number | undefined;

  constructor(private readonly attempt: string, private readonly lastSequence: number, private readonly events: QueueEvents) {
    this.#queueKey = `sq-attempt-${attempt}-queue`;
    this.#sequenceKey = `sq-attempt-${attempt}-sequence`;
    this.#changes = recall<Change[]>(this.#queueKey, []);
    addEventListener('online', () => void this.flush());
    addEventListener('offline', () => this.#tell());
  }

  get waiting(): readonly Change[] {
    return this.#changes;
  }

  add(position: number, answer: Answer | null): void {
    // Pages of this browser share the counter, so that whatever is answered last counts, on whichever page.
    const sequence = Math.max(recall(this.#sequenceKey, 0), this.lastSequence) + 1;
    keep(this.#sequenceKey, sequence);
    this.#changes = [...this.#changes.filter(change => change.position !== position), { position, clientId: newId(), sequence, answer }];
    this.#store();
    void this.flush();
  }

  /** Sends what waits, one after the other. Resolves when nothing is left or the network failed. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#sending ??= this.#sendAll().finally(() => { this.#sending = undefined; });
    return this.#sending;
  }

  async #sendAll(): Promise<void> {
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
      // While it was on its way a newer change of the same question may have taken its place.
      this.#changes = this.#changes.filter(other => other.clientId !== change.clientId);
      this.#store();
    }
    this.#tell();
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
        keep(this.#sequenceKey, Math.max(recall(this.#sequenceKey, 0), receipt.sequence));
        this.events.overtaken();
      }
      return true;
    }
    if (response.status >= 500 || response.status === 408 || response.status === 429) return false;
    const problem = await response.json().catch(() => ({})) as { code?: string; title?: string };
    if (problem.code === 'afterDeadline' || problem.code === 'alreadySubmitted') this.events.closed();
    else this.events.refused(problem.title ?? String(response.status));
    return true;
  }

  #store(): void {
    if (this.#changes.length === 0) forget(this.#queueKey);
    else keep(this.#queueKey, this.#changes);
  }

  #tell(): void {
    this.events.changed(this.#changes.length === 0 ? 'saved' : 'waiting', this.#changes.length);
  }
}
