/**
 * The secret with which a browser without a cookie asks for its first pack: tabs that ask in the same instant send the same one and begin
 * one learner. It is what the server's cookie will say, so it is forgotten as soon as that cookie has come: no script can read the cookie.
 */
import { done, result } from './database';

const [database, secrets, device] = ['studyquiz-device', 'secrets', 'device'];

/** The same in all tabs: a transaction of the database lets one of them make it, on plain http too, where there are no locks. */
export async function deviceSecret(): Promise<string> {
  const made = make();
  try {
    const db = await open();
    try {
      const transaction = db.transaction(secrets, 'readwrite');
      const store = transaction.objectStore(secrets);
      const kept = await result(store.get(device)) as string | undefined;
      if (!kept) store.put(made, device);
      await done(transaction);
      return kept ?? made;
    } finally {
      db.close();
    }
  } catch {
    // No database: then this tab begins a learner by itself, and a browser that keeps nothing strands nothing.
    return made;
  }
}

export async function forgetSecret(): Promise<void> {
  try {
    const db = await open();
    db.transaction(secrets, 'readwrite').objectStore(secrets).delete(device);
    db.close();
  } catch {
    // There is none.
  }
}

function open(): Promise<IDBDatabase> {
  const opening = indexedDB.open(database, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(secrets);
  return result(opening);
}

/** 256 random bits as the server's SecretToken writes them. */
function make(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32)))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
}
