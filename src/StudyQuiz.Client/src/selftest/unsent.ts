import { AnswerQueue } from './queue';

/** On a result: answers that this browser never got out while the test ran go out now, and are shown as late. */
class Unsent extends HTMLElement {
  connectedCallback(): void {
    const nothing = () => undefined;
    const queue = new AnswerQueue(this.dataset['attempt']!, () => 0, {
      changed: nothing, overtaken: nothing, adopted: nothing, refused: nothing, closed: () => location.reload(),
    });
    if (queue.waiting.length > 0) void queue.flush();
  }
}

customElements.define('sq-unsent', Unsent);
