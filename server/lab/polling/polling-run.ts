import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  MAX_POLLING_REQUESTS,
  type PollingMessage,
  type PollingReport,
  type PollingSettings,
  TRANSPORTS,
  type Transport,
} from '../../../src/companion/polling.ts';
import { answerText, eventText, eventTimes, streamedText } from '../../../src/lab/polling/schedule.ts';
import { OPCODE } from '../../../src/protocol/index.ts';
import { encodeText } from '../../../src/text/utf8.ts';
import type { Connection } from '../../connection/handler.ts';
import { setSafeHeaders } from '../../request/safe-headers.ts';
import type { WireObserver } from '../../socket/wire-observer.ts';
import type { SocketMeter } from './socket-meter.ts';
import { Tally } from './tally.ts';
import { Timers } from './timers.ts';

/** How long a page may take to open all four transports. */
const OPENING_TIMEOUT_MS = 5000;
/** How long a page may take, after the last event, to say that it has all of them. */
const PATIENCE_MS = 10_000;

/** An HTTP request that waits for something to answer. */
interface Asked {
  readonly by: 'polling' | 'long-polling';
  readonly response: ServerResponse;
  /** The number of events that the page has. */
  readonly after: number;
  readonly arrivedMs: number;
}

export interface RunOptions {
  readonly settings: PollingSettings;
  readonly meter: SocketMeter;
  readonly tell: (message: PollingMessage) => void;
  /** Called once, when nothing of the run is left. */
  readonly onEnded: () => void;
}

/**
 * One run: the same events in four ways, with a delay each way, and the bytes of each.
 *
 * The delay is the server's: it looks at a request only after the delay, and writes an answer only after the delay. A
 * WebSocket and a stream of events are delayed only on the way to the page, because nothing comes from it after they
 * are open.
 */
export class PollingRun {
  readonly #options: RunOptions;
  readonly #timers = new Timers();
  readonly #tallies = Object.fromEntries(TRANSPORTS.map((name) => [name, new Tally()])) as Record<Transport, Tally>;
  readonly #ready = new Set<Transport>();
  readonly #eventsMs: number[] = [];
  readonly #open = new Set<ServerResponse>();
  #held: Asked | undefined;
  #stream: ServerResponse | undefined;
  #socket: Connection | undefined;
  #started = false;
  #ended = false;

  constructor(options: RunOptions) {
    this.#options = options;
    this.#timers.after(OPENING_TIMEOUT_MS, () => {
      if (this.#started) return;
      const missing = TRANSPORTS.filter((name) => !this.#ready.has(name)).join(', ');
      this.#fail(`The page did not open every transport in time. Missing: ${missing}. Close other tabs of this site.`);
    });
  }

  /** Takes an HTTP request. @param after the number of events that the page has */
  take(by: Exclude<Transport, 'websocket'>, after: number, request: IncomingMessage, response: ServerResponse): void {
    const tally = this.#tallies[by];
    if (this.#ended || tally.requests >= MAX_POLLING_REQUESTS) {
      refuseRun(response, this.#ended ? 410 : 429);
      return;
    }
    const { settings, meter } = this.#options;
    tally.add('up', meter.requestBytes(request));
    tally.addFields('up', request.rawHeaders.length / 2);
    this.#open.add(response);
    response.once('finish', () => tally.add('down', meter.takeResponseBytes(request.socket)));
    response.once('close', () => this.#open.delete(response));
    this.#timers.after(settings.delayMs, () => {
      if (by === 'events') this.#openStream(response);
      else this.#ask({ by, response, after, arrivedMs: performance.now() });
    });
  }

  /** Counts the bytes of the WebSocket, from its first one on. @param requestBytes the length of its request */
  observe(requestBytes: number): WireObserver | undefined {
    if (this.#socket !== undefined || this.#ended) return undefined;
    const tally = this.#tallies.websocket;
    tally.add('up', requestBytes);
    return {
      chunk(direction, ...ranges) {
        const bytes = ranges.reduce((sum, { length }) => sum + length, 0);
        tally.add(direction === 'in' ? 'up' : 'down', bytes);
      },
      close() {},
    };
  }

  /** Takes the WebSocket. @returns false if the run has one already */
  connect(connection: Connection): boolean {
    if (this.#socket !== undefined || this.#ended) return false;
    this.#socket = connection;
    this.#timers.after(this.#options.settings.delayMs, () => this.#isReady('websocket'));
    return true;
  }

  /** The page has everything: the counts are complete. */
  finish(): void {
    if (!this.#started || this.#ended) return;
    this.#readStream();
    const report = (name: Transport) => this.#tallies[name].report();
    const transports: PollingReport['transports'] = {
      polling: report('polling'),
      'long-polling': report('long-polling'),
      events: report('events'),
      websocket: report('websocket'),
    };
    this.#options.tell({ type: 'report', report: { eventsMs: this.#eventsMs, transports } });
    this.stop();
  }

  /** Ends every timer, response and connection of the run. */
  stop(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#timers.stop();
    for (const response of this.#open) {
      if (response.headersSent) response.end();
      else refuseRun(response, 410);
    }
    this.#open.clear();
    this.#socket?.close(1000, 'the run is over');
    this.#options.onEnded();
  }

  #fail(sentence: string): void {
    if (this.#ended) return;
    this.#options.tell({ type: 'problem', sentence });
    this.stop();
  }

  #openStream(response: ServerResponse): void {
    setSafeHeaders(response);
    response.writeHead(200, { 'Cache-Control': 'no-store', 'Content-Type': 'text/event-stream' });
    response.flushHeaders();
    this.#countFields('events', response);
    // Only one stream is counted: a page opens one, and a second gets no events.
    this.#stream ??= response;
    this.#isReady('events');
  }

  #ask(asked: Asked): void {
    if (asked.by === 'polling' || this.#eventsMs.length > asked.after) this.#answer(asked);
    else {
      const before = this.#held;
      this.#held = asked;
      if (before !== undefined) this.#answer(before);
    }
    this.#isReady(asked.by);
  }

  #answer({ by, response, after, arrivedMs }: Asked): void {
    const count = Math.max(this.#eventsMs.length - after, 0);
    this.#tallies[by].addAnswer({ arrivedMs: round(arrivedMs), answeredMs: now(), first: after, count });
    const body = answerText(after, count);
    this.#timers.after(this.#options.settings.delayMs, () => {
      setSafeHeaders(response);
      response.writeHead(200, {
        'Cache-Control': 'no-store',
        'Content-Type': 'text/plain',
        'Content-Length': String(body.length),
      });
      this.#countFields(by, response);
      response.end(body);
    });
  }

  /** With Date, which Node adds; without Connection and Keep-Alive, which HTTP/2 does not have. RFC 9113 §8.2.2. */
  #countFields(by: Transport, response: ServerResponse): void {
    this.#tallies[by].addFields('down', response.getHeaderNames().length + 1);
  }

  #isReady(transport: Transport): void {
    this.#ready.add(transport);
    if (this.#started || this.#ready.size < TRANSPORTS.length) return;
    this.#started = true;
    this.#readStream();
    this.#tallies.events.endOpening();
    this.#tallies.websocket.endOpening();
    this.#options.tell({ type: 'started' });
    const startMs = performance.now();
    const times = eventTimes(this.#options.settings);
    const { pollMs, delayMs } = this.#options.settings;
    const lastMs = times.at(-1) ?? 0;
    for (const ms of times) this.#timers.after(startMs + ms - performance.now(), () => this.#happen());
    this.#timers.after(lastMs + pollMs + 4 * delayMs + PATIENCE_MS, () =>
      this.#fail('The page did not say that it has every event. Run it again.'),
    );
  }

  /** An event: every transport sends it as soon as it can. */
  #happen(): void {
    const index = this.#eventsMs.length;
    const answeredMs = now();
    this.#eventsMs.push(answeredMs);
    for (const by of ['events', 'websocket'] as const)
      this.#tallies[by].addAnswer({ arrivedMs: undefined, answeredMs, first: index, count: 1 });
    this.#timers.after(this.#options.settings.delayMs, () => {
      this.#stream?.write(streamedText(index));
      this.#socket?.send({ opcode: OPCODE.text, payload: encodeText(eventText(index)) });
    });
    const held = this.#held;
    this.#held = undefined;
    if (held !== undefined) this.#answer(held);
  }

  /** A stream has no end at which its bytes could be counted. */
  #readStream(): void {
    const socket = this.#stream?.socket;
    if (socket) this.#tallies.events.add('down', this.#options.meter.takeResponseBytes(socket));
  }
}

/** Tells a page that its run is over, or that it asks too often. */
function refuseRun(response: ServerResponse, httpStatus: 410 | 429): void {
  setSafeHeaders(response);
  response.writeHead(httpStatus, { 'Cache-Control': 'no-store', 'Content-Length': '0' });
  response.end();
}

/** On the clock of `performance.now()`, to a hundredth of a millisecond. */
function now(): number {
  return round(performance.now());
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100;
}
