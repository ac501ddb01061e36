/** localStorage, or the page's memory where a browser forbids it: then a reload keeps only what the server has. */
const memory = new Map<string, string>();

export function recall<T>(key: string, otherwise: T): T {
  try {
    const text = localStorage.getItem(key) ?? memory.get(key);
    return text === undefined || text === null ? otherwise : JSON.parse(text) as T;
  } catch {
    return otherwise;
  }
}

export function keep(key: string, value: unknown): void {
  const text = JSON.stringify(value);
  memory.set(key, text);
  try {
    localStorage.setItem(key, text);
  } catch {
    // Full or forbidden: memory has it.
  }
}

export function forget(key: string): void {
  memory.delete(key);
  try {
    localStorage.removeItem(key);
  } catch {
    // There was nothing to remove.
  }
}

/** Everything kept under keys that begin so. */
export function recallAll<T>(prefix: string): T[] {
  return keysOf(prefix).map(key => recall<T | undefined>(key, undefined)).filter(value => value !== undefined) as T[];
}

export function forgetAll(prefix: string): void {
  for (const key of keysOf(prefix)) forget(key);
}

function keysOf(prefix: string): string[] {
  const keys = new Set([...memory.keys()].filter(key => key.startsWith(prefix)));
  try {
    for (let i = 0; i < localStorage.length; i++) {
      const key = localStorage.key(i)!;
      if (key.startsWith(prefix)) keys.add(key);
    }
  } catch {
    // Forbidden: memory has what there is.
  }
  return [...keys];
}

/** A random UUID; crypto.randomUUID exists only behind TLS. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** A text without what no database stores: half of a character that was cut in two, and NUL. */
export function storable(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD').replaceAll('\0', '');
}
