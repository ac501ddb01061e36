const steps: Record<string, [number, number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** The days of a calendar by arrow keys; Tab comes to the last one. */
export function calendars(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>('table.heat')) {
    const cells = [...table.tBodies[0]!.rows].map(row => [...row.cells].filter(cell => cell.querySelector('.day')));
    const days = cells.flat();
    const last = days.reduce((a, b) => (b.cellIndex >= a.cellIndex ? b : a), days[0]!);
    last.tabIndex = 0;
    table.addEventListener('keydown', event => {
      const step = steps[event.key];
      const from = event.target;
      if (!step || !(from instanceof HTMLTableCellElement)) return;
      const row = cells.findIndex(all => all.includes(from));
      const to = cells[row + step[0]]?.[cells[row]!.indexOf(from) + step[1]];
      event.preventDefault();
      // Weeks that a phone leaves out can't be gone to
      if (!to?.offsetParent) return;
      from.tabIndex = -1;
      to.tabIndex = 0;
      to.focus();
    });
  }
}
