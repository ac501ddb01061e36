/** A button that sent its form says so and takes no second press; coming back by the browser's history frees it. */
export function busyForms(): void {
  document.addEventListener('submit', event => {
    const form = event.target as HTMLFormElement;
    const button = event.submitter;
    if (event.defaultPrevented || form.target === '_blank' || !(button instanceof HTMLButtonElement)) return;
    if (button.getAttribute('aria-busy') === 'true') {
      event.preventDefault();
      return;
    }
    // Not disabled: a disabled button drops its name and value from the form.
    button.setAttribute('aria-busy', 'true');
  });
  addEventListener('pageshow', event => {
    if (!event.persisted) return;
    for (const button of document.querySelectorAll('button[aria-busy="true"]')) button.removeAttribute('aria-busy');
  });
}
