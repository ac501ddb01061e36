/** J and K move through the rows, X chooses, E edits, / goes to the search: unless somebody is typing. Enter is the link's own. */
export function moving(): void {
  const rows = [...document.querySelectorAll<HTMLTableRowElement>('#questions tbody tr')];
  const find = document.querySelector<HTMLInputElement>('[data-find]');
  if (rows.length === 0 && !find) return;
  const link = (row: HTMLTableRowElement | undefined): HTMLAnchorElement | null => row?.querySelector<HTMLAnchorElement>('a.st') ?? null;
  addEventListener('keydown', event => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as Element;
    if (target.closest('textarea, select, input:not([type=checkbox])')) return;
    const at = rows.findIndex(row => row.contains(document.activeElement));
    switch (event.key.toLowerCase()) {
      case 'j':
        link(rows[Math.min(at + 1, rows.length - 1)])?.focus();
        break;
      case 'k':
        link(rows[at < 0 ? rows.length - 1 : Math.max(at - 1, 0)])?.focus();
        break;
      case 'x':
        rows[at]?.querySelector<HTMLInputElement>('input[name=question]')?.click();
        break;
      case 'e': {
        const question = link(rows[at]);
        // On a question's own page its link has the key
        if (!question) return;
        const address = new URL(question.href);
        address.pathname += '/edit';
        location.assign(address);
        break;
      }
      case '/':
        find?.focus();
        find?.select();
        break;
      default:
        return;
    }
    event.preventDefault();
  });
}
