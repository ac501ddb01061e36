/**
 * What a browser keeps of flashcards: packs, the cards as they stand after what was answered here, and changes that the server has not
 * confirmed. Everything carries the learner that it belongs to. A change and the card that it changes are written in one transaction, so
 * that a browser that is killed has either both or neither.
 */
import type { CardState, Change, Pack } from './pack';

/** A card after what was answered in this browser. */
export interface LocalCard {
  learner: string;
  slug: string;
  question: number;
  state?: CardState;
  day?: string;
  /** The study day on which it was met, or came back, since the pack was made. */
  metDay?: string;
  cameDay?: string;
  suspended?: boolean;
  buriedDay?: string;
  favourite: boolean;
  note?: string;
}

/** A change that waits for the server. */
export interface Waiting {
  /** In the order in which they were made. */
  place?: number;
  learner: string;
  change: Change;
}

interface StoredPack {
  learner: string;
  slug: string;
  pack: Pack;
}

const unsentKey = 'sq-cards-unsent';

export class Store {
  private constructor(private readonly db: IDBDatabase) {}

  /** Undefined where the browser has no database, as in some private windows. */
  static async open(): Promise<Store | undefined> {
    if (!('indexedDB' in globalThis)) return undefined;
    try {
      const opening = indexedDB.open('studyquiz-cards', 1);
      opening.onupgradeneeded = () => {
        opening.result.createObjectStore('packs', { keyPath: ['learner', 'slug'] });
        opening.result.createObjectStore('cards', { keyPath: ['learner', 'slug', 'question'] });
        opening.result.createObjectStore('changes', { keyPath: 'place', autoIncrement: true }).createIndex('learner', 'learner');
      };
      return new Store(await result(opening));
    } catch {
      return undefined;
    }
  }

  async packs(): Promise<Pack[]> {
    return (await result(this.db.transaction('packs').objectStore('packs').getAll()) as StoredPack[]).map(stored => stored.pack);
  }

  async pack(slug: string, learner?: string): Promise<Pack | undefined> {
    const found = (await this.packs()).filter(pack => pack.deck.slug === slug && (!learner || pack.learner === learner));
    return found.sort((a, b) => b.made.localeCompare(a.made))[0];
  }

  cards(pack: Pack): Promise<LocalCard[]> {
    return result(this.db.transaction('cards').objectStore('cards').getAll(cardsOf(pack)));
  }

  /**
   * Keeps a pack, and the cards as it has them, unless changes were made that the server did not know when it made the pack.
   * @returns Whether it was kept.
   */
  async keep(pack: Pack): Promise<boolean> {
    const transaction = this.db.transaction(['packs', 'cards', 'changes'], 'readwrite');
    const waiting = await result(transaction.objectStore('changes').index('learner').count(pack.learner));
    if (waiting > 0) return false;
    const packs = transaction.objectStore('packs');
    packs.put({ learner: pack.learner, slug: pack.deck.slug, pack } satisfies StoredPack);
    const cards = transaction.objectStore('cards');
    cards.delete(cardsOf(pack));
    for (const card of pack.cards) cards.put(localOf(pack, card.question));
    await done(transaction);
    return true;
  }

  /** Puts changes into the queue together with the card that they leave. */
  async record(learner: string, changes: Change[], card?: LocalCard): Promise<void> {
    const transaction = this.db.transaction(['cards', 'changes'], 'readwrite', { durability: 'strict' });
    for (const change of changes) transaction.objectStore('changes').add({ learner, change } satisfies Waiting);
    if (card) transaction.objectStore('cards').put(card);
    await done(transaction);
    await this.#count();
  }

  /** All changes that wait, of every learner who used this browser. */
  waiting(): Promise<Waiting[]> {
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
    const waiting = await result(this.db.transaction('changes').objectStore('changes').count());
    try {
      if (waiting > 0) localStorage.setItem(unsentKey, String(waiting));
      else localStorage.removeItem(unsentKey);
    } catch {
      // Forbidden: then nobody warns, and the queue waits all the same.
    }
  }
}

/** A card as its pack has it. */
export function localOf(pack: Pack, question: number): LocalCard {
  const card = pack.cards.find(other => other.question === question)!;
  return {
    learner: pack.learner,
    slug: pack.deck.slug,
    question,
    ...(card.state && { state: card.state }),
    ...(card.day && { day: card.day }),
    favourite: card.isFavourite,
    ...(card.note && { note: card.note }),
  };
}

const cardsOf = (pack: Pack) => IDBKeyRange.bound([pack.learner, pack.deck.slug], [pack.learner, pack.deck.slug, []]);

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error as Error);
    if (request instanceof IDBOpenDBRequest) request.onblocked = () => reject(new Error('blocked'));
  });
}

function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error as Error);
  });
}
