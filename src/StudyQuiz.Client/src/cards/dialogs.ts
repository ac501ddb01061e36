/** What can be done to a card other than answering it. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../common/lit';
import { flagReasons, type FlagReason } from './pack';
import type { LocalCard } from './store';
import { t } from './text';

const closeButton = (close: () => void) => html`<button class="btn icon" type="button" aria-label=${t('close')} @click=${close}>${icon('x')}</button>`;

/** @param editPath Where an editor changes the question; nothing for others, and without a network. */
export function moreDialog(card: LocalCard, editPath: string | undefined, close: () => void, act: {
  favourite(is: boolean): void;
  note(text: string): void;
  read(): void;
  bury(): void;
  suspend(): void;
}): TemplateResult {
  const save = (event: Event) => {
    event.preventDefault();
    act.note((event.target as HTMLFormElement).querySelector('textarea')!.value.trim());
    close();
  };
  return html`<dialog class="dialog" aria-labelledby="more-title" @cancel=${close}><div class="head"><h2 id="more-title">${t('moreTitle')}</h2>${closeButton(close)}</div>
    <form class="stack" @submit=${save}>
      <button class="btn" type="button" autofocus aria-pressed=${card.favourite} @click=${() => act.favourite(!card.favourite)}>${icon('star')}${t(card.favourite ? 'favourited' : 'favourite')}</button>
      <div class="field"><label for="own-note">${t('note')}</label><textarea class="input" id="own-note" maxlength="2000" rows="3" .value=${card.note ?? ''}></textarea><span class="hint">${t('noteSays')}</span></div>
      <button class="btn primary">${t('save')}</button>
    </form>
    <div class="stack after">
      <button class="btn" @click=${() => { close(); act.read(); }}>${icon('book')}${t('text')}</button>
      ${editPath ? html`<a class="btn" href=${editPath}>${t('edit')}</a>` : nothing}
      <div class="deed"><button class="btn" aria-describedby="bury-says" @click=${act.bury}>${t('bury')}</button><p class="sm muted" id="bury-says">${t('burySays')}</p></div>
      <div class="deed"><button class="btn" aria-describedby="suspend-says" @click=${act.suspend}>${t('suspend')}</button><p class="sm muted" id="suspend-says">${t('suspendSays')}</p></div>
    </div></dialog>`;
}

export function flagDialog(close: () => void, send: (reason: FlagReason, words: string) => void): TemplateResult {
  const submit = (event: Event) => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    send(form.get('reason') as FlagReason, form.get('words') as string);
    close();
  };
  return html`<dialog class="dialog" aria-labelledby="flag-title" @cancel=${close}><div class="head"><h2 id="flag-title">${t('flagTitle')}</h2>${closeButton(close)}</div>
    <form class="stack" @submit=${submit}>
      <fieldset class="opts"><legend class="vh">${t('flagTitle')}</legend>${flagReasons.map((reason, i) => html`<label class="opt plainopt"><input type="radio" name="reason" value=${reason} ?checked=${i === 0} ?autofocus=${i === 0}><span>${t(`flag_${reason}`)}</span></label>`)}</fieldset>
      <div class="field"><label for="flag-words">${t('flagWords')}</label><textarea class="input" id="flag-words" name="words" maxlength="1000" rows="2"></textarea></div>
      <button class="btn primary">${t('flagSend')}</button>
    </form></dialog>`;
}
