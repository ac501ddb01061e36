/** Brings changes to the server and packs back. */
import { keep, newId, recall } from '../common/storage';
import type { Change, Pack } from './pack';
import type { Store, Waiting } from './store';

export { newId };

const secretKey = 'sq-cards-device';

/** 256 random bits as SecretToken writes them, the same in all tabs: first requests of two tabs begin one learner. */
function deviceSecret(): string {
  if (!recall(secretKey, '')) keep(secretKey, btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32)))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, ''));
  return recall(secretKey, '');
}

const patience = 15_000;
const most = 200;
const firstWait = 2_000;
const longestWait = 60_000;

export type Link = 'saved' | 'saving' | 'waiting';

export interface SyncEvents {
  changed(link: Link, unsent: number): void;
  /** Changes of a learner whom this browser may not speak for now: they stay where they are. */
  othersWait(count: number, learner: string): void;
  /** The server will never take these. */
  refused(count: number): void;
}

export type Fetched = { pack: Pack } | { trouble: 'offline' | 'noDeck' | 'failed' };

/**
 * The queue between this browser and the server. Nothing leaves it before the server says that it holds the change, and a change that
 * is sent twice is stored once.
 */
export class Sync {
  #memory: Waiting[] = [];
  #places = -1;
  #sending: Promise<boolean> | undefined;
  #wait = firstWait;
  #timer: number | undefined;
  /** Learners whose changes the server refused to this browser. */
  readonly #others = new Set<string>();

  /** @param store Undefined where the browser keeps nothing: then the page's memory is the queue. */
  constructor(private readonly store: Store | undefined, private readonly events: SyncEvents) {
    addEventListener('online', () => void this.flush());
    document.addEventListener('visibilitychange', () => { if (!document.hidden) void this.flush(); });
  }

  /** Queues changes, with the card that they leave. Resolves when they are kept; sending goes on by itself. */
  async add(learner: string, changes: Change[], card?: Parameters<Store['record']>[2]): Promise<void> {
    if (this.store) await this.store.record(learner, changes, card);
    else for (const change of changes) this.#memory.push({ place: this.#places--, learner, change });
    void this.flush();
  }

  async unsent(): Promise<Waiting[]> {
    return this.store ? this.store.waiting() : this.#memory;
  }

  /** Sends what waits. @returns Whether nothing of whom this browser may speak for is left. */
  flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#sending ??= this.#sendAll().finally(() => { this.#sending = undefined; });
    return this.#sending;
  }

  async pack(slug: string): Promise<Fetched> {
    try {
      const response = await fetch(`/api/cards/decks/${encodeURIComponent(slug)}/pack`, {
        method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ device: deviceSecret() }), signal: AbortSignal.timeout(patience),
      });
      if (response.ok) return { pack: await response.json() as Pack };
      return { trouble: response.status === 404 ? 'noDeck' : 'failed' };
    } catch {
      return { trouble: 'offline' };
    }
  }

  async #sendAll(): Promise<boolean> {
    for (;;) {
      const all = await this.unsent();
      const mine = all.filter(waiting => !this.#others.has(waiting.learner));
      if (mine.length === 0) {
        this.#wait = firstWait;
        this.events.changed('saved', 0);
        return true;
      }
      this.events.changed('saving', mine.length);
      const learner = mine[0]!.learner;
      if (!await this.#send(learner, mine.filter(waiting => waiting.learner === learner).slice(0, most))) {
        this.events.changed('waiting', mine.length);
        this.#timer = window.setTimeout(() => void this.flush(), this.#wait * (0.75 + Math.random() / 2));
        this.#wait = Math.min(this.#wait * 2, longestWait);
        return false;
      }
    }
  }

  /** Whether the server has decided. */
  async #send(learner: string, waiting: Waiting[]): Promise<boolean> {
    const of = <K extends Change['kind']>(kind: K) => waiting.flatMap(({ change }) => (change.kind === kind ? [change.body] : []));
    let response: Response;
    try {
      response = await fetch('/api/cards/changes', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ learner, reviews: of('review'), marks: of('mark'), flags: of('flag') }),
        signal: AbortSignal.timeout(patience),
      });
    } catch {
      return false;
    }
    if (response.status === 409) {
      this.#others.add(learner);
      this.events.othersWait((await this.unsent()).filter(other => other.learner === learner).length, learner);
      return true;
    }
    if (!response.ok) return false;
    const receipt = await response.json().catch(() => undefined) as { stored: string[]; refused: string[] } | undefined;
    if (!receipt) return false;
    const decided = new Set([...receipt.stored, ...receipt.refused]);
    const places = waiting.filter(({ change }) => decided.has(change.body.id)).map(({ place }) => place!);
    if (this.store) await this.store.settle(places);
    else this.#memory = this.#memory.filter(({ place }) => !places.includes(place!));
    if (receipt.refused.length > 0) this.events.refused(receipt.refused.length);
    return places.length > 0;
  }
}
