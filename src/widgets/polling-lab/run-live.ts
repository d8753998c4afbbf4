import {
  AFTER_PARAMETER,
  countEvents,
  POLLING_PATH,
  type PollingMessage,
  type PollingOrder,
  type PollingReport,
  type PollingSettings,
  parsePollingMessage,
  RUN_PARAMETER,
  TRANSPORT_PARAMETER,
  TRANSPORTS,
  type Transport,
} from '../../companion/polling.ts';
import {
  type ClockTry,
  clockAhead,
  forEachTransport,
  type Heard,
  joinResult,
  type PollingResult,
} from '../../lab/polling/result.ts';

/** What a run tells its owner. */
export interface RunListener {
  came(events: number): void;
  done(result: PollingResult): void;
  failed(sentence: string): void;
  /** The companion is gone. */
  lost(why: string): void;
}

const CLOCK_TRIES = 5;

/** Runs the lab against the companion. @returns a function that stops the run; nothing is told after that */
export function runLive(settings: PollingSettings, listener: RunListener): () => void {
  const run = new LiveRun(settings, listener);
  return () => run.stop();
}

/** One run: five connections, and what came over each. */
class LiveRun {
  readonly #settings: PollingSettings;
  readonly #listener: RunListener;
  readonly #control = new WebSocket(POLLING_PATH);
  readonly #abort = new AbortController();
  readonly #heard = forEachTransport((): Heard[] => []);
  readonly #clock: ClockTry[] = [];
  #clockAskedMs = 0;
  #stream: EventSource | undefined;
  #socket: WebSocket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(settings: PollingSettings, listener: RunListener) {
    this.#settings = settings;
    this.#listener = listener;
    this.#control.onopen = () => this.#askClock();
    this.#control.onmessage = ({ data }) => this.#take(String(data));
    this.#control.onclose = () => {
      this.stop();
      listener.lost('The companion ended the run, or it is gone.');
    };
  }

  stop(): void {
    this.#control.onclose = null;
    this.#control.onmessage = null;
    this.#control.close();
    this.#abort.abort();
    clearTimeout(this.#timer);
    this.#stream?.close();
    this.#socket?.close();
  }

  #take(text: string): void {
    const receivedMs = performance.now();
    const parsed = parsePollingMessage(text);
    if ('problem' in parsed) this.#fail(`${parsed.problem} Restart the companion and reload the page.`);
    else this.#follow(parsed.message, receivedMs);
  }

  #follow(message: PollingMessage, receivedMs: number): void {
    if (message.type === 'clock') this.#compareClocks(message.ms, receivedMs);
    if (message.type === 'run') this.#open(message.id);
    if (message.type === 'problem') this.#fail(message.sentence);
    if (message.type === 'report') this.#finish(message.report);
  }

  #askClock(): void {
    this.#clockAskedMs = performance.now();
    this.#order({ type: 'clock' });
  }

  #compareClocks(serverMs: number, answeredMs: number): void {
    this.#clock.push({ askedMs: this.#clockAskedMs, serverMs, answeredMs });
    if (this.#clock.length < CLOCK_TRIES) this.#askClock();
    else this.#order({ type: 'run', ...this.#settings });
  }

  #order(order: PollingOrder): void {
    this.#control.send(JSON.stringify(order));
  }

  #open(id: string): void {
    const target = (by: Transport, after = 0) => {
      const query = { [RUN_PARAMETER]: id, [TRANSPORT_PARAMETER]: by, [AFTER_PARAMETER]: String(after) };
      return `${POLLING_PATH}?${new URLSearchParams(query)}`;
    };
    for (const by of ['polling', 'long-polling'] as const) {
      void this.#ask(by, target).catch(() => {
        // A run that was stopped has nothing more to say.
        if (!this.#abort.signal.aborted) this.#fail('A request got no answer. Run it again.');
      });
    }
    this.#stream = new EventSource(target('events'));
    this.#stream.onmessage = () => this.#hear('events', undefined, 1);
    this.#socket = new WebSocket(target('websocket'));
    this.#socket.onmessage = () => this.#hear('websocket', undefined, 1);
  }

  /** Asks again and again, until every event has come. */
  async #ask(by: 'polling' | 'long-polling', target: (by: Transport, after: number) => string): Promise<void> {
    const { signal } = this.#abort;
    for (let has = 0; has < countEvents(this.#settings); ) {
      const askedMs = performance.now();
      const response = await fetch(target(by, has), { cache: 'no-store', signal });
      const text = await response.text();
      if (!response.ok) throw new Error(String(response.status));
      const count = text === '' ? 0 : text.split('\n').length;
      has += count;
      this.#hear(by, askedMs, count);
      if (by === 'polling') await this.#wait(this.#settings.pollMs);
    }
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#timer = setTimeout(resolve, ms);
    });
  }

  #hear(by: Transport, askedMs: number | undefined, count: number): void {
    this.#heard[by].push({ askedMs, receivedMs: performance.now(), count });
    if (count === 0) return;
    this.#listener.came(count);
    const events = countEvents(this.#settings);
    const has = (name: Transport) => this.#heard[name].reduce((sum, each) => sum + each.count, 0);
    if (TRANSPORTS.every((name) => has(name) >= events)) this.#order({ type: 'done' });
  }

  #finish(report: PollingReport): void {
    this.stop();
    this.#listener.done(joinResult(this.#settings, report, this.#heard, clockAhead(this.#clock)));
  }

  #fail(sentence: string): void {
    this.stop();
    this.#listener.failed(sentence);
  }
}
