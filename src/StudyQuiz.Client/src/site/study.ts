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
    const open = Math.max(0, notes.findIndex(note => note.hasAttribute('aria-current')));
    for (let i = open - 1; i >= 0; i--) y[i] = Math.min(y[i]!, y[i + 1]! - high[i]!);
    y[0] = Math.max(y[0]!, -8);
    for (let i = 1; i < y.length; i++) y[i] = Math.max(y[i]!, y[i - 1]! + high[i - 1]!);
    notes.forEach((note, i) => note.style.setProperty('--y', String(Math.round(y[i]!))));
    margin.style.setProperty('--h', String(Math.round(y.at(-1)! + high.at(-1)!)));
  }
}

void document.fonts.ready.then(place);
addEventListener('resize', place);
addEventListener('load', place);
