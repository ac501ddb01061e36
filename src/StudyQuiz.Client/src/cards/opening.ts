/**
 * Comes by a deck's session: sends what waits, asks the server for cards, and where it is away opens what is kept for the learner to whom
 * this browser belongs. Nobody else's cards are opened, and nobody else's reviews sent.
 */
import { forgetLearner, remember, remembered } from '../common/learner';
import { studyDay } from './day';
import type { Pack } from './pack';
import { Session } from './session';
import { Store, type LocalCard } from './store';
import { Sync, type Others, type SyncEvents } from './sync';
import type { Deed } from './undo';

/** A network that is slow to fail must not hold up what is kept. */
const patience = 6_000;

export type Opened = { session: Session } | { screen: 'offline' | 'failed' | 'stale' | 'clock' | 'noDeck' };

export class Opening {
  readonly sync: Sync;
  /** Decks of this browser's learner that open without a network. */
  kept: Pack[] = [];
  /** Whether decks lie here, whosever they are. */
  keepsAny = false;
  /** Others whose reviews wait here. */
  others: Others[] = [];
  /** How far this device's clock was ahead of the server's when it gave the last pack. */
  clockOffMs = 0;
  #mayAdopt = true;

  private constructor(readonly slug: string, readonly store: Store | undefined, private readonly events: Omit<SyncEvents, 'othersWait'> & { told(): void }) {
    this.sync = new Sync(store, { ...events, othersWait: others => this.#meet(others) });
  }

  /** @param slug The deck's; empty for none. */
  static async begin(slug: string, events: Omit<SyncEvents, 'othersWait'> & { told(): void }): Promise<Opening> {
    return new Opening(slug, await Store.open(), events);
  }

  /** @param last What the screen shows now. */
  async open(last: Session | undefined): Promise<Opened> {
    // Somebody may have signed in since
    this.others = [];
    this.sync.askAgain();
    await this.#look();
    if (!this.slug) {
      void this.sync.flush();
      return { screen: 'offline' };
    }

    // What waits goes first, so that the pack knows it
    const sent = await Promise.race([this.sync.flush(), new Promise<boolean>(resolve => setTimeout(() => resolve(false), patience))]);
    const fetched = sent || navigator.onLine ? await this.sync.pack(this.slug) : { trouble: 'offline' as const };
    if ('pack' in fetched) return this.#take(await this.#afterAdopting(fetched.pack), last);
    return fetched.trouble === 'noDeck' ? { screen: 'noDeck' } : this.#goOnWithKept(fetched.trouble, last);
  }

  /** A session's pack, cards and what can be undone as the tabs of this browser left them; undefined where nothing is kept. */
  async left({ pack: { learner }, day }: Session): Promise<{ pack: Pack; cards: LocalCard[]; deeds: Deed[] } | undefined> {
    if (!this.sync.stores) return undefined;
    try {
      const kept = await this.#kept(learner);
      return kept && { ...kept, deeds: await this.store!.deeds(kept.pack, day) };
    } catch {
      return undefined;
    }
  }

  /** Whether a session is of another day than it is, or of another learner than this browser's. */
  isOutdated(session: Session): boolean {
    return session.isOver(Date.now()) || !this.isOurs(session) || (this.#mayAdopt && !session.pack.name && this.sync.hasNobodys);
  }

  isOurs({ pack }: Session): boolean {
    return remembered()?.learner === pack.learner;
  }

  /** Gives reviews that are nobody's to a learner, and sends them. */
  async adopt(by: Pack): Promise<void> {
    this.others = this.others.filter(({ whose }) => whose !== 'nobodys');
    await this.sync.adopt(by);
    // A browser that takes no cookie is somebody else each time: then not again without being asked
    this.#mayAdopt = !this.sync.hasNobodys;
  }

  #meet(others: Others[]): void {
    this.others = others;
    // The server does not take this browser for theirs any more
    if (others.some(({ learner }) => learner === remembered()?.learner)) forgetLearner();
    this.events.told();
  }

  async #look(): Promise<void> {
    const packs = await this.store?.packs().catch(() => []) ?? [];
    this.keepsAny = packs.length > 0;
    this.kept = packs.filter(pack => pack.learner === remembered()?.learner);
  }

  // What a browser did without an account belongs to whom it has become, where that is still nobody with an account; else they are asked
  async #afterAdopting(pack: Pack): Promise<Pack> {
    if (pack.name || !this.#mayAdopt || !this.sync.hasNobodys) return pack;
    await this.adopt(pack);
    const again = await this.sync.pack(this.slug);
    return 'pack' in again ? again.pack : pack;
  }

  async #take(pack: Pack, last: Session | undefined): Promise<Opened> {
    remember(pack);
    this.clockOffMs = Date.now() - Date.parse(pack.made);
    if (this.sync.stores) {
      try {
        // Reviews that could not be sent yet are not in the new pack: then the kept one goes on
        await this.store!.keep(pack);
        const kept = await this.#kept(pack.learner);
        await this.#look();
        if (kept) return await this.#of(kept.pack, kept.cards, last, kept.pack.made === pack.made);
      } catch {
        this.sync.storesNoMore();
      }
    }
    return (this.sync.onlyHere > 0 && this.#renewed(last)) || this.#of(pack, [], last, true);
  }

  async #goOnWithKept(trouble: 'offline' | 'failed', last: Session | undefined): Promise<Opened> {
    // Where the browser keeps nothing, the page has what it had
    const renewed = this.sync.stores ? undefined : this.#renewed(last);
    if (renewed) return renewed;
    const whose = remembered()?.learner;
    const kept = whose ? await this.#kept(whose).catch(() => undefined) : undefined;
    return kept ? this.#of(kept.pack, kept.cards, last) : { screen: trouble };
  }

  async #kept(learner: string): Promise<{ pack: Pack; cards: LocalCard[] } | undefined> {
    const pack = await this.store?.pack(this.slug, learner);
    return pack && { pack, cards: await this.store!.cards(pack) };
  }

  #renewed(last: Session | undefined): Opened | undefined {
    const session = last && this.isOurs(last) ? last.onDayOf(Date.now()) : undefined;
    return session && { session };
  }

  /** @param isFresh Whether the server has just made the pack: then it holds today, and where it does not this device's clock is wrong. */
  async #of(pack: Pack, cards: LocalCard[], last: Session | undefined, isFresh = false): Promise<Opened> {
    const day = studyDay(pack, Date.now());
    const deeds = day && this.sync.stores ? await this.store!.deeds(pack, day).catch(() => undefined) : undefined;
    const session = Session.of(pack, cards, this.sync, Date.now(), last, deeds);
    if (session) return { session };
    return { screen: isFresh || Date.now() < Date.parse(pack.days[0]!.starts) ? 'clock' : 'stale' };
  }
}
