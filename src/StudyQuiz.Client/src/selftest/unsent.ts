import { forgetAll } from '../common/storage';
import { AnswerQueue } from './queue';

/** On a result: answers that this browser never got out while the test ran go out now, and are shown as late; what else it kept of the test goes. */
class Unsent extends HTMLElement {
  connectedCallback(): void {
    const nothing = () => undefined;
    const queue = new AnswerQueue(this.dataset['attempt']!, () => 0, {
      changed: nothing, overtaken: nothing, adopted: nothing, refused: nothing, closed: () => location.reload(),
    });
    void queue.flush().then(() => { if (queue.waiting.length === 0) forgetAll(`sq-attempt-${this.dataset['attempt']!}-`); });
  }
}

customElements.define('sq-unsent', Unsent);
