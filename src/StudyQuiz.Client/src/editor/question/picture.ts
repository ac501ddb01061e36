import { announce } from '../../common/announce';
import { t } from './text';

const largest = 2 * 1024 * 1024;

/** A picture is stored as soon as it is chosen, so that previews and the draft have it; the form then carries its name. */
export function pictureField(field: HTMLElement, drawn: () => void, changed: () => void): void {
  const file = field.querySelector<HTMLInputElement>('input[type=file]')!;
  const hash = field.querySelector<HTMLInputElement>('[name=pictureHash]')!;
  const shown = field.querySelector<HTMLImageElement>('[data-shown]')!;
  const gone = field.querySelector<HTMLElement>('[data-gone]')!;

  // What a picture shows is asked for once there is one
  const said = () => field.classList.toggle('bare', shown.hidden === true);
  said();
  // That it is there changes nothing of what was typed
  shown.addEventListener('load', drawn);
  gone.addEventListener('change', () => { shown.hidden = gone.querySelector('input')!.checked; said(); });
  file.addEventListener('change', () => {
    const chosen = file.files?.[0];
    if (chosen) void store(chosen);
  });

  async function store(chosen: File): Promise<void> {
    const data = new FormData();
    data.set('__RequestVerificationToken', field.closest('form')!.querySelector<HTMLInputElement>('[name=__RequestVerificationToken]')!.value);
    data.set('pictureFile', chosen);
    try {
      const answer = chosen.size > largest ? undefined : await fetch('/pictures', { method: 'POST', body: data });
      if (!answer?.ok) {
        // Why not, the server says, unless it was not asked
        const why = !answer ? t('pictureRefused') : answer.status === 415 ? (await answer.json() as { said: string }).said : t(answer.status >= 500 ? 'pictureAway' : 'pictureRefused');
        announce(why);
        field.querySelector('[data-refused]')?.remove();
        field.append(Object.assign(document.createElement('span'), { className: 'err', textContent: why }));
        field.lastElementChild!.setAttribute('data-refused', '');
        file.value = '';
        return;
      }
      field.querySelector('[data-refused]')?.remove();
      hash.value = (await answer.json() as { hash: string }).hash;
      file.value = '';
      shown.src = `/pictures/${hash.value}`;
      shown.hidden = gone.hidden = false;
      said();
      gone.querySelector('input')!.checked = false;
      field.querySelector<HTMLInputElement>('#pictureAlt')!.focus();
      changed();
    } catch {
      // The file stays chosen and goes with the form.
      announce(t('pictureAway'));
    }
  }
}
