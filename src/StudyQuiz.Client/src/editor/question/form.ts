import type { Picture } from '../../common/lit';

/** The form's fields as its parts need them. Names are the server's: see QuestionForm. */

export interface Typed {
  type: string;
  stem: string;
  picture?: Picture;
  options: { text: string; correct: boolean }[];
  pairs: [string, string][];
  /** Of a cloze its wordings, of an ordering its items. */
  lines: string[];
}

export function typed(form: HTMLFormElement): Typed {
  const data = new FormData(form);
  const text = (name: string) => String(data.get(name) ?? '').trim();
  const right = new Set(data.getAll('correct').map(String));
  const shown = text('pictureHash') && !data.has('pictureGone') ? form.querySelector<HTMLImageElement>('[data-shown]') : null;
  const rows = [...Array(26).keys()];
  return {
    type: text('type'),
    stem: text('stem'),
    picture: shown ? { hash: text('pictureHash'), alt: text('pictureAlt'), width: shown.naturalWidth || 4, height: shown.naturalHeight || 3 } : undefined,
    options: rows.map(i => ({ text: text(`option${i}`), correct: right.has(String(i)) })).filter(option => option.text !== ''),
    pairs: rows.map((i): [string, string] => [text(`left${i}`), text(`right${i}`)]).filter(([left, right_]) => left + right_ !== ''),
    lines: text('answer').split('\n').map(line => line.trim()).filter(Boolean),
  };
}

/** The field that errors and findings name for a control. */
export function fieldOf(name: string): string {
  if (/^(option|reason|left|right)\d+$|^correct$|^anyOrder$/.test(name)) return 'answer';
  if (/^picture/.test(name)) return 'picture';
  return /^(quote|place)\d+$/.test(name) ? 'evidence' : name;
}
