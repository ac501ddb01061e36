import { isChinese, segment } from '../common/segment';

// Display text of server pages. Running text is justified and stays as it is.
const display = 'h1, .say, .stem, .ask, .s-stem, .p-stem, .miss .q, .bank h3, .opt > span:nth-of-type(2), .order li > span:first-child, .pairs li > span:first-child, .pool .btn > span, .slot > span';

/** Puts a <wbr> at every word boundary of Chinese display text, once. */
export function segmentPage(root: ParentNode = document): void {
  for (const element of root.querySelectorAll<HTMLElement>(display)) {
    if (element.dataset['segmented'] !== undefined || element.closest('sq-player, sq-projector, sq-remote') || !isChinese(element.textContent)) continue;
    // A blank and its marks stay together, and a line with a blank wraps as running text.
    if (element.querySelector('input, select, textarea')) continue;
    const texts: Text[] = [];
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode as Text;
      if (!text.parentElement?.closest('input, textarea, select, svg, .nb, [data-segmented]')) texts.push(text);
    }
    // A server that already broke it has the better words.
    if (!element.querySelector('wbr')) for (const text of texts) breakUp(text);
    element.dataset['segmented'] = '';
  }
}

function breakUp(text: Text): void {
  const pieces = segment(text.data);
  if (pieces.length < 2) return;
  const broken = document.createDocumentFragment();
  pieces.forEach((piece, i) => {
    if (i > 0) broken.append(document.createElement('wbr'));
    broken.append(piece);
  });
  text.replaceWith(broken);
}
