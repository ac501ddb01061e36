/** A page says who looks at it: where that is another than the one whose cards this browser shows without a network, it shows nobody's. */
import { forgetLearner, remembered } from '../common/learner';

export const viewerName = (): string | undefined => document.body.dataset['viewer'];

export function noticeViewer(): void {
  const known = remembered();
  if (known && known.name !== viewerName()) forgetLearner();
}
