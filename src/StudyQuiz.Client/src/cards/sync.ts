/** Brings changes to the server and packs back. */
import { remembered, type Learner } from '../common/learner';
import { newId, storable } from '../common/storage';
import { deviceSecret, forgetSecret } from './device';
import type { Change, Pack } from './pack';
import type { Edit, Recorded, Store, Waiting } from './store';

export { newId };

const patience = 15_000;
const most = 200;
const firstWait = 2_000;
const longestWait = 60_000;

export type Link = 'saved' | 'saving' | 'waiting';

export interface SyncEvents {
  /** @param unsent Changes of the learner to whom this browser belongs; of all where it belongs to nobody now. */
  changed(link: Link, unsent: number): void;
  /** Changes of other learners than that: they stay where they are until the server takes them. All that there are, each time. */
  othersWait(others: Others[]): void;
  /** The server will never take these. */
  refused(count: number): void;
  /** This browser could not store a change: from now on the page's memory is the queue. */
  unstored(): void;
}

export interface Others extends Learner {
  count: number;
  /**
   * An account's, which has to sign in; nobody's, made without an account that any cookie leads to, so that {@link Sync.adopt} can give them to
   * somebody; open while no server can say.
   */
  whose: 'account' | 'nobodys' | 'open';
}

export type Fetched = { pack: Pack } | { trouble: 'offline' | 'noDeck' | 'failed' };

/**
 * The queue between this browser and the server. Nothing leaves it before the server says that it holds the change, and a change that
 * is sent twice is stored once.
 */
export class Sync {
  #memory: Waiting[] = [];
  #places = -1;
  #stores: boolean;
  /** What the server has decided on and the store could not take off its queue. */
  readonly #decided = new Set<number>();
  #sending: Promise<boolean> | undefined;
  #wait = firstWait;
  #timer: number | undefined;
  /** The most changes of a request; fewer for a while where the server could not read one of them. */
  #most = most;
  /** Learners whose changes the server refused to this browser, and whether they are nobody's. */
  readonly #others = new Map<string, boolean>();

  /** @param store Undefined where the browser keeps nothing: then the page's memory is the queue. */
  constructor(private readonly store: Store | undefined, private readonly events: SyncEvents) {
    this.#stores = store !== undefined;
    addEventListener('online', () => void this.#online());
    document.addEventListener('visibilitychange', () => { if (!document.hidden) void this.flush(); });
    // What only the page has is lost with it
    addEventListener('beforeunload', event => { if (this.onlyHere > 0) event.preventDefault(); });
  }

  /** Queues changes, with what they do to a card. Resolves when they are kept; sending goes on by itself. */
  async add(by: Learner, changes: Change[], edit?: Edit): Promise<Recorded> {
    const recorded = await this.#store(by, changes, edit) ?? this.#remember(by, changes, edit);
    void this.flush();
    return recorded;
  }

  /** Whether what is answered outlasts the page. */
  get stores(): boolean {
    return this.#stores;
  }

  /** Changes that only the page has. */
  get onlyHere(): number {
    return this.#memory.length;
  }

  /** The store failed: a disk that is full, a database that is gone. What it holds already it still gives. */
  storesNoMore(): void {
    if (!this.#stores) return;
    this.#stores = false;
    this.events.unstored();
  }

  /** Asks the server again about everybody: someone may have signed in since. */
  askAgain(): void {
    this.#others.clear();
  }

  /** Whether changes wait that are nobody's. */
  get hasNobodys(): boolean {
    return [...this.#others.values()].some(isNobodys => isNobodys);
  }

  /** Gives what is nobody's to a learner and sends it. */
  async adopt({ learner, name }: Learner): Promise<void> {
    for (const [from, isNobodys] of [...this.#others]) {
      if (!isNobodys || from === learner) continue;
      if (this.#stores) await this.store!.move(from, { learner, name }).catch(() => this.storesNoMore());
      this.#memory = this.#memory.map(waiting => (waiting.learner === from ? { ...waiting, learner, name } : waiting));
      this.#others.delete(from);
    }
    await this.flush();
  }

  async unsent(): Promise<Waiting[]> {
    const stored = await this.store?.waiting().catch(() => this.storesNoMore()) ?? [];
    return [...stored.filter(({ place }) => !this.#decided.has(place!)), ...this.#memory];
  }

  /** Sends what waits. @returns Whether nothing of whom this browser may speak for is left. */
  flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#sending ??= this.#sendAll().finally(() => { this.#sending = undefined; });
    return this.#sending;
  }

  /** What was tried without a network says nothing about now: neither its failure nor how long it made the next try wait. */
  async #online(): Promise<void> {
    await this.#sending;
    this.#wait = firstWait;
    await this.flush();
  }

  async pack(slug: string): Promise<Fetched> {
    const asked = Date.now();
    try {
      const response = await fetch(`/api/cards/decks/${encodeURIComponent(slug)}/pack`, {
        method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ device: await deviceSecret() }), signal: AbortSignal.timeout(patience),
      });
      if (response.ok) {
        const pack = await response.json() as Pack;
        await forgetSecret();
        return { pack: { ...pack, asked } };
      }
      return { trouble: response.status === 404 ? 'noDeck' : 'failed' };
    } catch {
      return { trouble: 'offline' };
    }
  }

  async #store({ learner, name }: Learner, changes: Change[], edit?: Edit): Promise<Recorded | undefined> {
    if (!this.#stores) return undefined;
    try {
      return await this.store!.record({ learner, name }, changes, edit);
    } catch {
      this.storesNoMore();
      return undefined;
    }
  }

  #remember({ learner, name }: Learner, changes: Change[], edit?: Edit): Recorded {
    for (const change of changes) this.#memory.push({ place: this.#places--, learner, name, change });
    return { is: 'kept', ...(edit && { card: { ...edit.before, ...edit.patch } }) };
  }

  async #sendAll(): Promise<boolean> {
    for (;;) {
      const all = await this.unsent();
      const mine = all.filter(waiting => !this.#others.has(waiting.learner));
      if (mine.length === 0) {
        [this.#wait, this.#most] = [firstWait, most];
        this.events.changed('saved', 0);
        this.events.othersWait(this.#whose(all, () => false));
        return true;
      }
      const own = remembered()?.learner;
      const isOwn = ({ learner }: Waiting) => own === undefined || learner === own;
      this.events.changed('saving', mine.filter(isOwn).length);
      const learner = mine[0]!.learner;
      if (!await this.#send(learner, mine.filter(waiting => waiting.learner === learner).slice(0, this.#most))) {
        this.events.changed('waiting', mine.filter(isOwn).length);
        this.events.othersWait(this.#whose(all, waiting => !isOwn(waiting)));
        this.#timer = window.setTimeout(() => void this.flush(), this.#wait * (0.75 + Math.random() / 2));
        this.#wait = Math.min(this.#wait * 2, longestWait);
        return false;
      }
    }
  }

  /** Whose changes wait beside those of this browser's learner. @param isOpen Of those whom the server has not refused: whether they are somebody else's. */
  #whose(all: Waiting[], isOpen: (waiting: Waiting) => boolean): Others[] {
    const others = new Map<string, Others>();
    for (const waiting of all) {
      const { learner, name } = waiting;
      const isNobodys = this.#others.get(learner);
      if (isNobodys === undefined && !isOpen(waiting)) continue;
      const known = others.get(learner);
      others.set(learner, { learner, name: name ?? known?.name, count: (known?.count ?? 0) + 1, whose: isNobodys === undefined ? 'open' : isNobodys ? 'nobodys' : 'account' });
    }
    return [...others.values()];
  }

  /** Whether the server has decided. */
  async #send(learner: string, waiting: Waiting[]): Promise<boolean> {
    const of = <K extends Change['kind']>(kind: K) => waiting.flatMap(({ change }) => (change.kind === kind ? [change.body] : []));
    let response: Response;
    try {
      response = await fetch('/api/cards/changes', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ learner, reviews: of('review'), marks: of('mark'), flags: of('flag') }, (_, value: unknown) => (typeof value === 'string' ? storable(value) : value)),
        signal: AbortSignal.timeout(patience),
      });
    } catch {
      return false;
    }
    if (response.status === 409) {
      // A name says that there was an account, whatever became of it: that is somebody's
      const isNamed = (await this.unsent()).some(other => other.learner === learner && other.name);
      this.#others.set(learner, !isNamed && await codeOf(response) === 'noLearner');
      return true;
    }
    if (response.status === 400 && await codeOf(response) === 'badRequest') {
      // One of them cannot be read: it must not hold up the others
      if (waiting.length > 1) this.#most = Math.ceil(waiting.length / 2);
      else await this.#settle(waiting, 1);
      return true;
    }
    if (!response.ok) return false;
    const receipt = await response.json().catch(() => undefined) as { stored: string[]; refused: string[] } | undefined;
    if (!receipt) return false;
    const decided = new Set([...receipt.stored, ...receipt.refused]);
    const settled = waiting.filter(({ change }) => decided.has(change.body.id));
    await this.#settle(settled, receipt.refused.length);
    return settled.length > 0;
  }

  async #settle(settled: Waiting[], refused: number): Promise<void> {
    const places = new Set(settled.map(({ place }) => place!));
    this.#memory = this.#memory.filter(({ place }) => !places.has(place!));
    const stored = [...places].filter(place => place > 0);
    if (stored.length > 0) {
      await this.store!.settle(stored).catch(() => {
        // Sent again by the next page, which is harmless
        for (const place of stored) this.#decided.add(place);
        this.storesNoMore();
      });
    }
    if (refused > 0) this.events.refused(refused);
  }
}

async function codeOf(response: Response): Promise<string | undefined> {
  return (await response.json().catch(() => undefined) as { code?: string } | undefined)?.code;
}
