/** What is picked of two texts stands in the field where it can be written on; 1, 2 and E pick in the first place that waits. */
export function merge(): void {
  const form = document.querySelector<HTMLFormElement>('.mergeform');
  if (!form) return;
  form.addEventListener('change', event => {
    const radio = event.target as HTMLInputElement;
    const result = radio.closest('[data-conflict]')?.querySelector<HTMLTextAreaElement>('[data-result]');
    if (!result || radio.type !== 'radio') return;
    if (radio.dataset['text'] !== undefined) result.value = radio.dataset['text'];
    else result.focus();
  });
  form.addEventListener('input', event => {
    const area = event.target as HTMLElement;
    if (area.matches('[data-result]')) area.closest('[data-conflict]')!.querySelector<HTMLInputElement>('[data-own]')!.checked = true;
  });
  addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || (event.target as Element).closest('textarea, input:not([type=radio])')) return;
    const value = { 1: 'mine', 2: 'theirs', e: 'own' }[event.key.toLowerCase()];
    const waits = [...form.querySelectorAll('[data-conflict]')].find(conflict => conflict.contains(event.target as Element)) ?? [...form.querySelectorAll('[data-conflict]')].find(conflict => !conflict.querySelector(':checked'));
    const radio = value && waits?.querySelector<HTMLInputElement>(`input[value="${value}"]`);
    if (!radio) return;
    event.preventDefault();
    radio.click();
    if (value !== 'own') radio.focus();
  });
}
