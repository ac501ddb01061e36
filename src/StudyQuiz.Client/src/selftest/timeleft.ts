import { announce } from '../common/announce';
import { t } from './selftest-text';
import { setText } from './saved';

const announced = new Map([[60, 'minuteLeft'], [30, 'halfMinuteLeft'], [10, 'tenSeconds']] as const);

/** Shows the seconds left in a page's head; those who don't see them are told three times, and no more. */
export function showTimeLeft(root: Element, left: number): void {
  const [minutes, seconds] = [Math.floor(left / 60), left % 60];
  setText(root, '[data-clock]', `${String(minutes).padStart(2, '0')}:${String(seconds).padStart(2, '0')}`);
  root.querySelector('.clock')?.setAttribute('aria-label', t('clockSaid', { m: minutes, s: seconds }));
  const said = announced.get(left as 60);
  if (said) announce(t(said));
}
