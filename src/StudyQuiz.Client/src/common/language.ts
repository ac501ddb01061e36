/** The page's language, set by the server, or by the shell before anything else. */
export const language = document.documentElement.lang.startsWith('en') ? 'en' : 'zh-CN';

/** Source content stays Chinese in an English page and says so; in a Chinese page the attribute would only repeat the page's. */
export const sourceLang = language === 'en' ? 'zh-CN' : undefined;

const numbers = new Intl.NumberFormat(language);
const shares = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const number = (n: number) => numbers.format(n);
export const share = (part: number) => shares.format(part);
export const seconds = (ms: number) => tenths.format(ms / 1000);

const slot = /\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g;

/** Values by name; a count decides between one and several. */
type Values<T> = Record<string, T>;

/** What a bundle says, from its own tables: {name} is filled in, {n:one|many} chooses by number. */
export function makeText<Key extends string>(zh: Record<Key, string>, en: Record<Key, string>) {
  const texts = language === 'en' ? en : zh;

  /** A text in pieces, so that a value may be markup: rich('roundOf', { round: html`<b>3</b>`, rounds: 12 }, { round: 3 }). */
  function rich<T>(key: Key, values: Values<T>, counts: Record<string, number> = {}): (string | T)[] {
    const text = texts[key];
    const pieces: (string | T)[] = [];
    let end = 0;
    for (const match of text.matchAll(slot)) {
      const [whole, name, one, other] = match;
      if (match.index > end) pieces.push(text.slice(end, match.index));
      const value = values[name!];
      if (one !== undefined) pieces.push((counts[name!] ?? value) === 1 ? one : other!);
      else if (value !== undefined) pieces.push(typeof value === 'number' ? number(value) : value);
      end = match.index + whole.length;
    }
    if (end < text.length) pieces.push(text.slice(end));
    return pieces;
  }

  const t = (key: Key, values: Values<string | number> = {}): string => rich(key, values).join('');
  return { rich, t };
}
