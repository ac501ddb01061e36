import { HttpTransportType, HubConnectionBuilder, HubConnectionState, LogLevel, type HubConnection } from '@microsoft/signalr';
import type { Attached } from './contract';

export type LinkState = 'connecting' | 'online' | 'reconnecting';

export interface LiveHandlers<V> {
  hub: string;
  /** Arguments of Attach, which names the seat or screen again after every connect. */
  attach: unknown[];
  view(view: V): void;
  link(state: LinkState): void;
  refused(why: string): void;
  evicted?(): void;
}

type Way = 'sockets' | 'negotiated';

const socketMs = 3_000;
const otherMs = 12_000;
const attachMs = 10_000;
/** For so long only sockets are tried where they stood until just now: a server that is starting takes its time, and who falls back stays there for the game. */
const sameWayMs = 15_000;
/** Whoever looks at the screen again waits no longer than this for a socket that may be dead. */
const checkMs = 800;
/** How often, at most, a page that gets no connection asks whether it would still be shown. */
const askMs = 15_000;
const pauses = [0, 400, 1_000, 2_000, 3_000];

/** A hub connection that is never given up: it comes back by itself, attaches again, and shows nothing older than what is on the screen. */
export class LiveConnection<V extends { version: number }> {
  #hub: HubConnection | undefined;
  #way: Way = 'sockets';
  #sameWayUntil = 0;
  #running = false;
  #run = 0;
  #version = -1;
  #state: LinkState | undefined;
  #wake: (() => void) | undefined;
  #hiddenSince: number | undefined;
  #askedAt = -Infinity;

  constructor(private readonly on: LiveHandlers<V>) {}

  get online(): boolean {
    return this.#state === 'online';
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    document.addEventListener('visibilitychange', this.#seen);
    addEventListener('online', this.#hurry);
    addEventListener('pageshow', this.#hurry);
    void this.#keepConnected(++this.#run);
  }

  stop(): void {
    if (!this.#running) return;
    this.#running = false;
    this.#run++;
    document.removeEventListener('visibilitychange', this.#seen);
    removeEventListener('online', this.#hurry);
    removeEventListener('pageshow', this.#hurry);
    this.#wake?.();
    void this.#hub?.stop();
    this.#hub = undefined;
  }

  /** Calls the hub; fails where there is no connection. */
  async invoke<T>(method: string, ...args: unknown[]): Promise<T> {
    const hub = this.#hub;
    if (!hub || hub.state !== HubConnectionState.Connected) throw new Error('not connected');
    return hub.invoke<T>(method, ...args);
  }

  async #keepConnected(run: number): Promise<void> {
    for (let tries = 0; run === this.#run; tries++) {
      this.#say(this.#version < 0 ? 'connecting' : 'reconnecting');
      const hub = await this.#connect(run);
      if (run !== this.#run) {
        void hub?.stop();
        return;
      }
      if (hub) {
        tries = 0;
        const closed = new Promise<void>(resolve => hub.onclose(() => resolve()));
        this.#hub = hub;
        const attached = hub.state === HubConnectionState.Connected && await this.#attach(hub);
        if (run !== this.#run) return;
        if (attached) {
          this.#say('online');
          await closed;
          if (this.#way === 'sockets') this.#sameWayUntil = performance.now() + sameWayMs;
          this.#hub = undefined;
        } else {
          this.#hub = undefined;
          await hub.stop();
          tries = 2;
        }
      }
      if (!hub && tries > 0 && run === this.#run) await this.#askPage();
      if (run === this.#run) await this.#pause(pauses[Math.min(tries, pauses.length - 1)]!);
    }
  }

  /** Web sockets without negotiation first; where they do not stand within 3 s, SignalR's other transports. What worked last goes first. */
  async #connect(run: number): Promise<HubConnection | undefined> {
    const ways: Way[] = performance.now() < this.#sameWayUntil ? ['sockets'] : this.#way === 'sockets' ? ['sockets', 'negotiated'] : ['negotiated', 'sockets'];
    for (const way of ways) {
      if (run !== this.#run) return undefined;
      const hub = this.#build(way);
      try {
        await within(way === 'sockets' ? socketMs : otherMs, hub.start());
        this.#way = way;
        return hub;
      } catch {
        void hub.stop();
      }
    }
    return undefined;
  }

  // A socket does not tell why it was refused. The page does: who has no seat any more, or is signed out, is led to where one gets in.
  async #askPage(): Promise<void> {
    if (performance.now() - this.#askedAt < askMs) return;
    this.#askedAt = performance.now();
    try {
      const page = await fetch(location.href, { redirect: 'manual', headers: { accept: 'text/html' } });
      if (page.type === 'opaqueredirect' || page.status === 404) location.reload();
    } catch {
      this.#askedAt = -Infinity; // nobody there yet
    }
  }

  #build(way: Way): HubConnection {
    // A proxy that swallows an upgrade would hold the negotiated way as well, so that one leaves web sockets out.
    const options = way === 'sockets'
      ? { skipNegotiation: true, transport: HttpTransportType.WebSockets }
      : { transport: HttpTransportType.ServerSentEvents | HttpTransportType.LongPolling };
    const hub = new HubConnectionBuilder().withUrl(this.on.hub, options).configureLogging(LogLevel.None).build();
    hub.serverTimeoutInMilliseconds = 25_000;
    hub.keepAliveIntervalInMilliseconds = 10_000;
    hub.on('View', (view: V) => this.#show(view));
    hub.on('Removed', (why: string) => {
      this.stop();
      this.on.refused(why);
    });
    hub.on('Evicted', () => {
      this.stop();
      this.on.evicted?.();
    });
    return hub;
  }

  async #attach(hub: HubConnection, limit = attachMs): Promise<boolean> {
    try {
      const attached = await within(limit, hub.invoke<Attached<V>>('Attach', ...this.on.attach));
      if (attached.view) {
        this.#show(attached.view);
        return true;
      }
      this.stop();
      this.on.refused(attached.refusal ?? 'unknownGame');
      return false;
    } catch {
      return false;
    }
  }

  #show(view: V): void {
    if (!this.#running || view.version < this.#version) return;
    this.#version = view.version;
    this.on.view(withoutNulls(view));
  }

  #say(state: LinkState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.on.link(state);
  }

  #pause(ms: number): Promise<void> {
    if (ms === 0) return Promise.resolve();
    // A room full of phones must not come back in step.
    const spread = ms * (0.7 + Math.random() * 0.6);
    return new Promise(resolve => {
      const timer = setTimeout(done, spread);
      this.#wake = done;
      function done() {
        clearTimeout(timer);
        resolve();
      }
    });
  }

  readonly #hurry = () => this.#wake?.();

  // A phone that slept may hold a dead socket that still looks open: ask for the view again, and let go of a hub that does not answer.
  readonly #seen = () => {
    if (document.hidden) {
      this.#hiddenSince = performance.now();
      return;
    }
    this.#hurry();
    const hub = this.#hub;
    if (hub && this.#state === 'online' && this.#hiddenSince !== undefined && performance.now() - this.#hiddenSince > 2_000) {
      void this.#attach(hub, checkMs).then(alive => { if (!alive && this.#running) void hub.stop(); });
    }
    this.#hiddenSince = undefined;
  };
}

// The server writes null where the contract says absent; in a list null is a value.
function withoutNulls<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutNulls) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== null).map(([name, part]) => [name, withoutNulls(part)])) as T;
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('too slow')), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
