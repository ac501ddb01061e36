import { announce } from '../../common/announce';
import { Drafts } from './drafts';
import { EvidencePanel } from './evidence';
import { Findings } from './findings';
import { typed } from './form';
import { pictureField } from './picture';
import { previews } from './previews';
import { movableLines, rows } from './rows';
import { t } from './text';

const blank = '＿＿＿';

/** The server's form of a question, made live: evidence by selecting, gates while typing, rows that move, previews, a draft that is kept. Without it the form does all that has to be done. */
class QuestionEditor extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector('form')!;
    const changed = () => form.dispatchEvent(new Event('input', { bubbles: true }));
    const evidence = new EvidencePanel(this.querySelector('[data-evidence]')!, changed);
    const findings = new Findings(this, form, quote => evidence.add(quote));
    const drafts = new Drafts(form, this.dataset['path']!, this.querySelector('[data-kept]')!);
    const list = this.querySelector<HTMLElement>('[data-rows]');
    if (list) rows(list, this.querySelector('[data-add]'), changed);
    const answer = form.querySelector<HTMLTextAreaElement>('#answer');
    if (answer && this.dataset['type'] === 'ordering') movableLines(answer);
    this.querySelector('[data-blank]')?.addEventListener('click', () => this.#makeBlank(form, answer!));

    const show = () => previews(this.querySelector('[data-previews]')!, typed(form));
    pictureField(this.querySelector('[data-picture]')!, show, changed);
    // Some of the form's fields stand beside it
    this.addEventListener('input', event => {
      show();
      if ((event.target as Element).closest('[data-previews]')) return;
      findings.changed();
      drafts.changed();
    });
    show();
    this.setAttribute('data-ready', '');
  }

  #makeBlank(form: HTMLFormElement, answer: HTMLTextAreaElement): void {
    const stem = form.querySelector<HTMLTextAreaElement>('#stem')!;
    const { selectionStart, selectionEnd, value } = stem;
    const words = value.slice(selectionStart, selectionEnd).trim();
    if (!words) {
      announce(t('blankChoose'));
      stem.focus();
      return;
    }
    // One blank: what was left out before is said again
    const before = answer.value.split('\n')[0] ?? '';
    stem.value = `${value.slice(0, selectionStart).replace(blank, before)}${blank}${value.slice(selectionEnd).replace(blank, before)}`;
    answer.value = words;
    stem.dispatchEvent(new Event('input', { bubbles: true }));
    announce(t('blankMade', { words }));
  }
}

customElements.define('sq-question-editor', QuestionEditor);
