import { t } from './selftest-text';

export const isWithdrawn = (section: HTMLElement) => 'withdrawn' in section.dataset;

/** Empties the place of a question that the editors withdrew, as the server's page shows it. @returns False where it was empty before. */
export function withdraw(section: HTMLElement): boolean {
  if (isWithdrawn(section)) return false;
  section.dataset['withdrawn'] = '';
  section.dataset['outcome'] = 'Withdrawn';
  delete section.dataset['type'];
  const heading = document.createElement('h2');
  heading.className = 'stem';
  heading.tabIndex = -1;
  heading.textContent = t('withdrawnTitle');
  const says = document.createElement('p');
  says.textContent = t('withdrawnSays');
  const meta = section.querySelector('.qmeta');
  section.replaceChildren(...(meta ? [meta] : []), heading, says);
  return true;
}
