/** Says how many questions are chosen, and chooses all of a page. Without script each is ticked by itself. */
export function choosing(): void {
  const form = document.querySelector<HTMLFormElement>('form#questions');
  const all = form?.querySelector<HTMLInputElement>('[data-all]');
  const says = form?.querySelector<HTMLElement>('[data-chosen]');
  const further = form?.querySelector<HTMLInputElement>('input[name=all]');
  if (!form || !all || !says) return;
  const boxes = [...form.querySelectorAll<HTMLInputElement>('input[name=question]')];
  const show = (): void => {
    const chosen = boxes.filter(box => box.checked).length;
    all.checked = chosen === boxes.length;
    all.indeterminate = chosen > 0 && !all.checked;
    says.hidden = chosen === 0;
    says.textContent = (says.dataset['chosen'] ?? '').replace('{0}', String(chosen));
    form.querySelector('.bulk')?.classList.toggle('none', chosen === 0 && !further?.checked);
    for (const box of boxes) box.closest('tr')?.classList.toggle('sel', box.checked);
  };
  all.addEventListener('change', () => {
    for (const box of boxes) box.checked = all.checked;
  });
  form.addEventListener('change', show);
  // One menu at a time, and Escape closes it where its button is
  const menus = [...form.querySelectorAll<HTMLDetailsElement>('details.menu')];
  for (const menu of menus) {
    menu.addEventListener('toggle', () => {
      if (menu.open) for (const other of menus) if (other !== menu) other.open = false;
    });
    menu.addEventListener('keydown', event => {
      if (event.key !== 'Escape' || !menu.open) return;
      menu.open = false;
      menu.querySelector('summary')?.focus();
    });
  }
  // Enter in the tag's field adds the tag; without this it would press the form's first button
  form.querySelector('input[name=label]')?.addEventListener('keydown', event => {
    if (!(event instanceof KeyboardEvent) || event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    form.querySelector<HTMLButtonElement>('button[value=tag]')?.click();
  });
  show();
}
