import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { UpgradeRequest } from '../../../src/companion/policy/upgrade-request.ts';
import {
  AFTER_PARAMETER,
  MAX_POLLING_ORDER_BYTES,
  type PollingMessage,
  type PollingSettings,
  parsePollingOrder,
  RUN_PARAMETER,
  TRANSPORT_PARAMETER,
} from '../../../src/companion/polling.ts';
import { OPCODE, readAddress } from '../../../src/protocol/index.ts';
import { decodeText, encodeText } from '../../../src/text/utf8.ts';
import type { Connection, Handler, HandlerEvent } from '../../connection/handler.ts';
import { requestHeadOf } from '../../request/request-head.ts';
import type { WireObserver } from '../../socket/wire-observer.ts';
import type { Arrival } from '../../tap/request-bytes.ts';
import { PollingRun } from './polling-run.ts';
import type { SocketMeter } from './socket-meter.ts';

export const POLLING_LIMITS = { maxMessageBytes: MAX_POLLING_ORDER_BYTES, maxFragments: 16 };

/** For all pages together: each run has four transports, which a browser shares out over its six connections. */
const MAX_RUNS = 4;

/**
 * Sends the same events to a page in four ways. The page orders a run over a WebSocket, and the run ends with it.
 *
 * A request over HTTP needs the id of a run, which only the page that ordered it knows: a browser sends no Origin with a
 * plain GET, so the Origin cannot protect it.
 */
export class PollingHandler implements Handler {
  readonly #meter: SocketMeter;
  readonly #runs = new Map<string, PollingRun>();
  readonly #orderedBy = new Map<Connection, PollingRun>();

  constructor(meter: SocketMeter) {
    this.#meter = meter;
  }

  /** The number of runs that are going on. */
  get running(): number {
    return this.#runs.size;
  }

  dispatch(event: HandlerEvent, connection: Connection): void {
    if (event.type === 'open') this.#opened(event.accepted?.query ?? '', connection);
    if (event.type === 'message') this.#follow(decodeText(event.payload) ?? '', connection);
    if (event.type === 'close') this.#orderedBy.get(connection)?.stop();
  }

  /** Answers a request that asks for no WebSocket. @returns false if it names no run, or no transport over HTTP */
  answer(request: IncomingMessage, response: ServerResponse): boolean {
    const query = new URLSearchParams(readAddress(requestHeadOf(request)).query);
    const run = this.#runs.get(query.get(RUN_PARAMETER) ?? '');
    const by = query.get(TRANSPORT_PARAMETER);
    if (run === undefined || (by !== 'polling' && by !== 'long-polling' && by !== 'events')) return false;
    const after = /^\d{1,3}$/.exec(query.get(AFTER_PARAMETER) ?? '')?.[0];
    run.take(by, Number(after ?? 0), request, response);
    return true;
  }

  /** Counts the bytes of a connection that belongs to a run. */
  observe({ query }: UpgradeRequest, arrival: Arrival | undefined): WireObserver | undefined {
    const run = this.#runs.get(new URLSearchParams(query).get(RUN_PARAMETER) ?? '');
    return run?.observe(arrival?.chunks().reduce((sum, { bytes }) => sum + bytes.length, 0) ?? 0);
  }

  #opened(query: string, connection: Connection): void {
    const id = new URLSearchParams(query).get(RUN_PARAMETER);
    if (id === null || this.#runs.get(id)?.connect(connection) === true) return;
    connection.close(1008, 'there is no such run, or it has its WebSocket');
  }

  #follow(text: string, connection: Connection): void {
    const tell = (message: PollingMessage) =>
      connection.send({ opcode: OPCODE.text, payload: encodeText(JSON.stringify(message)) });
    const parsed = parsePollingOrder(text);
    if ('problem' in parsed) {
      tell({ type: 'problem', sentence: parsed.problem });
      return;
    }
    const { order } = parsed;
    if (order.type === 'clock') tell({ type: 'clock', ms: performance.now() });
    if (order.type === 'done') this.#orderedBy.get(connection)?.finish();
    if (order.type === 'run') this.#start(order, connection, tell);
  }

  #start(settings: PollingSettings, connection: Connection, tell: (message: PollingMessage) => void): void {
    const problem = this.#refusalOf(connection);
    if (problem !== undefined) {
      tell({ type: 'problem', sentence: problem });
      return;
    }
    const id = randomBytes(16).toString('base64url');
    const run = new PollingRun({
      settings,
      meter: this.#meter,
      tell,
      onEnded: () => {
        this.#runs.delete(id);
        this.#orderedBy.delete(connection);
      },
    });
    this.#runs.set(id, run);
    this.#orderedBy.set(connection, run);
    tell({ type: 'run', id });
  }

  #refusalOf(connection: Connection): string | undefined {
    if (this.#orderedBy.has(connection)) return 'A run is already going. Stop it, or wait until it is done.';
    return this.#runs.size < MAX_RUNS ? undefined : 'Too many pages are using the lab. Try again in a moment.';
  }
}
