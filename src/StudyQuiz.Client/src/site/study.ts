/** Each note stands on the first line of its sentence (data-for). The open one keeps its line, the others make room. */
function place(): void {
  const wide = matchMedia('(min-width: 64.01rem)').matches;
  for (const margin of document.querySelectorAll<HTMLElement>('.margin')) {
    const notes = [...margin.querySelectorAll<HTMLElement>(':scope > [data-for]')];
    const placed = wide && notes.length > 0;
    margin.classList.toggle('placed', placed);
    if (!placed) {
      margin.style.removeProperty('--h');
      continue;
    }
    const top = margin.getBoundingClientRect().top;
    const high = notes.map(note => note.offsetHeight + 2);
    const y = notes.map(note => {
      const line = document.getElementById(note.dataset['for'] ?? '')?.getClientRects()[0];
      return line ? line.top + line.height / 2 - Math.min(22, note.offsetHeight / 2) - top : 0;
    });
    const open = Math.max(0, notes.findIndex(note => note.classList.contains('on')));
    for (let i = open - 1; i >= 0; i--) y[i] = Math.min(y[i]!, y[i + 1]! - high[i]!);
    y[0] = Math.max(y[0]!, -8);
    for (let i = 1; i < y.length; i++) y[i] = Math.max(y[i]!, y[i - 1]! + high[i - 1]!);
    notes.forEach((note, i) => note.style.setProperty('--y', String(Math.round(y[i]!))));
    margin.style.setProperty('--h', String(Math.round(y.at(-1)! + high.at(-1)!)));
  }
}

const links = 'a.kp, .mnote > a, [data-close]';

/** Opens or closes a key point in place: the page that its address names is fetched, and the paragraphs that differ take its shape. */
async function open(link: HTMLAnchorElement): Promise<void> {
  const address = link.href;
  const beside = link.closest<HTMLElement>('.margin, .inplace') ? link.closest('.para')?.id : undefined;
  let page: Document;
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(String(response.status));
    page = new DOMParser().parseFromString(await response.text(), 'text/html');
  } catch {
    location.assign(address);
    return;
  }
  for (const now of page.querySelectorAll<HTMLElement>('.para')) {
    const was = document.getElementById(now.id);
    if (was && was.querySelector('.t')!.innerHTML !== now.querySelector('.t')!.innerHTML) was.replaceWith(now);
  }
  history.replaceState(history.state, '', address);
  place();
  const id = decodeURIComponent(new URL(address).hash.slice(1));
  const note = document.querySelector<HTMLElement>(`.mnote[data-for="${CSS.escape(id)}"] > a`);
  // Who came by the keyboard goes on from there
  if (beside) note?.focus({ preventScroll: true });
  document.querySelector('.inplace')?.scrollIntoView({ block: 'nearest' });
}

document.addEventListener('click', event => {
  const link = (event.target as Element).closest<HTMLAnchorElement>(links);
  if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  // Words that were being selected are not a tap
  if (link.classList.contains('kp') && !(getSelection()?.isCollapsed ?? true)) return;
  void open(link);
});

// The paragraph that a verdict leads to may be longer than the screen: its mark is what was asked for
if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.querySelector('mark')?.scrollIntoView({ block: 'center' });

void document.fonts.ready.then(place);
addEventListener('resize', place);
addEventListener('load', place);
