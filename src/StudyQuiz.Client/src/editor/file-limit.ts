/** A file that is too large is refused before it is sent, so that nothing that was entered is lost. The server refuses it too. */
export function fileLimit(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-largest]');
  const input = form?.querySelector<HTMLInputElement>('input[type=file]');
  const message = document.getElementById('file-too-large');
  if (!form || !input || !message) return;
  const look = (): boolean => {
    const tooLarge = (input.files?.[0]?.size ?? 0) > Number(form.dataset['largest']);
    message.hidden = !tooLarge;
    if (tooLarge) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
    return tooLarge;
  };
  input.addEventListener('change', look);
  form.addEventListener('submit', event => {
    if (!look()) return;
    event.preventDefault();
    event.stopPropagation();
    input.focus();
  });
}
