import { t } from './text';

const dayMs = 86_400_000;

/** Minutes and seconds, as a clock shows them. */
export function time(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}

/** A wait as people say it. */
export function wait(ms: number): string {
  const days = Math.round(ms / dayMs);
  if (ms < 3_600_000) return t('minutes', { n: Math.max(1, Math.round(ms / 60_000)) });
  if (days < 1) return t('hours', { n: Math.round(ms / 3_600_000) });
  if (days < 31) return t('days', { n: days });
  if (days < 365) return t('months', { n: Math.round(days / 30.4 * 10) / 10 });
  return t('years', { n: Math.round(days / 365 * 10) / 10 });
}
