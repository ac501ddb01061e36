/** Reads cards aloud where the device has a voice of their language. */
export class Voice {
  #voice: SpeechSynthesisVoice | undefined;
  isSpeaking = false;

  constructor(private readonly language: () => string, private readonly changed: () => void) {}

  get isThere(): boolean {
    return this.#voice !== undefined;
  }

  begin(): void {
    this.find();
    globalThis.speechSynthesis?.addEventListener?.('voiceschanged', this.find);
  }

  end(): void {
    globalThis.speechSynthesis?.removeEventListener?.('voiceschanged', this.find);
  }

  readonly find = () => {
    const wanted = this.language().slice(0, 2);
    this.#voice = globalThis.speechSynthesis?.getVoices?.().find(voice => voice.lang.toLowerCase().startsWith(wanted));
    this.changed();
  };

  /** Speaks, or stops where it speaks already. */
  toggle(words: string): void {
    if (!this.#voice) return;
    if (this.isSpeaking) return this.stop();
    const said = new SpeechSynthesisUtterance(words);
    said.voice = this.#voice;
    said.lang = this.#voice.lang;
    said.onend = said.onerror = () => { this.isSpeaking = false; this.changed(); };
    this.isSpeaking = true;
    speechSynthesis.speak(said);
    this.changed();
  }

  stop(): void {
    if (!this.isSpeaking) return;
    speechSynthesis.cancel();
    this.isSpeaking = false;
    this.changed();
  }
}
