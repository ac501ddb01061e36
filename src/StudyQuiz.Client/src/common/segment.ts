/** Where Chinese display text may break: between words, never inside one, never before a closing or after an opening mark. */

const closes = /^[\p{Pe}\p{Pf}，。、；：？！…—,.;:?!％%°′″)\]}]+$/u;
const opens = /^[\p{Ps}\p{Pi}]+$/u;
const space = /^\s+$/;

// Single characters that lean on the word before or after them. The dictionary cuts 长|三角, 均衡|性 and 座谈|会; a title must not.
const leansBack = new Set([...'的地得了着过们性化者会力率度观论界量级式型感所中上下里内外时后前年月日号个位种项条次题段点些'] as string[]);
const leansOn = new Set([...'不第成暂各每该这那再更最很太要以与和及或在对把被从向为于并又也都将应可能长老小大新旧高低总副非无未超多单双全首末'] as string[]);

let words: Intl.Segmenter | null | undefined;

function segmenter(): Intl.Segmenter | null {
  words ??= typeof Intl.Segmenter === 'function' ? new Intl.Segmenter('zh', { granularity: 'word' }) : null;
  return words;
}

const han = /\p{Script=Han}/u;

/** Whether segment() has anything to do for this text. */
export function isChinese(text: string): boolean {
  return han.test(text) && segmenter() !== null;
}

/** The text in pieces that must not be broken inside; joined, they are the text. */
export function segment(text: string): string[] {
  const cutter = segmenter();
  if (!cutter || !han.test(text)) return [text];
  const pieces: string[] = [];
  let glued = false;
  for (const { segment: word } of cutter.segment(text)) {
    const last = pieces.length - 1;
    const joins = last >= 0 && (glued || closes.test(word) || space.test(word) || leansBack.has(word) || isLatin(word, pieces[last]!));
    if (joins) pieces[last] += word;
    else pieces.push(word);
    glued = opens.test(word) || leansOn.has(word);
  }
  return pieces;
}

// “2020年” and “PIN 4827” stay whole, and so does a blank between its quotation marks.
function isLatin(word: string, before: string): boolean {
  return /^[\p{L}\p{N}_＿]/u.test(word) && !han.test(word) && /[\p{N}A-Za-z_＿]$/u.test(before);
}
