import { segmentPage } from '../site/segmentation';
import { t } from './selftest-text';
import { slots } from './answers';

/** What stays free around the row being answered. */
const rim = 12;

/** A slot beside every left side and the unused right sides below, over the selects that the form sends. */
export function matching(section: HTMLElement, changed: () => void): { keydown(event: KeyboardEvent): boolean; draw(): void; reveal(): void } | undefined {
  const pairs = section.querySelector('.pairs');
  if (!pairs) return undefined;
  const selects = slots(section);
  const lang = selects[0]?.lang ?? '';
  const rights = [...selects[0]!.options].slice(1).map(option => {
    const [letter = '', ...words] = option.text.split(' ');
    return { value: option.value, letter, text: words.join(' ') };
  });
  const lefts = [...pairs.children].map(row => row.firstElementChild!.textContent);
  let active = Math.max(0, selects.findIndex(select => select.value === '-1'));

  const buttons = selects.map((select, row) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.addEventListener('click', () => {
      if (select.value === '-1') choose(row);
      else give(row, '-1');
      button.focus({ preventScroll: true });
    });
    select.hidden = true;
    select.after(button);
    return button;
  });
  const pool = document.createElement('div');
  pool.className = 'pool';
  pairs.after(pool);

  function choose(row: number): void {
    active = row;
    draw();
    reveal();
  }

  // On a phone the pool stands over the foot of the list: the row being answered stays clear of it.
  function reveal(): void {
    const row = buttons[active]!.closest('li')!.getBoundingClientRect();
    const hidden = pool.hidden ? 0 : row.bottom + rim - pool.getBoundingClientRect().top;
    if (row.top < rim) scrollBy(0, row.top - rim);
    else if (hidden > 0) scrollBy(0, Math.min(hidden, row.top - rim));
  }

  function give(row: number, right: string): void {
    for (const select of selects) if (right !== '-1' && select.value === right) select.value = '-1';
    selects[row]!.value = right;
    const open = selects.findIndex(select => select.value === '-1');
    active = right === '-1' || open < 0 ? row : open;
    draw();
    reveal();
    changed();
  }

  function draw(): void {
    buttons.forEach((button, row) => {
      const right = rights.find(r => r.value === selects[row]!.value);
      button.className = right ? 'slot full' : 'slot';
      button.setAttribute('aria-expanded', String(row === active && !right));
      button.setAttribute('aria-label', `${lefts[row]}: ${right ? `${right.letter} ${right.text}, ${t('takeBack')}` : t(row === active ? 'slotPick' : 'slotNone')}`);
      if (right) button.replaceChildren(element('b', right.letter), element('span', right.text, lang), icon('x'));
      else button.replaceChildren(t(row === active ? 'slotPick' : 'slotNone'));
    });
    const unused = rights.filter(right => selects.every(select => select.value !== right.value));
    pool.hidden = unused.length === 0;
    pool.replaceChildren(element('h2', t('poolFor', { n: active + 1 })), ...unused.map(right => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'btn';
      button.append(element('b', right.letter), element('span', right.text, lang));
      button.addEventListener('click', () => {
        give(active, right.value);
        (pool.querySelector('button') ?? buttons.at(-1)!).focus({ preventScroll: true });
      });
      return button;
    }));
    segmentPage(section);
  }

  draw();
  return {
    draw,
    reveal,
    keydown(event) {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        choose((active + (event.key === 'ArrowDown' ? 1 : selects.length - 1)) % selects.length);
        buttons[active]!.focus({ preventScroll: true });
        return true;
      }
      if (event.key === 'Backspace' && selects[active]!.value !== '-1') {
        give(active, '-1');
        return true;
      }
      const right = rights.find(r => r.letter === event.key.toUpperCase());
      if (right) give(active, right.value);
      return right !== undefined;
    },
  };
}

function element(name: string, text: string, lang = ''): HTMLElement {
  const made = document.createElement(name);
  if (lang) made.lang = lang;
  made.textContent = text;
  return made;
}

function icon(name: string): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'i');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#i-${name}`);
  svg.append(use);
  return svg;
}
