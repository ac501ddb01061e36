/** What is chosen in a filter is asked for at once, and what asks for nothing stays out of the address. */
export function asking(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-asks]');
  if (!form) return;
  form.addEventListener('change', event => {
    if (event.target instanceof HTMLSelectElement) form.requestSubmit();
  });
  form.addEventListener('formdata', event => {
    for (const [name, value] of [...event.formData]) if (value === '') event.formData.delete(name);
  });
}
