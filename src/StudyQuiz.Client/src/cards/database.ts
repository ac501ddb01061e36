/** IndexedDB's requests and transactions as promises, and the database of the flashcards. */

export function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error as Error);
    if (request instanceof IDBOpenDBRequest) request.onblocked = () => reject(new Error('blocked'));
  });
}

export function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error as Error);
  });
}

export async function openCards(): Promise<IDBDatabase> {
  const opening = indexedDB.open('studyquiz-cards', 2);
  opening.onupgradeneeded = ({ oldVersion }) => {
    const db = opening.result;
    if (oldVersion < 1) {
      db.createObjectStore('packs', { keyPath: ['learner', 'slug'] });
      db.createObjectStore('changes', { keyPath: 'place', autoIncrement: true }).createIndex('learner', 'learner');
    }
    const memory = db.createObjectStore('memory', { keyPath: ['learner', 'question'] });
    db.createObjectStore('deeds', { keyPath: 'place', autoIncrement: true }).createIndex('deck', ['learner', 'slug']);
    if (oldVersion === 1) joinDecks(db, opening.transaction!, memory);
  };
  const db = await result(opening);
  // A later version in another tab waits for nobody
  db.onversionchange = () => db.close();
  return db;
}

interface DeckCard {
  learner: string;
  slug?: string;
  question: number;
  state?: { reviews: number };
  day?: string;
  metDay?: string;
  cameDay?: string;
  favourite: boolean;
}

// Version 1 had a card in each deck that holds it: of two the one that was answered more often counts
function joinDecks(db: IDBDatabase, transaction: IDBTransaction, memory: IDBObjectStore): void {
  const cards = transaction.objectStore('cards').getAll() as IDBRequest<DeckCard[]>;
  cards.onsuccess = () => {
    const at = Date.now();
    for (const { slug: _, day: __, metDay, cameDay, ...card } of cards.result.sort((a, b) => (a.state?.reviews ?? 0) - (b.state?.reviews ?? 0))) {
      memory.put({ ...card, ...(metDay && { met: { day: metDay, at } }), ...(cameDay && { came: { day: cameDay, at } }) });
    }
    db.deleteObjectStore('cards');
  };
}
