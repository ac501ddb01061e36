type Note = [hertz: number, at: number, seconds: number];

const joined: Note[] = [[660, 0, 0.09]];
const opened: Note[] = [[392, 0, 0.14], [587, 0.13, 0.22]];
const tick: Note[] = [[880, 0, 0.05]];
const closed: Note[] = [[523, 0, 0.16], [392, 0.15, 0.3]];
const board: Note[] = [[523, 0, 0.1], [659, 0.1, 0.1], [784, 0.2, 0.2]];
const podium: Note[] = [[523, 0, 0.18], [523, 0.2, 0.1], [659, 0.32, 0.18], [784, 0.52, 0.22], [1047, 0.78, 0.6]];
const tunes = { joined, opened, tick, closed, board, podium };

/** What the room hears from the projector: made here, no file is fetched. Silent until the host wants it. */
export class Sounds {
  #context?: AudioContext;
  on = false;

  play(tune: keyof typeof tunes): void {
    if (!this.on) return;
    const context = this.#context ??= new AudioContext();
    // Browsers keep a page silent until somebody has pressed something on it; a sound that is due before is left out.
    if (context.state === 'suspended') {
      void context.resume();
      return;
    }
    for (const [hertz, at, length] of tunes[tune]) this.#sing(context, hertz, context.currentTime + at, length);
  }

  #sing(context: AudioContext, hertz: number, from: number, length: number): void {
    const [voice, volume] = [context.createOscillator(), context.createGain()];
    voice.type = 'triangle';
    voice.frequency.value = hertz;
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(0.22, from + 0.012);
    volume.gain.exponentialRampToValueAtTime(0.001, from + length + 0.12);
    voice.connect(volume).connect(context.destination);
    voice.start(from);
    voice.stop(from + length + 0.15);
  }

  stop(): void {
    void this.#context?.close();
    this.#context = undefined;
  }
}
