/** One key for each button and link that names it in data-key, unless somebody is typing or an input method is composing. */
export function shortcuts(): void {
  if (!document.querySelector('[data-key]')) return;
  addEventListener('keydown', event => {
    if (event.defaultPrevented || event.repeat || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.target as Element).closest('input, textarea, select')) return;
    const key = event.key.toLowerCase();
    if (!/^[a-z]$/.test(key)) return;
    const control = document.querySelector<HTMLElement>(`[data-key="${key}"]`);
    if (!control) return;
    event.preventDefault();
    control.click();
  });
}
