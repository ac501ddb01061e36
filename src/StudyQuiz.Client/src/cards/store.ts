/**
 * What a browser keeps of flashcards: packs, the cards as they stand after what was answered here, and changes that the server has not
 * confirmed. Everything carries the learner that it belongs to. A change and the card that it changes are written in one transaction, so
 * that a browser that is killed has either both or neither.
 */
import { unsentKey, type Learner, type Unsent } from '../common/learner';
import { done, result } from './database';
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
}

export type Recorded =
  | { is: 'kept'; card?: LocalCard }
  /** The card was answered in another tab since: nothing was kept. */
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

  async pack(slug: string, learner: string): Promise<Pack | undefined> {
    return (await result(this.db.transaction('packs').objectStore('packs').get([learner, slug])) as StoredPack | undefined)?.pack;
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

  /**
   * Puts changes into the queue together with the card that they leave, unless another tab has answered that card: two answers to one
   * showing would take it two steps further. A mark is no answer, and joins what the card has become.
   */
  async record({ learner, name }: Learner, changes: Change[], edit?: Edit): Promise<Recorded> {
    const transaction = this.db.transaction(['cards', 'changes'], 'readwrite', { durability: 'strict' });
    let card: LocalCard | undefined;
    if (edit) {
      const cards = transaction.objectStore('cards');
      const { slug, question, state } = edit.before;
      const stored = await result(cards.get([learner, slug, question])) as LocalCard | undefined;
      if (stored && 'state' in edit.patch && stored.state?.reviews !== state?.reviews) return { is: 'elsewhere' };
      card = { ...(stored ?? edit.before), ...edit.patch };
      cards.put(card);
    }
    for (const change of changes) transaction.objectStore('changes').add({ learner, ...(name && { name }), change } satisfies Waiting);
    await done(transaction);
    await this.#count();
    return { is: 'kept', ...(card && { card }) };
  }

  /** Gives what waits for one learner to another, and drops the cards of the first, for whom nobody can ask any more. */
  async move(from: string, { learner, name }: Learner): Promise<void> {
    const transaction = this.db.transaction(['packs', 'cards', 'changes'], 'readwrite');
    const changes = transaction.objectStore('changes');
    for (const waiting of await result(changes.index('learner').getAll(from)) as Waiting[]) {
      changes.put({ place: waiting.place!, learner, ...(name && { name }), change: waiting.change } satisfies Waiting);
    }
    for (const store of ['packs', 'cards']) transaction.objectStore(store).delete(IDBKeyRange.bound([from], [from, []]));
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
    const unsent: Unsent = {};
    for (const { learner, name } of await this.waiting()) unsent[learner] = { count: (unsent[learner]?.count ?? 0) + 1, name: name ?? unsent[learner]?.name };
    try {
      if (Object.keys(unsent).length > 0) localStorage.setItem(unsentKey, JSON.stringify(unsent));
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
