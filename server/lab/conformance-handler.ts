import {
  type ConformanceAnswer,
  type ConformanceRequest,
  MAX_ORDER_BYTES,
  parseConformanceOrder,
} from '../../src/companion/conformance.ts';
import { OPCODE } from '../../src/protocol/index.ts';
import { decodeText, encodeText } from '../../src/text/utf8.ts';
import { isLoopback, parseServerUrl, type ServerUrl } from '../conformance/target.ts';
import type { Connection, Handler, HandlerEvent } from '../connection/handler.ts';
import { FORBIDDEN_PORTS } from './forbidden-ports.ts';
import { LOOPBACK_ONLY } from './loopback-only.ts';
import type { check } from './run-conformance.ts';

export const CONFORMANCE_LIMITS = { maxMessageBytes: MAX_ORDER_BYTES, maxFragments: 64 };

/** The limit for all pages together: each run opens several connections and moves megabytes. */
const MAX_RUNS = 4;

/** Runs the conformance suite against servers on this machine, one run at a time for each page. */
export class ConformanceHandler implements Handler {
  readonly #running = new Map<Connection, AbortController>();
  readonly #loopbackOnly: () => boolean;

  /**
   * @param loopbackOnly whether only this machine can reach the companion: others must not reach its servers this way
   */
  constructor(loopbackOnly: () => boolean) {
    this.#loopbackOnly = loopbackOnly;
  }

  dispatch(event: HandlerEvent, connection: Connection): void {
    if (event.type === 'message') this.#obey(decodeText(event.payload) ?? '', connection);
    if (event.type === 'close') this.#running.get(connection)?.abort();
  }

  #obey(text: string, connection: Connection): void {
    const parsed = parseConformanceOrder(text);
    if ('problem' in parsed) tell(connection, { type: 'problem', sentence: parsed.problem });
    else if (parsed.order.type === 'stop') this.#running.get(connection)?.abort();
    else this.#start(parsed.order, connection);
  }

  #start(request: ConformanceRequest, connection: Connection): void {
    const target = targetOf(request.url);
    const problem = typeof target === 'string' ? target : this.#refusalOf(connection);
    if (problem !== undefined || typeof target === 'string') {
      tell(connection, { type: 'problem', sentence: problem ?? '' });
      return;
    }
    const stop = new AbortController();
    this.#running.set(connection, stop);
    void runConformance(target, request, stop.signal, (answer) => tell(connection, answer)).then((last) => {
      this.#running.delete(connection);
      tell(connection, last);
    });
  }

  #refusalOf(connection: Connection): string | undefined {
    if (!this.#loopbackOnly()) {
      return 'Other machines can reach this companion (--host), so it tests no server for a page. Use "framelight check", or start it without --host.';
    }
    if (this.#running.has(connection)) return 'A run is already going. Stop it or wait for its end.';
    return this.#running.size < MAX_RUNS ? undefined : 'Too many pages are running the suite. Try again in a moment.';
  }
}

/** Loads the suite on demand, so that the server starts without it. */
const runConformance: typeof check = async (...given) => (await import('./run-conformance.ts')).check(...given);

/** A page must not send broken frames to other machines: its reader may not have agreed to that. */
function targetOf(url: string): ServerUrl | string {
  try {
    const target = parseServerUrl(url, { allowRemote: true });
    if (!isLoopback(target.hostname)) return `${target.hostname} is not this machine. ${LOOPBACK_ONLY}`;
    if (!FORBIDDEN_PORTS.has(target.port)) return { ...target, allowRemote: false };
    return `Browsers block port ${target.port}, which belongs to another protocol, so the companion does not open it for a page. Use another port, or "framelight check".`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function tell(connection: Connection, answer: ConformanceAnswer): void {
  connection.send({ opcode: OPCODE.text, payload: encodeText(JSON.stringify(answer)) });
}
