/**
 * What a browser keeps of flashcards: packs, the cards as they stand after what was answered here, what can be undone, and changes that the
 * server has not confirmed. Everything carries the learner that it belongs to. A card is one in all decks that hold it, and a change and the card
 * that it changes are written in one transaction, so that a browser that is killed has either both or neither.
 */
import { unsentKey, type Learner, type Unsent } from '../common/learner';
import { done, openCards, result } from './database';
import type { CardState, Change, Pack } from './pack';
import type { Deed } from './undo';

/** An answer that a day's limit counts. */
export interface Met {
  /** A study day. */
  day: string;
  /** By this browser's clock. */
  at: number;
}

/** A card after what was answered in this browser. */
export interface LocalCard {
  learner: string;
  question: number;
  state?: CardState;
  /** When it was last met new, and when it last came back. */
  met?: Met;
  came?: Met;
  suspended?: boolean;
  buriedDay?: string;
  favourite: boolean;
  note?: string;
  /** By this browser's clock, when it was changed here. */
  changed?: number;
}

/** A change that waits for the server. */
export interface Waiting extends Learner {
  /** In the order in which they were made. */
  place?: number;
  change: Change;
}

/** What changes do to a card. */
export interface Edit {
  /** As the screen had it. */
  before: LocalCard;
  /** What is undefined is taken away. */
  patch: Partial<LocalCard>;
  /** What can be taken back of it. */
  deed?: Deed;
  /** What it takes back, and the pack with the card that comes again. */
  takesBack?: { deed: Deed; pack: Pack };
}

export type Recorded =
  | { is: 'kept'; card?: LocalCard; deed?: Deed }
  /** The card was answered in another tab or deck since: nothing was kept. */
  | { is: 'elsewhere' };

interface StoredPack {
  learner: string;
  slug: string;
  pack: Pack;
}

export class Store {
  private constructor(private readonly db: IDBDatabase) {}

  /** Undefined where the browser has no database, as in some private windows. */
  static async open(): Promise<Store | undefined> {
    if (!('indexedDB' in globalThis)) return undefined;
    try {
      return new Store(await openCards());
    } catch {
      return undefined;
    }
  }

  async packs(): Promise<Pack[]> {
    return (await result(this.db.transaction('packs').objectStore('packs').getAll()) as StoredPack[]).map(stored => stored.pack);
  }

  async pack(slug: string, learner: string): Promise<Pack | undefined> {
    return (await result(this.db.transaction('packs').objectStore('packs').get([learner, slug])) as StoredPack | undefined)?.pack;
  }

  /** The cards of a pack as they stand, whichever deck they were answered in. */
  async cards({ learner, cards }: Pack): Promise<LocalCard[]> {
    return cards.length === 0 ? [] : result(this.db.transaction('memory').objectStore('memory').getAll(spanOf(learner, cards.map(card => card.question))));
  }

  /**
   * Keeps a pack, and the cards as it has them, unless changes were made that the server did not know when it made the pack. A deck of which
   * nothing is kept yet is kept all the same, beside the cards as they were answered here.
   * @returns Whether it was kept.
   */
  async keep(pack: Pack): Promise<boolean> {
    const { learner, deck: { slug } } = pack;
    const transaction = this.db.transaction(['packs', 'memory', 'changes'], 'readwrite');
    const [packs, memory] = [transaction.objectStore('packs'), transaction.objectStore('memory')];
    const [waiting, kept, cards] = await Promise.all([
      result(transaction.objectStore('changes').index('learner').count(learner)),
      result(packs.getKey([learner, slug])),
      pack.cards.length === 0 ? [] : result(memory.getAll(spanOf(learner, pack.cards.map(card => card.question)))) as Promise<LocalCard[]>,
    ]);
    const known = new Map(cards.map(card => [card.question, card]));
    const now = Date.now();
    // While the server made it; a clock that was set back says nothing
    const isSince = ({ changed = 0 }: LocalCard) => changed > (pack.asked ?? 0) && changed <= now;
    const isBehind = waiting > 0 || cards.some(isSince);
    if (isBehind && kept) return false;
    packs.put({ learner, slug, pack } satisfies StoredPack);
    for (const { question } of pack.cards) {
      const card = known.get(question);
      if (isBehind && card) continue;
      const { met, came } = card ?? {};
      memory.put({ ...localOf(pack, question), ...(met && { met }), ...(came && { came }) } satisfies LocalCard);
    }
    await done(transaction);
    return true;
  }

  /**
   * Puts changes into the queue together with the card that they leave, unless it has been answered in another tab or deck: two answers to one
   * showing would take it two steps further. A mark is no answer, and joins what the card has become.
   */
  async record({ learner, name }: Learner, changes: Change[], edit?: Edit): Promise<Recorded> {
    const transaction = this.db.transaction(['packs', 'memory', 'deeds', 'changes'], 'readwrite', { durability: 'strict' });
    try {
      const edited = edit && await this.#edit(transaction, learner, edit);
      if (edited?.is !== 'elsewhere') {
        for (const change of changes) transaction.objectStore('changes').add({ learner, ...(name && { name }), change } satisfies Waiting);
      }
      await done(transaction);
      await this.#count();
      return edited ?? { is: 'kept' };
    } catch (error) {
      // All or nothing, where a write was refused at once as well
      if (!transaction.error) try { transaction.abort(); } catch { /* it has ended */ }
      throw error;
    }
  }

  async #edit(transaction: IDBTransaction, learner: string, { before, patch, deed, takesBack }: Edit): Promise<Recorded> {
    const [memory, deeds] = [transaction.objectStore('memory'), transaction.objectStore('deeds')];
    const stored = await result(memory.get([learner, before.question])) as LocalCard | undefined;
    if (takesBack?.deed.place) deeds.delete(takesBack.deed.place);
    if (stored && 'state' in patch && stored.state?.reviews !== before.state?.reviews) return { is: 'elsewhere' };
    const card = { ...(stored ?? before), ...patch, changed: Date.now() };
    memory.put(card);
    if (takesBack) transaction.objectStore('packs').put({ learner, slug: takesBack.pack.deck.slug, pack: takesBack.pack } satisfies StoredPack);
    return { is: 'kept', card, ...(deed && { deed: { ...deed, place: await result(deeds.add(deed)) as number } }) };
  }

  /** What can be undone in a deck, the last of it last. What is of another day than today is forgotten. */
  async deeds({ learner, deck: { slug } }: Pack, day: string): Promise<Deed[]> {
    const transaction = this.db.transaction('deeds', 'readwrite');
    const deeds = transaction.objectStore('deeds');
    const all = await result(deeds.index('deck').getAll([learner, slug])) as Deed[];
    for (const old of all) if (old.day !== day) deeds.delete(old.place!);
    await done(transaction);
    return all.filter(deed => deed.day === day);
  }

  /** Gives what waits for one learner to another, and drops the cards of the first, for whom nobody can ask any more. */
  async move(from: string, { learner, name }: Learner): Promise<void> {
    const transaction = this.db.transaction(['packs', 'memory', 'deeds', 'changes'], 'readwrite');
    const [changes, deeds] = [transaction.objectStore('changes'), transaction.objectStore('deeds')];
    for (const waiting of await result(changes.index('learner').getAll(from)) as Waiting[]) {
      changes.put({ place: waiting.place!, learner, ...(name && { name }), change: waiting.change } satisfies Waiting);
    }
    for (const store of ['packs', 'memory']) transaction.objectStore(store).delete(allOf(from));
    for (const place of await result(deeds.index('deck').getAllKeys(allOf(from)))) deeds.delete(place);
    await done(transaction);
    await this.#count();
  }

  /** All changes that wait, of every learner who used this browser. */
  async waiting(): Promise<Waiting[]> {
    return result(this.db.transaction('changes').objectStore('changes').getAll());
  }

  /** Takes changes off the queue: the server has them, or will never take them. */
  async settle(places: number[]): Promise<void> {
    const transaction = this.db.transaction('changes', 'readwrite');
    for (const place of places) transaction.objectStore('changes').delete(place);
    await done(transaction);
    await this.#count();
  }

  // The pages of the product ask before a sign-out without opening the database
  async #count(): Promise<void> {
    try {
      const unsent = Object.create(null) as Unsent;
      for (const { learner, name } of await this.waiting()) unsent[learner] = { count: (unsent[learner]?.count ?? 0) + 1, name: name ?? unsent[learner]?.name };
      if (Object.keys(unsent).length > 0) localStorage.setItem(unsentKey, JSON.stringify(unsent));
      else localStorage.removeItem(unsentKey);
    } catch {
      // Forbidden or full: then nobody warns, and the queue waits all the same.
    }
  }
}

/** A card as a pack has it. */
export function localOf(pack: Pack, question: number): LocalCard {
  const card = pack.cards.find(other => other.question === question)!;
  return {
    learner: pack.learner,
    question,
    ...(card.state && { state: card.state }),
    favourite: card.isFavourite,
    ...(card.note && { note: card.note }),
  };
}

// Of a source's questions, which are close together: some more are of no harm
const spanOf = (learner: string, questions: number[]) =>
  IDBKeyRange.bound([learner, questions.reduce((least, one) => Math.min(least, one))], [learner, questions.reduce((most, one) => Math.max(most, one))]);

const allOf = (learner: string) => IDBKeyRange.bound([learner], [learner, []]);
