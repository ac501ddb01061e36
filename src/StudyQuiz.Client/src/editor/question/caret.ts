const sentenceEnds = /[。！？!?]/;

/** A caret in a text that can't be typed into: browsers show none there. Arrows move it, with Shift they select, S takes the sentence, Enter what is selected. */
export function caretIn(source: HTMLElement, take: () => void): void {
  const caret = document.createElement('i');
  caret.className = 'caret';
  caret.hidden = true;
  source.append(caret);
  const selection = getSelection()!;
  const isInside = () => selection.focusNode !== null && source.contains(selection.focusNode) && selection.focusNode !== source;

  const draw = () => {
    const show = document.activeElement === source && isInside();
    caret.hidden = !show;
    if (!show) return;
    const range = document.createRange();
    range.setStart(selection.focusNode!, selection.focusOffset);
    const box = range.getClientRects()[0] ?? selection.focusNode!.parentElement!.getBoundingClientRect();
    const frame = source.getBoundingClientRect();
    caret.style.setProperty('--x', `${box.left - frame.left + source.scrollLeft}px`);
    caret.style.setProperty('--y', `${box.top - frame.top + source.scrollTop}px`);
    caret.style.setProperty('--h', `${box.height}px`);
    if (box.top < frame.top || box.bottom > frame.bottom) source.scrollTop += box.top - frame.top - frame.height / 2;
  };

  source.addEventListener('focus', () => {
    if (!isInside()) selection.collapse((source.querySelector('mark') ?? source.querySelector('[data-text]'))!.firstChild, 0);
    draw();
  });
  source.addEventListener('blur', draw);
  document.addEventListener('selectionchange', draw);
  source.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.isComposing) return;
    const step = steps[event.key];
    if (step) {
      event.preventDefault();
      const { focusNode, focusOffset, anchorNode, anchorOffset } = selection;
      selection.modify(event.shiftKey ? 'extend' : 'move', step[0], event.altKey && step[1] === 'character' ? 'word' : step[1]);
      if (!isInside() && anchorNode && focusNode) selection.setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (selection.isCollapsed) takeSentence(selection, source);
      take();
    } else if (event.key.toLowerCase() === 's') {
      event.preventDefault();
      takeSentence(selection, source);
    }
  });
}

const steps: Partial<Record<string, [string, string]>> = {
  ArrowLeft: ['backward', 'character'],
  ArrowRight: ['forward', 'character'],
  ArrowUp: ['backward', 'line'],
  ArrowDown: ['forward', 'line'],
  Home: ['backward', 'lineboundary'],
  End: ['forward', 'lineboundary'],
};

/** Selects the sentence that the caret stands in, with the quotation marks that close it. */
function takeSentence(selection: Selection, source: HTMLElement): void {
  const paragraph = [...source.querySelectorAll('[data-text]')].find(text => text.contains(selection.focusNode));
  if (!paragraph || !selection.focusNode) return;
  const text = paragraph.textContent;
  const before = document.createRange();
  before.selectNodeContents(paragraph);
  before.setEnd(selection.focusNode, selection.focusOffset);
  const at = before.toString().length;
  let [start, end] = [at, at];
  while (start > 0 && !sentenceEnds.test(text[start - 1]!)) start--;
  while (start < at && /[”’」』）\s]/.test(text[start]!)) start++;
  while (end < text.length && !sentenceEnds.test(text[end]!)) end++;
  while (end < text.length && /[。！？!?”’」』）]/.test(text[end]!)) end++;
  selection.setBaseAndExtent(...point(paragraph, start), ...point(paragraph, end));
}

/** The place in an element's text nodes that stands so many characters from its start. */
export function point(element: Element, offset: number): [Node, number] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let left = offset;
  let last: Node = element;
  while (walker.nextNode()) {
    last = walker.currentNode;
    const length = last.textContent!.length;
    if (left <= length) return [last, left];
    left -= length;
  }
  return [last, last.textContent!.length];
}
