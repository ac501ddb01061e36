import { t } from './text';

const pause = 1500;
const again = 5000;

/** Keeps what is typed on the server, a moment after the last key; the server takes the newest and lets go of it when the question is saved. */
export class Drafts {
  #timer: number | undefined;
  #dirty = false;
  #over = false;
  #sending = false;

  constructor(private readonly form: HTMLFormElement, private readonly path: string, private readonly said: HTMLElement) {
    addEventListener('pagehide', () => {
      if (this.#dirty && !this.#over) navigator.sendBeacon(`${path}/draft`, this.#data());
    });
    addEventListener('online', () => this.#dirty && this.#soon(0));
    form.addEventListener('submit', () => {
      this.#over = true;
      clearTimeout(this.#timer);
    });
    addEventListener('pageshow', event => { if (event.persisted) this.#over = false; });
  }

  changed(): void {
    this.#dirty = true;
    this.#soon(pause);
  }

  #soon(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#keep(), wait);
  }

  async #keep(): Promise<void> {
    if (this.#over || this.#sending) return;
    this.#sending = true;
    this.#dirty = false;
    try {
      const answer = await fetch(`${this.path}/draft`, { method: 'POST', body: this.#data() });
      if (!answer.ok) throw new Error(String(answer.status));
      this.#say('', t('keptAt', { time: new Date().toTimeString().slice(0, 5) }));
    } catch {
      this.#dirty = true;
      this.#say('queued', t('notKept'));
    } finally {
      this.#sending = false;
    }
    if (this.#dirty) this.#soon(again);
  }

  #data(): FormData {
    const data = new FormData(this.form);
    data.delete('pictureFile');
    data.set('sequence', String(Date.now()));
    return data;
  }

  #say(state: string, text: string): void {
    this.said.className = `saved ${state}`;
    this.said.textContent = text;
  }
}
